use {
    crate::view::*,
    crate::{
        WorkTokenError as E,
        fixtures::{disputes::*, *},
        state::{Ballot, BallotState, Juror},
    },
    bytemuck::Zeroable,
};

const LOCK: u64 = 20 * TOKEN;

/// In the tree since long ago, its term over.
fn juror() -> Juror {
    Juror {
        lock: 3 * LOCK,
        leaf: 7,
        is_in_tree: 1,
        leaf_weight: 3 * LOCK,
        since_ts: NOW - 50 * DAY,
        term_until_ts: NOW,
        entered: 1,
        credit: 5,
        ..Zeroable::zeroed()
    }
}

fn view(case: &Case, juror: &Juror) -> JurorView {
    juror_view(&case.network, juror, case.slot, case.now_ts)
}

#[test]
fn a_lock_ripens_before_it_counts_and_the_view_says_when() {
    let case = Case::quiet();
    let fresh = Juror { lock: LOCK, added: LOCK, added_ts: NOW, term_until_ts: NOW + 30 * DAY, ..Zeroable::zeroed() };
    let shown = view(&case, &fresh);
    assert_eq!((shown.ripe, shown.ripens_at_ts, shown.leaf, shown.needs_sync), (0, Some(NOW + 20 * DAY), None, false));
    let mut later = case.clone();
    later.now_ts = NOW + 20 * DAY;
    let ripe = view(&later, &fresh);
    assert_eq!((ripe.ripe, ripe.ripens_at_ts, ripe.needs_sync, ripe.votes_after_ts), (LOCK, None, true, NOW));
    later.now_ts -= 1;
    assert!(!view(&later, &fresh).needs_sync);

    let added = Juror { lock: 5 * LOCK, added: 2 * LOCK, added_ts: NOW - 20 * DAY, ..juror() };
    let shown = view(&case, &added);
    assert_eq!((shown.ripe, shown.leaf_weight, shown.needs_sync), (5 * LOCK, 3 * LOCK, true));
    assert_eq!(shown.votes_after_ts, NOW - 20 * DAY, "what ripened is younger than what was there");
}

#[test]
fn a_juror_leaves_after_its_term_at_once_or_when_no_jury_can_call_it_any_more() {
    let mut case = Case::quiet();
    let before = Juror { term_until_ts: NOW + 1, ..juror() };
    assert_eq!(view(&case, &before).leave_refusal, Some(E::JurorBound));
    let free = view(&case, &juror());
    assert_eq!((free.leave_refusal, free.leave_pays), (None, 3 * LOCK + 5));

    let drawn = Juror { ballots: 1, juries: 1, ..juror() };
    let first = view(&case, &drawn);
    assert_eq!((first.leave_refusal, first.leave_pays, first.juries), (None, 0, 1), "it leaves the tree and waits");

    let work_ts = case.work_ts();
    case.network.arm_draw(case.slot, case.slot + 500, work_ts.0 + DAY);
    let frozen = view(&case, &juror());
    let frozen_until_slot = case.network.frozen_until_slot(case.slot);
    assert!(frozen_until_slot.is_some_and(|until| until >= case.slot + 500));
    let expected = (Some(E::JurorTreeFrozen), frozen_until_slot);
    assert_eq!((frozen.leave_refusal, frozen.tree_frozen_until_slot), expected);
    case.network.capture_draw(case.slot + 500);
    let called = view(&case, &juror());
    assert_eq!((called.leave_refusal, called.leave_pays), (None, 0), "the draw may still call it");

    let out = Juror { is_in_tree: 0, leaf_weight: 0, out_until_work_ts: work_ts.0 + DAY, ..juror() };
    let displaced = view(&case, &out);
    assert_eq!((displaced.leave_refusal, displaced.leave_pays, displaced.is_leaving), (None, 0, false), "it may ask");
    let asked = Juror { is_leaving: 1, ..out };
    let waiting = view(&case, &asked);
    let expected = (Some(E::JurorBound), Some(NOW + DAY), false);
    assert_eq!((waiting.leave_refusal, waiting.out_until_ts, waiting.needs_sync), expected);
    case.pass(DAY);
    let over = view(&case, &asked);
    assert_eq!((over.leave_refusal, over.leave_pays, over.out_until_ts), (None, 3 * LOCK + 5, None));
    assert!(!over.needs_sync && view(&case, &out).needs_sync, "who was displaced can come back");
}

