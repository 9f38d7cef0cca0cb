//! Disputes, one by one: silence, raised claims, withdrawals, missing quorums, outages.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use support::{
    court::{Court, MOST, decided},
    dispute::{CLOCKS, half_work_ts},
};
use work_token_math::dispute::{MachineError, Outcome, Phase, Side, lower_median, quorum, sizes};

// dispute-answer-2.
#[test]
fn silence_executes_a_small_claim_and_sends_a_large_one_to_a_jury() {
    for severity in 1..=5 {
        let mut court = Court::open(severity);
        court.time_out();
        if severity <= 2 {
            assert_eq!(court.end(), decided(Outcome::Silent, severity));
        } else {
            assert_eq!((court.machine.phase(), court.machine.present().size), (Phase::Draw, sizes(severity)[0]));
        }
    }
}

// dispute-time-1: so ends a dispute whose randomness vanished, too.
#[test]
fn with_zero_voters_and_zero_callers_a_large_claim_ends_with_nothing_found() {
    let mut court = Court::open(5);
    court.now = i64::from(CLOCKS.answer + 2 * CLOCKS.draw + CLOCKS.arbiter) - 1;
    assert_eq!(court.look().machine.phase(), Phase::Arbiter);
    court.now += 1;
    assert_eq!(court.look().end(), decided(Outcome::Undecided, 0));
}

// dispute-time-1: everybody waits for the last moment. The third round has no appeal, and whoever fills the
// last ballot does so a second early.
#[test]
fn the_longest_dispute_lasts_what_the_clocks_promise_less_the_third_appeal() {
    for cautious in [false, true] {
        let mut court = Court::open(3);
        court.machine.cautious = u8::from(cautious);
        court.time_out();
        court.now = court.machine.until_work_ts - 1;
        court.seat(3).time_out().time_out();
        assert!(court.machine.redrawn != 0, "nobody voted");
        for round in 1..=3 {
            court.now = court.machine.until_work_ts - 1;
            let quorum = court.seat(9).machine.present().size.div_ceil(3);
            for _ in 0..=quorum {
                court.machine.commit(&CLOCKS, court.now).expect("commit");
            }
            court.time_out();
            for _ in 0..quorum {
                court.machine.reveal(3, &CLOCKS, 1, court.now).expect("one juror never reveals");
            }
            court.time_out();
            if round < 3 {
                court.fund(Side::Provider).time_out();
            }
        }
        let severity = if cautious { 2 } else { 3 };
        assert_eq!(court.time_out().end(), decided(Outcome::Upheld, severity));
        let promised = i64::try_from(CLOCKS.longest_secs()).expect("short");
        assert_eq!(court.now, promised - i64::from(CLOCKS.appeal) - 4);
    }
}

// dispute-raise-1.
#[test]
fn a_claim_can_be_raised_until_its_jury_is_drawn_and_the_jury_grows_with_it() {
    let mut court = Court::open(1);
    court.answer();
    court.machine.end_draw(true, &CLOCKS, 0).expect("drawing");
    for severity in [0, 1, 6] {
        assert_eq!(court.machine.raise(severity, 0), Err(MachineError::NotRaised));
    }
    court.raise(4);
    assert_eq!((court.machine.present().size, court.machine.present().drawn), (7, 1));
    court.seat(7);
    assert_eq!(court.machine.raise(5, 0), Err(MachineError::WrongPhase));
}

// dispute-withdraw-1: nobody's claim falls because another takes its own back.
#[test]
fn who_withdraws_before_the_answer_takes_only_its_own_claim_back() {
    let mut court = Court::open(1);
    court.raise(3).raise(5);
    assert!(court.withdraw(5), "before the answer");
    assert_eq!((court.machine.claimed, court.machine.highest_standing()), (3, 3));
    assert!(court.withdraw(1));
    assert_eq!(court.machine.withdraw(1, 0), Err(MachineError::WrongPhase), "once");
    assert_eq!(court.machine.phase(), Phase::Answer);
    court.raise(4);
    assert!(court.withdraw(3) && court.withdraw(4));
    assert_eq!(court.end(), decided(Outcome::Withdrawn, 0));
}

#[test]
fn who_withdraws_after_the_answer_leaves_the_jury_as_it_is_and_the_verdict_below_what_is_still_claimed() {
    let mut court = Court::open(1);
    court.raise(4).answer();
    assert!(!court.withdraw(4), "after the answer");
    assert_eq!((court.machine.claimed, court.machine.present().size), (4, 7));
    court.vote(&[4; 7]);
    assert_eq!((court.machine.verdict, court.machine.found), (1, 0b10), "nobody claims more");
    assert_eq!(court.machine.withdraw(1, 0), Err(MachineError::WrongPhase), "votes are known");
    assert_eq!(court.fundable()[0], 0, "all that is claimed was found");
}

#[test]
fn a_dispute_ends_with_the_last_claim_that_is_withdrawn_after_the_answer() {
    let mut court = Court::open(2);
    court.raise(3).answer().seat(3);
    court.withdraw(2);
    assert_eq!(court.machine.phase(), Phase::Commit);
    court.withdraw(3);
    assert_eq!(court.end(), decided(Outcome::Conceded, 0));
}

