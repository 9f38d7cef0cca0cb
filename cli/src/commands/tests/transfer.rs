//! Shares that change their holder, stake that grows by itself, and stake that moves to another provider.

use {
    super::*,
    crate::reply::facts,
    work_token_sdk::{ProviderAddresses, Pubkey},
};

/// A delegator whose shares are active, in epoch 2, with epoch 1 settled.
fn earned() -> (Desk, ProviderAddresses, Actor) {
    let desk = Desk::new();
    let (_, provider) = desk.scenario.owner("owner", 500, 50_000 * TOKEN).unwrap();
    let alice = desk.scenario.actor("alice", 2_000 * TOKEN);
    desk.scenario.delegate(&alice, &provider, 2_000 * TOKEN).unwrap();
    desk.scenario.go_to_epoch(2);
    desk.scenario.crank_all(&[provider.provider]).unwrap();
    (desk, provider, alice)
}

/// The usual token account of somebody.
fn usual(desk: &Desk, who: &Actor) -> Pubkey {
    let usual = crate::chain::usual_token_account(&who.address(), &desk.scenario.network);
    let (program, mint) = (desk.scenario.program, desk.scenario.network.mint);
    desk.scenario.chain.create_token_account(usual, program, mint, who.address(), 0);
    usual
}

#[test]
fn a_giver_and_a_receiver_sign_and_the_shares_are_the_receivers() {
    let (desk, provider, alice) = earned();
    let bob = desk.scenario.actor("bob", 0);
    let (behind, secret) = (format!("--provider {}", provider.provider), bob.key.to_base58_string());
    let give = |part: &str| format!("delegate transfer {behind} --to {} {part} --fee-payer {secret}", bob.address());
    assert!(refusal(desk.types(&alice, &give("--shares 1"))).contains("BelowMinimumDelegation"));
    let too_dear = give(&format!("--all --min-value {}", 2_000 * TOKEN + 1));
    assert!(refusal(desk.types(&alice, &too_dear)).contains("WorthLessThanAsked"));
    let given = desk.types(&alice, &give("--all")).unwrap();
    assert_eq!((&given["shares"], &given["value"]), (&(2_000 * TOKEN).into(), &(2_000 * TOKEN).into()));
    let shown = desk.types(&bob, &format!("delegate show {behind}")).unwrap();
    assert_eq!((&shown["active_value"], &shown["claimable"]), (&(2_000 * TOKEN).into(), &0.into()));
    let left = desk.types(&alice, &format!("delegate show {behind}")).unwrap();
    assert_eq!((&left["shares"], &left["claimable"]), (&0.into(), &given["claimable"]));
    // The receiver's key is elsewhere: it gets the message.
    let one =
        format!("delegate transfer {behind} --to {} --all --unsigned --authority {}", alice.address(), bob.address());
    let unsigned = desk.reply(&one).unwrap();
    assert_eq!(unsigned.data["signers"].as_array().map(Vec::len), Some(2));
}

#[test]
fn who_asked_for_it_has_its_rewards_restaked_by_the_next_crank() {
    let (desk, provider, alice) = earned();
    let behind = format!("--provider {}", provider.provider);
    let keeper = desk.scenario.actor("a keeper", 0);
    let restake = format!("epoch restake --bounty-to {}", keeper.tokens);
    desk.types(&alice, &format!("delegate claim {behind} --to {}", alice.tokens)).unwrap();
    desk.scenario.next_epoch();
    desk.scenario.crank_all(&[provider.provider]).unwrap();
    assert!(matches!(desk.types(&keeper, &restake), Err(Failure::TryAgain(_))), "nobody asked for it");
    let chosen = desk.types(&alice, &format!("delegate auto-restake {behind}")).unwrap();
    assert_eq!((&chosen["auto_restake"], &chosen["max_open_claims"]), (&true.into(), &0.into()));
    let before = desk.scenario.chain.token_balance(&keeper.tokens);
    let cranked = desk.types(&keeper, &restake).unwrap();
    assert_eq!(cranked["steps"][0]["step"], "restake");
    let paid = desk.scenario.chain.token_balance(&keeper.tokens) - before;
    assert_eq!(paid, NETWORK_PARAMS.activation_bounty);
    let shown = desk.types(&alice, &format!("delegate show {behind}")).unwrap();
    assert_eq!((&shown["claimable"], shown["lots"].as_array().map(Vec::len)), (&0.into(), Some(1)));
    desk.a_moment_later();
    assert!(matches!(desk.types(&keeper, &restake), Err(Failure::TryAgain(_))), "once in four epochs");
    desk.types(&alice, &format!("delegate auto-restake {behind} --off")).unwrap();
    let state = desk.scenario.position_state(&provider.position(alice.address()));
    assert!(!state.auto_restakes());
}

