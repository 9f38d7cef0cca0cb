//! Every small pool and every operation on it, and the same pools moved to the top of the word.
#![allow(clippy::arithmetic_side_effects)]

use work_token_math::{Amount, MAX_SHARES_PER_TOKEN, MAX_SUPPLY, Pool, PoolError, Shares};

/// Largest number of tokens of a pool in the runs over all operations.
const TOKENS: u64 = 96;

/// Every pool with `1 <= tokens <= most` and `tokens <= shares <= 17 * tokens`: past the bound of a deposit.
fn every_pool(most: u64, run: impl Fn(u64, u64)) {
    for tokens in 1..=most {
        for shares in tokens..=17 * tokens {
            run(tokens, shares);
        }
    }
}

fn pool(tokens: u64, shares: u64, shift: u32) -> Pool {
    Pool {
        tokens: Amount(tokens << shift),
        shares: Shares(shares << shift),
        unbonding_shares: Shares::ZERO,
        ..Pool::default()
    }
}

#[test]
fn every_deposit_into_every_small_pool_keeps_the_price_theorem_and_loses_at_most_one_unit() {
    every_pool(TOKENS, |tokens, shares| {
        let pool = pool(tokens, shares, 0);
        for amount in 1..=255 {
            let Ok((after, minted)) = pool.deposit(Amount(amount)) else {
                assert!(shares > MAX_SHARES_PER_TOKEN * tokens);
                continue;
            };
            assert!(shares <= MAX_SHARES_PER_TOKEN * tokens);
            assert_eq!(minted.0, amount * shares / tokens);
            assert_eq!((after.tokens.0, after.shares.0), (tokens + amount, shares + minted.0));
            assert!(after.tokens.0 <= after.shares.0 && after.shares.0 <= MAX_SHARES_PER_TOKEN * after.tokens.0);
            let (_, back) = after.release(minted);
            assert!(back.0 <= amount && back.0 + 1 >= amount);
        }
    });
}

#[test]
fn every_release_from_every_small_pool_pays_the_exact_part_down() {
    every_pool(TOKENS, |tokens, shares| {
        let pool = pool(tokens, shares, 0);
        for leaving in 0..=shares + 1 {
            let (after, value) = pool.release(Shares(leaving));
            let leaving = leaving.min(shares);
            assert_eq!(value.0, leaving * tokens / shares);
            assert_eq!((after.tokens.0, after.shares.0), (tokens - value.0, shares - leaving));
            assert!(after.tokens.0 <= after.shares.0);
            assert_eq!(after.tokens.is_zero(), after.shares.is_zero());
        }
    });
}

#[test]
fn every_slash_of_every_small_pool_takes_what_there_is_and_ends_only_an_empty_one() {
    every_pool(TOKENS, |tokens, shares| {
        for amount in 0..=tokens + 2 {
            let (after, taken, wiped) = pool(tokens, shares, 0).slash(Amount(amount));
            assert_eq!(taken.0, amount.min(tokens));
            assert_eq!(wiped, amount >= tokens);
            let left = if wiped { Pool::default() } else { pool(tokens - amount, 1, 0) };
            assert_eq!(after.tokens, left.tokens);
            assert_eq!(after.shares.0, if wiped { 0 } else { shares });
        }
    });
}

#[test]
fn every_way_of_leaving_a_small_pool_in_two_parts_pays_no_more_than_leaving_at_once() {
    every_pool(16, |tokens, shares| {
        let pool = pool(tokens, shares, 0);
        for all in 0..=shares {
            let (_, at_once) = pool.release(Shares(all));
            for first in 0..=all {
                let (rest, one) = pool.release(Shares(first));
                let (_, two) = rest.release(Shares(all - first));
                assert!(one.0 + two.0 <= at_once.0, "{pool:?}: {first} then {} of {all}", all - first);
                assert!(one.0 + two.0 + 1 >= at_once.0);
            }
        }
    });
}

#[test]
fn every_deposit_into_a_small_pool_in_two_parts_mints_no_more_than_at_once() {
    every_pool(24, |tokens, shares| {
        let pool = pool(tokens, shares, 0);
        for all in 2..=40 {
            let Ok((_, at_once)) = pool.deposit(Amount(all)) else { continue };
            for first in 1..all {
                let minted = pool
                    .deposit(Amount(first))
                    .and_then(|(joined, one)| joined.deposit(Amount(all - first)).map(|(_, two)| one.0 + two.0));
                assert!(minted.is_ok_and(|minted| minted <= at_once.0), "{pool:?}: {first} of {all}");
            }
        }
    });
}

#[test]
fn every_share_of_a_small_pool_that_is_leaving_stops_counting_and_stays_liable() {
    every_pool(12, |tokens, shares| {
        for unbonding in 0..=shares {
            let asked = pool(tokens, shares, 0).begin_unbonding(Shares(unbonding));
            assert_eq!(asked.staked().0, (shares - unbonding) * tokens / shares);
            assert_eq!(asked.value(Shares(unbonding)).0, unbonding * tokens / shares);
            for taken in 0..tokens {
                let (slashed, ..) = asked.slash(Amount(taken));
                assert_eq!(slashed.value(Shares(unbonding)).0, unbonding * (tokens - taken) / shares);
                assert_eq!(slashed.unbonding_shares.0, unbonding);
            }
        }
    });
}

#[test]
fn every_small_pool_does_the_same_at_the_top_of_the_word() {
    let shift = 52;
    every_pool(255, |tokens, shares| {
        if shares >= 4_096 {
            return;
        }
        let pool = pool(tokens, shares, shift);
        for amount in [1, (1 << shift) - 1, 1 << shift, 3 << shift, 255 << shift] {
            let (wide_tokens, wide_shares) = (u128::from(pool.tokens.0), u128::from(pool.shares.0));
            let exact = u128::from(amount) * wide_shares / wide_tokens;
            match pool.deposit(Amount(amount)) {
                Ok((after, minted)) => {
                    assert_eq!(u128::from(minted.0), exact);
                    let (_, back) = after.release(minted);
                    assert!(back.0 <= amount && back.0 + 1 >= amount);
                }
                Err(PoolError::TooLarge) => assert!(u128::from(amount) + wide_tokens >= u128::from(MAX_SUPPLY)),
                Err(PoolError::SlashedTooDeep) => assert!(shares > 16 * tokens),
                Err(PoolError::Zero) => unreachable!("no amount is zero"),
            }
        }
        for leaving in [1, (1 << shift) - 1, 1 << shift, (shares - 1) << shift, shares << shift] {
            let exact = u128::from(leaving) * u128::from(pool.tokens.0) / u128::from(pool.shares.0);
            assert_eq!(u128::from(pool.release(Shares(leaving)).1.0), exact);
        }
    });
}
