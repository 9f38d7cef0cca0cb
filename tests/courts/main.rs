//! Courts: random histories of providers, delegators, challengers, accomplices, jurors and an arbiter, who
//! dispute, raise, answer, vote, appeal, defend, withdraw, rule, veto, execute, leave through open claims,
//! settle what they left and sell what is disputed, to jurors and challengers too, on the program's bytecode
//! beside a model of the rules; and a wind-down at the end in which everybody leaves.
//!
//! The model (`model/`) states docs/protocol in arithmetic of its own. It predicts for every instruction
//! whether it is done or refused, and the tokens of every vault and person afterwards, to the unit; of
//! tickets it says in exact fractions what their shares would have lost had they stayed. After every step all
//! token accounts are compared and what the step touched; every invariant of the books after every fortieth
//! and at the end.
//!
//! `WORK_TOKEN_COURTS` runs that many histories of each test, `WORK_TOKEN_COURT_STEPS` makes each so many
//! steps long, and `WORK_TOKEN_COURT_SEED` begins with that seed, `WORK_TOKEN_COURT_TRIES` bounds the search
//! for a shorter one. A failure prints its seed and the shortest list of steps that still fails, as a literal
//! for `kept.rs`.

mod chain;
mod check;
mod kept;
mod model;
mod op;
mod random;
mod rules;
mod run;

use {
    chain::Chain,
    rules::Rules,
    run::{Counts, number, run},
};

/// Steps of a history by default.
const STEPS: u64 = 400;
/// Histories of a test by default.
const HISTORIES: u64 = 105;
/// Operations of a test, at least, by default: 300,000 in all.
const LEAST: u64 = 75_000;

/// Runs the histories of a part of the seeds.
fn run_part(rules: Rules, part: u64) {
    let histories = number("WORK_TOKEN_COURTS", HISTORIES);
    let steps_of_each = number("WORK_TOKEN_COURT_STEPS", STEPS);
    let first = number("WORK_TOKEN_COURT_SEED", part * 1_000_000);
    let (mut chain, mut counts) = (Chain::new(rules), Counts::default());
    let from = std::time::Instant::now();
    for seed in first..first + histories {
        let steps = usize::try_from(steps_of_each).expect("a number of steps");
        counts.add(&run(&mut chain, rules, seed, steps));
    }
    let secs = from.elapsed().as_secs_f64();
    let operations = counts.operations();
    println!("{operations} operations in {secs:.1} s, {:.0} a second\n{counts:#?}", operations as f64 / secs);
    let missing = counts.missing();
    println!("missing: {missing:#?}");
    if histories == HISTORIES && steps_of_each == STEPS {
        assert!(operations >= LEAST, "the histories are long enough");
        assert!(missing.is_empty(), "what never happens is not tested: {missing:#?}");
    }
    assert!(counts.refusals() * 2 < operations, "most of what is tried is done");
}

macro_rules! parts {
    ($($name:ident: $rules:ident, $part:literal;)*) => {
        $(#[test]
        fn $name() {
            run_part(Rules::$rules, $part);
        })*
    };
}

parts! {
    daily_courts_agree_with_the_model_1: Daily, 1;
    daily_courts_agree_with_the_model_2: Daily, 2;
    fast_courts_agree_with_the_model_1: Fast, 3;
    fast_courts_agree_with_the_model_2: Fast, 4;
}
