//! Every command as a process against a node: with JSON asked for nothing else is written anywhere.

#[path = "support/desk.rs"]
mod desk;
mod support;

use desk::Desk;

/// The table of all commands.
const TABLE: &str = include_str!("../src/commands/tests/codes.rs");

/// The lines of the table as they are typed, with an address that somebody has.
fn lines(address: &str, file: &str) -> Vec<String> {
    let table =
        TABLE.split("const LINES: &str = \"").nth(1).and_then(|rest| rest.split("\";").next()).expect("a table");
    let word = |word: &str| match word {
        "K" => address.to_owned(),
        "H" => "ab".repeat(32),
        "S" => "1".repeat(64),
        "H:S" => format!("{}:{}", "ab".repeat(32), "1".repeat(64)),
        "F" => file.to_owned(),
        word => word.to_owned(),
    };
    let lines = table.lines().map(|line| line.trim().trim_start_matches(['!', '?']));
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("demo") && !line.starts_with("simulate"));
    lines.map(|line| line.split(' ').map(word).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn with_json_asked_for_nothing_else_is_written_anywhere_by_any_command() {
    let desk = Desk::new();
    let file = desk.home.join("params.toml");
    std::fs::write(&file, support::work_token(&["network", "defaults"]).stdout).expect("a file");
    for line in lines(&desk.provider, &file.display().to_string()) {
        for more in ["", "--unsigned", "--dry-run"] {
            let typed = format!("{line} --network {} {more}", desk.network);
            let ran = desk.types(&typed);
            assert!([0, 1, 2, 75, 76].contains(&ran.code), "{typed}: {} {}", ran.code, ran.stderr);
            let is_json = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
            assert!(ran.stdout.is_empty() || is_json(&ran.stdout), "{typed}: {}", ran.stdout);
            assert!(ran.stderr.lines().all(is_json), "{typed}: {}", ran.stderr);
            assert!(ran.code != 0 || !ran.stdout.is_empty(), "{typed}: it is done, and says nothing");
            let told = ran.stderr.lines().next_back().unwrap_or_default().starts_with("{\"error\"");
            assert_eq!(told, ran.code != 0, "{typed}: {} {}", ran.code, ran.stderr);
        }
    }
}
