//! The SDK's transport against a faulty node: every fault at every method, moment and flow, in virtual time,
//! over the real program. Nothing lands twice, no fate is told that is not true, nobody waits longer than was
//! promised, and the client that blocks does what the one does that does not.

mod answers;
mod chain;
mod clock;
mod fault;
mod flows;
mod judge;
mod node;
mod plans;
mod stage;
mod stories;
mod world;

use {
    judge::judge,
    plans::{Case, METHODS, cases},
    stage::Stage,
    std::collections::BTreeMap,
};

/// Replays one case.
const SEED: &str = "WORK_TOKEN_FAULT_SEED";
/// So many cases.
const CASES: &str = "WORK_TOKEN_FAULT_CASES";
/// What CI runs.
const DEFAULT_CASES: u64 = 14_000;
const THREADS: u64 = 2;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")))
}

/// Runs cases and counts how they ended.
fn run(seeds: impl Iterator<Item = u64>) -> BTreeMap<String, u64> {
    let stage = Stage::new();
    let mut ends = BTreeMap::new();
    for seed in seeds {
        let case = Case::of(seed);
        let judged = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| judge(&stage, &case)));
        let end = judged.unwrap_or_else(|panic| {
            eprintln!("replay it with {SEED}={seed}");
            std::panic::resume_unwind(panic)
        });
        *ends.entry(end).or_default() += 1;
    }
    ends
}

#[test]
fn no_fault_makes_anything_land_twice_or_a_fate_untrue_or_a_wait_too_long() {
    std::panic::set_hook(Box::new(|panic| {
        if panic.payload().is::<node::Killed>() {
            return;
        }
        eprintln!("{panic}");
    }));
    if let Some(seed) = number(SEED) {
        println!("{:#?}\n{:?}", Case::of(seed), run([seed].into_iter()));
        return;
    }
    let all = number(CASES).unwrap_or(DEFAULT_CASES);
    let ends = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..THREADS).map(|first| scope.spawn(move || run((first..all).step_by(THREADS as usize)))).collect();
        let mut ends: BTreeMap<String, u64> = BTreeMap::new();
        for thread in threads {
            for (end, count) in thread.join().expect("a case failed; its seed stands above") {
                *ends.entry(end).or_default() += count;
            }
        }
        ends
    });
    println!("{ends:#?}");
    // Were everything unknown, nothing would be untrue.
    if all >= DEFAULT_CASES {
        for (end, least) in [
            ("Landed", all / 4),
            ("signed anew", 20),
            ("killed", 50),
            ("Unknown", 100),
            ("NotSent", 100),
            ("Read", 600),
        ] {
            let count: u64 = ends.iter().filter(|(name, _)| name.contains(end)).map(|(_, count)| count).sum();
            assert!(count >= least, "{end}: {count}");
        }
    }
}

#[test]
fn the_matrix_is_as_wide_as_it_says() {
    assert!(fault::FAULTS.len() >= 40 && cases() >= 10_000, "{} faults, {} cases", fault::FAULTS.len(), cases());
    assert!(DEFAULT_CASES >= cases(), "{} cases of the matrix", cases());
    assert_eq!(METHODS.len(), 13);
}
