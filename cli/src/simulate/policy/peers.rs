//! The laws of others, with their published constants, on the same series. Per day, in exact integers.

use super::law::{Law, Paid, Today};

/// A whole, in the units of a rate: 10^-12 a year.
const ONE: i128 = 1_000_000_000_000;

/// Livepeer's `Minter.setInflation`: every round the rate moves by a fixed step, up while less than half is
/// bonded, down while more; it has neither floor (but zero) nor ceiling. LIP-35: the step is 500 of 10^9. A
/// round is taken as a day.
pub struct Livepeer {
    /// Of a round, in 10^-9.
    per_round: i128,
}

impl Livepeer {
    const STEP: i128 = 500;
    const TARGET_PPM: u64 = 500_000;
    const WHOLE: i128 = 1_000_000_000;

    /// With a rate a year to begin with.
    pub fn begin(rate_ppt: u64) -> Self {
        Self { per_round: i128::from(rate_ppt) * Self::WHOLE / ONE / 365 }
    }
}

impl Law for Livepeer {
    fn name(&self) -> &'static str {
        "livepeer"
    }

    fn day(&mut self, today: &Today) -> Paid {
        let step = if today.staked_ppm() < Self::TARGET_PPM { Self::STEP } else { -Self::STEP };
        self.per_round = (self.per_round + step).max(0);
        let emission = i128::from(today.supply) * self.per_round / Self::WHOLE;
        Paid::all_to_providers(emission, (self.per_round * 365 * ONE / Self::WHOLE) as u64, today)
    }
}

/// Cosmos's `x/mint`: the rate moves by (1 - bonded / goal) x 13 % a year, between 7 % and 20 %; the goal is
/// 67 %. A block is taken as a day.
pub struct Cosmos {
    /// A year, in 10^-12.
    rate: i128,
}

impl Cosmos {
    const CHANGE: i128 = 13 * ONE / 100;
    const GOAL_PPM: i128 = 670_000;
    const BOUNDS: (i128, i128) = (7 * ONE / 100, 20 * ONE / 100);

    /// With a rate a year to begin with.
    pub fn begin(rate_ppt: u64) -> Self {
        Self { rate: i128::from(rate_ppt).clamp(Self::BOUNDS.0, Self::BOUNDS.1) }
    }
}

impl Law for Cosmos {
    fn name(&self) -> &'static str {
        "cosmos"
    }

    fn day(&mut self, today: &Today) -> Paid {
        let missing = Self::GOAL_PPM - i128::from(today.staked_ppm());
        self.rate = (self.rate + missing * Self::CHANGE / Self::GOAL_PPM / 365).clamp(Self::BOUNDS.0, Self::BOUNDS.1);
        let emission = i128::from(today.supply) * self.rate / ONE / 365;
        Paid::all_to_providers(emission, self.rate as u64, today)
    }
}
