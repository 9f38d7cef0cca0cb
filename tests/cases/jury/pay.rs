//! What the ballots of a jury are paid and fined (jury-fine-2, jury-draw-6).

use crate::jury::ballots::{before, calls, let_all_pass, settle, with_locks};
use {
    crate::{dispute::contested::Contested, jury::votes::*, *},
    work_token_sdk::{BallotAddresses, DisputeAddresses, math::dispute::Side},
    work_token_tests::{Juror, LOCK},
};

#[test]
fn each_jury_fines_a_lock_in_the_order_of_their_ends_and_never_more_than_it_has() {
    let (market, jurors) = with_locks(&[70 * TOKEN]);
    let [challenger, friend] = parties(&market);
    let disputes = [(); 2].map(|()| answered(&market, &challenger, &friend, 3));
    for at in &disputes {
        assert_eq!(
            calls(&market, at),
            [(0, 1, BALLOT_LOCK), (1, 1, BALLOT_LOCK), (2, 1, BALLOT_LOCK)],
            "one lock for both"
        );
    }
    disputes.iter().for_each(|at| let_all_pass(&market, at));
    let fines = |at: &DisputeAddresses| {
        let ballots = market.scenario.ballots(at).into_iter();
        ballots.map(|(key, _)| settle(&market, &key)).collect::<Vec<_>>()
    };
    assert_eq!(fines(&disputes[0]), [(0, BALLOT_LOCK); 3]);
    assert_eq!(fines(&disputes[1]), [(0, 10 * TOKEN), (0, 0), (0, 0)], "the rest of it");
    let state = market.juror_state(&jurors[0]);
    assert_eq!((state.lock, state.ballots, state.juries), (0, 0, 0));
    market.send(&[sync_ix(&market, &jurors[0])], &[]);
    assert_eq!(market.juror_tree().total(), 0);
    assert_invariants(&market);
}

/// A dispute before a jury of seven with jurors of these locks, in which the first of the ballots votes
/// alone, or some do.
fn without_quorum(market: &Market, jurors: &[Juror], at: &DisputeAddresses, votes: usize) -> Vec<BallotAddresses> {
    market.draw_jury(at);
    let ballots = market.ballots(at, jurors);
    assert!(ballots.len() * 3 >= 7 && votes * 3 < 7);
    let cast: Vec<_> = (0..=votes).map(|seat| (seat < votes).then_some(4)).collect();
    market.vote(at, jurors, &cast);
    market.let_phase_pass(at);
    assert_eq!(market.dispute_state(at).machine.jury, 1, "no quorum");
    ballots.into_iter().map(|(ballot, _)| ballot).collect()
}

#[test]
fn a_jury_without_a_quorum_is_paid_once_the_absent_are_settled_and_the_rest_of_what_they_lose_burns() {
    let (market, jurors, at) = before(&[LOCK; 12], 4);
    let ballots = without_quorum(&market, &jurors, &at, 2);
    let_all_pass(&market, &at);
    let before = market.dispute_state(&at).burn_due;
    let [first, second, absent @ ..] = ballots.as_slice() else { panic!("seven ballots") };
    let (last, others) = absent.split_last().expect("five ballots");
    for ballot in others {
        market.refuses(settle_ix(&market, first), &[], E::AbsentNotSettled);
        assert_eq!(settle(&market, ballot), (0, BALLOT_LOCK));
    }
    market.refuses(settle_ix(&market, second), &[], E::AbsentNotSettled);
    assert_eq!(settle(&market, last), (0, BALLOT_LOCK));
    assert_eq!(settle(&market, first), (FEE_OF_VOTE, 0));
    assert_eq!(market.dispute_state(&at).burn_due, before, "until the last ballot");
    assert_eq!(settle(&market, second), (FEE_OF_VOTE, 0));
    let lost = absent.len() as u64 * BALLOT_LOCK;
    assert_eq!(market.dispute_state(&at).burn_due - before, lost - 2 * FEE_OF_VOTE);
    assert_invariants(&market);
}

