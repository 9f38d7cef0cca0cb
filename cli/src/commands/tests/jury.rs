//! Jurors: how a lock ripens, and how a juror leaves.

use super::{dispute::Court, *};

#[test]
fn in_a_tree_that_is_not_young_any_more_a_lock_ripens_before_it_is_drawn_from() {
    let court = Court::open();
    let (desk, newcomer) = (&court.shop.desk, &court.friend);
    court.pass(22 * DAY);
    let join = format!("jury join --amount {} --from {}", 50 * TOKEN, newcomer.tokens);
    let joined = court.types(newcomer, &join).unwrap();
    let now_ts = desk.scenario.chain.now();
    assert_eq!((&joined["ripens_at_ts"], &joined["leaf"]), (&(now_ts + 20 * DAY).into(), &Value::Null));
    assert!(joined["not_synced"].is_string(), "{joined}");
    let sync = |who: &Actor| court.types(who, &format!("jury sync {}", newcomer.address()));
    assert!(matches!(sync(&court.challenger), Err(Failure::TryAgain(message)) if message.contains("ripens at")));
    let shown = court.types(newcomer, "jury show").unwrap();
    assert_eq!((&shown["ripe"], &shown["lock"], &shown["leaf"]), (&0.into(), &(50 * TOKEN).into(), &Value::Null));
    court.pass(20 * DAY);
    let synced = sync(&court.challenger).unwrap();
    assert_eq!((&synced["leaf_weight"], &synced["displaces"]), (&(50 * TOKEN).into(), &Value::Null));
    assert_eq!(court.types(newcomer, "jury show").unwrap()["leaf_weight"], 50 * TOKEN);

    // What is added later ripens alike, and what had ripened goes on judging; a keeper brings it in.
    court.types(newcomer, &join).unwrap();
    let shown = court.types(newcomer, "jury show").unwrap();
    assert_eq!((&shown["ripe"], &shown["leaf_weight"]), (&(50 * TOKEN).into(), &(50 * TOKEN).into()));
    court.pass(22 * DAY);
    let cranked = court.shop.cranks("epoch crank").unwrap();
    assert!(steps(&cranked).contains(&"sync-juror"), "{cranked}");
    assert_eq!(court.types(newcomer, "jury show").unwrap()["leaf_weight"], 100 * TOKEN);
}

#[test]
fn a_juror_is_paid_when_it_leaves_or_by_a_second_call_once_nobody_can_call_it() {
    let court = Court::open();
    let [first, second, ..] = court.jurors.as_slice() else { panic!("there are jurors") };
    let leave = |juror: &Actor| court.types(juror, &format!("jury leave --to {}", juror.tokens));
    assert!(refusal(leave(first)).contains("JurorBound"), "its term runs");
    court.pass(30 * DAY);
    let balance = |juror: &Actor| court.shop.desk.scenario.chain.token_balance(&juror.tokens);
    assert_eq!(leave(first).unwrap()["pays"], 200 * TOKEN);
    assert_eq!(balance(first), 200 * TOKEN);

    // A draw that is armed keeps the tree; one whose seed is captured lets a juror go, and calls it still.
    let provider = court.shop.operators.keys().next().unwrap().to_string();
    let epoch = court.shop.desk.scenario.epoch() - 1;
    let open =
        format!("dispute open --provider {provider} --epoch {epoch} --severity 3 --from {}", court.friend.tokens);
    let dispute = court.types(&court.friend, &open).unwrap()["dispute"].as_str().unwrap().to_owned();
    let answer = format!("dispute answer {dispute} --from {}", court.challenger.tokens);
    court.types(&court.challenger, &answer).unwrap();
    let keeper = &court.shop.keeper;
    court.types(keeper, &format!("jury call {dispute}")).unwrap();
    assert!(matches!(leave(second), Err(Failure::TryAgain(message)) if message.contains("jury call")));
    court.shop.desk.scenario.chain.advance_slots(20);
    court.types(keeper, &format!("jury call {dispute}")).unwrap();
    let left = leave(second).unwrap();
    assert_eq!((&left["pays"], balance(second)), (&0.into(), 0));
    assert!(matches!(leave(second), Err(Failure::TryAgain(message)) if message.contains("can still be called")));
    // Keepers let it go: who has left decides itself whether to come back.
    court.pass(DAY);
    court.shop.cranks("epoch crank").unwrap();
    let shown = court.types(second, "jury show").unwrap();
    assert_eq!((&shown["leaf"], &shown["juries"]), (&Value::Null, &0.into()), "{shown}");
    assert_eq!(leave(second).unwrap()["pays"], 200 * TOKEN);
    assert_eq!(balance(second), 200 * TOKEN);
}

#[test]
fn anybody_takes_a_juror_out_that_stands_behind_the_accused_and_nobody_else() {
    let court = Court::open();
    let dispute = court.contest(3);
    court.answer(&dispute);
    let keeper = &court.shop.keeper;
    court.types(keeper, &format!("jury call {dispute}")).unwrap();
    court.shop.desk.scenario.chain.advance_slots(20);
    court.types(keeper, &format!("jury call {dispute}")).unwrap();
    court.shop.cranks(&format!("jury draw {dispute}")).unwrap();
    let exclude =
        |juror: &Actor| court.types(&court.friend, &format!("jury exclude {dispute} --juror {}", juror.address()));
    let (seated, others): (Vec<&Actor>, Vec<&Actor>) =
        court.jurors.iter().partition(|juror| !refusal(exclude(juror)).contains("has no ballot"));
    let (juror, stranger) = (seated[0], others[0]);
    let excluded = court.shows(&format!("dispute show {dispute}"));
    let accused = excluded["provider"].as_str().unwrap();
    court.shop.desk.scenario.chain.give_tokens(&juror.tokens, 500 * TOKEN);
    court
        .types(juror, &format!("delegate add --provider {accused} --amount {} --from {}", 500 * TOKEN, juror.tokens))
        .unwrap();
    assert!(refusal(exclude(stranger)).contains("has no ballot"));
    let ballots = exclude(juror).unwrap()["ballots"].as_u64().unwrap();
    assert!(ballots >= 1);
    assert!(refusal(exclude(juror)).contains("AlreadyVoted"), "once");
}
