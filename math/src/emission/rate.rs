//! The rate of the emission, and how it follows the stake (epoch-emission-7).

use crate::{
    mul_div::{div_wide, mul_div_floor, mul_wide},
    units::{Amount, Ppm},
};

/// A rate: parts of the supply in a year, in 10^-12 (`ppt`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct Rate(pub u64);

/// The highest rate: the whole supply in a year.
pub const MAX_RATE: Rate = Rate(1_000_000_000_000);
/// A year: 365 days.
pub const YEAR_SECS: u64 = 31_536_000;
/// Where the stake misses its target by less than this part of it, the rate stays: 2 %.
pub const DEAD_BAND_PPM: u64 = 20_000;
/// The smallest target: 1 % of the supply. An error is measured in parts of the target.
pub const LEAST_TARGET: Ppm = Ppm(10_000);

/// Twos in `10^12 * YEAR_SECS`, which without them is below 2^46.
const SHIFT: u32 = 19;
/// `10^12 * YEAR_SECS / 2^19`.
const YEAR_PARTS: u64 = 60_150_146_484_375;

/// What a rate makes of a supply in so many seconds: `floor(supply * rate * secs / (10^12 * YEAR_SECS))`.
///
/// `rate * secs` is below 2^63 for rates up to [`MAX_RATE`] and epochs of at most 30 days; what is beyond is
/// clamped to the type, and so is the result. Largest product: 2^60 * 2^62.
pub fn of_rate(supply: Amount, rate: Rate, secs: u32) -> Amount {
    let (high, low) = mul_wide(supply.0, rate.0.saturating_mul(u64::from(secs)));
    // floor(floor(x / 2^19) / (d / 2^19)) = floor(x / d), and the divisor has 19 twos.
    let (high, low) = (high >> SHIFT, (high << (64 - SHIFT)) | (low >> SHIFT));
    Amount(div_wide(high, low, YEAR_PARTS).map_or(u64::MAX, |(amount, _)| amount))
}

/// How the rate follows the stake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Controller {
    /// The part of the supply that shall be staked. From [`LEAST_TARGET`] on.
    pub target: Ppm,
    /// In this time a network without any stake raises its rate by the rate it has. Seconds, > 0.
    pub response_secs: u32,
    /// The rate never falls below.
    pub floor: Rate,
    /// The rate never rises above.
    pub ceiling: Rate,
}

impl Controller {
    /// The part of a supply that is staked: `floor(10^6 * staked / supply)`, at most the whole; nothing of no
    /// supply.
    pub fn staked_part(staked: Amount, supply: Amount) -> Ppm {
        let part = if supply.is_zero() {
            0
        } else {
            mul_div_floor(staked.0, Ppm::ONE, supply.0).unwrap_or(Ppm::ONE).min(Ppm::ONE)
        };
        Ppm(u32::try_from(part).unwrap_or(u32::MAX))
    }

    /// By how much of the target the stake misses it, in millionths, and whether it is below: `min(10^6,
    /// floor(10^6 * |target - staked| / target))`, nothing within [`DEAD_BAND_PPM`].
    pub fn error(&self, staked: Ppm) -> (u64, bool) {
        let missed = u64::from(self.target.0.abs_diff(staked.0));
        let error = mul_div_floor(missed, Ppm::ONE, u64::from(self.target.0)).unwrap_or(Ppm::ONE).min(Ppm::ONE);
        (if error < DEAD_BAND_PPM { 0 } else { error }, staked.0 < self.target.0)
    }

    /// The rate between its floor and its ceiling; the ceiling holds in any case.
    pub fn clamp(&self, rate: Rate) -> Rate {
        rate.max(self.floor).min(self.ceiling)
    }

    /// The rate after an epoch of so many seconds in which a part of the supply was staked: it moves towards
    /// the target by `max(1, floor(rate * error * secs / (10^6 * response_secs)))`, and stays between its
    /// floor and its ceiling. Rounds: the step down.
    ///
    /// Largest product: 2^62 * 2^20.
    pub fn next(&self, rate: Rate, staked: Ppm, epoch_secs: u32) -> Rate {
        let (error, is_below) = self.error(staked);
        if error == 0 {
            return self.clamp(rate);
        }
        let in_epoch = rate.0.saturating_mul(u64::from(epoch_secs));
        let response = Ppm::ONE.saturating_mul(u64::from(self.response_secs));
        let step = mul_div_floor(in_epoch, error, response).unwrap_or(u64::MAX).max(1);
        self.clamp(Rate(if is_below { rate.0.saturating_add(step) } else { rate.0.saturating_sub(step) }))
    }
}
