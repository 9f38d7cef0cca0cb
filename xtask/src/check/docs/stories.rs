//! The test functions of the repository, and by which names documents cite them.

use std::collections::{HashMap, HashSet};

use super::{
    fault::Fault,
    page::{Page, spans},
};
use crate::source;

/// Stands for any function where a page explains how stories are named.
const ANY: &str = "name";

/// What the first part of a story's name means.
const FOLDERS: [(&str, &str); 12] = [
    ("cases", "tests/cases/"),
    ("adversary", "tests/adversary/"),
    ("histories", "tests/histories/"),
    ("courts", "tests/courts/"),
    ("bank", "tests/bank/"),
    ("wire", "tests/wire/"),
    ("faults", "tests/faults/"),
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
    /// The line of its `fn`, counted from 1.
    pub line: usize,
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

    /// The story that a name like `cases::position::lots::a_story` means. Below `tests` the whole path to the
    /// file is named, as the test runner names it; of a crate the last part of it is enough.
    pub fn find(&self, cited: &str) -> Option<usize> {
        let parts: Vec<&str> = cited.split("::").collect();
        let [first, .., name] = parts[..] else { return None };
        let modules = parts.get(1..parts.len() - 1)?;
        let folder = FOLDERS.iter().find(|(known, _)| *known == first)?.1;
        let here = |at: &&usize| {
            let Some(path) = self.all[**at].file.strip_prefix(folder) else { return false };
            names(path)
                .any(|named| if folder.starts_with("tests/") { named == modules } else { named.ends_with(modules) })
        };
        self.by_name.get(name)?.iter().find(here).copied()
    }

    /// What the runner calls the stories of some binaries of tests.
    fn paths<'a>(&'a self, binaries: &'a [&'a str]) -> impl Iterator<Item = String> + 'a {
        let inside = |file: &'a str| {
            let (binary, path) = file.strip_prefix("tests/")?.split_once('/')?;
            binaries.contains(&binary).then_some(path)
        };
        self.all.iter().filter_map(move |story| {
            let modules = names(inside(&story.file)?).last()?.join("::");
            Some(if modules.is_empty() { story.name.clone() } else { format!("{modules}::{}", story.name) })
        })
    }
}

/// What a file may be called, as a path of modules: by its own name, and by its folder's of which it is the
/// head.
fn names(path: &str) -> impl Iterator<Item = Vec<&str>> {
    let whole: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
    let head = match whole[..] {
        [.., "mod" | "main" | "lib" | "tests"] => Some(whole[..whole.len() - 1].to_vec()),
        _ => None,
    };
    std::iter::once(whole).chain(head)
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

/// Tests that a comment of a test names by the beginning of their path, like `job::draws::a_story_...`, or by
/// their file, like `job::draws`, and that no binary of tests has.
pub fn untold(file: &str, comments: &str, stories: &Stories) -> Vec<Fault> {
    let Some(below) = file.strip_prefix("tests/") else { return Vec::new() };
    let of_cases = |path: &str| path.strip_prefix("tests/cases/").is_some_and(|rest| rest.contains('/'));
    let folders: HashSet<&str> = stories
        .all
        .iter()
        .filter(|story| of_cases(&story.file))
        .filter_map(|story| story.file.split('/').nth(2))
        .collect();
    let own = below.split('/').next().unwrap_or("");
    let mut faults = Vec::new();
    for (at, line) in comments.lines().enumerate() {
        for (_, code) in spans(line) {
            let begun = code.strip_suffix("...");
            let is_path = code.contains("::") && code.chars().all(|c| c.is_ascii_alphanumeric() || "_:.".contains(c));
            let first = code.split("::").next().unwrap_or("");
            if !is_path || begun.is_none() && !folders.contains(first) {
                continue;
            }
            let sought = begun.unwrap_or(code);
            if !stories.paths(&["cases", own]).any(|path| path.starts_with(sought)) {
                faults.push(Fault::new(file, at + 1, format!("there is no story {code}")));
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
            line: declared + 1,
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
    use super::{Stories, missing, untold};
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
        stories.add("math/tests/pool.rs", TEXT);
        let text = "`cases::job::draws::a_story` `courts::main::a_story` `math::pool::a_story` `std::env::args`\n`cases::draws::a_story` `cases::job::lots::a_story` `cases::job::draws::no_test`";
        let found: Vec<_> = missing(&Page::parse("a.md", text), &stories).iter().map(ToString::to_string).collect();
        let expected = ["cases::draws::a_story", "cases::job::lots::a_story", "cases::job::draws::no_test"]
            .map(|story| format!("a.md:2: there is no story {story}"));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_comment_of_a_test_names_tests_by_a_beginning_that_there_is() {
        let mut stories = Stories::default();
        stories.add("tests/cases/job/draws.rs", TEXT);
        stories.add("tests/adversary/codes/mod.rs", TEXT);
        let good = "`job::draws::a_st...` `job::draws` `codes::a_...` `ix::delegate` `std::mem`\n";
        assert!(untold("tests/adversary/main.rs", good, &stories).is_empty());
        let bad = "a\n`job::draw::a_...` `job::lots` `codes::b_...`\n";
        let found = untold("tests/adversary/main.rs", bad, &stories);
        let found: Vec<_> = found.iter().map(ToString::to_string).collect();
        let told = |story| format!("tests/adversary/main.rs:2: there is no story {story}");
        assert_eq!(found, ["job::draw::a_...", "job::lots", "codes::b_..."].map(told));
        assert!(untold("sdk/src/lib.rs", bad, &stories).is_empty());
    }
}
