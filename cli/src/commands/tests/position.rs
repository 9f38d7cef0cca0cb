//! Providers and delegators.

use super::*;
use crate::reply::facts;

#[test]
fn an_owner_registers_stakes_sets_and_retires_a_provider() {
    let desk = Desk::new();
    let owner = desk.scenario.actor("owner", 50_000 * TOKEN);
    let (operator, tokens) = (desk.scenario.actor("operator", 0).address(), owner.tokens);
    let hash = "ab".repeat(32);
    let register = format!(
        "provider register --operator {operator} --commission-bps 700 --destination {tokens} --metadata-hash {hash}"
    );
    let registered = desk.types(&owner, &register).unwrap();
    let provider = registered["provider"].as_str().unwrap().to_owned();
    assert!(registered["signature"].is_string());
    assert!(refusal(desk.types(&owner, &register)).contains("is registered already"));

    desk.types(&owner, &format!("provider stake --amount 20000000000 --from {tokens}")).unwrap();
    desk.types(&owner, "provider commission --bps 500").unwrap();
    desk.types(&owner, "provider commission --bps 900").unwrap();
    desk.types(&owner, &format!("provider operator --to {tokens}")).unwrap();
    assert!(
        refusal(desk.types(&owner, &format!("provider destination --to {operator}")))
            .contains("no account of the network's")
    );
    let shown = desk.types_keyless(&format!("provider show {provider}")).unwrap();
    assert_eq!((&shown["own_staked"], &shown["commission_bps"]), (&20_000_000_000u64.into(), &500.into()));
    assert_eq!(
        (&shown["commission_announced_bps"], &shown["commission_announced_from_epoch"]),
        (&900.into(), &10.into())
    );
    assert_eq!(shown["operator"], tokens.to_string());
    assert_eq!(shown["reward_destination"], tokens.to_string());
    assert_eq!(desk.types(&owner, "provider show").unwrap(), shown, "without an address it is the signer's own");
    assert_eq!(desk.types_keyless("provider list").unwrap()["count"], 1);

    desk.types(&owner, "provider retire").unwrap();
    assert_eq!(desk.types(&owner, "provider show").unwrap()["state"], "retiring");
    desk.types(&owner, &format!("provider destination --to {tokens}")).unwrap();
    assert!(refusal(desk.types(&owner, "provider claim")).contains("NothingToClaim"));
    assert!(refusal(desk.types(&owner, "provider close")).contains("ProviderNotEmpty"));
    assert!(refusal(desk.types(&owner, "provider stake --amount 1")).contains("(6501)"), "ProviderRetiring");
}

#[test]
fn a_delegator_comes_changes_its_mind_and_leaves() {
    let desk = Desk::new();
    let (_, at) = desk.scenario.owner("owner", 500, 50_000 * TOKEN).unwrap();
    let provider = at.provider;
    let alice = desk.scenario.actor("alice", 1_000 * TOKEN);
    let (behind, tokens) = (format!("--provider {provider}"), alice.tokens);

    desk.types(&alice, &format!("delegate add {behind} --amount 900000000 --from {tokens}")).unwrap();
    let position = || desk.types(&alice, &format!("delegate show {behind}")).unwrap();
    assert_eq!((&position()["value"], &position()["active_value"]), (&900_000_000.into(), &0.into()));
    assert_eq!(position()["lots"][0]["earns_from_epoch"], 1);

    let asked = desk.types(&alice, &format!("delegate request {behind} --amount 300000000")).unwrap();
    assert_eq!((&asked["ticket"], &asked["value"]), (&1.into(), &300_000_000.into()));
    assert_eq!(position()["tickets"][0]["pays"], 300_000_000);
    desk.types(&alice, &format!("delegate cancel {behind} --ticket 1")).unwrap();
    assert_eq!(position()["tickets"].as_array().map(Vec::len), Some(0));

    assert!(
        refusal(desk.types(&alice, &format!("delegate request {behind} --amount 900000001")))
            .contains("is worth 900000000")
    );
    let asked = desk.types(&alice, &format!("delegate request {behind} --all")).unwrap();
    assert_eq!(asked["shares"], 900_000_000);
    let withdraw = format!("delegate withdraw {behind} --ticket 2 --to {tokens}");
    assert!(refusal(desk.types(&alice, &withdraw)).contains("NotMatured"));
    desk.scenario.chain.set_now(asked["matures_at_ts"].as_i64().unwrap());
    desk.types(&alice, &withdraw).unwrap();
    assert_eq!(desk.scenario.chain.token_balance(&tokens), 1_000 * TOKEN);

    assert!(refusal(desk.types(&alice, &format!("delegate claim {behind} --to {tokens}"))).contains("NothingToClaim"));
    assert!(refusal(desk.types(&alice, &format!("delegate restake {behind}"))).contains("NothingToClaim"));
    desk.types(&alice, &format!("delegate close {behind}")).unwrap();
    assert!(refusal(desk.types(&alice, &format!("delegate show {behind}"))).contains("there is no Delegation"));
}

