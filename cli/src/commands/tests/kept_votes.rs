//! What a keeper does so that stake can vote: voices that return, what of voters' stake ripens, the maximum
//! weight of realms.

use super::{
    crank::Watched,
    stake::{Realm, WAIT},
    *,
};
use crate::reply::facts;

/// The names of the steps that will be due, each with its time.
fn next(cranked: &Value) -> Vec<(&str, i64)> {
    let named = |next: &'_ Value| next["at_ts"].as_i64().unwrap();
    let all = cranked["next"].as_array().unwrap().iter();
    all.map(|next| (next["step"].as_str().unwrap(), named(next))).collect()
}

fn count(cranked: &Value, step: &str) -> usize {
    steps(cranked).iter().filter(|name| **name == step).count()
}

#[test]
fn a_keeper_restakes_for_who_votes_itself_and_completes_the_return_of_its_voice() {
    let desk = Desk::new();
    let (_, provider) = desk.scenario.owner("owner", 500, 50_000 * TOKEN).unwrap();
    let alice = desk.scenario.actor("alice", 2_000 * TOKEN);
    let position = desk.scenario.delegate(&alice, &provider, 2_000 * TOKEN).unwrap();
    desk.scenario.go_to_epoch(2);
    desk.scenario.crank_all(&[provider.provider]).unwrap();
    let keeper = desk.scenario.actor("a keeper", 0);
    let behind = format!("--provider {}", provider.provider);
    desk.types(&alice, &format!("delegate direct on {behind}")).unwrap();
    desk.types(&alice, &format!("delegate auto-restake {behind}")).unwrap();
    let cranks = || {
        desk.a_moment_later();
        desk.types(&keeper, &format!("epoch crank --bounty-to {}", keeper.tokens)).unwrap()
    };
    assert_eq!(count(&cranks(), "restake"), 1, "it votes itself, and is found all the same");

    desk.scenario.chain.advance(HOUR);
    desk.types(&alice, &format!("delegate direct off {behind}")).unwrap();
    let due_ts = desk.scenario.position_state(&position).voice.from_ts;
    desk.scenario.chain.set_now(due_ts - 60);
    let early = cranks();
    assert_eq!(count(&early, "complete-return"), 0);
    assert!(next(&early).contains(&("complete-return", due_ts)), "{:?}", next(&early));
    desk.scenario.chain.set_now(due_ts + HOUR);
    let due = cranks();
    assert_eq!(count(&due, "complete-return"), 1, "{:?}", steps(&due));
    assert!(!desk.scenario.position_state(&position).is_direct());
    assert_eq!(count(&cranks(), "complete-return"), 0);
}

/// A realm whose owner's stake waits in a voter.
fn with_voter(terms: &str) -> Realm {
    let realm = Realm::found(terms);
    realm.types(&realm.owner, "voter create").unwrap();
    realm.types(&realm.owner, &format!("voter add --own --provider {}", realm.provider.provider)).unwrap();
    realm
}

/// The same after it has waited, a keeper, and what the keeper types.
fn waited(terms: &str) -> (Realm, Actor, String) {
    let realm = with_voter(terms);
    realm.desk.scenario.advance(WAIT);
    let keeper = realm.desk.scenario.actor("a keeper", 0);
    let line = format!("epoch crank --bounty-to {} --votes {}", keeper.tokens, realm.name("realm"));
    (realm, keeper, line)
}

#[test]
fn a_keeper_of_a_realm_writes_its_maximum_weight_and_notes_what_has_ripened() {
    let realm = with_voter("");
    let (desk, owner) = (&realm.desk, &realm.owner);
    let ripe_ts = realm.types(owner, "voter show").unwrap()["waits_until_ts"].as_i64().unwrap();
    let keeper = desk.scenario.actor("a keeper", 0);
    let plain = format!("epoch crank --bounty-to {}", keeper.tokens);
    let line = format!("{plain} --votes {}", realm.name("realm"));
    let cranks = |line: &str| {
        desk.a_moment_later();
        desk.types(&keeper, line).unwrap()
    };
    let unasked = cranks(&plain);
    assert_eq!(count(&unasked, "update-max-weight"), 0);
    assert_eq!(count(&cranks(&line), "update-max-weight"), 1, "it was never written");

    desk.scenario.chain.set_now(ripe_ts - 60);
    let early = cranks(&line);
    assert_eq!((count(&early, "update-max-weight"), count(&early, "update-voter")), (1, 0), "a day has passed");
    assert!(next(&early).contains(&("update-voter", ripe_ts)), "{:?}", next(&early));
    let asked = |line: &str| {
        let chain = Watched::new(desk);
        let idle = desk.reply_on(&chain, &format!("{line} --keypair {}", keeper.key.to_base58_string())).unwrap();
        assert_eq!(idle.data["transactions"], 0, "{:?}", idle.data["steps"]);
        chain.requests.take()
    };
    assert_eq!(asked(&line), [asked(&plain), vec!["accounts", "program accounts"]].concat());

    desk.scenario.chain.set_now(ripe_ts - 1);
    let due = cranks(&line);
    assert_eq!((count(&due, "update-max-weight"), count(&due, "update-voter")), (0, 1), "{:?}", steps(&due));
    let shown = realm.types(owner, "voter show").unwrap();
    assert_eq!((&shown["weight"], &shown["positions"][0]["update_is_due"]), (&(50_000 * TOKEN).into(), &false.into()));
    assert_eq!(count(&cranks(&line), "update-voter"), 0);

    // Somebody else's realm, or none.
    let nothing = work_token_sdk::Pubkey::new_from_array([9; 32]);
    let refused =
        desk.reply(&format!("{plain} --votes {nothing} --keypair {}", keeper.key.to_base58_string())).unwrap();
    let refused = refused.failure().expect("it is named").to_string();
    assert!(refused.contains(&nothing.to_string()) && refused.contains("no registrar joins"), "{refused}");
}

