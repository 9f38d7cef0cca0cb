//! How the draw of a jury is armed, and that nothing alters who is called (jury-draw-1, jury-draw-4).
//!
//! The kinds of fault: who knows the seed changes what it draws from; one draw holds up another, or a juror.
//! Where they were looked for: every instruction that writes to the tree, to a juror, to the network or to
//! the dispute, at every point between the arming of a draw and its last ballot; armings that are captured,
//! abandoned, expired and revived; an account of randomness in every state (`randomness`).

use {
    crate::{dispute::contested::Contested, jury::votes::*, *},
    work_token_sdk::{
        DisputeAddresses,
        limits::{ARMING_SLOTS, DRAW_SLOTS},
        math::{WorkTs, dispute::Phase},
    },
    work_token_tests::LOCK,
};

/// Arms a draw.
pub fn arm(world: &World, at: &DisputeAddresses) {
    world.send(&[call_ix(world, at, None)], &[]);
}

/// Captures its seed.
pub fn capture(world: &World, at: &DisputeAddresses) {
    wait_for_seed(world, at);
    world.send(&[call_ix(world, at, None)], &[]);
}

/// Arms a draw again whose arming is void, or whose slot has left the list.
fn arm_anew(world: &World, at: &DisputeAddresses) {
    let (dispute, slot) = (world.dispute_state(at), world.scenario.chain.slot());
    if !dispute.is_seeded() && (!dispute.is_armed_at(slot) || slot > dispute.draw.seed_slot + 560) {
        arm(world, at);
    }
}

fn until_slot(world: &World, at: &DisputeAddresses) -> u64 {
    world.dispute_state(at).draw.armed_until_slot
}

fn go_to_slot(world: &World, slot: u64) {
    world.scenario.chain.advance_slots(slot - world.scenario.chain.slot());
}

