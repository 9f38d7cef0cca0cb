//! Every order of every action and of every deadline of a dispute, over small bounds (dispute-time-1,
//! dispute-layer-3, dispute-kind-4, dispute-appeal-2, dispute-layer-2, dispute-kind-1, dispute-time-2,
//! dispute-arbiter-1, dispute-appeal-1), each step checked against rules that are written down a second time.
//!
//! `MATH_SEARCH=deep` widens the bounds; `cargo test --release --test dispute_search -- --include-ignored
//! --nocapture`.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use support::{
    dispute::{CLOCKS, Case, cost},
    search::{Action, Bounds, CALM, Funding, Search, act, is_deep, merged, wait},
    search_rules::is_lawful,
};
use work_token_math::dispute::{Machine, Outcome, Phase, Side};

/// Searches all that follows some openings, prints how far that went, and refuses a search that was cut
/// short.
fn search(name: &str, roots: &[Machine], bounds: &Bounds, least: (usize, u64)) -> Search {
    let mut search = Search::default();
    roots.iter().for_each(|root| search.from(*root, bounds));
    let (states, transitions) = (search.states(), search.transitions);
    println!("{name}: {states} states, {transitions} transitions, ends {:?}", search.ends);
    println!("{name}: {} juries were never drawn, {} outages", search.unseated, search.outages);
    assert!(search.unseated > 0, "nobody tried what a vanished randomness does");
    assert!(states >= least.0 && transitions >= least.1, "cut short: {name}");
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
const ALL: [Outcome; 3] = [Outcome::Withdrawn, Outcome::Conceded, Outcome::Undecided];

fn open(severity: u8) -> Machine {
    Machine::open(severity, &CLOCKS, 0)
}

#[test]
#[cfg_attr(debug_assertions, ignore = "half a minute with optimizations")]
fn every_dispute_about_a_small_fault_ends_in_time_by_its_votes_and_to_the_unit() {
    let appeals = [Funding::Everybody, Funding::Appellants];
    let bounds = Bounds { severity: 1, beyond_quorum: [2, 0, 0], appeals, ..CALM };
    let search = search("small faults", &[open(1)], &bounds, (340_000, 710_000));
    assert_reaches(&search, &JUDGED);
    assert_reaches(&search, &[Outcome::Silent, Outcome::Withdrawn, Outcome::Conceded, Outcome::Undecided]);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "half a minute with optimizations")]
fn every_dispute_about_a_wrong_result_ends_in_time_by_its_votes_and_to_the_unit() {
    let appeals = [Funding::Everybody, if is_deep() { Funding::Everybody } else { Funding::Appellants }];
    let bounds = Bounds { severity: 3, beyond_quorum: [2, 0, 0], appeals, ..CALM };
    let search = search("wrong results", &[open(3)], &bounds, (7_200_000, 14_700_000));
    assert_reaches(&search, &JUDGED);
    assert_eq!(ended(&search, Outcome::Silent), 0, "a jury judges what is not answered (dispute-answer-2)");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "half a minute with optimizations")]
fn every_dispute_about_a_large_fault_ends_in_time_by_its_votes_and_to_the_unit() {
    let appeals = [Funding::Appellants, if is_deep() { Funding::Everybody } else { Funding::Appellants }];
    let search = search("large faults", &[open(5)], &Bounds { appeals, ..CALM }, (2_400_000, 4_800_000));
    assert_reaches(&search, &JUDGED);
    assert_reaches(&search, &ALL);
    assert_eq!(ended(&search, Outcome::Silent), 0, "a jury judges what is not answered (dispute-answer-2)");
}

// dispute-layer-1: up to three challengers, each of which withdraws when it likes.
#[test]
#[cfg_attr(debug_assertions, ignore = "half a minute with optimizations")]
fn every_claim_that_is_raised_is_judged_by_the_jury_of_its_severity_and_harms_nobody_below_it() {
    let appeals = [if is_deep() { Funding::Appellants } else { Funding::Nobody }, Funding::Nobody];
    let bounds = Bounds { appeals, one_by_one: 0, ..CALM };
    let roots = [1, 2, 3, 4].map(open);
    let search = search("raised claims", &roots, &bounds, (970_000, 1_600_000));
    assert_reaches(&search, &JUDGED);
    assert_reaches(&search, &ALL);
    assert_reaches(&search, &[Outcome::Silent]);
}