#[test]
fn a_dry_run_and_an_unsigned_message_change_nothing() {
    let desk = Desk::new();
    let (owner, provider) = desk.scenario.owner("owner", 500, 50_000 * TOKEN).unwrap();
    let before = desk.scenario.provider_state(&provider);

    let tried = desk.types(&owner, "provider retire --dry-run").unwrap();
    assert_eq!(tried["simulated"], true);
    assert!(tried["compute_units"].as_u64().unwrap() > 0 && tried["signature"].is_null());

    let address = owner.address();
    let unsigned = desk.reply(&format!("provider retire --unsigned --authority {address}")).unwrap();
    let message = unsigned.plain.clone().expect("people see the message alone");
    assert_eq!(
        (&unsigned.data["message"], &unsigned.data["encoding"]),
        (&Value::from(message.clone()), &"base64".into())
    );
    assert_eq!(unsigned.data["signers"], facts!([address.to_string()]));
    assert_eq!(unsigned.data["instructions"][0]["program_id"], work_token_sdk::ID.to_string());
    use base64::Engine;
    let bytes = base64::engine::general_purpose::STANDARD.decode(&message).unwrap();
    let base58 =
        desk.reply(&format!("provider retire --unsigned base58 --authority {address}")).unwrap().plain.unwrap();
    assert_eq!(bs58::decode(base58).into_vec().unwrap(), bytes);

    assert_eq!(desk.scenario.provider_state(&provider), before);
    // Somebody who holds another key cannot act as the owner, but can prepare for it.
    let other = desk.scenario.actor("other", 0);
    assert!(matches!(desk.types(&other, &format!("provider retire --authority {address}")), Err(Failure::Usage(_))));
}

#[test]
fn somebody_else_may_pay_the_fee() {
    let desk = Desk::new();
    let (owner, _) = desk.scenario.owner("owner", 500, 50_000 * TOKEN).unwrap();
    let payer = desk.scenario.actor("payer", 0);
    let lamports = |actor: &Actor| {
        use work_token_sdk::Transport;
        desk.scenario.chain.account(&actor.address()).unwrap().unwrap().lamports
    };
    let before = (lamports(&owner), lamports(&payer));
    let secret = payer.key.to_base58_string();
    desk.types(&owner, &format!("provider retire --fee-payer {secret} --with-compute-unit-price 1000000")).unwrap();
    assert_eq!(lamports(&owner), before.0);
    assert!(lamports(&payer) < before.1 - 10_000, "two signatures and a priority fee");
}

