//! Disputes, one by one: appeals, ties, young trees, the arbiter.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use support::{
    court::{Court, MOST, decided},
    dispute::{CLOCKS, cost, half_work_ts},
};
use work_token_math::dispute::{Machine, MachineError, NO_VERDICT, Outcome, Phase, Side};

// dispute-appeal-2: after a jury upheld severity 4 the provider funds alone. A vote, not its money, can
// reverse the verdict.
#[test]
fn an_appeal_that_the_loser_funds_alone_is_held_and_not_won() {
    let mut court = Court::open(4);
    court.vote_after_an_answer(&[4, 4, 4]).fund(Side::Provider).time_out();
    assert_eq!((court.machine.phase(), court.machine.present().round, court.machine.verdict), (Phase::Draw, 2, 4));
    court.time_out().time_out();
    assert_eq!(court.machine.phase(), Phase::Arbiter, "no quorum twice");
    assert_eq!(court.time_out().end(), decided(Outcome::Upheld, 4));
}

#[test]
fn a_verdict_that_only_its_defenders_pay_for_stands_at_half_time() {
    for payers in [[].as_slice(), &[Side::ChallengerDefence]] {
        let mut court = Court::open(4);
        court.vote_after_an_answer(&[4, 4, 4]);
        for side in payers {
            court.fund(*side);
        }
        court.now = half_work_ts(&court.machine) - 1;
        assert_eq!(court.look().machine.phase(), Phase::Appeal);
        court.now += 1;
        assert_eq!(court.look().end(), decided(Outcome::Upheld, 4));
        assert_eq!(court.machine.decided_work_ts(), court.now, "the slash is deferred from then on");
    }
}

// dispute-appeal-1: who is content with a verdict is in no contest but its defence.
#[test]
fn each_side_appeals_and_each_defends_against_the_other_for_half_of_the_price() {
    let mut court = Court::open(4);
    court.vote_after_an_answer(&[2, 2, 4]);
    let cost = cost(4)(2);
    assert_eq!(court.fundable(), [2 * cost, 2 * cost, cost, cost]);
    court.fund(Side::Provider).fund(Side::ProviderDefence);
    assert_eq!(court.fundable(), [2 * cost, 0, cost, 0]);
    court.now = half_work_ts(&court.machine);
    assert_eq!(court.fundable(), [0, 0, cost, 0], "who defends has the whole time");
    court.fund(Side::ChallengerDefence).time_out();
    assert_eq!((court.machine.phase(), court.machine.pots[0]), (Phase::Draw, [0, 2 * cost, cost, cost]));

    let mut court = Court::open(4);
    court.vote_after_an_answer(&[4, 4, 4]);
    assert_eq!(court.fundable(), [0, 2 * cost, cost, 0], "nothing was refused");
    let mut court = Court::open(4);
    court.vote_after_an_answer(&[0, 0, 0]);
    assert_eq!(court.fundable(), [2 * cost, 0, 0, cost], "nothing was found");
}

#[test]
fn a_loser_that_paid_all_but_one_unit_of_its_part_is_not_heard_again() {
    let mut court = Court::open(4);
    court.vote_after_an_answer(&[4, 4, 4]);
    let all = court.machine.fundable(Side::Provider, &CLOCKS, court.now);
    court.machine.fund(Side::Provider, all - 1, &CLOCKS, court.now).expect("in parts");
    assert_eq!(court.machine.fund(Side::Provider, 2, &CLOCKS, court.now), Err(MachineError::NotFundable));
    assert_eq!(court.time_out().end(), decided(Outcome::Upheld, 4));
}

// dispute-appeal-1: who claimed 3 and got 1 has lost, too. Else two jurors of three make a small fault of a
// large one for good.
#[test]
fn a_challenger_whose_claim_was_found_lower_can_appeal() {
    let mut court = Court::open(3);
    court.vote_after_an_answer(&[1, 1, 3]);
    assert_eq!(court.machine.verdict, 1);
    court.fund(Side::Challenger).time_out();
    assert_eq!(court.machine.present().round, 2);
    assert_eq!(court.vote(&[3, 3, 3]).time_out().end(), decided(Outcome::Upheld, 3));
}

// jury-verdict-1.
#[test]
fn half_of_the_votes_for_dismissing_is_a_tie_that_dismisses_and_that_either_side_can_appeal() {
    for side in [Side::Challenger, Side::Provider] {
        let mut court = Court::open(3);
        court.vote_after_an_answer(&[0, 3]);
        assert!(court.machine.is_tied() && court.machine.verdict == 0);
        assert_eq!(court.fund(side).time_out().machine.present().round, 2);
    }
    let mut court = Court::open(3);
    assert_eq!(court.vote_after_an_answer(&[0, 3]).time_out().end(), decided(Outcome::Tied, 0));
}

