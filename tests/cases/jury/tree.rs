//! How a lock enters the jurors' tree, whose leaf it may take, and how it leaves (jury-tree-1).
//!
//! The kinds of fault: who comes after a dispute began chooses its jury; refundable money keeps others out;
//! what anybody may do undoes what somebody decided. Where they were looked for: `join_jury` (a first lock,
//! an addition to a ripe one, an addition to an unripe one), `sync_juror` (a free leaf, one's own,
//! another's), `leave_jury` (in its term, past it, displaced, with ballots, with draws that had begun), and
//! what a fine leaves of a lock.

use {
    crate::{jury::votes::*, *},
    work_token_sdk::{JurorAddresses, math::draw::leaf, state},
    work_token_tests::{Juror, LOCK},
};

/// Somebody locks, and is not in the tree yet.
pub fn locks(world: &World, name: &str, amount: u64) -> Juror {
    let actor = world.actor(name, 10 * amount);
    world.send(&[join_ix(world, &actor, amount)], &[&actor]);
    let at = JurorAddresses::derive(world.scenario.network, actor.address());
    Juror { actor, at }
}

fn edit(world: &World, juror: &Juror, change: impl FnOnce(&mut state::Juror)) {
    let mut state = world.juror_state(juror);
    change(&mut state);
    world.scenario.write(&juror.at.juror, &state);
}

/// A network whose tree was adopted just now, with jurors in it.
pub fn young(jurors: usize) -> (Market, Vec<Juror>) {
    Market::young_with(1, jurors, |_| ())
}

/// A network whose tree is not young any more, with jurors in it.
fn grown(jurors: usize) -> (Market, Vec<Juror>) {
    let (market, jurors) = young(jurors);
    market.age_jurors(1);
    (market, jurors)
}

/// A full tree of locks of 100, one of them a juror's.
pub fn full() -> (Market, Juror) {
    let (market, _) = young(0);
    let holder = market.juror("holder", 100 * TOKEN);
    market.fill_tree(&market.network().juror_tree, 100 * TOKEN);
    (market, holder)
}

/// Somebody whose lock has ripened takes the leaf of a holder.
pub fn displace(world: &World, by: &Juror, holder: &Juror) -> work_token_sdk::Instruction {
    enter_ix(world, &by.at, world.juror_state(holder).leaf, Some(holder))
}

#[test]
fn a_lock_enters_the_tree_once_it_is_as_old_as_the_longest_dispute_and_not_a_second_before() {
    let (market, _) = grown(1);
    let (late, locked_ts) = (locks(&market, "late", LOCK), market.now());
    assert_eq!(market.network().params.disputes.longest_secs(), LONGEST as u64);
    market.refuses(sync_ix(&market, &late), &[], E::LockUnripe);
    market.wait_until(locked_ts + LONGEST - 1);
    market.refuses(sync_ix(&market, &late), &[], E::LockUnripe);
    market.pass(1);
    market.send(&[sync_ix(&market, &late)], &[]);
    let state = market.juror_state(&late);
    assert_eq!((state.is_in_tree, state.leaf_weight, state.since_ts), (1, LOCK, locked_ts));
    assert_eq!(market.juror_tree().total(), 2 * LOCK);
    assert_invariants(&market);
}

#[test]
fn what_is_added_ripens_apart_and_what_had_ripened_stays_in_the_tree() {
    let (market, jurors) = grown(1);
    let (juror, old) = (&jurors[0], market.juror_state(&jurors[0]));
    let weight = || leaf(&market.juror_tree().sums, 0);
    let add = |amount| market.send(&[join_ix(&market, &juror.actor, amount), sync_ix(&market, juror)], &[&juror.actor]);
    add(3 * TOKEN);
    let first_ts = market.now();
    assert_eq!((weight(), market.juror_state(juror).since_ts), (LOCK, old.since_ts), "it judges as before");
    // A later addition does not make the one before it any younger once that is ripe.
    market.wait_until(first_ts + LONGEST - 1);
    market.send(&[sync_ix(&market, juror)], &[]);
    assert_eq!(weight(), LOCK);
    market.pass(1);
    add(5 * TOKEN);
    let second_ts = market.now();
    assert_eq!((weight(), market.juror_state(juror).since_ts), (LOCK + 3 * TOKEN, first_ts));
    market.wait_until(second_ts + LONGEST);
    market.send(&[sync_ix(&market, juror)], &[]);
    assert_eq!((weight(), market.juror_state(juror).since_ts), (LOCK + 8 * TOKEN, second_ts));
    assert_invariants(&market);
}

#[test]
fn for_one_longest_dispute_from_the_trees_adoption_locks_enter_at_once() {
    let (market, _) = young(0);
    let young_until_ts = market.network().juror_tree_from_ts + LONGEST;
    market.wait_until(young_until_ts - 1);
    let last = locks(&market, "last", LOCK);
    market.pass(1);
    let late = locks(&market, "late", LOCK);
    market.send(&[sync_ix(&market, &last)], &[]);
    market.refuses(sync_ix(&market, &late), &[], E::LockUnripe);
    market.wait_until(young_until_ts + LONGEST - 1);
    market.refuses(sync_ix(&market, &late), &[], E::LockUnripe);
    market.pass(1);
    market.send(&[sync_ix(&market, &late)], &[]);
    assert_invariants(&market);
}

