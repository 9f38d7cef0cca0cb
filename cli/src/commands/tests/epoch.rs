//! Keepers.

use super::*;

fn earning() -> (Desk, Actor) {
    let desk = Desk::new();
    let (_, provider) = desk.scenario.owner("owner", 500, 50_000 * TOKEN).unwrap();
    let alice = desk.scenario.actor("alice", 1_000 * TOKEN);
    desk.scenario.delegate(&alice, &provider, 1_000 * TOKEN).unwrap();
    desk.scenario.go_to_epoch(2);
    let keeper = desk.scenario.actor("a keeper", 0);
    (desk, keeper)
}

fn names(cranked: &Value) -> Vec<String> {
    let step = |step: &Value| format!("{} {}", step["step"].as_str().unwrap(), step["epoch"]);
    cranked["steps"].as_array().unwrap().iter().map(step).collect()
}

#[test]
fn crank_does_everything_that_is_due_once_and_is_paid() {
    let (desk, keeper) = earning();
    let crank = format!("epoch crank --bounty-to {}", keeper.tokens);
    let first = names(&desk.types(&keeper, &crank).unwrap());
    assert_eq!(first, ["refresh-note 2", "open 0", "open 1", "open 2", "weigh 0", "finalize 0", "settle 0"]);
    desk.a_moment_later();
    assert_eq!(desk.types(&keeper, &crank).unwrap()["transactions"], 0, "nothing more is due");

    desk.scenario.chain.advance(3_600);
    assert_eq!(names(&desk.types(&keeper, &crank).unwrap()), ["refresh-note 2", "weigh 1"], "the note is an hour old");
    desk.scenario.chain.advance(3_600);
    assert_eq!(
        names(&desk.types(&keeper, &crank).unwrap()),
        ["refresh-note 2", "finalize 1", "settle 1", "activate 2"]
    );
    assert!(desk.scenario.chain.token_balance(&keeper.tokens) > 0);

    let shown = desk.types_keyless("epoch show").unwrap();
    assert_eq!((&shown["epoch"], &shown["next_to_finalize"]), (&2.into(), &2.into()));
    assert_eq!(shown["epochs"][1]["phase"], "settling");
    assert_eq!(shown["epochs"][1]["emission"], shown["epochs"][1]["distributed"]);

    desk.scenario.go_to_epoch(11);
    let cranked = names(&desk.types(&keeper, &crank).unwrap());
    for step in ["sweep 0", "sweep 1", "close 0", "close 1", "open 3", "open 10"] {
        assert!(cranked.contains(&step.to_owned()), "{step}: {cranked:?}");
    }
    assert_eq!(desk.types_keyless("epoch show 1").unwrap()["phase"], "missed");
}

#[test]
fn each_step_can_be_done_alone_and_says_try_again_when_it_is_not_due() {
    let (desk, keeper) = earning();
    let try_again = |line: &str| match desk.types(&keeper, line) {
        Err(Failure::TryAgain(message)) => message,
        other => panic!("{line}: {other:?}"),
    };
    assert!(try_again("epoch weigh 1").contains("nothing to weigh now, in epoch 2"));
    assert_eq!(names(&desk.types(&keeper, "epoch open 1").unwrap()), ["open 1"]);
    assert!(try_again("epoch weigh 1").contains("the next window begins at"));
    desk.types(&keeper, "epoch open 0").unwrap();
    desk.scenario.chain.advance(3_600);
    assert_eq!(names(&desk.types(&keeper, "epoch weigh").unwrap()), ["weigh 0", "weigh 1"]);
    desk.scenario.chain.advance(3_600);
    desk.types(&keeper, "epoch finalize 0").unwrap();
    desk.types(&keeper, "epoch finalize 1").unwrap();
    desk.types(&keeper, "epoch settle").unwrap();
    assert_eq!(names(&desk.types(&keeper, "epoch activate").unwrap()), ["activate 2"]);
    try_again("epoch sweep");
    desk.scenario.go_to_epoch(10);
    desk.types(&keeper, "epoch sweep 1").unwrap();
    desk.types(&keeper, "epoch close 1").unwrap();
}

#[test]
fn many_providers_fit_into_transactions_whoever_pays() {
    let desk = Desk::new();
    for number in 0..50 {
        desk.scenario.owner(&format!("owner {number}"), 500, 10_000 * TOKEN).unwrap();
    }
    desk.scenario.go_to_epoch(2);
    let (keeper, payer) = (desk.scenario.actor("a keeper", 0), desk.scenario.actor("payer", 0));
    desk.types(&keeper, "epoch open 0").unwrap();
    desk.types(&keeper, "epoch open 1").unwrap();
    desk.scenario.chain.advance(3_600);
    let bounty = keeper.tokens;
    let price = "--with-compute-unit-price 1";
    let alone = desk.types(&keeper, &format!("epoch weigh 0 --bounty-to {bounty} {price}")).unwrap();
    assert_eq!(alone["transactions"], 3, "22 + 22 + 6");
    let paid = format!("epoch weigh 1 --bounty-to {bounty} {price} --fee-payer {}", payer.key.to_base58_string());
    let sizes: Vec<u64> = desk.types(&keeper, &paid).unwrap()["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["providers"].as_u64().unwrap())
        .collect();
    assert_eq!(sizes, [19, 19, 12]);
}

#[test]
fn unsigned_cranks_are_one_message_a_line() {
    let (desk, keeper) = earning();
    let messages = desk.reply(&format!("epoch crank --unsigned --authority {}", keeper.address())).unwrap();
    // A note of slot and time, and an epoch each for 0, 1 and the running one.
    assert_eq!(messages.plain.unwrap().lines().count(), 4);
    assert!(desk.types(&keeper, "epoch show 1").unwrap()["phase"] == "openable");
}
