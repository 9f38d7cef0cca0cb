//! The table of costs is honest: no state that a position can be brought into makes what its holder does
//! dearer than the dearest row of the instruction, by more than the numbers that meet in a division.
//!
//! Searched: lots that are due, tickets, the price of a share, epochs that nobody settled, epochs that were
//! settled since, and whether the provider was touched in the present epoch.

use crate::*;
use std::collections::BTreeMap;

const OWN: u64 = 10_000_000 * TOKEN;
const EACH: u64 = 200_000 * TOKEN;
const LOT: u64 = 1_234 * TOKEN + 567;

/// How a position stands.
#[derive(Clone, Copy, Debug)]
struct Standing {
    lots: u64,
    tickets: u32,
    is_slashed: bool,
    settled: u32,
    missed: u32,
    is_touched: bool,
}

fn standings() -> Vec<Standing> {
    let mut all = Vec::new();
    for lots in 0..3 {
        for tickets in [0, 7] {
            for is_slashed in [false, true] {
                for (settled, missed) in [(1, 0), (2, 0), (11, 0), (2, 3), (2, 9), (2, 40), (2, 500)] {
                    for is_touched in [false, true] {
                        all.push(Standing { lots, tickets, is_slashed, settled, missed, is_touched });
                    }
                }
            }
        }
    }
    all
}

/// What each instruction costs the holder then, where it is not refused.
fn units(standing: &Standing) -> Vec<(&'static str, u64)> {
    let world = World::new();
    let ann = world.owner("ann", 1_000, OWN);
    let dora = world.holder("dora", &ann, EACH);
    world.give(dora.actor.tokens, 10 * LOT);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    if standing.is_slashed {
        world.scenario.slash(&ann.at.provider, PoolKind::Delegated, EACH / 7 + 13);
    }
    for number in 1..=standing.tickets {
        world.send(&[ix::request_unbonding(&dora.at, number, LOT)], &[&dora.actor]);
    }
    for lot in 0..standing.lots {
        world.cycle(&[&ann]);
        world.delegate(&dora, LOT + lot);
    }
    for _ in 0..standing.settled {
        world.cycle(&[&ann]);
    }
    for _ in 0..=standing.missed {
        world.next_epoch();
    }
    if standing.is_touched {
        world.touch(&ann);
    }
    let next = (standing.tickets + 1).min(8);
    let sent = [
        ("claim_rewards", ix::claim_rewards(&dora.at, dora.actor.tokens)),
        ("restake", ix::restake(&dora.at, u64::MAX)),
        ("delegate", world.delegate_ix(&dora, LOT)),
        ("request_unbonding", ix::request_unbonding(&dora.at, next, LOT)),
        ("cancel_unbonding", ix::cancel_unbonding(&dora.at, 1)),
        ("withdraw_unbonded", ix::withdraw_unbonded(&dora.at, 1, dora.actor.tokens)),
    ];
    let before = world.scenario.snapshot();
    let mut measured = Vec::new();
    for (name, instruction) in sent {
        if let Ok(outcome) = world.tries(&[instruction], &[&dora.actor]) {
            measured.push((name, outcome.compute_units));
        }
        world.scenario.restore(&before);
    }
    measured
}

/// The dearest row of an instruction with SPL Token, without claims on the stake.
fn row(baseline: &serde_json::Value, name: &str) -> u64 {
    let rows = baseline["operations"].as_array().expect("a list").iter().filter(|row| {
        let operation = row["operation"].as_str().expect("a name");
        let is_of = operation == name || operation.starts_with(&format!("{name}, "));
        is_of && row["tokens"] == "SPL Token" && !operation.contains("first time") && !operation.contains("claims")
    });
    rows.map(|row| row["max_cu"].as_u64().expect("units")).max().expect("the instruction is measured")
}

#[test]
fn no_state_of_a_position_makes_an_operation_dearer_than_the_table_says() {
    let mut dearest: BTreeMap<&str, (u64, Standing)> = BTreeMap::new();
    for standing in standings() {
        for (name, units) in units(&standing) {
            let known = dearest.entry(name).or_insert((units, standing));
            if known.0 < units {
                *known = (units, standing);
            }
        }
    }
    assert_eq!(dearest.len(), 6, "each was sent in some state");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../artifacts/bench.json");
    let baseline = serde_json::from_str(&std::fs::read_to_string(path).expect("the baseline")).expect("JSON");
    let mut broken = Vec::new();
    for (name, (units, standing)) in dearest {
        let shown = row(&baseline, name);
        println!("{name:>18} {units}, shown {shown}: {standing:?}");
        // Other numbers meet in some ten divisions, each of which may correct its guess.
        if units > shown + shown / 32 {
            broken.push(name);
        }
    }
    assert!(broken.is_empty(), "dearer than the table says: {broken:?}");
}
