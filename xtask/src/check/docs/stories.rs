//! The test functions of the repository, and by which names documents cite them.

use std::collections::HashMap;

use super::{
    fault::Fault,
    page::{Page, spans},
};
use crate::source;

/// Stands for any function where a page explains how stories are named.
const ANY: &str = "name";

/// What the first part of a story's name means.
const FOLDERS: [(&str, &str); 11] = [
    ("cases", "tests/cases/"),
    ("adversary", "tests/adversary/"),
    ("histories", "tests/histories/"),
    ("courts", "tests/courts/"),
    ("bank", "tests/bank/"),
    ("wire", "tests/wire/"),
    ("math", "math/"),
    ("sdk", "sdk/"),
    ("interface", "interface/"),
    ("cli", "cli/"),
    ("localnet", "localnet/"),
];

/// A test function.
pub struct Story {
    pub file: String,
    pub name: String,
    /// Its comments, with the lines on which they stand.
    pub comments: Vec<(usize, String)>,
}

/// All stories, by the name of their function.
#[derive(Default)]
pub struct Stories {
    pub all: Vec<Story>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Stories {
    /// Adds the tests of a file.
    pub fn add(&mut self, file: &str, text: &str) {
        for story in tests(file, text) {
            self.by_name.entry(story.name.clone()).or_default().push(self.all.len());
            self.all.push(story);
        }
    }

    /// The story that a name like `cases::lots::a_story` means, wherever below its folder the file lies.
    pub fn find(&self, cited: &str) -> Option<usize> {
        let parts: Vec<&str> = cited.split("::").collect();
        let [first, .., file, name] = parts[..] else { return None };
        let folder = FOLDERS.iter().find(|(known, _)| *known == first)?.1;
        let here = |at: &&usize| {
            let path = &self.all[**at].file;
            path.starts_with(folder) && stems(path).contains(&file)
        };
        self.by_name.get(name)?.iter().find(here).copied()
    }
}

/// What a file may be called: its own name, and the folder's of which it is the head.
fn stems(path: &str) -> Vec<&str> {
    let parts: Vec<&str> = path.trim_end_matches(".rs").rsplit('/').collect();
    match parts[..] {
        [head @ ("mod" | "main" | "lib" | "tests"), folder, ..] => vec![head, folder],
        [stem, ..] => vec![stem],
        [] => Vec::new(),
    }
}

/// Whether a code span is written like the name of a story.
pub fn is_story(code: &str) -> bool {
    let mut parts = code.split("::");
    let first = parts.next().unwrap_or("");
    let word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let rest: Vec<_> = parts.collect();
    FOLDERS.iter().any(|(known, _)| *known == first) && rest.len() >= 2 && rest.into_iter().all(word)
}

/// Names of stories in a page that no test function has.
pub fn missing(page: &Page, stories: &Stories) -> Vec<Fault> {
    let mut faults = Vec::new();
    for line in page.prose() {
        for (_, code) in spans(line.text) {
            if is_story(code) && !code.ends_with(&format!("::{ANY}")) && stories.find(code).is_none() {
                faults.push(Fault::new(page.name, line.number, format!("there is no story {code}")));
            }
        }
    }
    faults
}

/// Test functions with the comments above and inside them. Their end is where the next item of the same depth
/// begins, which is close enough for comments.
fn tests(file: &str, text: &str) -> Vec<Story> {
    let lines: Vec<&str> = text.lines().collect();
    let comments = source::comments(text);
    let comments: Vec<&str> = comments.lines().collect();
    let mut found: Vec<Story> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let attribute = line.trim();
        if !(attribute == "#[test]" || attribute.ends_with("::test]") || attribute.starts_with("#[tokio::test")) {
            continue;
        }
        let declared = lines[at..].iter().take(8).position(|line| function_name(line).is_some());
        let Some(declared) = declared.map(|offset| at + offset) else { continue };
        let depth = indent(lines[declared]);
        let first = lines[..at].iter().rposition(|line| !above(line)).map_or(0, |before| before + 1);
        let closed = |line: &&str| indent(line) == depth && line.trim_start().starts_with('}');
        let length = lines[declared..].iter().position(closed).map_or(1, |length| length + 1);
        let comment = |at: usize| {
            let comment = comments.get(at)?.trim().trim_start_matches(['/', ' ']);
            (!comment.is_empty()).then(|| (at + 1, comment.to_owned()))
        };
        found.push(Story {
            file: file.to_owned(),
            name: function_name(lines[declared]).unwrap_or("").to_owned(),
            comments: (first..declared + length).filter_map(comment).collect(),
        });
    }
    found
}

fn above(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("//") && !line.starts_with("//!") || line.starts_with("#[")
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn function_name(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let after = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ")?;
    Some(&after[..after.find(|c: char| !c.is_alphanumeric() && c != '_')?])
}

#[cfg(test)]
mod tests {
    use super::{Stories, missing};
    use crate::check::docs::page::Page;

    const TEXT: &str =
        "//! Head.\n\n/// Cites (job-draw-1).\n#[test]\nfn a_story() {\n    // Inside.\n}\n\nfn no_test() {}\n";

    #[test]
    fn a_story_has_its_comments() {
        let mut stories = Stories::default();
        stories.add("tests/cases/job/draws.rs", TEXT);
        assert_eq!(stories.all.len(), 1);
        let story = &stories.all[0];
        assert_eq!(story.name, "a_story");
        assert_eq!(story.comments, [(3, "Cites (job-draw-1).".to_owned()), (6, "Inside.".to_owned())]);
    }

    #[test]
    fn a_story_is_found_below_its_folder_by_file_and_function() {
        let mut stories = Stories::default();
        stories.add("tests/cases/job/draws.rs", TEXT);
        stories.add("tests/courts/main.rs", TEXT);
        let text = "`cases::draws::a_story` `courts::main::a_story` `std::env::args`\n`cases::lots::a_story` `cases::draws::no_test`";
        let found: Vec<_> = missing(&Page::parse("a.md", text), &stories).iter().map(ToString::to_string).collect();
        let expected =
            ["a.md:2: there is no story cases::lots::a_story", "a.md:2: there is no story cases::draws::no_test"];
        assert_eq!(found, expected);
    }
}
