//! The demo, as somebody runs it who has just cloned the repository.

mod support;

use {serde_json::Value, support::work_token};

fn sum(rows: &Value, field: &str) -> u64 {
    rows.as_array().expect("a list").iter().map(|row| row[field].as_u64().expect("a number")).sum()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_every_base_unit_is_accounted_for() {
    let (once, again) =
        (work_token(&["demo", "--json", "--seed", "7"]), work_token(&["demo", "--json", "--seed", "7"]));
    assert_eq!(once.code, 0, "{}", once.stderr);
    assert_eq!(once.stdout, again.stdout);

    let demo = once.json();
    assert_eq!(demo["ok"], true);
    let books = demo["books"].as_array().expect("books");
    assert!(books.len() > 70, "{}", books.len());
    assert!(books.iter().all(|line| line["ok"] == true));
    let promises = demo["promises"].as_array().expect("promises");
    assert!(promises.len() == 32 && promises.iter().all(|promise| promise["kept"] == true));
    assert_eq!(demo["network"]["epochs_emitted"], 10);
    let disputes = &demo["court"]["disputes"];
    let outcomes: Vec<&Value> = disputes.as_array().expect("disputes").iter().map(|row| &row["outcome"]).collect();
    assert_eq!(outcomes, ["upheld", "dismissed", "upheld"]);
    assert_eq!(disputes[2]["challengers"].as_array().map(Vec::len), Some(2));
    assert_eq!(disputes[2]["to_challengers"][1], 0, "who raised an honest claim too far bears it alone");
    assert!(demo["court"]["delegator_lost"].as_u64() > Some(0), "{disputes}");

    // Counted once more, from the rows that people see: wallets, stake, rewards, and what the network itself
    // holds.
    let people = [&demo["providers"], &demo["delegators"]];
    let held: u64 = people.iter().map(|rows| sum(rows, "wallet") + sum(rows, "staked")).sum();
    let network = &demo["network"];
    let number = |field: &str| network[field].as_u64().expect("a number");
    let rest = number("unclaimed") + number("carried") + number("treasury") + number("to_keepers");
    // The keeper vault and the keeper's wallet together hold the keepers' part; activations were paid out of
    // rewards on top.
    assert_eq!(number("supply"), held + rest + number("activation_bounties"));
    assert!(number("activation_bounties") > 0 && number("bounties") > 0);
    assert!(number("dust") < 200, "{network}");
}

#[test]
fn another_seed_gives_other_stakes_and_still_balances() {
    let (one, two) = (work_token(&["demo", "--json", "--seed", "1"]), work_token(&["demo", "--json", "--seed", "2"]));
    assert_ne!(one.stdout, two.stdout);
    assert_eq!((one.code, two.code), (0, 0));
}

#[test]
fn people_get_tables_on_stdout_and_the_story_on_stderr() {
    let demo = work_token(&["demo"]);
    assert_eq!(demo.code, 0, "{}", demo.stderr);
    for expected in [
        "Atlas",
        "Leo",
        "every base unit is accounted for",
        "stake vault of Borealis",
        "court: escrow vault",
        "Ugo against",
        "Vera and Ugo against",
    ] {
        assert!(demo.stdout.contains(expected), "{expected}");
    }
    assert!(demo.stderr.contains("epoch   4: the guardian pauses the entrances for two days"));
    assert!(demo.stderr.contains("three jurors find nothing; Vera pays for an appeal"));
    assert!(demo.stderr.contains("the tree of jurors is young: the arbiter confirms it"));
    assert!(!demo.stdout.contains("WRONG"));
}

#[test]
fn few_epochs_many_epochs_and_token_2022_balance_too() {
    for args in [["--epochs", "1"], ["--epochs", "5"], ["--epochs", "40"], ["--token-2022", "--json"]] {
        let demo = work_token(&[&["demo"][..], &args].concat());
        assert_eq!(demo.code, 0, "{args:?}: {}", demo.stderr);
    }
    assert_eq!(work_token(&["demo", "--epochs", "0"]).code, 2);
}
