//! Deposits, proposals, votes and models whose answers are lost: run again, they are done once.

#[path = "support/desk.rs"]
mod desk;
mod support;

use {
    desk::{Desk, failure},
    work_token_localnet::{Scenario, ScenarioOptions, TOKEN},
    work_token_tests::{deploy_governance, node::Mood},
};

fn scenario() -> Scenario {
    let scenario = Scenario::start(&ScenarioOptions::default()).expect("the embedded chain starts");
    deploy_governance(&scenario.chain);
    scenario
}

/// The answer of a command that is lost, and found by the next run, which sends nothing.
fn lost_and_found(desk: &Desk, line: &str) -> serde_json::Value {
    desk.node.state().pass(10);
    desk.node.be(Mood::Blind);
    let lost = desk.types(line);
    assert_eq!(lost.code, 76, "{line}: {}", lost.stderr);
    let (done, sends) = (desk.done(), desk.sends());
    let again = desk.types(line);
    assert_eq!((again.code, desk.done(), desk.sends()), (76, done, sends), "{line}: {}", again.stderr);
    assert_eq!(failure(&again)["transactions"][0]["fate"], "unknown", "{line}");
    desk.node.be(Mood::Well);
    let found = desk.types(line);
    assert_eq!((found.code, desk.kept()), (0, 0), "{line}: {}", found.stderr);
    found.json()
}

#[test]
fn a_deposit_a_proposal_and_a_vote_whose_answers_are_lost_are_made_once() {
    let scenario = scenario();
    let alice = scenario.actor("alice", 1_000 * TOKEN);
    let network = scenario.network.network.to_string();
    let desk = Desk::of(scenario.chain, network, alice, String::new());
    let at = format!("--network {}", desk.network);
    let rules = "--yes-percent 60 --voting-secs 86400 --hold-up-secs 0 --least-weight 1000000";
    let create = format!("governance create-realm --name Workers {rules} {at}");
    let created = lost_and_found(&desk, &create);
    let realm = created["realm"].as_str().expect("an address").to_owned();
    assert_eq!(desk.done(), 1);

    let deposit = format!("governance deposit --realm {realm} --amount 400000000 --from {} {at}", desk.alice.tokens);
    assert_eq!(lost_and_found(&desk, &deposit)["deposited"], "400000000");
    assert_eq!(desk.done(), 2);

    let propose = format!("governance propose take-over --realm {realm} --title Take {at}");
    let proposed = lost_and_found(&desk, &propose);
    let proposal = proposed["proposal"].as_str().expect("an address").to_owned();
    let listed = desk.types(&format!("governance show --realm {realm} {at}")).json();
    assert_eq!((&listed["count"], &listed["proposals"][0]["state"]), (&1.into(), &"voting".into()), "{listed}");
    let steps = desk.done();

    assert_eq!(lost_and_found(&desk, &format!("governance vote {proposal} --choice yes {at}"))["weight"], "400000000");
    let shown = desk.types(&format!("governance show {proposal} {at}")).json();
    assert_eq!((desk.done(), &shown["tally"]["yes"]), (steps + 1, &"400000000".into()));
    // Once more, and it is meant: the program knows the vote.
    desk.node.state().pass(10);
    let twice = desk.types(&format!("governance vote {proposal} --choice yes {at}"));
    assert!(twice.code == 1 && twice.stderr.contains("VoteAlreadyExists (519)"), "{}", twice.stderr);
}

#[test]
fn a_model_whose_answer_is_lost_is_set_once() {
    let scenario = scenario();
    let (network, admin) = (scenario.network.network.to_string(), scenario.admin);
    let desk = Desk::of(scenario.chain, network, admin, String::new());
    let at = format!("--network {}", desk.network);
    for (hash, version) in [("ab", 1), ("cd", 2)] {
        let set = lost_and_found(&desk, &format!("model set lamp --hash {} {at}", hash.repeat(32)));
        assert_eq!((&set["version"], desk.done()), (&version.into(), version));
    }
    let shown = desk.types(&format!("model show lamp {at}")).json();
    assert_eq!((&shown["version"], &shown["hash"]), (&2.into(), &"cd".repeat(32).into()));
}