#[test]
fn who_was_displaced_may_leave_during_its_term() {
    let case = Case::quiet();
    let displaced = Juror { is_in_tree: 0, term_until_ts: NOW + 9 * DAY, ..juror() };
    assert_eq!(view(&case, &displaced).leave_refusal, None);
    let never = Juror { entered: 0, ..displaced };
    assert_eq!(view(&case, &never).leave_refusal, Some(E::JurorBound));
}

fn ballot_of(case: &Case, ballot: &Ballot) -> BallotView {
    ballot_view(&case.network, &case.dispute, ballot, &juror(), case.now_ts)
}

#[test]
fn a_ballot_of_a_jury_asks_for_a_commitment_then_for_the_vote() {
    let mut case = Case::opened(3);
    case.answer();
    let mut ballot = Ballot { lock: LOCK, ..Zeroable::zeroed() };
    let work_ts = case.work_ts();
    case.dispute.end_draw(true, work_ts).unwrap();
    assert_eq!(ballot_of(&case, &ballot).duty, BallotDuty::Wait);
    for _ in 0..2 {
        case.dispute.end_draw(true, work_ts).unwrap();
    }
    assert_eq!(ballot_of(&case, &ballot).duty, BallotDuty::Commit { until_ts: NOW + DAY });
    ballot.state = BallotState::Committed as u8;
    case.dispute.note_commitment(0, work_ts).unwrap();
    assert_eq!(ballot_of(&case, &ballot).duty, BallotDuty::Wait);
    case.pass(DAY);
    assert_eq!(ballot_of(&case, &ballot).duty, BallotDuty::Reveal { until_ts: NOW + 2 * DAY });
    case.pass(DAY);
    assert_eq!(ballot_of(&case, &ballot).duty, BallotDuty::Done);
}

#[test]
fn a_ballot_of_a_decided_dispute_settles_for_its_fee_or_what_it_binds() {
    let mut case = Case::opened(3);
    case.judge(&[1, 0, 0, 2]);
    case.pass(DAY);
    case.dispute = dispute::up_to_date(&case.at()).dispute;
    let settles = |ballot: &Ballot| ballot_of(&case, ballot).settles;
    let voted = Ballot { state: BallotState::Revealed as u8, vote: 3, lock: LOCK, ..Zeroable::zeroed() };
    assert_eq!(settles(&voted), Some(Ok([TOKEN, 0])));
    assert_eq!(settles(&Ballot { vote: 0, ..voted }), Some(Ok([0, 0])));
    assert_eq!(settles(&Ballot { state: BallotState::Drawn as u8, ..voted }), Some(Ok([0, LOCK])));
    let small = Ballot { lock: LOCK / 4, ..voted };
    assert_eq!((ballot_of(&case, &small).fee, settles(&small)), (TOKEN / 4, Some(Ok([TOKEN / 4, 0]))), "in proportion");
}

#[test]
fn a_jury_without_a_quorum_pays_once_those_that_did_not_reveal_are_settled() {
    let mut case = Case::opened(4);
    case.answer();
    let work_ts = case.work_ts();
    for _ in 0..7 {
        case.dispute.end_draw(true, work_ts).unwrap();
    }
    case.dispute.note_commitment(0, work_ts).unwrap();
    case.pass(DAY);
    let work_ts = case.work_ts();
    case.dispute.note_vote(0, 4, work_ts).unwrap();
    case.pass(10 * DAY);
    case.dispute = dispute::up_to_date(&case.at()).dispute;
    let voted = Ballot { state: BallotState::Revealed as u8, vote: 4, lock: LOCK, ..Zeroable::zeroed() };
    assert_eq!(ballot_of(&case, &voted).settles, Some(Err(E::AbsentNotSettled)));
    case.dispute.machine.juries[0].absent = 6;
    case.dispute.forfeits[0] = 6 * LOCK;
    assert_eq!(ballot_of(&case, &voted).settles, Some(Ok([TOKEN, 0])));
}