// jury-lock-3.
#[test]
#[cfg_attr(debug_assertions, ignore = "half a minute with optimizations")]
fn every_dispute_of_a_young_tree_that_finds_much_ends_in_time_with_the_arbiters_word() {
    let appeals = if is_deep() { [Funding::Everybody, Funding::Appellants] } else { [Funding::Appellants; 2] };
    let roots = [3, 2].map(|severity| Machine { cautious: 1, ..open(severity) });
    let roots = if is_deep() { &roots[..] } else { &roots[..1] };
    let search = search("young trees", roots, &Bounds { severity: 3, appeals, ..CALM }, (520_000, 990_000));
    assert_reaches(&search, &JUDGED);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "half a minute with optimizations")]
fn every_appeal_against_a_proved_fault_ends_in_time_by_its_votes_and_to_the_unit() {
    let bounds = Bounds { appeals: [Funding::InParts, Funding::Appellants], one_by_one: 2, ..CALM };
    let roots = [1, 3, 5].map(|severity| Machine::proved(severity, &CLOCKS, cost(severity)(2), 0));
    let search = search("proved faults", &roots, &bounds, (550_000, 1_000_000));
    assert_reaches(&search, &JUDGED);
    assert_eq!(ended(&search, Outcome::Undecided), 0, "a proof is a verdict");
}

// dispute-time-2: an outage at every deadline, twice, shorter and longer than a phase.
#[test]
#[cfg_attr(debug_assertions, ignore = "half a minute with optimizations")]
fn every_dispute_in_which_time_is_set_back_ends_within_its_longest_time_and_the_outages() {
    let bounds = Bounds { appeals: [Funding::Appellants, Funding::Nobody], outages: 2, severity: 3, ..CALM };
    let search = search("outages", &[open(2), open(3)], &bounds, (1_200_000, 6_600_000));
    assert_reaches(&search, &JUDGED);
    assert_reaches(&search, &ALL);
    assert!(search.outages > 1_000);
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
        let side = Side::ALL[usize::try_from(self.below(4)).expect("small")];
        match self.below(20) {
            0 => Action::Answer,
            1 => Action::Raise(severity),
            2 if self.below(4) == 0 => Action::Exclude(self.below(2) > 0),
            3 if self.below(12) == 0 => Action::Withdraw(severity),
            3..9 => Action::Seat(self.below(3) > 0),
            9..13 => Action::Commit,
            13..17 => Action::Reveal(severity),
            17..19 => Action::Fund(side, machine.fundable(side, &CLOCKS, 0)),
            _ => Action::Rule(severity),
        }
    }
}

// Holds what the search takes for granted: that states may be relative to now and past juries merged. Votes
// of every severity.
#[test]
fn merging_what_a_past_jury_counted_changes_nothing_that_follows() {
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    let mut rounds = [0u32; 4];
    for walk in 0..6_000 {
        let mut now = 1_700_000_000 + walk;
        let cautious = walk % 3 == 0;
        let root = Machine {
            cautious: u8::from(cautious),
            ..Machine::open(u8::try_from(walk % 5 + 1).expect("small"), &CLOCKS, now)
        };
        let mut exact = Case::open(root);
        let mut relative = merged(exact, now);
        while exact.machine.phase() != Phase::Decided {
            if chance.below(50) == 0 {
                let secs = 1 + i64::try_from(chance.below(4)).expect("small");
                (exact, relative) = (wait(&exact, now + secs), merged(wait(&relative, secs), secs));
                now += secs;
            } else {
                let action = chance.action(&relative.machine);
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
        rounds[usize::from(exact.machine.present().round)] += 1;
    }
    assert!(rounds.iter().all(|walks| *walks > 50), "walks end in every round: {rounds:?}");
}
