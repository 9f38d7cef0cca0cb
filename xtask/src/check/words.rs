//! What may not stand in the sources: unfinished work, `unsafe` in the wrong place or without a reason, and
//! 128-bit division, of which a single one can cost as many compute units as a whole instruction should.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::{
    context::{Context, read_file},
    source::{self, Function},
};

/// In two halves, so that this file does not contain them.
const UNFINISHED: [&str; 4] =
    [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("to", "do!"), concat!("unimple", "mented!")];

/// Where danger is allowed: the account wrapper, the token calls, the layouts, and the symbols that LLVM
/// calls.
const UNSAFE_ALLOWED: [&str; 4] = [
    "programs/accounts/src/stored.rs",
    "programs/work-token/src/token/mod.rs",
    "interface/src",
    "toolchain/bpf-builtins/src",
];

/// How far above an `unsafe` its SAFETY line may begin.
const REASON_LINES: usize = 8;

/// What runs on the chain, where a 128-bit division is a library call.
const ON_CHAIN: [&str; 5] =
    ["math/src", "interface/src", "programs/accounts/src", "programs/votes/src", "programs/work-token/src"];
const DIVIDES: &str = "math/src/mul_div.rs";
const WIDE: [&str; 3] = ["u128", "i128", "IndexX64"];
const DIVISION_OPERATORS: [&str; 4] = [" / ", " % ", " /= ", " %= "];
const DIVISION_METHODS: [&str; 10] = [
    "checked_div",
    "checked_rem",
    "wrapping_div",
    "wrapping_rem",
    "overflowing_div",
    "overflowing_rem",
    "div_euclid",
    "rem_euclid",
    "div_ceil",
    "is_multiple_of",
];

pub fn check(context: &Context) -> Result<()> {
    let mut found = Vec::new();
    for file in source::files(&context.root, &[".rs", ".sh", ".toml", ".md"])? {
        let name = file.strip_prefix(&context.root)?;
        let text = read_file(&file)?;
        found.extend(unfinished(name, &text));
        if name.extension().is_some_and(|extension| extension == "rs") {
            let code = source::code(&text);
            found.extend(danger(name, &text, &code));
            found.extend(wide_division(name, &code));
        }
    }
    ensure!(found.is_empty(), "{} places:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

fn unfinished(name: &Path, text: &str) -> Vec<String> {
    let marks = |line: &str| UNFINISHED.into_iter().find(|mark| line.contains(mark));
    let numbered = text.lines().enumerate().filter_map(|(at, line)| marks(line).map(|mark| (at + 1, mark)));
    numbered.map(|(line, mark)| format!("{}:{line}: {mark}", name.display())).collect()
}

fn danger(name: &Path, text: &str, code: &str) -> Vec<String> {
    let allowed = UNSAFE_ALLOWED.iter().any(|place| name.starts_with(place));
    let lines: Vec<_> = text.lines().collect();
    let mut found = Vec::new();
    for at in source::words(code, "unsafe") {
        let after = code[at + "unsafe".len()..].trim_start();
        // The argument of an attribute, as in `#[account(unsafe(dup))]`, is no unsafe code.
        if after.starts_with('(') {
            continue;
        }
        let line = source::line(code, at);
        if !allowed {
            found.push(format!("{}:{line}: unsafe outside {}", name.display(), UNSAFE_ALLOWED.join(", ")));
        } else if after.starts_with('{') || after.starts_with("impl") {
            let above = &lines[line.saturating_sub(1 + REASON_LINES)..line];
            if !above.iter().any(|line| line.contains("SAFETY")) {
                found.push(format!("{}:{line}: unsafe without a SAFETY line above it", name.display()));
            }
        }
    }
    found
}

/// A division in a function that handles 128-bit numbers. Types are not known here, so a function counts as a
/// whole.
fn wide_division(name: &Path, code: &str) -> Vec<String> {
    let on_chain = ON_CHAIN.iter().any(|place| name.starts_with(place));
    if !on_chain || name == Path::new(DIVIDES) {
        return Vec::new();
    }
    let is_wide = |function: &Function| WIDE.iter().any(|name| source::words(function.text, name).next().is_some());
    let divides = |function: &Function| {
        DIVISION_OPERATORS.iter().any(|operator| function.text.contains(operator))
            || DIVISION_METHODS.iter().any(|method| source::words(function.text, method).next().is_some())
    };
    let all = source::functions(code);
    let found = all.iter().filter(|function| is_wide(function) && divides(function));
    found
        .map(|function| {
            format!("{}:{}: {} divides 128-bit numbers outside {DIVIDES}", name.display(), function.line, function.name)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{UNFINISHED, danger, unfinished, wide_division};
    use crate::source::code;

    fn dangers(name: &str, text: &str) -> usize {
        danger(Path::new(name), text, &code(text)).len()
    }

    #[test]
    fn unfinished_work_is_found_in_comments_too() {
        let text = format!("a\n// {}: later\n", UNFINISHED[0]);
        assert_eq!(unfinished(Path::new("a.rs"), &text), [format!("a.rs:2: {}", UNFINISHED[0])]);
    }

    #[test]
    fn unsafe_is_refused_outside_its_places_and_needs_a_reason_inside_them() {
        let block = "fn f() {\n    unsafe { g() }\n}\n";
        let argued = "fn f() {\n    // SAFETY: g has no precondition.\n    unsafe { g() }\n}\n";
        assert_eq!(dangers("sdk/src/lib.rs", argued), 1);
        assert_eq!(dangers("programs/work-token/src/token/mod.rs", block), 1);
        assert_eq!(dangers("programs/work-token/src/token/mod.rs", argued), 0);
        assert_eq!(dangers("sdk/src/lib.rs", "#[account(unsafe(dup))]\n#![forbid(unsafe_code)]\n// unsafe\n"), 0);
    }

    #[test]
    fn wide_division_is_found_by_operator_and_by_method() {
        let divisions = |name: &str, text: &str| wide_division(Path::new(name), &code(text)).len();
        assert_eq!(divisions("math/src/pool.rs", "fn f(a: u128) -> u128 { a / 3 }"), 1);
        assert_eq!(divisions("math/src/pool.rs", "fn f(a: IndexX64) { a.0.checked_rem(3) }"), 1);
        assert_eq!(divisions("math/src/pool.rs", "fn f(a: u64) -> u64 { a / 3 }"), 0);
        assert_eq!(divisions("math/src/mul_div.rs", "fn f(a: u128) -> u128 { a / 3 }"), 0);
        assert_eq!(divisions("sdk/src/view.rs", "fn f(a: u128) -> u128 { a / 3 }"), 0);
    }
}