#[test]
fn a_keeper_of_a_realm_updates_sixteen_positions_by_the_table_of_their_holder_or_by_its_own() {
    let realm = with_voter("");
    let (desk, carol) = (&realm.desk, realm.crowd(16));
    let keeper = desk.scenario.actor("a keeper", 0);
    let line = format!("epoch crank --bounty-to {} --votes {}", keeper.tokens, realm.name("realm"));
    let updates = || {
        desk.a_moment_later();
        let chain = Watched::new(desk);
        let cranked = desk.reply_on(&chain, &format!("{line} --keypair {}", keeper.key.to_base58_string())).unwrap();
        let cranked = Value::Object(cranked.data);
        let sent = chain.requests.take().iter().filter(|asked| **asked == "send").count();
        assert_eq!(cranked["transactions"], sent, "each has the budget that it needs: {:?}", steps(&cranked));
        count(&cranked, "update-voter")
    };
    let due = || {
        let shown = realm.types(&carol, "voter show").unwrap();
        let positions = shown["positions"].as_array().unwrap();
        positions.iter().filter(|position| position["update_is_due"] == true).count()
    };
    let before = desk.scenario.chain.snapshot();
    assert_eq!((updates(), due()), (1, 16), "of the owner alone: hers does not fit");
    let of_carol = format!("table --holder {}", carol.address());
    for (whose, line_of_table) in [(&carol, "table"), (&keeper, &of_carol)] {
        desk.scenario.chain.restore(&before);
        let made = realm.types(whose, line_of_table).unwrap();
        desk.a_moment_later();
        let printed = desk.reply(&format!("{line} --unsigned --authority {}", keeper.address())).unwrap();
        let looks_up = |step: &&Value| {
            step["step"] == "update-voter" && step["lookup_tables"] == facts!([made["lookup_table"].as_str()])
        };
        assert_eq!(printed.data["steps"].as_array().unwrap().iter().filter(looks_up).count(), 1, "{line_of_table}");
        assert_eq!((updates(), due()), (2, 0));
        assert_eq!(updates(), 0);
    }
}

#[test]
fn where_records_stand_a_keeper_writes_what_has_ripened_into_them() {
    let (realm, keeper, line) = waited("--standing-slots 1000");
    let (desk, owner) = (&realm.desk, &realm.owner);
    assert_eq!(count(&desk.types(&keeper, &line).unwrap(), "update-voter"), 1);
    assert_eq!(realm.types(owner, "voter show").unwrap()["standing_weight"], 50_000 * TOKEN);
}

#[test]
fn a_keeper_of_a_realm_looks_twice_at_what_left_and_what_was_gone_for_a_wait_counts_no_more() {
    let (realm, keeper, line) = waited("");
    let (desk, owner) = (&realm.desk, &realm.owner);
    let updates = || {
        desk.a_moment_later();
        count(&desk.types(&keeper, &line).unwrap(), "update-voter")
    };
    assert_eq!((updates(), updates()), (1, 0), "it has ripened");
    let low_since = || realm.types(owner, "voter show").unwrap()["positions"][0]["low_since_ts"].clone();
    assert_eq!(low_since(), Value::Null);

    let (leave, ticket) = desk.scenario.request_ix(&realm.provider.own(), 1_000 * TOKEN);
    desk.scenario.send(&[leave], &[owner]).unwrap();
    // A keeper looks at every voter when an epoch is turned.
    desk.scenario.advance(DAY);
    assert_eq!((updates(), updates()), (1, 0), "the first look notes it");
    assert!(low_since().as_i64().is_some());
    let back = [work_token_sdk::ix::cancel_unbonding(&realm.provider.own(), ticket)];
    let before = desk.scenario.chain.snapshot();
    desk.scenario.advance(WAIT);
    assert_eq!((updates(), low_since(), updates()), (1, Value::Null, 0), "the second takes it away");
    let shown = realm.types(owner, "voter show").unwrap();
    assert_eq!(shown["positions"][0]["counts"], 49_000 * TOKEN);

    desk.scenario.chain.restore(&before);
    desk.scenario.send(&back, &[owner]).unwrap();
    desk.scenario.next_epoch();
    assert_eq!((updates(), low_since()), (1, Value::Null), "what is back was never gone");
    assert_eq!(realm.types(owner, "voter show").unwrap()["weight"], 50_000 * TOKEN);
}
