//! A small IDL and a small checkout, which lack one thing after the other.

use serde_json::{Value, json};

use super::{
    addin::ADDINS_KINDS,
    missing, places,
    rules::{EXCUSED, KINDS, Part, Shown},
    search::Tree,
    section, unlisted,
};
use crate::source::Source;

fn idl() -> Value {
    let fields =
        |names: &[&str]| json!({ "fields": names.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>() });
    json!({
        "instructions": [{ "name": "leave_now" }],
        "accounts": [{ "name": "Tree" }],
        "errors": [{ "name": "TooLate" }, { "name": "ChangeNotNext" }],
        "events": [{ "name": "LeftNow" }],
        "types": [
            { "name": "NetworkParams", "type": fields(&["max_supply", "padding_2"]) },
            { "name": "EmissionPolicy", "type": fields(&[]) },
            { "name": "WorkPay", "type": fields(&[]) },
            { "name": "DisputeRules", "type": fields(&["reserved"]) },
            { "name": "JobRules", "type": fields(&[]) },
        ],
    })
}

/// Everything that the small IDL needs.
const FILES: &[(&str, &str)] = &[
    (
        "programs/work-token/src/instructions/provider/leave_now.rs",
        "pub fn handle_leave_now() { refuse(TooLate); emit!(LeftNow {}) }",
    ),
    ("programs/work-token/src/lib.rs", "pub fn leave_now() {}"),
    ("sdk/src/ix/provider.rs", "pub fn leave_now() {}"),
    ("sdk/src/ix/tests/provider.rs", "fn built() { leave_now() }"),
    ("tests/adversary/cases/provider.rs", "Case { instruction: \"leave_now\" }"),
    ("tests/adversary/refusals.tsv", "leave_now\towner\tWrongSigner\tall"),
    ("tests/adversary/codes/stake.rs", "(E::TooLate, late) (E::ChangeNotNext, late)"),
    ("tests/src/world.rs", "fn leaves() { ix::leave_now() } fn goes() { leaves() }"),
    ("tests/cases/epoch/leaving.rs", "#[test] fn who_leaves_is_gone() { world.goes() }"),
    ("tests/cases/program/layouts.rs", "layout!(TREE, tree, Tree, 8, 20, []);"),
    ("xtask/benches/measure/provider.rs", "life.measure(\"leave_now, late\", leave)"),
    ("cli/src/commands/provider/mod.rs", "fn run() { submit(ix::leave_now()) }"),
    ("interface/src/accounts.rs", "Tree"),
    ("interface/src/state/work_tree.rs", "pub struct Tree {}"),
    ("interface/src/errors.rs", "TooLate = 1, \"It is too late.\"; ChangeNotNext = 2, \"It is another.\";"),
    ("interface/src/events/provider.rs", "LeftNow { when: i64, }"),
    ("tests/src/invariants/mod.rs", "size == Tree::SIZE"),
    ("docs/parameters.md", "| `max_supply` |"),
    ("docs/protocol/place.md", "| `Tree` | a plain account |"),
];

fn found(edit: impl Fn(&str) -> Option<&'static str>) -> Vec<String> {
    let files = FILES.iter().map(|(name, text)| Source::new(*name, edit(name).unwrap_or(text))).collect();
    missing(&idl(), (KINDS, EXCUSED), &Tree::of(files)).unwrap()
}

#[test]
fn a_whole_checkout_lacks_nothing() {
    assert_eq!(found(|_| None), [] as [String; 0]);
}

#[test]
fn without_any_one_of_its_files_something_is_missing_and_named() {
    for (lost, _) in FILES.iter().filter(|(name, _)| *name != "tests/src/world.rs") {
        let files: Vec<_> = FILES.iter().filter(|(name, _)| name != lost).collect();
        let files = files.into_iter().map(|(name, text)| Source::new(*name, *text)).collect();
        assert!(!missing(&idl(), (KINDS, EXCUSED), &Tree::of(files)).unwrap().is_empty(), "{lost}");
    }
    let found = found(|name| name.starts_with("xtask").then_some("life.measure(\"leave_nowhere\")"));
    assert_eq!(found, ["instruction leave_now lacks a measurement (xtask/benches/measure)"]);
}