// jury-lock-3: for two longest disputes after a tree's adoption those who locked first could own it.
#[test]
fn a_young_trees_verdict_above_two_counts_as_two_unless_the_arbiter_confirms_it() {
    let mut court = Court::open_young(4);
    court.vote_after_an_answer(&[4, 4, 4]);
    court.now = half_work_ts(&court.machine);
    assert_eq!((court.look().machine.phase(), court.machine.verdict), (Phase::Arbiter, 4));
    assert_eq!(court.machine.until_work_ts, court.now + i64::from(CLOCKS.arbiter));
    for severity in [0, 1, 2, 3, 5] {
        assert_eq!(court.machine.rule(severity, MOST, court.now), Err(MachineError::NotARuling), "{severity}");
    }
    let mut confirmed = court.machine;
    confirmed.rule(4, MOST, court.now).expect("found, so more than alone");
    assert_eq!((confirmed.outcome(), confirmed.severity()), (Outcome::Upheld, 4));
    assert_eq!(court.time_out().end(), decided(Outcome::Upheld, 2));
}

#[test]
fn a_young_trees_verdict_up_to_two_and_a_proof_need_no_confirmation() {
    for votes in [[0, 0, 0], [1, 1, 4], [2, 2, 4]] {
        let mut court = Court::open_young(4);
        court.vote_after_an_answer(&votes).time_out();
        assert_eq!((court.machine.phase(), court.machine.severity()), (Phase::Decided, votes[0]));
    }
    let mut proof = Court::open(3);
    proof.machine = Machine::proved(3, &CLOCKS, 1, 0);
    proof.machine.cautious = 1;
    assert_eq!(proof.time_out().end(), decided(Outcome::Upheld, 3));
}

// jury-lock-3: an appeal, too, ends before the arbiter; what is appealed in vain is cut all the same.
#[test]
fn a_young_trees_verdict_is_cut_after_every_round_and_after_a_missing_quorum() {
    for rounds in 1..=3 {
        let mut court = Court::open_young(5);
        court.vote_after_an_answer(&[5; 3]);
        for votes in [[5; 5].as_slice(), &[5; 11]].into_iter().take(rounds - 1) {
            court.fund(Side::Provider).time_out().vote(votes);
        }
        if rounds < 3 {
            court.time_out();
        }
        assert_eq!((court.machine.phase(), court.machine.verdict), (Phase::Arbiter, 5), "round {rounds}");
        assert_eq!(court.time_out().end(), decided(Outcome::Upheld, 2));
    }
    let mut court = Court::open_young(5);
    court.vote_after_an_answer(&[5; 3]).fund(Side::Provider).time_out().seat(0).seat(0);
    assert_eq!((court.machine.phase(), court.machine.verdict), (Phase::Arbiter, 5));
    assert_eq!(court.time_out().end(), decided(Outcome::Upheld, 2));
}

// dispute-arbiter-1.
#[test]
fn once_a_jury_decided_the_arbiter_confirms_what_a_jury_found_and_nothing_else() {
    let mut court = Court::open(5);
    court.time_out().vote(&[2, 2, 3]).fund(Side::Provider).time_out().time_out().time_out();
    assert_eq!((court.machine.phase(), court.machine.verdict), (Phase::Arbiter, 2));
    for severity in [0, 1, 3, 4, 5, 6, NO_VERDICT] {
        assert_eq!(court.machine.rule(severity, MOST, court.now), Err(MachineError::NotARuling), "{severity}");
    }
    court.machine.rule(2, 0, court.now).expect("found");
    assert_eq!(court.end(), decided(Outcome::Upheld, 2));

    let mut court = Court::open(5);
    court.vote_after_an_answer(&[0, 5, 0]).fund(Side::Challenger).time_out().vote(&[4; 5]).fund(Side::Provider);
    court.time_out().vote(&[5; 11]);
    for (severity, outcome) in [(0, Outcome::Dismissed), (4, Outcome::Upheld), (5, Outcome::Upheld)] {
        let mut ruled = court.machine;
        ruled.rule(severity, 0, court.now).expect("a jury found it");
        assert_eq!((ruled.outcome(), ruled.severity()), (outcome, severity));
    }
}

// dispute-arbiter-1.
#[test]
fn where_no_jury_decided_the_arbiter_dismisses_or_confirms_up_to_its_own_most_and_what_is_claimed() {
    for (claimed, most, largest) in [(5, 3, 3), (2, 3, 2), (5, 0, 0), (4, 5, 4)] {
        let mut court = Court::open(claimed);
        court.answer().time_out().time_out();
        assert_eq!(court.machine.phase(), Phase::Arbiter);
        for severity in 0..=6 {
            let mut ruled = court.machine;
            let allowed = ruled.rule(severity, most, court.now);
            assert_eq!(allowed.is_ok(), severity <= largest, "{severity} of {claimed} by {most}");
        }
        assert_eq!(court.machine.rule(0, most, court.machine.until_work_ts), Err(MachineError::WrongPhase), "too late");
    }
    let mut court = Court::open(2);
    court.raise(4).answer().seat(7);
    court.withdraw(4);
    court.time_out().time_out().time_out();
    assert_eq!(court.machine.phase(), Phase::Arbiter);
    assert_eq!(court.machine.rule(3, MOST, court.now), Err(MachineError::NotARuling), "nobody claims it any more");
}

#[test]
fn where_jurors_cost_nothing_an_appeal_still_has_to_be_asked_for() {
    let mut machine = Machine::proved(4, &CLOCKS, 0, 0);
    assert_eq!(machine.fundable(Side::Provider, &CLOCKS, 0), 2);
    machine.advance(&CLOCKS, |_| 0, i64::from(CLOCKS.appeal));
    assert_eq!((machine.outcome(), machine.verdict), (Outcome::Upheld, 4));
}
