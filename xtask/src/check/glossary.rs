//! Whether the tree calls things what `docs/glossary.md` calls them.
//!
//! The right column of its table says what a thing is not called. A plain word there is neither a name in the
//! code nor found in the documents; a word in backticks is no name in the code; a word in italics has another
//! meaning elsewhere, and is left to the reader. `(in noun)` after a word holds it only where a file or its
//! folder has that noun's name.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::{
    context::{Context, read_file},
    source,
};

const GLOSSARY: &str = "docs/glossary.md";
/// What stands between `pub` and a name.
const KINDS: [&str; 11] =
    ["fn", "struct", "enum", "trait", "mod", "type", "const", "static", "unsafe", "(crate)", "(super)"];

/// A word that a thing is not called.
#[derive(Debug, PartialEq, Eq)]
struct Forbidden {
    /// Its parts, as they follow each other in a name.
    word: Vec<String>,
    /// Documents may not use it either.
    in_docs: bool,
    /// Only in files and folders of this name.
    noun: Option<String>,
}

pub fn check(context: &Context) -> Result<()> {
    let forbidden = table(&read_file(&context.root.join(GLOSSARY))?);
    ensure!(!forbidden.is_empty(), "{GLOSSARY} forbids nothing");
    let mut found = Vec::new();
    for file in source::files(&context.root, &[".rs", ".md"])? {
        let name = file.strip_prefix(&context.root)?;
        if source::CRATES.iter().any(|place| name.starts_with(place)) {
            found.extend(names(name, &source::code(&read_file(&file)?), &forbidden));
        } else if name.starts_with("docs") && name != Path::new(GLOSSARY) {
            found.extend(prose(name, &read_file(&file)?, &forbidden));
        }
    }
    ensure!(found.is_empty(), "{} places:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

/// The words of the right column that are not left to the reader.
fn table(text: &str) -> Vec<Forbidden> {
    let rows = text.lines().filter(|line| line.starts_with('|')).skip(2);
    let cells = rows.filter_map(|row| row.trim_matches('|').split('|').nth(2));
    cells.flat_map(|cell| cell.split(',')).filter_map(entry).collect()
}

fn entry(text: &str) -> Option<Forbidden> {
    let (word, remark) = text.split_once('(').unwrap_or((text, ""));
    let word = word.trim();
    let noun = remark.trim().trim_end_matches(')').strip_prefix("in ").map(str::to_owned);
    let bare = word.trim_matches('`');
    if bare.is_empty() || word.starts_with('*') {
        return None;
    }
    let parts = bare.split([' ', '-']).map(str::to_lowercase).collect();
    Some(Forbidden { word: parts, in_docs: bare.len() == word.len(), noun })
}

/// Forbidden names of a file: its own, and those of the public items and fields in its code.
fn names(file: &Path, code: &str, forbidden: &[Forbidden]) -> Vec<String> {
    let stem = file.file_stem().map(|stem| (1, stem.to_string_lossy().into_owned()));
    let all = stem.into_iter().chain(public_names(code));
    all.flat_map(|(line, name)| {
        let parts = split(&name);
        let is_here = |rule: &&Forbidden| is_in(file, rule) && contains(&parts, &rule.word);
        let found = forbidden.iter().filter(is_here).map(|rule| rule.word.join(" "));
        found.map(|word| format!("{}:{line}: `{name}` says {word}", file.display())).collect::<Vec<_>>()
    })
    .collect()
}

fn prose(file: &Path, text: &str, forbidden: &[Forbidden]) -> Vec<String> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let words: Vec<String> =
            line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        let rules = forbidden.iter().filter(|rule| rule.in_docs && is_in(file, rule) && contains(&words, &rule.word));
        found.extend(rules.map(|rule| format!("{}:{}: {}", file.display(), at + 1, rule.word.join(" "))));
    }
    found
}

/// Whether a rule holds for a file.
fn is_in(file: &Path, rule: &Forbidden) -> bool {
    rule.noun.as_ref().is_none_or(|noun| file.with_extension("").iter().any(|part| part == noun.as_str()))
}

/// Whether the parts hold the word, or its plural.
fn contains(parts: &[String], word: &[String]) -> bool {
    let is = |part: &String, word: &String| part == word || part.strip_suffix('s') == Some(word);
    parts.windows(word.len()).any(|window| window.iter().zip(word).all(|(part, word)| is(part, word)))
}

/// Public items and fields, with their lines.
fn public_names(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for at in source::words(code, "pub") {
        let mut rest = code[at + 3..].trim_start();
        while let Some(after) = KINDS.iter().find_map(|kind| rest.strip_prefix(kind)) {
            if after.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
                break;
            }
            rest = after.trim_start();
        }
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if !name.is_empty() && name != "use" {
            found.push((source::line(code, at), name));
        }
    }
    found
}

/// The words of a name: `PlaceTaken`, `take_place` and `PLACE_WORDS` have two each.
fn split(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before = '_';
    for c in name.chars() {
        if c == '_' || (c.is_uppercase() && !before.is_uppercase()) {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut().filter(|_| c != '_') {
            part.extend(c.to_lowercase());
        }
        before = c;
    }
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{names, prose, public_names, split, table};

    const TABLE: &str = "| Term | It is | Not |\n| --- | --- | --- |\n\
        | delegator | one | nominator, *account* |\n| place | a | seat (in place), `lazy bot` |\n";

    #[test]
    fn the_right_column_says_where_a_word_is_forbidden() {
        let rules = table(TABLE);
        let told: Vec<_> = rules.iter().map(|rule| (rule.word.join(" "), rule.in_docs, rule.noun.as_deref())).collect();
        let expected =
            [("nominator".into(), true, None), ("seat".into(), true, Some("place")), ("lazy bot".into(), false, None)];
        assert_eq!(told, expected);
    }

    #[test]
    fn names_are_split_at_their_words() {
        assert_eq!(split("PlaceTaken"), ["place", "taken"]);
        assert_eq!(split("take_place"), split("TAKE_PLACE"));
        assert_eq!(
            public_names("pub(crate) fn a() {}\npub const B: u8 = 1;\n    pub function: u8,"),
            [(1, "a".to_owned()), (2, "B".to_owned()), (3, "function".to_owned())]
        );
    }

    #[test]
    fn a_forbidden_word_is_found_in_names_of_items_and_of_files_but_not_within_words() {
        let found = |file: &str, code: &str| names(Path::new(file), code, &table(TABLE)).len();
        assert_eq!(found("sdk/src/a.rs", "pub fn list_nominators() {}"), 1);
        assert_eq!(found("sdk/src/nominator.rs", ""), 1);
        assert_eq!(found("sdk/src/a.rs", "pub fn denominator() {}\nfn nominator() {}"), 0);
        assert_eq!(found("sdk/src/a.rs", "pub struct LazyBot;\npub struct Bot;"), 1);
        assert_eq!(found("sdk/src/job/a.rs", "pub fn seat() {}\npub struct Account;"), 0);
        assert_eq!(found("sdk/src/place/a.rs", "pub fn seat() {}"), 1);
        assert_eq!(found("sdk/src/place.rs", "pub seats: u8"), 1);
    }

    #[test]
    fn documents_may_use_what_is_only_no_name() {
        let found = |text: &str| prose(Path::new("docs/a.md"), text, &table(TABLE)).len();
        assert_eq!((found("a Nominator"), found("a lazy bot takes a seat on account")), (1, 0));
    }
}
