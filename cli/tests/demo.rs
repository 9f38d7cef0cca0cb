//! The demo, as somebody runs it who has just cloned the repository.

mod support;

use {
    serde_json::Value,
    std::{path::Path, sync::LazyLock},
    support::{Ran, integer, work_token},
};

/// Columns of a line, at most.
const WIDTH: usize = 100;
/// Lines without the books, at most.
const LENGTH: usize = 195;

/// What everybody sees first, with the books.
static FIRST: LazyLock<Ran> = LazyLock::new(|| work_token(&["demo", "--books"]));
/// For machines.
static SEVENTH: LazyLock<Ran> = LazyLock::new(|| work_token(&["demo", "--json", "--seed", "7"]));

fn rows<'a>(demo: &'a Value, key: &str) -> &'a [Value] {
    demo[key].as_array().unwrap_or_else(|| panic!("a list of {key}"))
}

fn sum(rows: &[Value], field: &str) -> i128 {
    rows.iter().filter(|row| !row[field].is_null()).map(|row| integer(&row[field])).sum()
}

/// The text with the table of the books cut out.
fn without_books(text: &str) -> String {
    let begins = text[..text.find("every base unit (").expect("the books")].rfind('┌').expect("a frame");
    let ends = begins + text[begins..].find("┘\n").expect("a frame") + "┘\n".len();
    [&text[..begins], &text[ends..]].concat()
}

