//! What is paid for work beside its fee. Governed; copied into an epoch when it begins.

use bytemuck::bytes_of;

use crate::{
    WorkTokenError as E,
    math::{
        Amount, MAX_SUPPLY, Ppm,
        panel::MOST,
        work_pay::{MOST_BURN_BACK, MOST_WORK_SHARE, UnitRules, Wash},
    },
    state::{
        ChangeClass,
        governed::{self, Governed},
    },
};

governed! {
    /// What of burned fees comes back to who worked, and what of the emission goes by units of work
    /// (epoch-work-1, epoch-work-2). Amounts in base units.
    pub struct WorkPay {
        /// Own stake behind each unit that counts.
        pub unit_stake: u64 => (Economic, Amount, [(1, MAX_SUPPLY - 1)], WorkPayOutOfBounds),
        /// Burned fees of strangers' jobs behind each unit that counts.
        pub unit_burn: u64 => (Economic, Amount, [(1, MAX_SUPPLY - 1)], WorkPayOutOfBounds),
        /// Units that an epoch counts as having at least; with fewer, less is emitted for them.
        pub units_baseline: u64 => (Economic, Number, [(0, MAX_SUPPLY - 1)], WorkPayOutOfBounds),
        /// Part of what strangers' jobs burned that comes back to who did them, by their score. Millionths.
        pub burn_back_ppm: u32 => (Economic, Ppm, [(0, MOST_BURN_BACK.0 as u64)], WorkPayOutOfBounds),
        /// Part of the providers' emission that goes by units. Millionths.
        pub work_share_ppm: u32 => (Economic, Ppm, [(0, MOST_WORK_SHARE.0 as u64)], WorkPayOutOfBounds),
        /// An attester this far from the median earns nothing for a report of units. In codes, of which 1,024
        /// make a doubling.
        pub units_tolerance: u16 => (Economic, Number, [(0, MOST as u64)], ScoreOutOfBounds),
        /// Unused.
        pub padding: [u8; 6] => (Fixed, Zero, [(0, 0); 6], UnknownFlags),
    }
}

impl WorkPay {
    /// What a unit must have behind it.
    #[inline]
    pub fn unit_rules(&self) -> UnitRules {
        UnitRules { stake: Amount(self.unit_stake), burn: Amount(self.unit_burn) }
    }

    /// The part of what burned that comes back.
    #[inline]
    pub fn burn_back(&self) -> Ppm {
        Ppm(self.burn_back_ppm)
    }

    /// Refuses rules that break a bound, or under which units could be bought from oneself at a gain when an
    /// epoch emits so much at most, of parts of a fee that burn and that the treasury gets.
    #[inline(never)]
    pub(crate) fn validate(&self, [fee_burn, fee_treasury]: [Ppm; 2], most_emission: Amount) -> Result<(), E> {
        governed::require_bounds(Self::RULES, bytes_of(self))?;
        let wash = Wash {
            baseline: self.units_baseline,
            unit_burn: Amount(self.unit_burn),
            fee_burn,
            fee_treasury,
            burn_back: self.burn_back(),
            work_share: Ppm(self.work_share_ppm),
            emission: most_emission,
        };
        if wash.never_gains() { Ok(()) } else { Err(E::WashingGains) }
    }

    /// Refuses a step that is too large.
    pub(crate) fn require_steps(&self, new: &Self) -> Result<(), E> {
        governed::require_steps(Self::RULES, bytes_of(self), bytes_of(new))
    }

    /// The last class among the fields that differ.
    pub(crate) fn class_of_change(&self, new: &Self) -> ChangeClass {
        governed::class_of_change(Self::RULES, bytes_of(self), bytes_of(new))
    }
}
