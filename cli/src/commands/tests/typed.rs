//! Which commands tests type, by their sources: the literals of the tests beside this file and of those that
//! run the command as a process, but for the table of all commands.

use {
    super::codes::leaves,
    std::{
        collections::BTreeSet,
        path::{Path, PathBuf},
    },
};

/// Files that go through the table, and so type every command whatever else is tested.
const OF_THE_TABLE: [&str; 4] = ["codes.rs", "exact.rs", "every.rs", "typed.rs"];

/// The sources of a folder and of those below it.
fn sources(folder: &Path, found: &mut Vec<String>) {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            sources(&path, found);
        } else if !OF_THE_TABLE.iter().any(|name| path.ends_with(name)) {
            found.push(std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// The string literals of a source in their order, and whether only a comma stands before each.
fn literals(source: &str) -> Vec<(bool, String)> {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let code = source.lines().filter(is_code).collect::<Vec<_>>().join("\n").replace("'\"'", "");
    let mut found = Vec::new();
    let mut rest = code.as_str();
    while let Some((before, after)) = rest.split_once('"') {
        let mut is_escaped = false;
        let end = after.find(|letter| {
            let ends = letter == '"' && !is_escaped;
            is_escaped = letter == '\\' && !is_escaped;
            ends
        });
        let end = end.expect("a literal ends");
        found.push((before.trim() == ",", after[..end].replace("\\\n", " ")));
        rest = &after[end + 1..];
    }
    found
}

/// The names of the command that words begin with, below a command.
pub fn named<'a>(mut command: &clap::Command, words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut path = Vec::new();
    for word in words {
        let Some(found) = command.find_subcommand(word) else { break };
        (command, path) = (found, [path, vec![word.to_owned()]].concat());
    }
    path
}

/// The commands that tests type, by their names. What a test types of votes may leave out that it governs.
pub fn typed() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&folder.join("src/commands/tests"), &mut files);
    sources(&folder.join("tests"), &mut files);
    let command = crate::command();
    let votes = command.find_subcommand("governance").expect("holders govern");
    let mut found = BTreeSet::new();
    for literals in files.iter().map(|file| literals(file)) {
        for (at, (_, first)) in literals.iter().enumerate() {
            // A list of words is a line, too.
            let listed = literals[at + 1..].iter().take_while(|(listed, _)| *listed);
            let more = listed.filter(|_| !first.contains(' ')).map(|(_, word)| word.as_str());
            let words = || first.split_whitespace().chain(more.clone()).skip_while(|word| *word == "work-token");
            found.insert(named(&command, words()).join(" "));
            found.insert(
                ["governance".to_owned()].into_iter().chain(named(votes, words())).collect::<Vec<_>>().join(" "),
            );
        }
    }
    found
}

#[test]
fn every_command_is_typed_by_a_test() {
    let mut all = BTreeSet::new();
    leaves(&crate::command(), "", &mut all);
    let typed = typed();
    let untyped: Vec<&String> = all.difference(&typed).collect();
    assert!(untyped.is_empty(), "no test types these: {untyped:?}");
}

#[test]
fn what_a_source_types_is_told_by_its_literals() {
    let source = "
        // \"epoch close\" is not typed.
        let line = format!(\"work-token network \\
                    show --output {}\", '\"');
        run(&[\"tx\", \"status\", \"say \\\"hello\\\"\"]);
        assert_eq!(shown[\"epoch\"], \"score\");
    ";
    let listed: Vec<(bool, String)> = literals(source);
    let expected = [
        (false, "work-token network                      show --output {}"),
        (false, "tx"),
        (true, "status"),
        (true, "say \\\"hello\\\""),
        (false, "epoch"),
        (false, "score"),
    ];
    assert_eq!(listed, expected.map(|(listed, text)| (listed, text.to_owned())));
    let command = crate::command();
    assert_eq!(named(&command, ["network", "show", "--output"].into_iter()), ["network", "show"]);
    assert!(named(&command, ["work"].into_iter()).is_empty());
}