#[test]
fn a_ninth_request_withdraws_what_has_matured_in_the_same_transaction_or_says_what_it_joins() {
    let desk = Desk::new();
    let (_, at) = desk.scenario.owner("owner", 500, 50_000 * TOKEN).unwrap();
    let alice = desk.scenario.actor("alice", 2_000 * TOKEN);
    let behind = format!("--provider {}", at.provider);
    let add = format!("delegate add {behind} --amount {} --from {}", 2_000 * TOKEN, alice.tokens);
    desk.types(&alice, &add).unwrap();
    let ask = || {
        desk.a_moment_later();
        desk.types(&alice, &format!("delegate request {behind} --amount {}", 100 * TOKEN)).unwrap()
    };
    let tickets: Vec<Value> = (1..=8).map(|_| ask()).collect();
    let last = &tickets[7];
    let position = || desk.types(&alice, &format!("delegate show {behind}")).unwrap();
    // None has matured: the ninth joins the eighth, whose time begins anew.
    let joined = ask();
    assert_eq!((&joined["ticket"], &joined["withdraws"]), (&8.into(), &Value::Null));
    assert!(joined["matures_at_ts"].as_i64() > last["matures_at_ts"].as_i64());
    // All have: a usual token account receives them, and the request has a ticket of its own.
    desk.scenario.chain.set_now(joined["matures_at_ts"].as_i64().unwrap());
    assert_eq!(ask()["ticket"], 8, "without an account that could be paid nothing is withdrawn");
    desk.scenario.chain.set_now(desk.scenario.chain.now() + 20 * DAY);
    let usual = crate::chain::usual_token_account(&alice.address(), &desk.scenario.network);
    let (program, mint) = (desk.scenario.program, desk.scenario.network.mint);
    desk.scenario.chain.create_token_account(usual, program, mint, alice.address(), 0);
    let asked = ask();
    assert_eq!(asked["ticket"], 9, "{asked}");
    assert_eq!(asked["withdraws"].as_array().map(Vec::len), Some(8));
    assert_eq!(
        (&asked["withdrawn"], desk.scenario.chain.token_balance(&usual)),
        (&(1_000 * TOKEN).into(), 1_000 * TOKEN)
    );
    let tickets = position()["tickets"].clone();
    assert_eq!((tickets.as_array().map(Vec::len), &tickets[0]["ticket"]), (Some(1), &9.into()));
    for line in ["cancel", "withdraw", "settle"] {
        let message = refusal(desk.types(&alice, &format!("delegate {line} {behind} --ticket 3")));
        assert!(message.contains("has no ticket 3; it has 9"), "{message}");
    }
    let early = refusal(desk.types(&alice, &format!("delegate withdraw {behind} --ticket 9")));
    assert!(early.contains(&format!("matures at {}", asked["matures_at_ts"])), "{early}");
}

#[test]
fn a_stake_below_the_minimum_is_refused_and_one_below_a_places_makes_a_candidate() {
    let params = work_token_sdk::state::NetworkParams { minimum_stake_ceiling: 1 << 40, ..NETWORK_PARAMS };
    let desk = Desk::with(&ScenarioOptions { params, ..ScenarioOptions::default() });
    let owner = desk.scenario.actor("owner", 0);
    let operator = desk.scenario.actor("operator", 0).address();
    let least = params.minimum_self_stake;
    let register = |stake: u64| format!("provider register --operator {operator} --commission-bps 100 --stake {stake}");
    let message = refusal(desk.types(&owner, &register(least - 1)));
    assert!(message.contains("BelowMinimumSelfStake") && message.contains(&format!("minimum_self_stake is {least}")));
    let (program, mint) = (desk.scenario.program, desk.scenario.network.mint);
    let usual = crate::chain::usual_token_account(&owner.address(), &desk.scenario.network);
    desk.scenario.chain.create_token_account(usual, program, mint, owner.address(), least);
    assert_eq!(desk.types(&owner, &register(least)).unwrap()["place"], 0);
}

