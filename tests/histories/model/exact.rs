//! Exact arithmetic, and what some shares of a pool are worth.

use {num_rational::BigRational, work_token_sdk::state::StakePool};

/// `floor(a * b / d)`; zero when there is nothing to divide by.
pub fn product_over(a: u64, b: u64, d: u64) -> u64 {
    if d == 0 { 0 } else { u64::try_from(u128::from(a) * u128::from(b) / u128::from(d)).expect("fits 64 bits") }
}

pub fn ceil(a: u64, b: u64, d: u64) -> u64 {
    u64::try_from((u128::from(a) * u128::from(b)).div_ceil(u128::from(d))).expect("fits 64 bits")
}

/// A whole number.
pub fn whole(number: u64) -> BigRational {
    BigRational::from_integer(number.into())
}

/// What some shares of a pool are worth.
pub fn value(pool: &StakePool, shares: u64) -> u64 {
    if shares == pool.shares { pool.tokens } else { product_over(shares, pool.tokens, pool.shares) }
}

/// What of a pool is not leaving.
pub fn staked(pool: &StakePool) -> u64 {
    if pool.unbonding_shares == 0 { pool.tokens } else { value(pool, pool.shares - pool.unbonding_shares) }
}
