//! Whether every public function that the program decides by says what it refuses. In the SDK clippy asks for
//! it, as a section "Errors"; here it is an item of the documentation, beside those of rounding and signers.

use anyhow::{Result, ensure};

use crate::{
    context::Context,
    source::{self, Source},
};

const FOLDERS: [&str; 2] = ["interface/src", "math/src"];
/// How a sentence that says it begins.
const SAID: &str = "Refuses";
/// Traits whose functions may be anybody's to write: they are public without saying so.
const TRAIT: &str = "pub trait ";

pub fn check(context: &Context) -> Result<()> {
    let sources = source::rust(&context.root)?;
    let own = sources.iter().filter(|source| FOLDERS.iter().any(|folder| source.is_in(folder)));
    let found: Vec<_> = own.flat_map(silent).collect();
    ensure!(found.is_empty(), "{} functions do not say what they refuse:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

/// The public functions of a file that return a `Result` and are silent about its error.
fn silent(source: &Source) -> Vec<String> {
    let Source { name, text, code } = source;
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for at in source::words(code, "fn") {
        let line = source::line(code, at);
        let before = code[..at].rsplit('\n').next().unwrap_or("").trim();
        let is_public = before == "pub" || before.starts_with("pub ") || before.is_empty() && is_in_trait(code, at);
        if is_public && may_fail(&code[at..]) && !says_when(&lines[..line - 1]) {
            let signature = code[at + 2..].split(['(', '<']).next().unwrap_or("").trim();
            found.push(format!("{name}:{line}: {signature}"));
        }
    }
    found
}

/// Whether the nearest item that begins in the first column is a public trait.
fn is_in_trait(code: &str, at: usize) -> bool {
    let item = code[..at].lines().rev().find(|line| line.starts_with(|c: char| c.is_alphabetic()));
    item.is_some_and(|item| item.starts_with(TRAIT))
}

/// Whether what begins with a function's `fn` returns a `Result`: the last arrow outside brackets says so.
fn may_fail(code: &str) -> bool {
    let (mut depth, mut returned) = (0, "");
    for (at, c) in code.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '-' if depth == 0 && code[at..].starts_with("->") => returned = code[at + 2..].trim_start(),
            '{' | ';' if depth == 0 => break,
            _ => {}
        }
    }
    let name = returned.split(|c: char| c != ':' && c != '_' && !c.is_alphanumeric()).next();
    name.is_some_and(|name| name.ends_with("Result"))
}

/// Whether the documentation right above says it.
fn says_when(above: &[&str]) -> bool {
    let lines = above.iter().rev().map(|line| line.trim_start());
    let mut documentation = lines.take_while(|line| line.starts_with("///") || line.starts_with("#["));
    documentation.any(|line| line.contains(SAID))
}

#[cfg(test)]
mod tests {
    use super::{Source, silent};

    fn found(text: &str) -> Vec<String> {
        silent(&Source::new("math/src/a.rs", text))
    }

    #[test]
    fn a_function_that_says_when_it_fails_is_none_of_them() {
        let text = "/// Refuses: zero.\npub fn a() -> Result<(), E> {}\n/// Does.\n/// - Refuses: zero.\n#[inline]\npub const fn b(x: u8) -> Result<u8, E> {}\npub fn c(f: impl Fn() -> Result<(), E>) {}\npub fn d() -> Option<Result<(), E>> {}\npub fn g() -> u8 { 1 < 2 }\nfn e() -> Result<(), E> {}\npub(crate) fn f() -> Result<(), E> {}\n";
        assert_eq!(found(text), Vec::<String>::new());
    }

    #[test]
    fn silence_is_found_in_functions_methods_and_traits() {
        let text = "/// Refuses: zero.\n\n/// Does.\npub fn a<F: Fn() -> u8>(\n    f: F,\n) -> Result<(), E>\nwhere\n    F: Send,\n{\n}\nimpl A {\n    /// Does.\n    pub fn b(&self) -> fmt::Result {}\n    fn c() -> Result<u8, E> {}\n}\npub trait T {\n    /// Does.\n    fn d(&self) -> Result<[u8; 2], E>;\n    /// Refuses nothing.\n    fn e(&self) -> Result<(), E>;\n}\n";
        assert_eq!(found(text), ["math/src/a.rs:4: a", "math/src/a.rs:13: b", "math/src/a.rs:18: d"]);
    }
}