#[test]
fn a_holder_takes_its_voice_and_gives_it_back_and_anybody_completes_that() {
    let (desk, provider, alice) = earned();
    let behind = format!("--provider {}", provider.provider);
    let silence = i64::from(NETWORK_PARAMS.longest_vote_secs) + 2 * 86_400;
    let show = || desk.types(&alice, &format!("delegate show {behind}")).unwrap();
    let owner = || desk.types(&alice, &format!("provider show {}", provider.provider)).unwrap();
    let direct = |who: &Actor, line: &str| desk.types(who, &format!("delegate direct {line} {behind}"));
    assert_eq!((&show()["voter"], &owner()["owner_voice"]), (&"owner".into(), &(52_000 * TOKEN).into()));
    assert!(refusal(direct(&alice, "off")).contains("NotDirect"));
    let taken = direct(&alice, "on").unwrap();
    let heard_from_ts = desk.scenario.chain.now() + silence;
    assert_eq!((&taken["voter"], &taken["silent_until_ts"]), (&"holder".into(), &heard_from_ts.into()));
    assert_eq!(
        (&owner()["owner_voice"], &owner()["delegated_direct"]),
        (&(50_000 * TOKEN).into(), &(2_000 * TOKEN).into())
    );
    desk.scenario.advance(silence);
    assert_eq!((&show()["voice"], &show()["silent_until_ts"]), (&(2_000 * TOKEN).into(), &Value::Null));
    direct(&alice, "off").unwrap();
    desk.a_moment_later();
    assert!(refusal(direct(&alice, "off")).contains("ReturnNotDue"));
    desk.scenario.advance(silence);
    let listed = desk.types(&alice, "delegate list").unwrap();
    assert!(listed["positions"][0]["to_do"].to_string().contains("return of its voice"), "{listed}");
    let bob = desk.scenario.actor("bob", 0);
    direct(&bob, &format!("off --holder {}", alice.address())).unwrap();
    assert_eq!((&show()["voter"], &owner()["owner_voice"]), (&"owner".into(), &(52_000 * TOKEN).into()));
}

#[test]
fn a_request_settles_first_what_is_final_and_shows_what_is_lost_then() {
    let (desk, provider, alice) = earned();
    let behind = format!("--provider {}", provider.provider);
    for epoch in 2..4 {
        desk.scenario.next_epoch();
        desk.scenario.finalize(epoch, &[provider.provider]).unwrap();
    }
    let shown = |line: &str| desk.types(&alice, line).unwrap();
    let alone = shown(&format!("delegate request {behind} --all --without-settling --dry-run"));
    let asked = shown(&format!("delegate request {behind} --all"));
    let number = |value: &Value| value.as_u64().unwrap();
    assert_eq!((&alone["settles"], &asked["settles"]), (&Value::Array(vec![]), &facts!([2, 3])));
    assert!(number(&alone["forfeits"]) > number(&asked["forfeits"]), "{alone} {asked}");
    assert!(number(&alone["claimable"]) < number(&asked["claimable"]));
    let left = desk.types(&alice, &format!("delegate show {behind}")).unwrap();
    assert_eq!(left["claimable"], asked["claimable"], "to the unit");
}

#[test]
fn stake_moves_to_another_provider_by_the_same_command_run_twice() {
    let (desk, from, alice) = earned();
    let (_, to) = desk.scenario.owner("other owner", 500, 50_000 * TOKEN).unwrap();
    let tokens = usual(&desk, &alice);
    let line = format!(
        "delegate move --from {} --to {} --all --keypair {}",
        from.provider,
        to.provider,
        alice.key.to_base58_string()
    );
    let run = || desk.reply(&line).unwrap();
    let asked = run();
    assert_eq!((&asked.data["state"], &asked.data["ticket"]), (&"asked".into(), &1.into()));
    assert!(matches!(asked.unfinished, Some(Failure::TryAgain(_))), "75: the same command goes on");
    let waits = run();
    assert_eq!((&waits.data["state"], &waits.data["matures_at_ts"]), (&"waits".into(), &asked.data["matures_at_ts"]));
    assert!(matches!(waits.unfinished, Some(Failure::TryAgain(_))));
    desk.scenario.chain.set_now(asked.data["matures_at_ts"].as_i64().unwrap());
    // What the other provider would refuse is said before, and the stake stays in its ticket.
    let retired = desk.scenario.read::<work_token_sdk::state::Provider>(&to.provider);
    desk.scenario.change(&to.provider, |provider: &mut work_token_sdk::state::Provider| {
        provider.state = work_token_sdk::state::ProviderState::Retiring as u8;
    });
    assert!(matches!(desk.reply(&line), Err(Failure::Failed(message)) if message.contains("ProviderRetiring")));
    desk.scenario.write(&to.provider, &retired);
    let moved = run();
    assert_eq!((&moved.data["state"], &moved.data["amount"]), (&"moved".into(), &(2_000 * TOKEN).into()));
    assert!(moved.unfinished.is_none());
    assert_eq!(desk.scenario.chain.token_balance(&tokens), 0, "the wallet saw it pass by");
    let there = desk.types(&alice, &format!("delegate show --provider {}", to.provider)).unwrap();
    assert_eq!(there["value"], 2_000 * TOKEN);
    // The plan is forgotten: the same words begin anew, and there is nothing left to ask for.
    assert!(matches!(desk.reply(&line), Err(Failure::Failed(message)) if message.contains("ZeroAmount")));
}

#[test]
fn a_move_goes_on_with_a_ticket_that_asked_before_and_says_when_it_is_over() {
    let (desk, from, alice) = earned();
    let (_, to) = desk.scenario.owner("other owner", 500, 50_000 * TOKEN).unwrap();
    usual(&desk, &alice);
    let asked = desk.types(&alice, &format!("delegate request --provider {} --all", from.provider)).unwrap();
    let line = format!("delegate move --from {} --to {} --ticket 1", from.provider, to.provider);
    assert_eq!(desk.types(&alice, &line).unwrap()["state"], "waits");
    desk.scenario.chain.set_now(asked["matures_at_ts"].as_i64().unwrap());
    assert_eq!(desk.types(&alice, &line).unwrap()["state"], "moved");
    assert_eq!(desk.types(&alice, &line).unwrap()["state"], "over");
    let same = format!("delegate move --from {} --to {} --all", from.provider, from.provider);
    assert!(matches!(desk.types(&alice, &same), Err(Failure::Usage(_))));
}