fn assert_kept(demo: &Value) {
    assert_eq!(demo["ok"], true);
    assert!(rows(demo, "books").iter().all(|line| line["ok"] == true && line["name"].is_string()));
    assert!(rows(demo, "promises").iter().all(|promise| promise["kept"] == true && promise["name"].is_string()));
    for chapter in rows(demo, "chapters") {
        assert!(rows(chapter, "wrong_books").is_empty() && integer(&chapter["books"]) > 0, "{chapter}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let again = work_token(&["demo", "--json", "--seed", "7"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert_eq!(SEVENTH.stdout, again.stdout);
}

#[test]
fn two_networks_are_told_on_one_time_line() {
    let demo = SEVENTH.json();
    assert_kept(&demo);
    let chapters = rows(&demo, "chapters");
    assert_eq!(chapters.len(), 10);
    assert_eq!(rows(&demo, "promises").len(), 44);
    let events: Vec<&Value> = chapters.iter().flat_map(|chapter| rows(chapter, "events")).collect();
    let at = |event: &Value| event["at_ts"].as_i64();
    assert!(events.windows(2).all(|pair| at(pair[0]) <= at(pair[1])), "{events:?}");
    assert_eq!(events[0]["date"], "2027-01-15");
    let outcomes: Vec<&Value> = rows(&demo, "disputes").iter().map(|row| &row["outcome"]).collect();
    assert_eq!(outcomes, ["upheld", "dismissed", "upheld"]);
    let last = &rows(&demo, "disputes")[2];
    assert_eq!(rows(last, "challengers").len(), 2);
    assert_eq!(integer(&last["to_challengers"][1]), 0, "who raised an honest claim too far bears it alone");
    assert!(integer(&last["burned"]) > 0);
}

/// Counted once more, from the rows that people see: wallets, and what the network and its providers hold.
#[test]
fn every_base_unit_is_in_the_data() {
    let demo = SEVENTH.json();
    let (people, network) = (rows(&demo, "people"), &demo["network"]);
    let vaults: i128 = network["vaults"].as_object().expect("vaults").values().map(integer).sum();
    let held = sum(people, "wallet") + sum(people, "vault") + vaults;
    assert_eq!(integer(&network["supply"]), held + integer(&network["keeper_wallet"]));
    let gained = |chapters: &[Value]| -> i128 {
        let gains = chapters.iter().flat_map(|chapter| chapter["gains"].as_object().expect("gains").values());
        gains.map(integer).sum()
    };
    let (first, later) = rows(&demo, "chapters").split_at(8);
    assert_eq!(integer(&network["supply"]), sum(people, "given") + gained(first), "what somebody gains was emitted");
    let second = &demo["second_network"];
    assert_eq!(integer(&second["supply"]), integer(&second["given"]) + gained(later));
    assert!(integer(&second["came_back"]) > 0);
}

#[test]
fn other_seeds_give_other_stakes_and_still_balance() {
    let mut seen = vec![SEVENTH.json()["people"].clone()];
    for seed in ["2", "19", "18446744073709551615"] {
        let demo = work_token(&["demo", "--json", "--seed", seed]);
        assert_eq!(demo.code, 0, "seed {seed}: {}", demo.stderr);
        let demo = demo.json();
        assert_kept(&demo);
        assert!(!seen.contains(&demo["people"]), "seed {seed}");
        seen.push(demo["people"].clone());
    }
}

#[test]
fn token_2022_balances_too() {
    let demo = work_token(&["demo", "--json", "--token-2022"]);
    assert_eq!(demo.code, 0, "{}", demo.stderr);
    assert_kept(&demo.json());
    assert_eq!(work_token(&["demo", "--seed", "-1"]).code, 2);
}

/// With the real program, as its published crate gives it.
#[test]
fn with_spl_governance_stake_takes_the_network_over_and_decides_and_without_it_nothing_is_said_to_be_decided() {
    let elf = work_token_tests::governance_elf();
    let demo = work_token(&["demo", "--json", "--seed", "7", "--governance", elf.to_str().expect("a path")]);
    assert_eq!(demo.code, 0, "{}", demo.stderr);
    let demo = demo.json();
    assert_kept(&demo);
    let (promised, promised_without) = (demo["promises"].to_string(), SEVENTH.json()["promises"].to_string());
    for promise in
        ["becomes admin and arbiter", "what is counted is what the records said", "once its delay has passed"]
    {
        assert!(promised.contains(promise) && !promised_without.contains(promise), "{promise}");
    }
    assert!(SEVENTH.json()["chapters"][9]["outcome"].to_string().contains("no proposal was counted or decided"));
    // Everything else is the same story.
    assert_eq!(rows(&demo, "chapters")[..9], rows(&SEVENTH.json(), "chapters")[..9]);
    let both = work_token(&["demo", "--token-2022", "--governance", "/dev/null"]);
    assert_eq!(both.code, 2, "SPL Governance reads mints of SPL Token alone");
}

#[test]
fn every_line_fits_and_without_a_terminal_none_has_an_escape_sequence() {
    assert_eq!(FIRST.code, 0, "{}", FIRST.stderr);
    for line in FIRST.stdout.lines().chain(FIRST.stderr.lines()) {
        assert!(line.chars().count() <= WIDTH, "{} columns: {line}", line.chars().count());
        assert!(!line.contains(char::is_control), "{line:?}");
        assert_eq!(line.trim_end(), line);
    }
    let lines = without_books(&FIRST.stdout).lines().count();
    assert!(lines <= LENGTH, "{lines} lines");
}

#[test]
fn the_story_is_on_stdout_the_progress_on_stderr_and_the_books_where_they_are_asked_for() {
    let plain = work_token(&["demo"]);
    assert_eq!(plain.code, 0, "{}", plain.stderr);
    assert!(!plain.stdout.contains("wallet of Ada") && FIRST.stdout.contains("wallet of Ada"));
    assert_eq!(plain.stdout, without_books(&FIRST.stdout));
    assert!(plain.stdout.ends_with(" lines of the books balance: every base unit is accounted for.\n"));
    for (number, line) in (1..).zip(plain.stderr.lines()) {
        assert!(line.starts_with(&format!("chapter {number} of 10: ")), "{line}");
    }
    assert_eq!(plain.stderr.lines().count(), 10);
    assert!(!plain.stdout.contains("BROKEN") && !plain.stdout.contains("WRONG"));
    // For machines each line is an object.
    let notes: Vec<Value> = SEVENTH.stderr.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<&str> = notes.iter().filter_map(|note| note["note"].as_str()).collect();
    assert_eq!(told, plain.stderr.lines().collect::<Vec<_>>());
}

#[test]
fn what_the_readme_shows_of_the_demo_is_what_the_demo_shows() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md")).expect("a README");
    let (_, rest) = readme.split_once("\n## What one sees\n").expect("the heading");
    let (shown, _) = rest.split_once("\n## ").expect("a heading after it");
    let shown: Vec<&str> = shown.lines().filter_map(|line| line.strip_prefix("    ")).map(str::trim).collect();
    assert!(shown.len() >= 4, "{shown:?}");
    let lines: Vec<&str> = FIRST.stdout.lines().map(str::trim).collect();
    for line in shown {
        assert!(lines.contains(&line), "the demo does not say: {line}");
    }
}