#[test]
fn an_account_that_cannot_be_paid_is_refused_before_anything_is_sent() {
    let desk = Desk::new();
    let keeper = desk.scenario.actor("keeper", 0);
    let stranger = desk.scenario.actor("stranger", 0);
    for (account, expected) in [
        (stranger.address(), "is no account of the network's token program"),
        (work_token_sdk::Pubkey::new_from_array([7; 32]), "does not exist"),
        (desk.scenario.network.mint, "is no token account"),
    ] {
        for line in ["epoch crank", "epoch open"] {
            let message = refusal(desk.types(&keeper, &format!("{line} --bounty-to {account}")));
            assert!(message.contains(expected), "{line}: {message}");
        }
        let pay = format!("network pay-treasury --amount 1 --to {account}");
        assert!(refusal(desk.types(&desk.scenario.admin, &pay)).contains(expected));
    }
    for line in
        ["provider stake --amount 1", "provider unjail", "place take", "attester aim", "attester claim", "jury pay"]
    {
        let message = refusal(desk.types(&stranger, line));
        assert!(message.contains("there is no "), "{line}: {message}");
    }
}

#[test]
fn the_risk_of_a_position_is_one_request_and_shows_what_governance_is_about_to_change() {
    let desk = Desk::new();
    let (_, provider) = desk.scenario.owner("Olga", 500, 20_000 * TOKEN).unwrap();
    let alice = desk.scenario.actor("alice", 5_000 * TOKEN);
    let add =
        format!("delegate add --provider {} --amount {} --from {}", provider.provider, 5_000 * TOKEN, alice.tokens);
    desk.types(&alice, &add).unwrap();
    let file = File::new("slower.json", r#"{ "own_unbonding_secs": 3110400, "fee_burn_ppm": 60000 }"#);
    let propose = format!("network propose-params --params {}", file.0.display());
    desk.types(&desk.scenario.admin, &propose).unwrap();

    let chain = Altered::counting(&desk.scenario.chain);
    let line = format!("delegate risk --provider {}", provider.provider);
    let typed = format!("{line} --keypair {}", alice.key.to_base58_string());
    let risk = Value::Object(desk.reply_on(&chain, &typed).unwrap().data);
    assert_eq!(chain.asked(), 1, "{risk}");
    assert_eq!((&risk["value"], &risk["would_hold"]), (&(5_000 * TOKEN).into(), &0.into()));
    let changes = risk["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 2);
    let told = |name: &str| changes.iter().find(|row| row["parameter"] == name).unwrap();
    assert_eq!((&told("fee_burn_ppm")["from"], &told("fee_burn_ppm")["to"]), (&"50000".into(), &"60000".into()));
    assert_eq!(
        told("own_unbonding_secs")["can_leave_before"],
        true,
        "what binds for longer waits for the longest exit"
    );

    let bob = desk.scenario.actor("bob", 0);
    let stranger = desk.types(&bob, &line).unwrap();
    assert_eq!((stranger.get("value"), &stranger["commission_bps"]), (None, &500.into()));
}

#[test]
fn an_address_of_another_kind_is_told_to_be_one_and_what_is_not_there_not_to_be() {
    let desk = Desk::new();
    let (owner, provider) = desk.scenario.owner("owner", 500, 50_000 * TOKEN).unwrap();
    let bob = desk.scenario.actor("bob", 10 * TOKEN);
    let (at, own) = (provider.provider, provider.own_position);
    for (who, said, line) in [
        (&bob, "the account is not a Provider", format!("provider show {own}")),
        (&bob, "the account is not a Provider", format!("delegate add --provider {own} --amount 5")),
        (&bob, "the account is not a Dispute", format!("dispute show {at}")),
        (&bob, "the account is not a Dispute", format!("dispute evidence {own} --hash {}", "ab".repeat(32))),
        (&bob, "the account is not a Job", format!("job show {at}")),
        (&bob, "there is no Delegation at", format!("delegate close --provider {at}")),
        (&owner, "owes nothing", format!("network forgive-debt --provider {at} --amount 5")),
    ] {
        let refusal = refusal(desk.types(who, &line));
        assert!(refusal.contains(said), "{line}: {refusal}");
    }
}