/// The severity of which the provider is convicted where a jury votes for `vote`, and the arbiter confirms or
/// not; the commitment comes so many seconds before two longest disputes have passed since the tree's
/// adoption, the opening a minute later.
fn convicted(vote: u8, before_secs: i64, confirmed: Option<u8>) -> u8 {
    let (market, jurors) = young(6);
    let [challenger, friend] = parties(&market);
    market.age_jurors(2);
    market.edit_network(|network| network.juror_tree_from_ts += before_secs);
    let (owner, epoch) = (&market.owners[0], market.epoch());
    market.touch(owner);
    let at = market.next_conduct(&owner.at, epoch);
    market.commit(&market.sealed(&at, &challenger, 3), &challenger, market.bond_for(&at, 3));
    market.pass(60);
    market.send(&[market.open_dispute_ix(&at, None, &challenger, 3)], &[&challenger]);
    market.answer(&at, &friend);
    market.judge_round(&at, &jurors, &[Some(vote)]);
    market.let_phase_pass(&at);
    if let Some(severity) = confirmed {
        let arbiter = &market.scenario.admin;
        market.send(&[ix::rule_dispute(&at, arbiter.address(), severity)], &[arbiter]);
        market.advance(&at);
    }
    while !market.dispute_state(&at).is_decided() {
        market.let_phase_pass(&at);
    }
    assert_invariants(&market);
    market.dispute_state(&at).severity()
}

#[test]
fn for_two_longest_disputes_a_verdict_above_2_counts_as_2_unless_the_arbiter_confirms_it() {
    assert_eq!(convicted(3, 1, None), 2, "nobody confirms it");
    assert_eq!(convicted(3, 1, Some(3)), 3);
    assert_eq!(convicted(2, 1, None), 2, "what needs no word gets none");
    assert_eq!(convicted(3, 0, None), 3, "the tree has grown up when it is committed to");
}

// The kind: an instruction at its boundary. One unit decides.
#[test]
fn in_a_full_tree_only_a_lock_more_than_5_percent_larger_takes_a_leaf() {
    let (market, holder) = full();
    let by = locks(&market, "by", 105 * TOKEN);
    market.refuses(enter_ix(&market, &by.at, 0, None), &[], E::LeafTaken);
    market.refuses(displace(&market, &by, &holder), &[], E::LeafTaken);
    assert_eq!(leaf(&market.juror_tree().sums, 0), 100 * TOKEN, "the incumbent weighs until then");
    market.send(&[join_ix(&market, &by.actor, 1)], &[&by.actor]);
    let said = events(&market.send(&[displace(&market, &by, &holder)], &[]));
    let displaced = said.iter().find_map(|event| match event {
        Event::JurorOut(out) => Some((out.owner, out.displaced_by)),
        _ => None,
    });
    assert_eq!(displaced, Some((holder.actor.address(), by.actor.address())));
    let tree = market.juror_tree();
    assert_eq!((leaf(&tree.sums, 0), tree.providers[0]), (105 * TOKEN + 1, by.at.juror));
    assert_eq!((market.juror_state(&by).leaf, market.juror_state(&holder).is_in_tree), (0, 0));
    assert_invariants(&market);
}

#[test]
fn what_a_holder_has_added_counts_ripe_or_not_and_is_compared_when_its_leaf_is_taken() {
    let (market, holder) = full();
    let by = locks(&market, "by", 110 * TOKEN);
    market.pass(1);
    market.age_jurors(1);
    // The holder sees it come and adds, though that is not ripe for long.
    let short = 110 * TOKEN * 100 / 105 - 100 * TOKEN;
    market.send(&[join_ix(&market, &holder.actor, short)], &[&holder.actor]);
    market.send(&[displace(&market, &by, &holder)], &[]);
    let (market, holder) = full();
    let by = locks(&market, "by", 110 * TOKEN);
    market.pass(1);
    market.age_jurors(1);
    market.send(&[join_ix(&market, &holder.actor, short + 1)], &[&holder.actor]);
    market.refuses(displace(&market, &by, &holder), &[], E::LeafTaken);
    assert_invariants(&market);
}

#[test]
fn an_unripe_lock_takes_no_leaf_however_large() {
    let (market, holder) = full();
    market.age_jurors(1);
    let by = locks(&market, "by", LOCK);
    market.refuses(displace(&market, &by, &holder), &[], E::LockUnripe);
    market.pass(LONGEST - 1);
    market.refuses(displace(&market, &by, &holder), &[], E::LockUnripe);
    market.pass(1);
    // What it adds now is not ripe, and does not count for it.
    market.send(&[join_ix(&market, &by.actor, LOCK)], &[&by.actor]);
    market.send(&[displace(&market, &by, &holder)], &[]);
    assert_eq!(market.juror_state(&by).leaf_weight, LOCK);
    assert_invariants(&market);
}