// A lock stands for several juries: what the absent lose there may have been lost before.
#[test]
fn a_jury_without_a_quorum_is_paid_no_more_than_the_absent_have_left() {
    let (market, jurors) = with_locks(&[BALLOT_LOCK, BALLOT_LOCK + TOKEN / 2]);
    let [challenger, friend] = parties(&market);
    let [other, at] = [(); 2].map(|()| answered(&market, &challenger, &friend, 4));
    let absent_from = |at: &DisputeAddresses| {
        let mut ballots = market.ballots(at, &jurors);
        ballots.retain(|(_, juror)| juror.at.juror == jurors[1].at.juror);
        ballots.into_iter().map(|(ballot, _)| ballot).collect::<Vec<_>>()
    };
    for at in [&other, &at] {
        market.draw_jury(at);
        let locks: Vec<_> = absent_from(at).iter().map(|ballot| market.ballot_state(ballot).lock).collect();
        assert_eq!(locks, [BALLOT_LOCK, TOKEN / 2], "it sits twice");
    }
    let (elsewhere, absent) = (absent_from(&other), absent_from(&at));
    let (first, voter) = market
        .ballots(&at, &jurors)
        .into_iter()
        .find(|(_, juror)| juror.at.juror == jurors[0].at.juror)
        .expect("it sits");
    market.send(&[market.commit_vote_ix(&first, voter, 4)], &[&voter.actor]);
    market.let_phase_pass(&at);
    market.send(&[market.reveal_vote_ix(&first, voter, 4)], &[]);
    let_all_pass(&market, &other);
    let_all_pass(&market, &at);
    // There it loses all but half a token, which is less than one vote's fee.
    assert_eq!(settle(&market, &elsewhere[0]), (0, BALLOT_LOCK));
    assert_eq!(absent.iter().map(|ballot| settle(&market, ballot).1).collect::<Vec<_>>(), [TOKEN / 2, 0]);
    assert_eq!(settle(&market, &first), (TOKEN / 2, 0), "as far as it suffices");
    market.settle_ballots(&other);
    assert_invariants(&market);
}

#[test]
fn nobody_waits_for_an_excluded_ballot_and_what_it_loses_pays_nobody() {
    let (market, jurors, at) = before(&[LOCK; 12], 4);
    market.draw_jury(&at);
    let ballots = market.ballots(&at, &jurors);
    let (excluded, one) = ballots[6];
    let position = market.scenario.delegate(&one.actor, &market.owners[0].at, 100 * TOKEN).expect("it delegates");
    market.send(&[ix::exclude_juror(&excluded, position.delegation)], &[]);
    let (first, voter) = ballots[0];
    market.send(&[market.commit_vote_ix(&first, voter, 4)], &[&voter.actor]);
    market.let_phase_pass(&at);
    market.send(&[market.reveal_vote_ix(&first, voter, 4)], &[]);
    let_all_pass(&market, &at);
    let before = market.dispute_state(&at).burn_due;
    ballots[1..6].iter().for_each(|(ballot, _)| assert_eq!(settle(&market, ballot), (0, BALLOT_LOCK)));
    assert_eq!(settle(&market, &first), (FEE_OF_VOTE, 0));
    assert_eq!(settle(&market, &excluded), (0, BALLOT_LOCK));
    assert_eq!(market.dispute_state(&at).burn_due - before, 6 * BALLOT_LOCK - FEE_OF_VOTE);
    market.distribute(&at);
    assert_invariants(&market);
}

// Three of seven sit, and the exclusion of one leaves two: whatever they did, it would have been no quorum.
#[test]
fn a_jury_that_an_exclusion_left_without_a_quorum_pays_and_fines_nobody_else() {
    let (market, jurors, at) = before(&[BALLOT_LOCK; 3], 5);
    market.draw_jury(&at);
    let ballots = market.ballots(&at, &jurors);
    assert_eq!(ballots.len(), 3);
    for (ballot, juror) in &ballots[..2] {
        market.send(&[market.commit_vote_ix(ballot, juror, 5)], &[&juror.actor]);
    }
    market.let_phase_pass(&at);
    market.send(&[market.reveal_vote_ix(&ballots[0].0, ballots[0].1, 5)], &[]);
    let (excluded, third) = &ballots[2];
    let position = market.scenario.delegate(&third.actor, &market.owners[0].at, 100 * TOKEN).expect("it delegates");
    market.send(&[ix::exclude_juror(excluded, position.delegation)], &[]);
    let_all_pass(&market, &at);
    assert_invariants(&market);
    assert_eq!([0, 1, 2].map(|seat| settle(&market, &ballots[seat].0)), [(0, 0), (0, 0), (0, BALLOT_LOCK)]);
    market.distribute(&at);
    assert_invariants(&market);
}

#[test]
fn each_ballot_of_a_called_jury_pays_its_keeper_a_bounty_and_a_fresh_jury_pays_none() {
    let case = Contested::answered(3);
    assert_eq!(case.keeper_earns(|| case.draw_jury(&case.at)), 3 * JOB_BOUNTY);
    assert_eq!(case.dispute().bounties, [3 * JOB_BOUNTY, 0, 0]);
    case.let_phase_pass(&case.at);
    case.let_phase_pass(&case.at);
    assert_eq!(case.keeper_earns(|| case.draw_jury(&case.at)), 0);
    case.vote(&case.at, &case.jurors, &[Some(3)]);
    case.fund(&case.at, &case.friend, Side::Provider);
    case.let_phase_pass(&case.at);
    assert_eq!(case.keeper_earns(|| case.draw_jury(&case.at)), 7 * JOB_BOUNTY);
    assert_invariants(&case);
}
