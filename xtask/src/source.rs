//! Rust source as the checks see it: files, code without comments and texts, functions.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::context::read_file;

/// Hidden directories of the repository.
const HIDDEN: [&str; 2] = [".ci", ".cargo"];

/// Roots of the crates: what others read and use, not what tests them.
pub const CRATES: [&str; 9] = [
    "math/src",
    "interface/src",
    "programs/accounts/src",
    "programs/votes/src",
    "programs/work-token/src",
    "sdk/src",
    "localnet/src",
    "cli/src",
    "xtask/src",
];

/// All files below a directory whose name ends in one of `endings`, sorted. Build output and what is hidden
/// from the repository are left out.
pub fn files(directory: &Path, endings: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![directory.to_path_buf()];
    while let Some(directory) = open.pop() {
        let entries = fs::read_dir(&directory).with_context(|| format!("cannot read {}", directory.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if entry.file_type()?.is_dir() {
                let is_ours = !name.starts_with('.') || HIDDEN.contains(&&*name);
                if is_ours && name != "target" && name != "node_modules" {
                    open.push(entry.path());
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A Rust file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it lies, seen from the root, with `/` between folders.
    pub name: String,
    /// As it is written.
    pub text: String,
    /// What [`code`] leaves of it.
    pub code: String,
}

impl Source {
    /// A file that says this.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { name: name.into(), code: code(&text), text }
    }

    /// Whether it is this file, or lies below this folder.
    pub fn is_in(&self, place: &str) -> bool {
        self.name.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// All Rust files of the checkout.
pub fn rust(root: &Path) -> Result<Vec<Source>> {
    let read = |file: PathBuf| -> Result<Source> {
        let name = file.strip_prefix(root)?.components().map(|part| part.as_os_str().to_string_lossy());
        Ok(Source::new(name.collect::<Vec<_>>().join("/"), read_file(&file)?))
    };
    files(root, &[".rs"])?.into_iter().map(read).collect()
}

/// The source with every comment, string and character literal blanked. Lines keep their numbers.
pub fn code(source: &str) -> String {
    let parts = parts(source);
    parts.into_iter().map(|(part, literal)| if literal { blank(part) } else { part.to_owned() }).collect()
}

/// The source with everything but its comments blanked. Lines keep their numbers.
pub fn comments(source: &str) -> String {
    let comment = |part: &str, literal: bool| literal && part.starts_with('/');
    let parts = parts(source);
    parts
        .into_iter()
        .map(|(part, literal)| if comment(part, literal) { part.to_owned() } else { blank(part) })
        .collect()
}

fn blank(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect()
}

/// The source cut into single characters of code and whole comments and literals, which are marked.
fn parts(source: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let (mut rest, mut before) = (source, None);
    while let Some(first) = rest.chars().next() {
        let literal = literal_length(rest, before);
        let (part, after) = rest.split_at(literal.unwrap_or(first.len_utf8()));
        parts.push((part, literal.is_some()));
        before = if literal.is_some() { Some(' ') } else { Some(first) };
        rest = after;
    }
    parts
}

/// How long the comment or literal is that begins here, if one does.
fn literal_length(rest: &str, before: Option<char>) -> Option<usize> {
    let bytes = rest.as_bytes();
    match bytes {
        [b'/', b'/', ..] => Some(rest.find('\n').unwrap_or(rest.len())),
        [b'/', b'*', ..] => Some(block_comment_length(bytes)),
        [b'"', ..] => Some(quoted_length(bytes, b'"')),
        [b'\'', b'\\', ..] => Some(quoted_length(bytes, b'\'')),
        // A character, unless it is a lifetime, which no quote follows.
        [b'\'', ..] => {
            let character = rest[1..].chars().next()?.len_utf8();
            (bytes.get(character + 1) == Some(&b'\'')).then_some(character + 2)
        }
        [b'r', b'"' | b'#', ..] if !before.is_some_and(|c| c.is_alphanumeric() && c != 'b' && c != 'c') => {
            raw_length(rest)
        }
        _ => None,
    }
}

fn block_comment_length(bytes: &[u8]) -> usize {
    let (mut at, mut depth) = (0, 0);
    while at < bytes.len() {
        match &bytes[at..] {
            [b'/', b'*', ..] => (at, depth) = (at + 2, depth + 1),
            [b'*', b'/', ..] => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn quoted_length(bytes: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

fn raw_length(rest: &str) -> Option<usize> {
    let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
    let body = rest[1 + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end).map_or(body.len(), |at| at + end.len());
    Some(2 + hashes + length)
}

/// A function in a file's code.
#[derive(Debug, PartialEq, Eq)]
pub struct Function<'a> {
    pub name: &'a str,
    /// The line of its `fn`, counted from 1.
    pub line: usize,
    /// Signature and body.
    pub text: &'a str,
}

/// Every function with a body, nested ones too, in what [`code`] returned.
pub fn functions(code: &str) -> Vec<Function<'_>> {
    words(code, "fn").filter_map(|start| function_at(code, start)).collect()
}

/// Where a whole word occurs.
pub fn words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).map(|(at, _)| at).filter(move |at| {
        !text[..*at].chars().next_back().is_some_and(in_word)
            && !text[at + word.len()..].chars().next().is_some_and(in_word)
    })
}

/// The line of a byte, counted from 1.
pub fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

fn function_at(code: &str, start: usize) -> Option<Function<'_>> {
    let after = code[start + 2..].trim_start();
    let name = &after[..after.find(|c: char| !c.is_alphanumeric() && c != '_')?];
    if name.is_empty() {
        return None; // the type of a function pointer
    }
    let (mut braces, mut brackets) = (0, 0);
    for (at, c) in code[start..].char_indices() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets -= 1,
            // A declaration without a body; the `;` of an array type is inside brackets.
            ';' if braces == 0 && brackets == 0 => return None,
            '{' => braces += 1,
            '}' => {
                braces -= 1;
                if braces == 0 {
                    return Some(Function { name, line: line(code, start), text: &code[start..=start + at] });
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{code, comments, functions, words};

    #[test]
    fn comments_and_texts_are_blanked_and_lines_kept() {
        let source = "let a = \"x / y \\\" z\"; // a / b\n/* c /* d */ e */ let b = 'q'; let c: &'a str = r#\"f \" / g\"#;\nlet d = '\\''; h";
        let blank = code(source);
        assert_eq!(blank.lines().count(), 3);
        for hidden in ['/', 'x', 'e', 'f', 'q'] {
            let visible = blank.replace("let", "").contains(hidden);
            assert!(!visible, "{hidden} in {blank}");
        }
        assert!(blank.contains("&'a str") && blank.ends_with("h"));
    }

    #[test]
    fn only_comments_are_left() {
        let found = comments("let a = \"// b\"; // c\n/* d */ e\n");
        assert_eq!(found.split_whitespace().collect::<Vec<_>>(), ["//", "c", "/*", "d", "*/"]);
        assert_eq!(found.lines().count(), 2);
    }

    #[test]
    fn functions_are_found_with_their_whole_body() {
        let source =
            "trait T { fn declared(x: [u8; 4]); }\nfn outer() {\n    fn inner() { 1 }\n}\ntype F = fn(u8) -> u8;\n";
        let found: Vec<_> = functions(source).iter().map(|f| (f.name, f.line, f.text.lines().count())).collect();
        assert_eq!(found, [("outer", 2, 3), ("inner", 3, 1)]);
    }

    #[test]
    fn words_are_whole() {
        assert_eq!(words("unsafe_code unsafe { not_unsafe }", "unsafe").collect::<Vec<_>>(), [12]);
    }
}