#[test]
fn nobody_withdraws_from_a_fresh_jury_or_at_the_end_of_a_phase() {
    let mut court = Court::open(3);
    assert_eq!(court.machine.withdraw(3, court.machine.until_work_ts), Err(MachineError::WrongPhase), "too late");
    court.answer().seat(0);
    assert!(court.machine.redrawn != 0);
    assert_eq!(court.machine.withdraw(3, 0), Err(MachineError::WrongPhase));
}

// dispute-answer-2: else an accomplice's raise would save a silent provider.
#[test]
fn what_silence_conceded_stays_conceded_when_the_claim_was_raised() {
    for (votes, severity) in [([0, 0, 0], 2), ([1, 1, 1], 2), ([2, 2, 3], 2), ([3, 3, 3], 3)] {
        let mut court = Court::open(2);
        court.raise(3).time_out();
        assert_eq!((court.machine.phase(), court.machine.floor), (Phase::Draw, 2));
        assert_eq!(court.vote(&votes).time_out().end(), decided(Outcome::Upheld, severity), "{votes:?}");
    }
    let raised = || {
        let mut court = Court::open(2);
        court.raise(3).time_out();
        court
    };
    assert_eq!(raised().time_out().time_out().time_out().end(), decided(Outcome::Upheld, 2), "nobody ever judged it");
    assert_eq!(raised().seat(2).vote_tied().end(), decided(Outcome::Upheld, 2), "a tie");
    let mut conceded = raised();
    conceded.withdraw(3);
    assert_eq!(conceded.vote(&[0, 0, 0]).time_out().end(), decided(Outcome::Upheld, 2), "the joiner gave up");
    let mut ruled = raised();
    ruled.time_out().time_out();
    ruled.machine.rule(0, MOST, ruled.now).expect("nothing was found");
    assert_eq!(ruled.end(), decided(Outcome::Upheld, 2), "the arbiter cannot take it back");
}

#[test]
fn silence_concedes_the_highest_claim_that_it_can_and_nothing_of_a_large_one() {
    let mut court = Court::open(1);
    court.raise(2).raise(5).time_out();
    assert_eq!((court.machine.floor, court.machine.present().size), (2, 7));
    let mut court = Court::open(3);
    court.raise(5).time_out();
    assert_eq!(court.machine.floor, 0);
    let mut court = Court::open(2);
    court.raise(3).withdraw(2);
    assert_eq!(court.time_out().machine.floor, 0, "nobody claims it any more");
    let mut court = Court::open(2);
    court.raise(3).withdraw(3);
    assert_eq!(court.time_out().end(), decided(Outcome::Silent, 2), "nobody claims more any more");
    let mut court = Court::open(2);
    court.raise(3).answer();
    assert_eq!(court.vote(&[0, 0, 0]).time_out().end(), decided(Outcome::Dismissed, 0), "an answer concedes nothing");
}

// jury-verdict-3: one third of the ballots; one fresh jury in the whole dispute, of double size.
#[test]
fn a_jury_without_a_quorum_is_drawn_once_again_with_twice_its_ballots() {
    let mut court = Court::open(5);
    court.time_out().seat(2);
    assert_eq!((court.machine.phase(), court.machine.present().size), (Phase::Draw, 14));
    court.vote(&[5; 5]).fund(Side::Provider).time_out();
    assert_eq!((court.machine.present().round, court.machine.present().size), (2, 15));
    court.seat(4);
    assert_eq!((court.machine.phase(), court.machine.verdict), (Phase::Arbiter, 5));
    assert!(quorum(7, 3) && !quorum(7, 2) && !quorum(0, 0), "a third");
}

// dispute-time-2: time is set back after a deadline has passed; before anybody has looked the phase goes on,
// after it is over.
#[test]
fn an_outage_prolongs_the_phase_that_nobody_has_ended_and_revives_none_that_somebody_has() {
    let mut court = Court::open(4);
    court.now = court.machine.until_work_ts;
    let mut unseen = Court { machine: court.machine, now: court.now - 1 };
    unseen.answer();
    court.look();
    court.now -= 1;
    assert_eq!(court.machine.answer(&CLOCKS, court.now), Err(MachineError::WrongPhase), "the jury was called");
    assert_eq!(court.machine.until_work_ts - court.now, i64::from(CLOCKS.draw) + 1, "and has the time besides");

    let mut court = Court::open(4);
    court.vote_after_an_answer(&[4, 4, 4]);
    court.now = half_work_ts(&court.machine);
    assert_eq!(court.fundable()[1], 0);
    court.now -= 1;
    court.fund(Side::Provider).time_out();
    assert_eq!(court.machine.present().round, 2, "the first half was not over");
}

#[test]
fn the_severity_found_is_the_lowest_that_at_least_half_of_the_votes_do_not_exceed() {
    for votes in every_tally(7, 5) {
        let mut sorted: Vec<u8> = (0..).zip(votes).flat_map(|(vote, count)| vec![vote; usize::from(count)]).collect();
        sorted.sort_unstable();
        let middle = sorted.len().saturating_sub(1) / 2;
        assert_eq!(lower_median(&votes), sorted.get(middle).copied().unwrap_or(0), "{votes:?}");
    }
}

/// Every way to share up to some votes over the severities from a place on.
fn every_tally(votes: u8, place: usize) -> Vec<[u8; 6]> {
    (0..=votes)
        .flat_map(|here| {
            let rest = if place == 0 { vec![[0; 6]] } else { every_tally(votes - here, place - 1) };
            rest.into_iter().map(move |mut tally| {
                tally[place] = here;
                tally
            })
        })
        .collect()
}
