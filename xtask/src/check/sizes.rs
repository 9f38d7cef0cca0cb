//! Files and functions longer than a reader likes. A report: it never fails.

use std::path::Path;

use anyhow::Result;

use crate::{
    context::{Context, read_file},
    source,
};

const INSTRUCTIONS: &str = "programs/work-token/src/instructions";
const INSTRUCTION_LINES: usize = 200;
const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 60;

pub fn report(context: &Context) -> Result<()> {
    for file in source::files(&context.root, &[".rs"])? {
        let name = file.strip_prefix(&context.root)?;
        for line in too_long(name, &read_file(&file)?) {
            println!("{line}");
        }
    }
    Ok(())
}

fn too_long(name: &Path, text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let limit = if name.starts_with(INSTRUCTIONS) { INSTRUCTION_LINES } else { FILE_LINES };
    let length = text.lines().count();
    if length >= limit {
        lines.push(format!("{}: {length} lines, should be under {limit}", name.display()));
    }
    for function in source::functions(&source::code(text)) {
        let length = function.text.lines().count();
        if length >= FUNCTION_LINES {
            let (name, line) = (name.display(), function.line);
            lines
                .push(format!("{name}:{line}: {} has {length} lines, should be under {FUNCTION_LINES}", function.name));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::too_long;
    use std::path::Path;

    #[test]
    fn an_instruction_has_half_the_room_of_other_files() {
        let text = "// a line\n".repeat(250);
        assert!(too_long(Path::new("math/src/pool.rs"), &text).is_empty());
        assert_eq!(too_long(Path::new("programs/work-token/src/instructions/epoch/settle.rs"), &text).len(), 1);
    }

    #[test]
    fn a_long_function_is_named_with_its_line() {
        let text = format!("\nfn long() {{\n{}}}\n", "    step();\n".repeat(60));
        assert_eq!(too_long(Path::new("a.rs"), &text), ["a.rs:2: long has 62 lines, should be under 60"]);
    }
}
