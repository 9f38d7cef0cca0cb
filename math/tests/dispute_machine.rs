//! Disputes of the rulings, one by one: silence, raised claims, appeals held alone, missing quorums, ties.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use support::dispute::{CLOCKS, cost, half_work_ts};
use work_token_math::dispute::{Machine, MachineError, NO_VERDICT, Outcome, Phase, Side, lower_median, quorum, sizes};

/// A dispute in progress: who does what, at its own time.
struct Court {
    machine: Machine,
    now: i64,
}

impl Court {
    fn open(severity: u8) -> Self {
        Self { machine: Machine::open(severity, &CLOCKS, 0), now: 0 }
    }

    /// Lets time pass until the present phase ends.
    fn time_out(&mut self) -> &mut Self {
        self.now = self.machine.until_work_ts;
        self.look()
    }

    fn look(&mut self) -> &mut Self {
        self.machine.advance(&CLOCKS, cost(self.machine.claimed), self.now);
        self
    }

    /// Fills some of the present jury's seats, the rest stay empty.
    fn seat(&mut self, filled: u8) -> &mut Self {
        for seat in self.machine.present().seated..self.machine.present().seats {
            self.machine.seat(seat < filled, &CLOCKS, self.now).expect("seating");
        }
        self
    }

    /// The present jury is seated, commits and votes, all of it.
    fn vote(&mut self, votes: &[u8]) -> &mut Self {
        self.seat(u8::try_from(votes.len()).expect("a jury"));
        for _ in votes {
            self.machine.commit(&CLOCKS, self.now).expect("commit");
        }
        for vote in votes {
            let next = cost(self.machine.claimed)(self.machine.present().round + 1);
            self.machine.reveal(*vote, &CLOCKS, next, self.now).expect("reveal");
        }
        self
    }

    fn vote_after_an_answer(&mut self, votes: &[u8]) -> &mut Self {
        self.machine.answer(&CLOCKS, self.now).expect("in time");
        self.vote(votes)
    }

    /// A side pays all that it can for an appeal.
    fn fund(&mut self, side: Side) -> &mut Self {
        let amount = self.machine.fundable(side, &CLOCKS, self.now);
        self.machine.fund(side, amount, &CLOCKS, self.now).expect("fundable");
        self
    }

    fn end(&self) -> (Phase, Outcome, u8) {
        (self.machine.phase, self.machine.outcome, self.machine.verdict)
    }
}

fn decided(outcome: Outcome, verdict: u8) -> (Phase, Outcome, u8) {
    (Phase::Decided, outcome, verdict)
}

// R C1.
#[test]
fn silence_executes_a_small_claim_and_sends_a_large_one_to_a_jury() {
    for severity in 1..=5 {
        let mut court = Court::open(severity);
        court.time_out();
        if severity <= 2 {
            assert_eq!(court.end(), decided(Outcome::Silent, severity));
        } else {
            assert_eq!((court.machine.phase, court.machine.present().seats), (Phase::Seating, sizes(severity)[0]));
        }
    }
}

// R H16, MD 6.3 row F.
#[test]
fn with_zero_voters_and_zero_callers_a_large_claim_ends_with_nothing_found() {
    let mut court = Court::open(5);
    court.now = i64::from(CLOCKS.answer + 2 * CLOCKS.seat + CLOCKS.arbiter) - 1;
    assert_eq!(court.look().machine.phase, Phase::Arbiter);
    court.now += 1;
    assert_eq!(court.look().end(), decided(Outcome::Undecided, 0));
}