pub fn is_frozen(world: &World) -> bool {
    world.network().juror_tree_is_frozen(world.scenario.chain.slot())
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Point {
    Armed,
    Captured,
    Seated,
    Never,
}

#[test]
fn the_tree_stands_still_from_the_arming_of_a_draw_until_its_seed_is_captured() {
    let (market, jurors) = Market::young_with(1, 4, |_| ());
    let [challenger, friend] = parties(&market);
    let at = answered(&market, &challenger, &friend, 2);
    let ann = market.juror("ann", LOCK);
    let mut leaver = market.juror_state(&jurors[3]);
    leaver.term_until_ts = market.now();
    market.scenario.write(&jurors[3].at.juror, &leaver);
    arm(&market, &at);
    // A lock may be made meanwhile; the tree waits.
    market.send(&[join_ix(&market, &ann.actor, TOKEN)], &[&ann.actor]);
    market.refuses(sync_ix(&market, &ann), &[], E::JurorTreeFrozen);
    market.refuses(leave_ix(&market, &jurors[3]), &[&jurors[3].actor], E::JurorTreeFrozen);
    assert_eq!(market.scenario.plan_jury(&at, 1).err(), Some(E::JuryNotArmed));
    market.refuses(call_ix(&market, &at, None), &[], E::SeedSlotNotReached);
    capture(&market, &at);
    market.refuses(call_ix(&market, &at, None), &[], E::JuryArmed);
    // Nobody sits yet, and the tree changes.
    market.send(&[sync_ix(&market, &ann)], &[]);
    market.send(&[leave_ix(&market, &jurors[3])], &[&jurors[3].actor]);
    market.scenario.draw_jury(&at).expect("the jury is drawn");
    market.refuses(call_ix(&market, &at, None), &[], E::WrongPhase);
    assert_invariants(&market);
}

#[test]
fn an_arming_that_nobody_captured_is_void_once_the_tree_may_have_changed() {
    let case = Contested::answered(3);
    arm(&case, &case.at);
    let (until, seed_slot) = (until_slot(&case, &case.at), case.dispute().draw.seed_slot);
    assert!((DRAW_SLOTS..=DRAW_SLOTS + ARMING_SLOTS).contains(&(until - seed_slot)));
    let juror = &case.jurors[0];
    go_to_slot(&case, until - 1);
    case.refuses(sync_ix(&case, juror), &[], E::JurorTreeFrozen);
    go_to_slot(&case, until);
    case.send(&[sync_ix(&case, juror)], &[]);
    // Its slot is long known: another is armed, and the tree stands still for it anew.
    arm(&case, &case.at);
    assert!(!case.dispute().is_seeded() && case.dispute().draw.seed_slot > until);
    case.refuses(sync_ix(&case, juror), &[], E::JurorTreeFrozen);
    capture(&case, &case.at);
    case.scenario.draw_jury(&case.at).expect("the jury is drawn");
    assert_invariants(&case);
}

#[test]
fn a_slot_that_left_the_list_is_armed_again_within_the_same_arming() {
    let case = Contested::answered(3);
    arm(&case, &case.at);
    let until = until_slot(&case, &case.at);
    if until > case.dispute().draw.seed_slot + 600 {
        go_to_slot(&case, case.dispute().draw.seed_slot + 590);
        arm(&case, &case.at);
        assert!(!case.dispute().is_seeded());
        assert_eq!(until_slot(&case, &case.at), until, "it gets no more time by it");
    }
    capture(&case, &case.at);
    assert!(case.dispute().is_seeded() && !is_frozen(&case));
    assert_invariants(&case);
}

// An outage sets work time back, and with it the phase whose end had passed: by then the tree has changed.
#[test]
fn an_arming_that_expired_is_armed_anew_when_an_outage_revives_the_phase() {
    let (market, jurors) = Market::young_with(1, 12, |_| ());
    let [challenger, friend] = parties(&market);
    let at = answered(&market, &challenger, &friend, 2);
    market.refresh_note();
    let until_ts = market.network().unix_ts(WorkTs(market.dispute_state(&at).machine.until_work_ts));
    market.wait_until(until_ts - 2 * HOUR);
    arm(&market, &at);
    let armed = market.dispute_state(&at);
    // Slots pass until the arming is void; then the chain stands still beyond the end of the phase.
    go_to_slot(&market, armed.draw.armed_until_slot);
    market.refresh_note();
    market.halt(5 * HOUR);
    assert!(market.now() > until_ts);
    market.send(&[join_ix(&market, &jurors[0].actor, 8 * LOCK)], &[&jurors[0].actor]);
    assert!(market.network().outages.secs > 0, "joining records it");
    market.send(&[sync_ix(&market, &jurors[0])], &[]);
    market.send(&[call_ix(&market, &at, None)], &[]);
    let anew = market.dispute_state(&at);
    assert!(!anew.is_seeded() && anew.draw.seed_slot > armed.draw.seed_slot);
    assert_eq!((anew.machine.phase(), anew.machine.jury), (Phase::Draw, 0));
    capture(&market, &at);
    market.scenario.draw_jury(&at).expect("the jury is drawn");
    assert_invariants(&market);
}

// In slots an outage is no time: the tree stands still until the seed is captured, whatever the clock says.
#[test]
fn an_outage_does_not_thaw_the_tree_while_a_draw_is_armed() {
    let (market, jurors) = Market::judged(1, 12);
    let [challenger, friend] = parties(&market);
    let at = answered(&market, &challenger, &friend, 2);
    market.refresh_note();
    arm(&market, &at);
    market.halt(25 * HOUR);
    market.refuses(sync_ix(&market, &jurors[0]), &[], E::JurorTreeFrozen);
    capture(&market, &at);
    assert!(market.network().outages.secs > 0 && market.dispute_state(&at).is_seeded());
    market.send(&[sync_ix(&market, &jurors[0])], &[]);
    market.scenario.draw_jury(&at).expect("the jury is drawn");
    assert_invariants(&market);
}

#[test]
fn no_number_of_armed_draws_refuses_a_further_one() {
    let (market, jurors) = Market::judged(1, 12);
    let [challenger, friend] = parties(&market);
    let disputes: Vec<_> = (0..12).map(|_| answered(&market, &challenger, &friend, 2)).collect();
    for at in &disputes {
        arm(&market, at);
    }
    for at in &disputes {
        market.refuses(sync_ix(&market, &jurors[0]), &[], E::JurorTreeFrozen);
        capture(&market, at);
    }
    market.send(&[sync_ix(&market, &jurors[0])], &[]);
    for at in &disputes {
        market.scenario.draw_jury(at).expect("the jury is drawn");
    }
    assert_invariants(&market);
}

#[test]
fn the_tree_stands_still_until_every_armed_seed_is_captured() {
    let (market, jurors) = Market::judged(1, 12);
    let [challenger, friend] = parties(&market);
    let [first, second] = [(); 2].map(|()| answered(&market, &challenger, &friend, 2));
    arm(&market, &first);
    go_to_slot(&market, until_slot(&market, &first) - 100);
    arm(&market, &second);
    assert_ne!(until_slot(&market, &first), until_slot(&market, &second));
    for at in [&second, &first] {
        market.refuses(sync_ix(&market, &jurors[0]), &[], E::JurorTreeFrozen);
        // The slot of the first has left the list.
        while !market.dispute_state(at).is_seeded() {
            capture(&market, at);
        }
    }
    market.send(&[sync_ix(&market, &jurors[0])], &[]);
    assert_invariants(&market);
}

// A dispute that is withdrawn leaves its arming behind, which nobody can capture; others are armed all the
// while.
#[test]
fn an_abandoned_draw_freezes_the_tree_for_no_longer_than_its_own_time() {
    let (market, jurors) = Market::judged(1, 12);
    let [challenger, friend] = parties(&market);
    let abandoned = answered(&market, &challenger, &friend, 2);
    arm(&market, &abandoned);
    let until = until_slot(&market, &abandoned);
    market.send(&[ix::withdraw_dispute(&abandoned, challenger.address(), 0)], &[&challenger]);
    market.advance(&abandoned);
    market.refuses(call_ix(&market, &abandoned, None), &[], E::WrongPhase);
    let mut armed_after = 0;
    while market.scenario.chain.slot() < until {
        let at = answered(&market, &challenger, &friend, 2);
        arm(&market, &at);
        assert!(is_frozen(&market));
        armed_after += u8::from(until_slot(&market, &at) > until);
        market.scenario.chain.advance_slots(300);
        capture(&market, &at);
    }
    assert!(armed_after > 0, "the next draws hold beyond it");
    market.send(&[sync_ix(&market, &jurors[0])], &[]);
    assert_invariants(&market);
}

// Whoever wants to keep a juror in arms draw after draw and captures none. It captures them itself.
#[test]
fn no_armed_draws_keep_a_juror_past_its_term_longer_than_one_time_to_draw_a_jury() {
    let (market, jurors) = Market::judged(1, 12);
    let [challenger, friend] = parties(&market);
    let disputes: Vec<_> = (0..3).map(|_| answered(&market, &challenger, &friend, 2)).collect();
    let (juror, seat_secs) = (&jurors[0], i64::from(market.network().params.disputes.draw_secs));
    let mut state = market.juror_state(juror);
    state.term_until_ts = market.now();
    market.scenario.write(&juror.at.juror, &state);
    for _ in 0..24 {
        disputes.iter().for_each(|at| arm_anew(&market, at));
        market.refuses(leave_ix(&market, juror), &[&juror.actor], E::JurorTreeFrozen);
        market.scenario.chain.advance_slots(400);
    }
    let asked_ts = market.now();
    disputes.iter().for_each(|at| arm_anew(&market, at));
    disputes.iter().for_each(|at| wait_for_seed(&market, at));
    let open = disputes.iter().filter(|at| !market.dispute_state(at).is_seeded());
    let mut calls: Vec<_> = open.map(|at| call_ix(&market, at, None)).collect();
    calls.push(leave_ix(&market, juror));
    market.send(&calls, &[&juror.actor]);
    // Out of the tree; what is armed from now on does not know it.
    let later = answered(&market, &challenger, &friend, 2);
    arm(&market, &later);
    market.wait_until(asked_ts + seat_secs);
    let before = market.balance(&juror.actor);
    market.send(&[leave_ix(&market, juror)], &[&juror.actor]);
    assert_eq!(market.balance(&juror.actor) - before, LOCK);
    assert_invariants(&market);
}

#[test]
fn who_leaves_sits_in_draws_that_had_begun_and_is_paid_when_they_are_over() {
    let case = Contested::with(3, 1, |_| ());
    case.answer(&case.at, &case.friend);
    let juror = &case.jurors[0];
    arm(&case, &case.at);
    let until_work_ts = case.machine().until_work_ts;
    capture(&case, &case.at);
    let mut state = case.juror_state(juror);
    state.term_until_ts = case.now();
    case.scenario.write(&juror.at.juror, &state);
    case.send(&[leave_ix(&case, juror)], &[&juror.actor]);
    assert_eq!(case.juror_state(juror).out_until_work_ts, until_work_ts);
    case.refuses(leave_ix(&case, juror), &[&juror.actor], E::JurorBound);
    case.scenario.draw_jury(&case.at).expect("it is called and sits");
    assert_eq!(case.juror_state(juror).ballots, 3);
    case.let_all_pass();
    case.refuses(leave_ix(&case, juror), &[&juror.actor], E::JurorBound);
    case.settle_ballots(&case.at);
    case.send(&[leave_ix(&case, juror)], &[&juror.actor]);
    assert!(!case.exists(&juror.at.juror));
    assert_invariants(&case);
}

#[test]
fn who_knows_the_seed_does_not_choose_between_two_sizes_of_the_jury() {
    let case = Contested::answered(3);
    let raise = || case.raise_ixs(&case.at, &case.friend, 4, case.bond_to_raise(&case.at, 4));
    arm(&case, &case.at);
    case.refuses_all(&raise(), &[&case.friend], E::WrongPhase);
    capture(&case, &case.at);
    case.refuses_all(&raise(), &[&case.friend], E::WrongPhase);
    assert_invariants(&case);
}