#[test]
fn who_sends_is_followed_through_functions_and_not_through_names_alone() {
    let unused = found(|name| (name == "tests/src/world.rs").then_some("fn leaves() { ix::leave_now() } fn goes() {}"));
    assert_eq!(unused, ["instruction leave_now lacks a story that sends it (tests/cases)"]);
    let other =
        found(|name| (name == "cli/src/commands/provider/mod.rs").then_some("fn leave_now() { state.leave() }"));
    assert_eq!(other.len(), 1, "{other:?}");
}

#[test]
fn an_excuse_that_nothing_needs_is_named() {
    let golden = Source::new("tests/cases/program/golden/tree.hex", "");
    let files = FILES.iter().map(|(name, text)| Source::new(*name, *text)).chain([golden]).collect();
    let lines = missing(&idl(), (KINDS, EXCUSED), &Tree::of(files)).unwrap();
    assert!(lines.len() == 1 && lines[0].starts_with("Tree lacks golden bytes no more"), "{lines:?}");
}

#[test]
fn what_the_adversary_does_not_send_of_the_add_in_is_named() {
    let idl = json!({
        "instructions": [{ "name": "weigh_all" }],
        "accounts": [],
        "errors": [{ "name": "NotHeard" }],
        "events": [],
    });
    let found = |files: &[(&str, &str)]| {
        let files = files.iter().map(|(name, text)| Source::new(*name, *text)).collect();
        let lines = missing(&idl, (ADDINS_KINDS, &[]), &Tree::of(files)).unwrap();
        lines.iter().filter(|line| line.contains("tests/adversary")).count()
    };
    assert_eq!(found(&[]), 3);
    let case = ("tests/adversary/cases/vote.rs", "Case { instruction: \"weigh_all\" }");
    let row = ("tests/adversary/refusals_votes.tsv", "weigh_all\tholder\tNotHeard\tall");
    assert_eq!(found(&[case, row]), 1);
    assert_eq!(found(&[case, row, ("tests/adversary/codes/vote.rs", "(V::NotHeard, late)")]), 0);
    // Those of the protocol's table are none of the add-in's.
    assert_eq!(found(&[case, ("tests/adversary/refusals.tsv", row.1)]), 2);
}

#[test]
fn an_idl_without_a_list_is_no_idl() {
    assert!(missing(&json!({}), (KINDS, EXCUSED), &Tree::of(Vec::new())).is_err());
}

#[test]
fn the_page_must_name_every_place_and_few_of_them() {
    let page = "# C\n\n## An instruction\n\n1. `sdk/src/ix` one\n2. two\n\n## An account\n";
    assert_eq!(section(page, "An instruction").map(places), Some(2));
    let lines = unlisted(page, KINDS);
    assert!(lines.iter().any(|line| line.contains("An instruction: a measurement is in xtask/benches/measure")));
    assert!(!lines.iter().any(|line| line.contains("a builder")));
    assert!(lines.iter().any(|line| line.contains("no section `An error`")));
    let long = "## An instruction\n".to_owned() + &"1. a\n".repeat(11);
    assert!(unlisted(&long, KINDS).iter().any(|line| line.contains("touches 11 places")));
}

#[test]
fn a_text_stands_where_no_word_continues_it() {
    let part = |text| Part { what: "", within: &["a"], shown: Shown::Text(text) };
    let tree = Tree::of(vec![Source::new("a/b.rs", "unpause( Event::PlaceTaken")]);
    assert!(!tree.shows(&part("#("), "pause") && tree.shows(&part("#("), "unpause"));
    assert!(!tree.shows(&part("#"), "Seat") && tree.shows(&part("#"), "PlaceTaken"));
}
