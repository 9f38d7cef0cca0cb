//! Histories: random operations of three providers and four delegators against a reference model, every
//! invariant after every step, and a wind-down at the end in which everybody leaves and everything closes.
//!
//! The same histories run on two systems: the interface's state methods alone, where there is time for a deep
//! search, and the program on the embedded chain. The model (`model/`) knows the rules, not the formulas'
//! code: it divides exactly, shares every epoch over those who held shares in it, and says what each
//! operation must have done, to the unit. `WORK_TOKEN_HISTORIES` runs that many histories on the chain and
//! ten times as many on the host. A failure prints its seed and the shortest list of operations that still
//! fails.

mod chain;
mod host;
mod model;
mod op;
mod random;
mod run;
mod system;

use {
    run::{Statistics, run},
    std::sync::atomic::{AtomicU64, Ordering},
};

/// Histories on the chain in a default run.
const CHAIN_HISTORIES: u64 = 240;
/// Histories on the host for each on the chain.
const HOST_FACTOR: u64 = 10;

/// Runs histories on all cores.
fn run_all<S: system::System>(start: impl Fn() -> S + Sync, histories: u64, steps: usize) -> Statistics {
    let (statistics, next) = (Statistics::default(), AtomicU64::new(0));
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    loop {
                        let seed = next.fetch_add(1, Ordering::Relaxed);
                        if seed >= histories {
                            return;
                        }
                        run(&start, seed, steps, &statistics);
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.join().expect("every history agrees with the model");
        }
    });
    statistics
}

fn histories() -> u64 {
    std::env::var("WORK_TOKEN_HISTORIES").ok().and_then(|text| text.parse().ok()).unwrap_or(CHAIN_HISTORIES)
}

/// A test that refuses everything, or settles nothing, proves nothing.
fn assert_lively(statistics: &Statistics, steps: u64) {
    let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    println!("{statistics:?}");
    assert!(count(&statistics.done) > steps / 2, "{statistics:?}");
    assert!(count(&statistics.refused) > steps / 20, "{statistics:?}");
    assert!(count(&statistics.settled) > steps / 100, "{statistics:?}");
    assert!(count(&statistics.wiped) > steps / 10_000, "{statistics:?}");
    assert!(count(&statistics.transferred) > steps / 2_000, "{statistics:?}");
    assert!(count(&statistics.restaked) > steps / 10_000, "{statistics:?}");
    assert!(count(&statistics.directed) > steps / 2_000, "{statistics:?}");
    let owners = &statistics.owners;
    let [passed, with_claims, with_held, with_debt, jailed, with_agreed] = &owners.passed;
    assert!(count(passed) > steps / 2_000, "{owners:?}");
    // A liability must follow the provider that it is of, and not its owner.
    assert!(count(with_claims) > steps / 1_500 && count(with_held) > steps / 9_000, "{owners:?}");
    assert!(count(&owners.waited) >= steps / 36_000, "{owners:?}");
    let often = [with_debt, jailed, with_agreed, &owners.shared[0], &owners.shared[1]];
    assert!(often.into_iter().all(|counter| count(counter) >= steps / 10_000), "{owners:?}");
    let daily = [&owners.withdrawn, &owners.lapsed, &owners.repaid];
    assert!(daily.into_iter().all(|counter| count(counter) > steps / 2_000), "{owners:?}");
}

#[test]
fn histories_of_the_books_agree_with_the_model() {
    let histories = histories() * HOST_FACTOR;
    let statistics = run_all(host::Host::new, histories, 400);
    assert_lively(&statistics, histories * 400);
}

#[test]
fn histories_on_the_chain_agree_with_the_model() {
    let histories = histories();
    let statistics = run_all(chain::Chain::new, histories, 150);
    assert_lively(&statistics, histories * 150);
}