#[test]
fn a_leaf_is_taken_only_as_it_is_named_and_only_in_a_full_tree() {
    let (market, _) = young(0);
    let [holder, other] = ["holder", "other"].map(|name| market.juror(name, 100 * TOKEN));
    let by = locks(&market, "by", LOCK);
    market.refuses(displace(&market, &by, &holder), &[], E::LeafTaken);
    market.fill_tree(&market.network().juror_tree, 100 * TOKEN);
    market.refuses(enter_ix(&market, &by.at, 1, Some(&holder)), &[], E::LeafTaken);
    market.refuses(enter_ix(&market, &by.at, 7, Some(&holder)), &[], E::LeafTaken);
    market.send(&[displace(&market, &by, &holder)], &[]);
    // Who is out of the tree has no leaf that could be taken.
    let next = locks(&market, "next", LOCK);
    market.refuses(displace(&market, &next, &holder), &[], E::LeafTaken);
    market.send(&[displace(&market, &next, &other)], &[]);
    assert_invariants(&market);
}

#[test]
fn a_leaf_above_the_average_is_not_taken() {
    let (market, _) = young(0);
    let holder = market.juror("holder", 100 * TOKEN + 1);
    market.fill_tree(&market.network().juror_tree, 100 * TOKEN);
    let by = locks(&market, "by", LOCK);
    market.refuses(displace(&market, &by, &holder), &[], E::LeafTaken);
    // At the average it is.
    let (market, holder) = full();
    let by = locks(&market, "by", LOCK);
    market.send(&[displace(&market, &by, &holder)], &[]);
    assert_invariants(&market);
}

#[test]
fn the_leaf_of_a_juror_that_sits_on_a_jury_is_not_taken() {
    let (market, _) = young(0);
    let jurors = [market.juror("holder", 100 * TOKEN)];
    let [challenger, friend] = parties(&market);
    market.pass(1);
    let at = answered(&market, &challenger, &friend, 2);
    market.draw_jury(&at);
    market.fill_tree(&market.network().juror_tree, 100 * TOKEN);
    let by = locks(&market, "by", LOCK);
    market.refuses(displace(&market, &by, &jurors[0]), &[], E::LeafTaken);
    market.vote(&at, &jurors, &[Some(2)]);
    market.refuses(displace(&market, &by, &jurors[0]), &[], E::LeafTaken);
    while !market.dispute_state(&at).is_decided() {
        market.let_phase_pass(&at);
    }
    market.settle_ballots(&at);
    market.send(&[displace(&market, &by, &jurors[0])], &[]);
    assert_invariants(&market);
}

// 4,096 locks of 20, which return, once barred every later juror.
#[test]
fn small_locks_that_return_do_not_keep_others_out() {
    let (market, _) = young(0);
    let small: Vec<Juror> = (0..3).map(|i| market.juror(&format!("small {i}"), BALLOT_LOCK)).collect();
    market.fill_tree(&market.network().juror_tree, BALLOT_LOCK);
    for (i, small) in small.iter().enumerate() {
        let large = locks(&market, &format!("large {i}"), 2 * BALLOT_LOCK);
        market.send(&[displace(&market, &large, small)], &[]);
        assert_eq!(market.juror_state(&large).is_in_tree, 1);
    }
    assert_invariants(&market);
}

#[test]
fn in_a_full_tree_an_addition_ripens_into_ones_own_leaf() {
    let (market, holder) = full();
    market.send(&[join_ix(&market, &holder.actor, 7 * TOKEN), sync_ix(&market, &holder)], &[&holder.actor]);
    assert_eq!(leaf(&market.juror_tree().sums, 0), 107 * TOKEN);
    assert_invariants(&market);
}

#[test]
fn what_a_fine_leaves_of_a_lock_is_its_leaf_and_less_than_a_ballot_does_not_enter() {
    let (market, jurors) = young(2);
    let juror = &jurors[0];
    edit(&market, juror, |juror| juror.lock = BALLOT_LOCK - 1);
    market.send(&[sync_ix(&market, juror)], &[]);
    assert_eq!(leaf(&market.juror_tree().sums, 0), BALLOT_LOCK - 1, "it stays");
    market.end_term(&juror.at);
    edit(&market, juror, |juror| juror.lock = LOCK);
    let poor = locks(&market, "poor", BALLOT_LOCK);
    edit(&market, &poor, |juror| juror.lock = BALLOT_LOCK - 1);
    market.refuses(sync_ix(&market, &poor), &[], E::LockUnripe);
    edit(&market, &poor, |juror| juror.lock = BALLOT_LOCK);
    market.send(&[sync_ix(&market, &poor)], &[]);
    assert_invariants(&market);
}
