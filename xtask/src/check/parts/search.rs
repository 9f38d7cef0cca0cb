//! Looking for a part in the files of the checkout.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use anyhow::Result;

use super::rules::{Part, Shown};
use crate::{
    context::{Context, read_file},
    source::{self, Source},
};

/// The files that are looked at.
pub struct Tree {
    files: Vec<Source>,
    /// Functions with the words of their code, of the folders asked for so far.
    functions: RefCell<BTreeMap<&'static str, Functions>>,
}

type Words = BTreeSet<String>;
type Functions = Vec<(String, Words)>;

impl Tree {
    /// All Rust, tables and documents.
    pub fn read(context: &Context) -> Result<Self> {
        let mut files = source::rust(&context.root)?;
        for file in source::files(&context.root, &[".tsv", ".hex", ".md"])? {
            let name = file.strip_prefix(&context.root)?.to_string_lossy().replace('\\', "/");
            let text = if name.ends_with(".hex") { String::new() } else { read_file(&file)? };
            files.push(Source { name, code: String::new(), text });
        }
        Ok(Self::of(files))
    }

    /// Of these files.
    pub fn of(files: Vec<Source>) -> Self {
        Self { files, functions: RefCell::default() }
    }

    /// Whether something of this name has the part.
    pub fn shows(&self, part: &Part, name: &str) -> bool {
        let mut places = self.files.iter().filter(|file| part.within.iter().any(|place| file.is_in(place)));
        match part.shown {
            Shown::Text(pattern) => {
                let text = pattern.replace('#', name);
                places.any(|file| stands(&file.text, &text))
            }
            Shown::File(pattern) => {
                let file_name = pattern.replace('#', &snake(name));
                places.any(|file| file.name.rsplit('/').next() == Some(&file_name))
            }
            Shown::Sent(through) => {
                let places: Vec<_> = places.filter(|file| !is_test_of(part, file)).collect();
                self.is_sent(name, &places, through)
            }
        }
    }

    fn is_sent(&self, name: &str, places: &[&Source], through: &'static [&'static str]) -> bool {
        let builder = format!("ix::{name}");
        if places.iter().any(|file| stands(&file.code, &builder)) {
            return true;
        }
        let senders = self.senders(name, &builder, through);
        places.iter().any(|file| senders.iter().any(|sender| stands(&file.code, &format!("{sender}("))))
    }

    /// Functions below `through` that use the builder, or one that does.
    fn senders(&self, name: &str, builder: &str, through: &'static [&'static str]) -> BTreeSet<String> {
        let mut known = self.functions.borrow_mut();
        for folder in through {
            known.entry(folder).or_insert_with(|| functions(self.files.iter().filter(|file| file.is_in(folder))));
        }
        let all: Vec<_> = through.iter().filter_map(|folder| known.get(folder)).flatten().collect();
        let mut found = BTreeSet::from([]);
        // Other builders call it by its bare name.
        let sends =
            |function: &str, words: &Words| function != name && (words.contains(builder) || words.contains(name));
        let mut new: Vec<String> = all.iter().filter(|(f, words)| sends(f, words)).map(|(f, _)| f.clone()).collect();
        while let Some(sender) = new.pop() {
            if found.insert(sender.clone()) {
                new.extend(all.iter().filter(|(_, words)| words.contains(&sender)).map(|(f, _)| f.clone()));
            }
        }
        found
    }
}

/// Tests beside the commands send nothing for anybody.
fn is_test_of(part: &Part, file: &Source) -> bool {
    let is_story = part.within.iter().any(|place| place.starts_with("tests/"));
    !is_story && (file.name.contains("/tests/") || file.name.ends_with("tests.rs"))
}

fn functions<'a>(files: impl Iterator<Item = &'a Source>) -> Functions {
    let mut found = Vec::new();
    for file in files {
        for function in source::functions(&file.code) {
            found.push((function.name.to_owned(), called(function.text)));
        }
    }
    found
}

/// What a function calls or names before a bracket; of a builder also with its module.
fn called(text: &str) -> Words {
    let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Words::new();
    for (at, _) in text.match_indices('(') {
        let before = &text[..at];
        let start = before.rfind(|c| !is_of_word(c)).map_or(0, |at| at + 1);
        if start < at && !before[..start].ends_with("fn ") {
            found.insert(before[start..].to_owned());
            if before[..start].ends_with("ix::") {
                found.insert(format!("ix::{}", &before[start..]));
            }
        }
    }
    found
}

/// Whether a text occurs that no letter or digit continues on either side.
fn stands(text: &str, sought: &str) -> bool {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    let (first, last) = (sought.chars().next(), sought.chars().next_back());
    let open = |edge: Option<char>, beside: Option<char>| !edge.is_some_and(in_word) || !beside.is_some_and(in_word);
    text.match_indices(sought).any(|(at, _)| {
        open(first, text[..at].chars().next_back()) && open(last, text[at + sought.len()..].chars().next())
    })
}

/// `EpochPool` as `epoch_pool`.
fn snake(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}
