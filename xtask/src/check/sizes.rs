//! Files, functions and comments longer than a reader likes.

use anyhow::{Result, ensure};

use crate::{
    context::Context,
    source::{self, Source},
};

const INSTRUCTIONS: [&str; 2] = ["programs/votes/src/instructions", "programs/work-token/src/instructions"];
const INSTRUCTION_LINES: usize = 200;
const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 60;
const COMMENT_WIDTH: usize = 110;

/// Files that are longer, and why.
const LONG: [(&str, &str); 1] =
    [("programs/work-token/src/lib.rs", "Anchor wants an entry for every instruction in one module")];

pub fn check(context: &Context) -> Result<()> {
    let sources = source::rust(&context.root)?;
    let found: Vec<_> = sources.iter().flat_map(too_long).chain(needless(&sources)).collect();
    ensure!(found.is_empty(), "{} places:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

fn may_be_long(source: &Source) -> bool {
    LONG.iter().any(|(place, _)| source.is_in(place))
}

/// Exceptions that nothing needs.
fn needless(sources: &[Source]) -> Vec<String> {
    let is_long = |source: &Source| source.text.lines().count() > FILE_LINES;
    let needed = |place: &str| sources.iter().any(|source| source.is_in(place) && is_long(source));
    let idle = LONG.iter().filter(|(place, _)| !needed(place));
    idle.map(|(place, reason)| format!("{place} is an exception ({reason}) and is not long")).collect()
}

fn too_long(source: &Source) -> Vec<String> {
    let Source { name, text, code } = source;
    let mut lines = Vec::new();
    let is_instruction = INSTRUCTIONS.iter().any(|folder| source.is_in(folder));
    let limit = if is_instruction { INSTRUCTION_LINES } else { FILE_LINES };
    let length = text.lines().count();
    if length > limit && !may_be_long(source) {
        lines.push(format!("{name}: {length} lines, at most {limit}"));
    }
    for function in source::functions(code) {
        let length = function.text.lines().count();
        if length > FUNCTION_LINES {
            let line = function.line;
            lines.push(format!("{name}:{line}: {} has {length} lines, at most {FUNCTION_LINES}", function.name));
        }
    }
    for (number, line) in (1..).zip(text.lines()) {
        let width = line.chars().count();
        if line.trim_start().starts_with("//") && width > COMMENT_WIDTH {
            lines.push(format!("{name}:{number}: a comment of {width} characters, at most {COMMENT_WIDTH}"));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Source, needless, too_long};

    #[test]
    fn an_instruction_has_half_the_room_of_other_files() {
        let text = "// a line\n".repeat(250);
        assert!(too_long(&Source::new("math/src/pool.rs", text.clone())).is_empty());
        assert_eq!(too_long(&Source::new("programs/work-token/src/instructions/epoch/settle.rs", text)).len(), 1);
        assert_eq!(
            too_long(&Source::new("math/src/pool.rs", "\n".repeat(401))),
            ["math/src/pool.rs: 401 lines, at most 400"]
        );
    }

    #[test]
    fn a_long_function_is_named_with_its_line() {
        let text = format!("\nfn long() {{\n{}}}\n", "    step();\n".repeat(59));
        assert_eq!(too_long(&Source::new("a.rs", text)), ["a.rs:2: long has 61 lines, at most 60"]);
        let text = format!("\nfn short() {{\n{}}}\n", "    step();\n".repeat(58));
        assert!(too_long(&Source::new("a.rs", text)).is_empty());
    }

    #[test]
    fn a_wide_comment_is_found_and_wide_code_is_the_formatters() {
        let text = format!("// {}\n    /// {}\nlet a = \"{}\";\n", "x".repeat(107), "é".repeat(103), "y".repeat(200));
        assert_eq!(too_long(&Source::new("a.rs", text)), ["a.rs:2: a comment of 111 characters, at most 110"]);
    }

    #[test]
    fn an_exception_that_nothing_needs_is_a_fault() {
        let long = Source::new("programs/work-token/src/lib.rs", "\n".repeat(600));
        assert!(too_long(&long).is_empty());
        assert!(!needless(&[long]).iter().any(|line| line.starts_with("programs/work-token/src/lib.rs")));
        assert!(needless(&[]).iter().any(|line| line.starts_with("programs/work-token/src/lib.rs")));
    }
}
