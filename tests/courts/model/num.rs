//! Arithmetic: wide products, and what is left of a pool as a fraction of many bits.

use num_bigint::BigUint;

/// All of it, in hundredths of a percent.
pub const WHOLE_BPS: u64 = 10_000;

/// `floor(a * b / d)`; zero when there is nothing to divide by.
pub fn floor(a: u64, b: u64, d: u64) -> u64 {
    if d == 0 { 0 } else { small(u128::from(a) * u128::from(b) / u128::from(d)) }
}

/// `ceil(a * b / d)`; zero when there is nothing to divide by.
pub fn ceil(a: u64, b: u64, d: u64) -> u64 {
    if d == 0 { 0 } else { small((u128::from(a) * u128::from(b)).div_ceil(u128::from(d))) }
}

/// A part of an amount in hundredths of a percent, rounded down.
pub fn part(of: u64, bps: u64) -> u64 {
    floor(of, bps, WHOLE_BPS)
}

/// The same, rounded up.
pub fn part_up(of: u64, bps: u64) -> u64 {
    ceil(of, bps, WHOLE_BPS)
}

fn small(wide: u128) -> u64 {
    u64::try_from(wide).expect("amounts of a history fit 64 bits")
}

/// Bits of a fraction: a part of a pool is known to within 2^-1024, and a history's amounts are below 2^60.
const BITS: u64 = 1_024;
/// And of what is left of an amount.
const REST: u64 = 128;

/// What of a pool has stayed since claims began to be held against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// How often everybody has left.
    emptied: u32,
    /// The part, times 2^1024.
    part: BigUint,
}

impl Kept {
    /// Nobody has left.
    pub fn all() -> Self {
        Self { emptied: 0, part: BigUint::from(1u8) << BITS }
    }

    /// Somebody leaves with `shares` of `all`. Returns what it takes along.
    pub fn leave(&mut self, shares: u64, all: u64) -> Self {
        let gone = Self { emptied: self.emptied, part: &self.part * shares / all };
        if shares == all {
            *self = Self { emptied: self.emptied + 1, ..Self::all() };
        } else {
            self.part = &self.part * (all - shares) / all;
        }
        gone
    }

    /// What of an amount answers that was divided when a dispute joined, times 2^128.
    pub fn fine(&self, amount: u64, joined: &Self) -> BigUint {
        let answers = self.emptied == joined.emptied;
        if answers { ((&self.part * amount) << REST) / &joined.part } else { BigUint::ZERO }
    }

    /// The same, rounded up.
    pub fn of(&self, amount: u64, joined: &Self) -> u64 {
        if self == joined { amount } else { up(&self.fine(amount, joined)) }
    }
}

/// An amount that is known times 2^128, rounded up.
pub fn up(fine: &BigUint) -> u64 {
    let whole = (fine + ((BigUint::from(1u8) << REST) - 1u8)) >> REST;
    u64::try_from(whole).expect("amounts of a history fit 64 bits")
}

/// A proportional share, rounded down.
pub fn share(of: u64, part: u64, all: u64) -> u64 {
    floor(of, part, all).min(of)
}
