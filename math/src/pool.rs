//! A stake pool: principal of one kind (`own` or `delegated`) of one provider, and the shares that claim it.
//!
//! **Price theorem** (position-pool-1): principal rises only by deposits and a share never costs more than
//! one token, so `tokens <= shares` always. A deposit mints at least one share per token and loses less than
//! one base unit to rounding; there is nothing to inflate and no first-depositor attack.

use crate::{
    MAX_SHARES_PER_TOKEN, MAX_SUPPLY,
    mul_div::{mul_checked, mul_div_floor, mul_wide},
    units::{Amount, Shares},
};

stored! {
    $
    /// Principal of one kind and the claims on it. Unbonding shares are part of `shares`: they stay in the
    /// pool, and liable, until withdrawn.
    pub struct Pool, pool_fields {
        /// Rises when the pool is slashed to zero; shares of earlier generations are void.
        pub generation: u32 as u32,
        /// Unused.
        pub padding: u32 as u32,
        /// Principal in base units, unbonding stake included. Rises by deposits, falls by withdrawals and
        /// slashes.
        pub tokens: Amount as u64,
        /// All claims, those in unbonding tickets included.
        pub shares: Shares as u64,
        /// Claims that have asked to leave: no reward, no weight, still slashable.
        pub unbonding_shares: Shares as u64,
    }
}

/// Why a pool refuses a deposit. Exits have no refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolError {
    /// Nothing was deposited.
    Zero,
    /// The pool would hold 2^60 base units or more.
    TooLarge,
    /// More than 16 shares per token: slashed by more than 15/16.
    SlashedTooDeep,
}

impl Pool {
    /// Shares for a deposit: `floor(amount * shares / tokens)`, or `amount` in an empty pool. The dust stays
    /// in the pool. Largest product: 2^60 * 2^64.
    /// - Refuses: nothing; a pool of 2^60 base units or more; a pool that was slashed by more than 15/16.
    pub fn deposit(self, amount: Amount) -> Result<(Self, Shares), PoolError> {
        if amount.is_zero() {
            return Err(PoolError::Zero);
        }
        let tokens = self.tokens.checked_add(amount).ok_or(PoolError::TooLarge)?;
        if tokens.0 >= MAX_SUPPLY {
            return Err(PoolError::TooLarge);
        }
        let minted = if self.tokens.0 == self.shares.0 {
            Shares(amount.0)
        } else {
            // tokens < 2^60 here, so the product with 16 fits.
            let most = mul_checked(self.tokens.0, MAX_SHARES_PER_TOKEN).ok_or(PoolError::TooLarge)?;
            if self.shares.0 > most {
                return Err(PoolError::SlashedTooDeep);
            }
            Shares(mul_div_floor(amount.0, self.shares.0, self.tokens.0).ok_or(PoolError::SlashedTooDeep)?)
        };
        let shares = self.shares.checked_add(minted).ok_or(PoolError::TooLarge)?;
        Ok((Self { tokens, shares, ..self }, minted))
    }

    /// What some shares are worth now: `floor(shares * tokens / all shares)`; all of it for the last shares.
    /// Rounds in the pool's favour.
    #[inline]
    pub fn value(&self, shares: Shares) -> Amount {
        if shares.0 >= self.shares.0 || self.tokens.0 == self.shares.0 {
            return shares_at_par(self, shares);
        }
        Amount(mul_div_floor(shares.0, self.tokens.0, self.shares.0).unwrap_or(0))
    }

    /// Whether some shares are worth at least so much now. The same as comparing [`Self::value`], without its
    /// division: `floor(a / b) >= c` where `a >= c * b`.
    #[inline]
    pub fn is_worth(&self, shares: Shares, least: Amount) -> bool {
        if shares.0 >= self.shares.0 || self.tokens.0 == self.shares.0 {
            return shares_at_par(self, shares) >= least;
        }
        mul_wide(shares.0, self.tokens.0) >= mul_wide(least.0, self.shares.0)
    }

    /// Principal that is not leaving: the value of the shares outside tickets. Counts for weight and rewards.
    #[inline]
    pub fn staked(&self) -> Amount {
        if self.unbonding_shares.is_zero() {
            return self.tokens;
        }
        self.value(self.staked_shares())
    }

    /// Shares that are not leaving.
    #[inline]
    pub fn staked_shares(&self) -> Shares {
        self.shares.saturating_sub(self.unbonding_shares)
    }

    /// Moves shares into unbonding. Exact.
    #[inline]
    pub fn begin_unbonding(self, shares: Shares) -> Self {
        Self { unbonding_shares: self.unbonding_shares.saturating_add(shares).min(self.shares), ..self }
    }

    /// Takes shares back out of unbonding. Exact.
    #[inline]
    pub fn cancel_unbonding(self, shares: Shares) -> Self {
        Self { unbonding_shares: self.unbonding_shares.saturating_sub(shares), ..self }
    }

    /// Releases unbonding shares for their value now; the pool afterwards and the value.
    #[inline]
    pub fn release(self, shares: Shares) -> (Self, Amount) {
        let shares = shares.min(self.shares);
        let value = self.value(shares);
        let pool = Self {
            tokens: self.tokens.saturating_sub(value),
            shares: self.shares.saturating_sub(shares),
            unbonding_shares: self.unbonding_shares.saturating_sub(shares),
            ..self
        };
        (pool, value)
    }

    /// Takes up to `amount` of principal from everybody in the pool at once: O(1) for any number of
    /// delegators. Returns the pool, what was taken, and whether the pool was wiped: the next generation
    /// begins.
    #[inline]
    pub fn slash(self, amount: Amount) -> (Self, Amount, bool) {
        let taken = amount.min(self.tokens);
        let tokens = self.tokens.saturating_sub(taken);
        if tokens.is_zero() && !taken.is_zero() {
            let generation = self.generation.wrapping_add(1);
            return (Self { generation, ..Self::default() }, taken, true);
        }
        (Self { tokens, ..self }, taken, false)
    }

    /// An own pool with a single holder and no ticket, brought back to one share per token, so that its owner
    /// can refill it after a slash of more than 15/16 (position-pool-5). Changes nobody's value, because
    /// there is nobody else.
    #[inline]
    pub fn at_par(self) -> Self {
        Self { shares: Shares(self.tokens.0), unbonding_shares: Shares::ZERO, ..self }
    }
}

#[inline]
fn shares_at_par(pool: &Pool, shares: Shares) -> Amount {
    Amount(shares.0).min(pool.tokens)
}
