//! A network that its holders govern, typed command by command, with the real SPL Governance.

use super::*;
use crate::reply::facts;

/// A desk with SPL Governance on its chain, and a holder of all tokens.
fn desk() -> (Desk, Actor) {
    let desk = Desk::new();
    work_token_tests::deploy_governance(&desk.scenario.chain);
    let alice = desk.scenario.actor("alice", 1_000 * TOKEN);
    (desk, alice)
}

/// A realm whose treasury has SOL, in which alice has deposited everything.
fn realm(desk: &Desk, alice: &Actor) -> (String, String) {
    let create = "governance create-realm --name Workers --yes-percent 60 --voting-secs 86400 --hold-up-secs 3600 \
                  --least-weight 1000000";
    let created = desk.types(alice, create).unwrap();
    let name = |field: &str| created[field].as_str().unwrap().to_owned();
    desk.scenario.chain.fund(&name("treasury").parse().unwrap(), 10_000_000_000);
    let deposit =
        format!("governance deposit --realm {} --amount {} --from {}", name("realm"), 900 * TOKEN, alice.tokens);
    assert_eq!(desk.types(alice, &deposit).unwrap()["deposited"], 900 * TOKEN);
    (name("realm"), name("treasury"))
}

/// Votes yes, waits, counts and executes; the treasury has done it then.
fn decide(desk: &Desk, alice: &Actor, proposal: &str) {
    let execute = format!("governance execute {proposal}");
    desk.types(alice, &format!("governance vote {proposal} --choice yes")).unwrap();
    assert!(matches!(desk.types(alice, &execute), Err(Failure::TryAgain(_))), "it is voted on");
    desk.scenario.chain.advance(DAY + 1);
    assert_eq!(desk.types(alice, &execute).unwrap()["counts"], true);
    desk.a_moment_later();
    assert!(matches!(desk.types(alice, &execute), Err(Failure::TryAgain(_))), "it is held up");
    desk.scenario.chain.advance(HOUR);
    assert_eq!(desk.types(alice, &execute).unwrap()["executes"], 1);
}

fn take_over(desk: &Desk, alice: &Actor, realm: &str, treasury: &str) {
    let admin = &desk.scenario.admin;
    for role in ["arbiter", "admin"] {
        desk.types(admin, &format!("network propose-authority --role {role} --to {treasury}")).unwrap();
    }
    desk.scenario.chain.advance(3 * DAY);
    let propose = format!("governance propose take-over --realm {realm} --title Take-over");
    let proposed = desk.types(alice, &propose).unwrap();
    let proposal = proposed["proposal"].as_str().unwrap();
    decide(desk, alice, proposal);
    let freed = desk.types(alice, &format!("governance relinquish {proposal}")).unwrap();
    assert_eq!(freed["no_longer_counts"], false, "the vote was counted: only the deposit is freed");
    let authorities = &desk.types_keyless("network show").unwrap()["authorities"];
    assert_eq!((&authorities["admin"], &authorities["arbiter"]), (&treasury.into(), &treasury.into()));
}

#[test]
fn holders_take_a_network_over_and_change_a_parameter_that_they_saw_in_words() {
    let (desk, alice) = desk();
    let (realm, treasury) = realm(&desk, &alice);
    take_over(&desk, &alice, &realm, &treasury);
    let file = File::new("bounty.toml", "weigh_bounty = 7999\n");
    let propose = format!("governance propose params --realm {realm} --title Bounty --params {}", file.0.display());
    let proposed = desk.types(&alice, &propose).unwrap();
    let steps = proposed["steps"].as_array().cloned().unwrap_or_else(|| vec![proposed.clone()]);
    assert!(steps.iter().all(|step| step["signature"].is_string()), "{proposed}");
    let proposal = proposed["proposal"].as_str().unwrap();
    let shown = desk.types_keyless(&format!("governance show {proposal}")).unwrap();
    let told = &shown["transactions"][0]["instructions"][0];
    assert_eq!(told["does"], "proposes parameters");
    assert_eq!(told["changes"][0]["name"], "weigh_bounty");
    assert_eq!((&told["changes"][0]["to"], &told["delay_secs"]), (&facts!(7_999), &facts!(DAY)));
    assert_eq!((&shown["state"], &shown["tally"]["yes"]), (&facts!("voting"), &facts!(0)));
    assert_eq!(shown["tally"]["yes_needed"], 600 * TOKEN);
    decide(&desk, &alice, proposal);
    let shown = desk.types_keyless(&format!("governance show {proposal}")).unwrap();
    assert_eq!(shown["state"], "completed");
    assert_eq!(
        shown["votes"],
        facts!([facts!({ "voter": alice.address().to_string(), "vote": "yes", "weight": 900 * TOKEN })])
    );
    desk.scenario.chain.advance(DAY);
    desk.types(&alice, "network execute-params --number 1").unwrap();
    assert_eq!(desk.types_keyless("network show").unwrap()["params"]["weigh_bounty"], 7_999);
    let listed = desk.types_keyless(&format!("governance show --realm {realm}")).unwrap();
    assert_eq!((&listed["count"], &listed["votes_with"]), (&facts!(2), &facts!("deposits")));
}

