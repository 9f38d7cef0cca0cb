//! Every order of every action and of every deadline of a dispute, over small bounds (MD 6.1 with R C1, C2, H15, H16, M1, L3, L14):
//! 27 million steps between 13 million states, each checked against rules that are written down a second time.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use support::{
    dispute::{CLOCKS, cost},
    search::{Action, Bounds, SIDES, Search, act, merged, wait},
    search_rules::is_lawful,
};
use work_token_math::dispute::{Machine, Outcome, Phase};

/// Searches all that follows some openings, prints how far that went, and refuses a search that was cut short.
fn search(name: &str, roots: &[Machine], bounds: &Bounds, least: (usize, u64)) -> Search {
    let mut search = Search::default();
    roots.iter().for_each(|root| search.from(*root, bounds));
    println!("{name}: {} states, {} transitions, ends {:?}", search.states(), search.transitions, search.ends);
    assert!(search.states() >= least.0 && search.transitions >= least.1, "cut short: {name}");
    search
}

fn ended(search: &Search, outcome: Outcome) -> u64 {
    search.ends[outcome as usize]
}

fn assert_reaches(search: &Search, outcomes: &[Outcome]) {
    for outcome in outcomes {
        assert!(ended(search, *outcome) > 0, "{outcome:?} was never reached");
    }
}

const JUDGED: [Outcome; 3] = [Outcome::Upheld, Outcome::Dismissed, Outcome::Tied];

#[test]
#[cfg_attr(debug_assertions, ignore = "half a minute with optimizations")]
fn every_dispute_about_a_small_fault_ends_in_time_by_its_votes_and_to_the_unit() {
    let bounds = Bounds { severity: 2, beyond_quorum: [2, 0, 0], appeals: [true; 2], parts: true, one_by_one: 1 };
    let search = search("small faults", &[Machine::open(1, &CLOCKS, 0)], &bounds, (3_500_000, 7_000_000));
    assert_reaches(&search, &JUDGED);
    assert_reaches(&search, &[Outcome::Silent, Outcome::Withdrawn, Outcome::Conceded, Outcome::Undecided]);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "half a minute with optimizations")]
fn every_dispute_about_a_wrong_result_ends_in_time_by_its_votes_and_to_the_unit() {
    let bounds = Bounds { severity: 3, beyond_quorum: [2, 0, 0], appeals: [true; 2], parts: true, one_by_one: 1 };
    let search = search("wrong results", &[Machine::open(3, &CLOCKS, 0)], &bounds, (5_500_000, 11_000_000));
    assert_reaches(&search, &JUDGED);
    assert_eq!(ended(&search, Outcome::Silent), 0, "a jury judges what is not answered (R C1)");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "half a minute with optimizations")]
fn every_dispute_about_a_large_fault_ends_in_time_by_its_votes_and_to_the_unit() {
    let bounds = Bounds { severity: 5, beyond_quorum: [0; 3], appeals: [true; 2], parts: false, one_by_one: 1 };
    let search = search("large faults", &[Machine::open(5, &CLOCKS, 0)], &bounds, (3_900_000, 7_600_000));
    assert_reaches(&search, &JUDGED);
    assert_reaches(&search, &[Outcome::Withdrawn, Outcome::Conceded, Outcome::Undecided]);
    assert_eq!(ended(&search, Outcome::Silent), 0, "a jury judges what is not answered (R C1)");
}

#[test]
fn every_claim_that_is_raised_is_judged_by_the_jury_of_its_severity() {
    let bounds = Bounds { severity: 5, beyond_quorum: [1; 3], appeals: [false; 2], parts: false, one_by_one: 2 };
    let roots = [1, 2, 3, 4].map(|severity| Machine::open(severity, &CLOCKS, 0));
    let search = search("raised claims", &roots, &bounds, (51_000, 230_000));
    assert_reaches(&search, &JUDGED);
    assert_eq!(ended(&search, Outcome::Silent), 2, "severity 1 and 2");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "half a minute with optimizations")]
fn every_appeal_against_a_proved_fault_ends_in_time_by_its_votes_and_to_the_unit() {
    let bounds = Bounds { severity: 5, beyond_quorum: [0; 3], appeals: [true; 2], parts: true, one_by_one: 2 };
    let roots = [1, 3, 5].map(|severity| Machine::proved(severity, &CLOCKS, cost(severity)(2), 0));
    let search = search("proved faults", &roots, &bounds, (600_000, 1_200_000));
    assert_reaches(&search, &JUDGED);
    assert_eq!(ended(&search, Outcome::Undecided), 0, "a proof is a verdict");
}

#[test]
fn every_dispute_about_a_score_ends_in_time_without_an_answer() {
    let bounds = Bounds { severity: 1, beyond_quorum: [0; 3], appeals: [true, false], parts: true, one_by_one: 2 };
    let mut score = Machine::open(1, &CLOCKS, 0);
    score.skip_answer(&CLOCKS, 0);
    let search = search("scores", &[score], &bounds, (10_000, 23_000));
    assert_reaches(&search, &JUDGED);
    assert_eq!(
        (ended(&search, Outcome::Silent), ended(&search, Outcome::Withdrawn)),
        (0, 0),
        "there was no time to answer"
    );
}

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound
    }

    fn action(&mut self, machine: &Machine) -> Action {
        let severity = u8::try_from(self.below(6)).expect("small");
        let side = SIDES[usize::from(self.below(2) > 0)];
        match self.below(20) {
            0 => Action::Answer,
            1 => Action::Raise(severity),
            2 if self.below(4) == 0 => Action::Exclude(self.below(2) > 0),
            3 if self.below(80) == 0 => Action::Withdraw,
            3..9 => Action::Seat(self.below(3) > 0),
            9..13 => Action::Commit,
            13..17 => Action::Reveal(severity),
            17..19 => Action::Fund(side, machine.fundable(side, &CLOCKS, 0)),
            _ => Action::Rule(severity),
        }
    }
}

// Holds what the search takes for granted: that states may be relative to now and past juries merged. Votes of every severity.
#[test]
fn merging_what_a_past_jury_counted_changes_nothing_that_follows() {
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    let mut rounds = [0u32; 4];
    for walk in 0..6_000 {
        let mut now = 1_700_000_000 + walk;
        let mut exact = Machine::open(u8::try_from(walk % 5 + 1).expect("small"), &CLOCKS, now);
        let mut relative = merged(exact, now);
        while exact.phase != Phase::Decided {
            if chance.below(50) == 0 {
                let secs = 1 + i64::try_from(chance.below(4)).expect("small");
                (exact, relative) = (wait(&exact, now + secs), merged(wait(&relative, secs), secs));
                now += secs;
            } else {
                let action = chance.action(&relative);
                if is_lawful(&relative, action).is_none() {
                    continue;
                }
                let done = (act(&exact, action, now), act(&relative, action, 0));
                if let (Ok(one), Ok(other)) = done {
                    (exact, relative) = (one, merged(other, 0));
                }
                assert_eq!(done.0.is_ok(), done.1.is_ok());
            }
            assert_eq!(merged(exact, now), relative);
        }
        rounds[usize::from(exact.present().round)] += 1;
    }
    assert!(rounds.iter().all(|walks| *walks > 50), "walks end in every round: {rounds:?}");
}