// R M1: everybody waits for the last moment. The third round has no appeal, and whoever fills the last seat does so a second early.
#[test]
fn the_longest_dispute_lasts_what_the_clocks_promise_less_the_third_appeal() {
    let mut court = Court::open(3);
    court.time_out();
    court.now = court.machine.until_work_ts - 1;
    court.seat(3).time_out().time_out();
    assert!(court.machine.redrawn, "nobody voted");
    for round in 1..=3 {
        court.now = court.machine.until_work_ts - 1;
        let quorum = court.seat(9).machine.present().seats.div_ceil(3);
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
    assert_eq!(court.time_out().end(), decided(Outcome::Upheld, 3));
    let promised = i64::try_from(CLOCKS.longest_secs()).expect("short");
    assert_eq!(court.now, promised - i64::from(CLOCKS.appeal) - 4);
}

// R C2.
#[test]
fn a_claim_can_be_raised_until_its_jury_is_seated_and_the_jury_grows_with_it() {
    let mut court = Court::open(1);
    court.machine.answer(&CLOCKS, 0).expect("in time");
    court.machine.seat(true, &CLOCKS, 0).expect("seating");
    for severity in [0, 1, 6] {
        assert_eq!(court.machine.raise(severity, 0), Err(MachineError::NotRaised));
    }
    court.machine.raise(4, 0).expect("before the last seat");
    assert_eq!((court.machine.present().seats, court.machine.present().seated), (7, 1));
    court.seat(7);
    assert_eq!(court.machine.raise(5, 0), Err(MachineError::WrongPhase));
}

// R H15: after a jury upheld severity 4 the provider funds alone. A vote, not its money, can reverse the verdict.
#[test]
fn an_appeal_that_the_loser_funds_alone_is_held_and_not_won() {
    let mut court = Court::open(4);
    court.vote_after_an_answer(&[4, 4, 4]).fund(Side::Provider).time_out();
    assert_eq!((court.machine.phase, court.machine.present().round, court.machine.verdict), (Phase::Seating, 2, 4));
    court.time_out().time_out();
    assert_eq!(court.machine.phase, Phase::Arbiter, "no quorum twice");
    assert_eq!(court.time_out().end(), decided(Outcome::Upheld, 4));
}

#[test]
fn a_verdict_that_only_its_winner_pays_to_have_heard_again_stands_at_half_time() {
    for payers in [[].as_slice(), &[Side::Challenger]] {
        let mut court = Court::open(4);
        court.vote_after_an_answer(&[4, 4, 4]);
        for side in payers {
            court.fund(*side);
        }
        court.now = half_work_ts(&court.machine) - 1;
        assert_eq!(court.look().machine.phase, Phase::Appeal);
        court.now += 1;
        assert_eq!(court.look().end(), decided(Outcome::Upheld, 4));
    }
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

// R H14: who claimed 3 and got 1 has lost, too. Else two jurors of three make a small fault of a large one for good.
#[test]
fn a_challenger_whose_claim_was_found_lower_can_appeal() {
    let mut court = Court::open(3);
    court.vote_after_an_answer(&[1, 1, 3]);
    assert_eq!(court.machine.verdict, 1);
    court.fund(Side::Challenger).time_out();
    assert_eq!(court.machine.present().round, 2);
    assert_eq!(court.vote(&[3, 3, 3]).time_out().end(), decided(Outcome::Upheld, 3));
}

// R L14.
#[test]
fn half_of_the_votes_for_dismissing_is_a_tie_that_dismisses_and_that_either_side_can_appeal() {
    for side in [Side::Challenger, Side::Provider] {
        let mut court = Court::open(3);
        court.vote_after_an_answer(&[0, 3]);
        assert!(court.machine.tied && court.machine.verdict == 0);
        assert_eq!(court.fund(side).time_out().machine.present().round, 2);
    }
    let mut court = Court::open(3);
    assert_eq!(court.vote_after_an_answer(&[0, 3]).time_out().end(), decided(Outcome::Tied, 0));
}

// R H16: one third of the seats; one fresh jury in the whole dispute, of double size.
#[test]
fn a_jury_without_a_quorum_is_drawn_once_again_with_twice_its_seats() {
    let mut court = Court::open(5);
    court.time_out().seat(2);
    assert_eq!((court.machine.phase, court.machine.present().seats), (Phase::Seating, 14));
    court.vote(&[5; 5]).fund(Side::Provider).time_out();
    assert_eq!((court.machine.present().round, court.machine.present().seats), (2, 15));
    court.seat(4);
    assert_eq!((court.machine.phase, court.machine.verdict), (Phase::Arbiter, 5));
    assert!(quorum(7, 3) && !quorum(7, 2) && !quorum(0, 0), "a third");
}

#[test]
fn the_arbiter_confirms_what_was_found_or_claimed_and_nothing_else() {
    let mut court = Court::open(5);
    court.time_out().vote(&[2, 2, 3]).fund(Side::Provider).time_out().time_out().time_out();
    assert_eq!((court.machine.phase, court.machine.verdict), (Phase::Arbiter, 2));
    for severity in [1, 3, 4, 6, NO_VERDICT] {
        assert_eq!(court.machine.rule(severity, court.now), Err(MachineError::NotARuling), "{severity}");
    }
    for (severity, outcome) in [(0, Outcome::Dismissed), (2, Outcome::Upheld), (5, Outcome::Upheld)] {
        let mut ruled = court.machine;
        ruled.rule(severity, court.now).expect("a ruling");
        assert_eq!((ruled.outcome, ruled.verdict), (outcome, severity));
    }
}

#[test]
fn where_jurors_cost_nothing_an_appeal_still_has_to_be_asked_for() {
    let mut machine = Machine::proved(4, &CLOCKS, 0, 0);
    assert_eq!(machine.fundable(Side::Provider, &CLOCKS, 0), 2);
    machine.advance(&CLOCKS, |_| 0, i64::from(CLOCKS.appeal));
    assert_eq!((machine.outcome, machine.verdict), (Outcome::Upheld, 4));
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