#[test]
fn a_class_and_a_payment_are_proposed_and_taken_back() {
    let (desk, alice) = desk();
    let (realm, treasury) = realm(&desk, &alice);
    take_over(&desk, &alice, &realm, &treasury);
    let rules = File::new("class.toml", &desk.reply("class defaults").unwrap().plain.unwrap());
    let propose =
        format!("governance propose class --realm {realm} --title Class --class 3 --rules {}", rules.0.display());
    let class = desk.types(&alice, &propose).unwrap()["proposal"].as_str().unwrap().to_owned();
    let shown = desk.types_keyless(&format!("governance show {class}")).unwrap();
    assert_eq!(shown["transactions"][0]["instructions"][0]["is_new"], true);
    desk.types(&alice, &format!("governance vote {class} --choice no")).unwrap();
    desk.types(&alice, &format!("governance relinquish {class}")).unwrap();
    desk.types(&alice, &format!("governance cancel {class}")).unwrap();
    let refused = refusal(desk.types(&alice, &format!("governance vote {class} --choice yes")));
    assert!(refused.contains("InvalidStateCannotVote") && refused.contains("SPL Governance refused"), "{refused}");
    let again = refusal(desk.types(&alice, &propose));
    assert!(again.contains("is cancelled: choose another --title"), "{again}");
    let pay = format!(
        "governance propose pay --realm {realm} --title Grant --vault treasury --to {} --amount 5",
        alice.tokens
    );
    let grant = desk.types(&alice, &pay).unwrap()["proposal"].as_str().unwrap().to_owned();
    let shown = desk.types_keyless(&format!("governance show {grant}")).unwrap();
    assert_eq!(shown["transactions"].as_array().unwrap().len(), 2);
    assert_eq!(shown["transactions"][1]["hold_up_secs"], HOUR + 3 * DAY);
    assert_eq!(shown["transactions"][1]["instructions"][0]["amount"], 5);
    desk.types(&alice, &format!("governance cancel {grant}")).unwrap();
    let withdraw = format!("governance withdraw --realm {realm} --to {}", alice.tokens);
    desk.types(&alice, &withdraw).unwrap();
    assert_eq!(desk.scenario.balance(&alice), 1_000 * TOKEN);
}

#[test]
fn everything_that_holders_sign_is_printed_for_a_multisig() {
    let (desk, alice) = desk();
    let (realm, _) = realm(&desk, &alice);
    let unsigned = |line: String| {
        let printed = desk.reply(&format!("{line} --unsigned --authority {}", alice.address())).unwrap();
        assert!(printed.plain.is_some_and(|plain| !plain.is_empty()), "{line}");
    };
    let propose = format!("governance propose take-over --realm {realm} --title Take-over");
    unsigned(propose.clone());
    let proposal = desk.types(&alice, &propose).unwrap()["proposal"].as_str().unwrap().to_owned();
    unsigned(format!("governance vote {proposal} --choice yes"));
    unsigned(format!("governance cancel {proposal}"));
    unsigned(format!("governance deposit --realm {realm} --amount 1"));
}

#[test]
fn what_cannot_be_done_is_said_by_whom_it_could_be_and_by_which_number() {
    let (desk, alice) = desk();
    let bob = desk.scenario.actor("bob", 10 * TOKEN);
    let (realm, _) = realm(&desk, &alice);
    let propose = format!("governance propose take-over --realm {realm} --title");
    let taken = desk.types(&alice, &format!("{propose} Take")).unwrap()["proposal"].as_str().unwrap().to_owned();
    let refused = |who: &Actor, lines: &[(&str, String)]| {
        for (said, line) in lines {
            desk.a_moment_later();
            let refusal = refusal(desk.types(who, &format!("governance {line}")));
            assert!(refusal.contains(said), "{line}: {refusal}");
        }
    };
    let of_realm = |line: &str| format!("{line} --realm {realm}");
    let to_realm =
        |amount: u64, from: &Actor| format!("deposit --realm {realm} --amount {amount} --from {}", from.tokens);
    let stake = "stake does not vote in this realm";
    refused(
        &bob,
        &[
            ("has deposited nothing", of_realm("withdraw")),
            ("has deposited nothing in this realm: `governance deposit`", format!("vote {taken} --choice yes")),
            ("has deposited nothing", format!("propose take-over --realm {realm} --title Mine")),
            ("has not voted on this proposal", format!("relinquish {taken}")),
            ("has not made this proposal", format!("cancel {taken}")),
            ("InvalidGoverningTokenSource (603)", format!("deposit --realm {realm} --amount 5")),
            ("InsufficientFunds", to_realm(500_000 * TOKEN, &bob)),
            (stake, of_realm("voter create")),
            (stake, of_realm("voter show")),
            (stake, of_realm("update --max")),
            (stake, of_realm("registrar set --standing-slots 5")),
            (stake, of_realm("propose registrar --title P --standing-slots 5")),
            ("does not have the program WorkVotes", of_realm("registrar create")),
            ("is not a proposal", format!("show {realm}")),
            ("is not a realm", format!("show --realm {taken}")),
        ],
    );
    desk.types(&bob, &format!("governance {}", to_realm(500_000, &bob))).unwrap();
    let least = format!("propose take-over --realm {realm} --title Mine");
    refused(&bob, &[("takes a weight of 1000000 here, and yours is 500000", least)]);
    let withdraw = of_realm("withdraw");
    refused(
        &alice,
        &[
            ("AllProposalsMustBeFinalisedToWithdrawGoverningTokens (573)", withdraw),
            (
                "does not fit one transaction",
                format!("propose take-over --realm {realm} --title {}", "t".repeat(1_200)),
            ),
        ],
    );
    for name in [String::new(), "x".repeat(33), "\u{e9}".repeat(17)] {
        let rules = "--yes-percent 60 --voting-secs 5 --hold-up-secs 5 --least-weight 1";
        let create = desk.types(&alice, &format!("governance create-realm --name={name} {rules}"));
        assert!(matches!(&create, Err(Failure::Usage(said)) if said.contains("1 to 32 bytes")), "{name}: {create:?}");
    }
}
