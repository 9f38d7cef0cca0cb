//! Shared by the tests of this crate: operands of every width, exact arithmetic, and the books of one
//! provider.
#![allow(dead_code, clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

pub mod attesters;
pub mod claims;
pub mod court;
pub mod dispute;
pub mod epoch;
pub mod exact;
pub mod history;
pub mod provider;
pub mod search;
pub mod search_rules;

use proptest::prelude::*;
use work_token_math::{Amount, MAX_SUPPLY, Pool, Shares};

/// The largest amount there can be.
pub const MOST: u64 = MAX_SUPPLY - 1;

/// Values at which a width, a bound or a digit changes.
pub const BOUNDARIES: &[u64] = &[
    0,
    1,
    2,
    255,
    256,
    9_999,
    10_000,
    999_999,
    1_000_000,
    (1 << 20) - 1,
    1 << 20,
    (1 << 32) - 1,
    1 << 32,
    (1 << 32) + 1,
    (1 << 60) - 1,
    1 << 60,
    (1 << 63) - 1,
    1 << 63,
    u64::MAX - 1,
    u64::MAX,
];

/// The 32-bit digits at which a division of two digits by two digits has to correct its guess.
pub const DIGITS: &[u64] = &[0, 1, 2, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffff_fffe, 0xffff_ffff];

/// Numbers of all widths alike; boundaries, their neighbours and extreme digits are frequent.
pub fn any_width() -> impl Strategy<Value = u64> {
    prop_oneof![
        3 => prop::sample::select(BOUNDARIES),
        3 => (0u32..64, any::<u64>()).prop_map(|(shift, number)| number >> shift),
        1 => (0u32..64, 0u64..5).prop_map(|(shift, step)| (1u64 << shift).wrapping_add(step).wrapping_sub(2)),
        1 => (prop::sample::select(DIGITS), prop::sample::select(DIGITS)).prop_map(|(high, low)| (high << 32) | low),
    ]
}

/// Amounts of all widths below 2^60.
pub fn any_amount() -> impl Strategy<Value = u64> {
    any_width().prop_map(|number| if number > MOST { number >> 4 } else { number })
}

/// A part of a whole, its ends included.
pub fn part_of(whole: u64, choice: u64) -> u64 {
    match choice % 8 {
        0 => 0,
        1 => whole,
        2 => whole.min(1),
        3 => whole.saturating_sub(1),
        _ => u64::try_from(u128::from(choice) % (u128::from(whole) + 1)).expect("at most the whole"),
    }
}

/// Pools that a history can reach: `1 <= tokens <= shares`, both sides of 16 shares per token, any part
/// unbonding.
pub fn any_pool() -> impl Strategy<Value = Pool> {
    (any_amount(), any_width(), 0u32..24, any_width()).prop_map(|(tokens, extra, per_token, unbonding)| {
        let tokens = tokens.max(1);
        let most = if per_token < 20 { 15 * u128::from(tokens) } else { u128::from(u64::MAX - tokens) };
        let most = u64::try_from(most.min(u128::from(u64::MAX - tokens))).expect("cut to 64 bits");
        let shares = if per_token < 4 { tokens } else { tokens + part_of(most, extra) };
        let unbonding_shares = Shares(part_of(shares, unbonding));
        Pool { generation: per_token, padding: 0, tokens: Amount(tokens), shares: Shares(shares), unbonding_shares }
    })
}

/// How many cases a property runs; `MATH_TEST_FACTOR` multiplies them for a long run.
pub fn cases(number: u32) -> ProptestConfig {
    let factor = std::env::var("MATH_TEST_FACTOR").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: number * factor,
        // What a property leaves out grows with what it runs.
        max_global_rejects: usual.max_global_rejects * factor,
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..usual
    }
}
