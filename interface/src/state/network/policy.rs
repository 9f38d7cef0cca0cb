//! How a network emits: which law, how its rate moves, what caps it, and the treasury's part. Governed; each
//! epoch keeps the policy that it began with.

use bytemuck::bytes_of;

use crate::{
    WorkTokenError as E,
    limits::*,
    math::{
        Amount, MAX_SUPPLY, Ppm,
        emission::{Controller, LEAST_TARGET, Law, MAX_RATE, Rate},
    },
    state::{ChangeClass, governed},
};

/// Which law an epoch emits by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum EmissionLaw {
    /// `emission_per_epoch`.
    Fixed = 0,
    /// What a rate makes of the supply, which follows the stake and gives way to fees.
    Target = 1,
}

/// Bounds of a rate.
const RATE: (u64, u64) = (0, MAX_RATE.0);
/// Bounds of an amount.
const AMOUNT: (u64, u64) = (0, MAX_SUPPLY - 1);

governed! {
    /// How a network emits. Rates are parts of the supply in a year, in 10^-12. Amounts in base units.
    pub struct EmissionPolicy {
        /// The rate never falls below.
        pub rate_floor_ppt: u64 => (Economic, Ppt, [RATE], EmissionRateOutOfBounds),
        /// The rate never rises above.
        pub rate_ceiling_ppt: u64 => (Falling, Ppt, [RATE], EmissionRateOutOfBounds),
        /// The rate where the target law begins.
        pub initial_rate_ppt: u64 => (Economic, Ppt, [RATE], EmissionRateOutOfBounds),
        /// Most that 365 days may emit, by either law.
        pub year_cap: u64 => (Falling, Amount, [AMOUNT], EmissionTooLarge),
        /// The treasury is paid until it holds this much. What is beyond of the emission's part is not
        /// emitted, of the fees' part it burns.
        pub treasury_cap: u64 => (Economic, Amount, [AMOUNT], TreasuryRulesOutOfBounds),
        /// Most that the treasury pays in one epoch.
        pub treasury_step: u64 => (Economic, Amount, [AMOUNT], TreasuryRulesOutOfBounds),
        /// Part of the supply that shall be staked, in millionths.
        pub stake_target_ppm: u32 => (Economic, Ppm, [(LEAST_TARGET.0 as u64, Ppm::ONE)], StakeTargetOutOfBounds),
        /// In this time a network without any stake raises its rate by the rate it has.
        pub response_secs: u32 => (Economic, Secs, [(MIN_RESPONSE_SECS as u64, MAX_RESPONSE_SECS as u64)], StakeTargetOutOfBounds),
        /// Part of what fees burned, and paid the treasury, by which the emission gives way. Millionths.
        pub fee_part_ppm: u32 => (Economic, Ppm, [(0, Ppm::ONE)], FeePartTooLarge),
        /// Part of the emission that goes to the treasury, in millionths.
        pub treasury_share_ppm: u32 => (Economic, Ppm, [(0, MAX_TREASURY_SHARE_PPM as u64)], TreasuryRulesOutOfBounds),
        /// 0 fixed, 1 target.
        pub law: u8 => (Mode, Choice, [(0, 1)], UnknownEmissionLaw),
        /// Unused.
        pub padding: [u8; 7] => (Fixed, Zero, [(0, 0); 7], UnknownFlags),
    }
}

impl EmissionPolicy {
    /// Refuses a policy that breaks a bound, or whose rate cannot lie between its bounds (epoch-emission-7).
    pub(crate) fn validate(&self) -> Result<(), E> {
        governed::require_bounds(<Self as governed::Governed>::RULES, bytes_of(self))?;
        let is_within = (self.rate_floor_ppt..=self.rate_ceiling_ppt).contains(&self.initial_rate_ppt);
        if is_within { Ok(()) } else { Err(E::EmissionRateOutOfBounds) }
    }

    /// Refuses a step that is too large.
    pub(crate) fn require_steps(&self, new: &Self) -> Result<(), E> {
        governed::require_steps(<Self as governed::Governed>::RULES, bytes_of(self), bytes_of(new))
    }

    /// The last class among the fields that differ.
    pub(crate) fn class_of_change(&self, new: &Self) -> ChangeClass {
        governed::class_of_change(<Self as governed::Governed>::RULES, bytes_of(self), bytes_of(new))
    }

    /// Whether the emission follows the stake.
    pub fn follows_stake(&self) -> bool {
        self.law == EmissionLaw::Target as u8
    }

    /// How the rate moves.
    pub fn controller(&self) -> Controller {
        Controller {
            target: Ppm(self.stake_target_ppm),
            response_secs: self.response_secs,
            floor: Rate(self.rate_floor_ppt),
            ceiling: Rate(self.rate_ceiling_ppt),
        }
    }

    /// The law at a rate, of what a network of the fixed law emits in each epoch, and of the supply.
    pub fn law_at(&self, rate: Rate, per_epoch: Amount, supply: Amount) -> Law {
        if self.follows_stake() {
            let (ceiling, fee_part) = (Rate(self.rate_ceiling_ppt), Ppm(self.fee_part_ppm));
            Law::Target { supply, rate, ceiling, fee_part }
        } else {
            Law::Fixed(per_epoch)
        }
    }
}
