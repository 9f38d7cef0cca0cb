//! What an epoch copies of the network's parameters when it begins.

use crate::{
    math::{
        Amount,
        places::{Cap, MinimumRules},
        score::{MAX_METRICS, TierRules},
    },
    state::{EmissionPolicy, Metric},
};

part! {
    /// What an epoch emits, and who shares it. Copied from the parameters in force when the epoch began.
    pub struct EmissionRules {
        /// Fresh tokens by the fixed law, every part included, before scaling. Base units.
        pub per_epoch: u64,
        /// Hard cap of the supply in Mint mode. Base units.
        pub max_supply: u64,
        /// The keepers' part, in millionths.
        pub keeper_share_ppm: u32,
        /// The attesters' part, in millionths.
        pub attester_share_ppm: u32,
        /// The law, its caps, and the treasury's part.
        pub policy: EmissionPolicy,
    }
}

part! {
    /// What is paid for an epoch's work beside fees.
    pub struct PaidWork {
        /// What comes back of burned fees to those who were weighed; once finalized, what was left unburned
        /// for them. Base units.
        pub burn_back: u64,
        /// Of it, handed out so far.
        pub settled_burn_back: u64,
        /// What the units share, set when finalized. Base units.
        pub emission: u64,
        /// Units of work that count.
        pub units: u64,
        /// Units of the providers settled so far.
        pub settled_units: u64,
    }
}

part! {
    /// How providers are scored. Copied from the parameters in force when the epoch began.
    pub struct ScoreRules {
        /// What is measured.
        pub metrics: [Metric; MAX_METRICS],
        /// How much of the score is the epoch's composite; the rest is reputation. Millionths.
        pub composite_part_ppm: u32,
        /// An attester this far from the median earns nothing for the value. Hundredths of a percent.
        pub attester_tolerance_bps: u16,
        /// And this far, in codes, for units.
        pub units_tolerance: u16,
        /// Reputation from which a tier is reached. Millionths; the first is unused.
        pub tier_reputation_ppm: [u32; 4],
        /// Epochs without a fault from which a tier is reached; the first is unused.
        pub tier_fault_free_epochs: [u16; 4],
        /// What an attester loses for reports that it owed and did not reveal. Base units.
        pub attester_fine: u64,
        /// Smallest bond of an attester. Base units.
        pub attester_bond: u64,
        /// Own stake from which a tier is reached: its part of the epoch's minimum. Base units; the first is
        /// unused.
        pub tier_stake: [u64; 4],
    }
}

part! {
    /// How the number of places and the minimum stake move when the epoch is finalized. Copied from the
    /// parameters in force when it began.
    pub struct PlaceRules {
        /// The minimum stake's floor. Base units.
        pub minimum_floor: u64,
        /// Its ceiling. Base units.
        pub minimum_ceiling: u64,
        /// Burned fees of an epoch that the network counts as having at least. Base units.
        pub baseline_burned: u64,
        /// A dynamic cap has room for one place for so much of the network's stake; 0: stake makes none. Base
        /// units.
        pub stake_per_place: u64,
        /// Epochs of the average reward, in ten-thousandths of an epoch.
        pub minimum_reward_bps: u32,
        /// Part of the supply that all work together must have behind it, in millionths.
        pub minimum_supply_ppm: u32,
        /// Places: the number of a static cap, the most of a dynamic one.
        pub most_places: u32,
        /// The least of a dynamic cap.
        pub least_places: u32,
        /// A dynamic cap leaves room for this many times the working providers. Hundredths of a percent.
        pub headroom_bps: u32,
        /// 0 unbounded, 1 static, 2 dynamic.
        pub place_cap_mode: u32,
        /// How many times the part of the network's stake that is slashed in an epoch raises the minimum.
        pub minimum_fault_gain: u32,
        /// Unused.
        pub padding: u32,
    }
}

/// Bits of [`EpochPool::flags`](super::EpochPool::flags).
pub mod pool_flags {
    /// Providers are scored.
    pub const SCORED: u32 = 1;
    /// Attesters report.
    pub const ATTESTED: u32 = 2;
    /// They report units of work.
    pub const UNITS: u32 = 4;
}

impl PaidWork {
    /// Nothing.
    pub const NONE: Self = Self { burn_back: 0, settled_burn_back: 0, emission: 0, units: 0, settled_units: 0 };
}

impl ScoreRules {
    /// When tiers are reached.
    pub fn tier_rules(&self) -> TierRules<'_> {
        TierRules {
            reputation_ppm: &self.tier_reputation_ppm,
            fault_free_epochs: &self.tier_fault_free_epochs,
            stake: &self.tier_stake,
        }
    }
}

impl PlaceRules {
    /// How many places there may be.
    pub fn cap(&self) -> Cap {
        match self.place_cap_mode {
            0 => Cap::Unbounded,
            1 => Cap::Static(self.most_places),
            _ => Cap::Dynamic {
                headroom_bps: self.headroom_bps,
                stake_per_place: Amount(self.stake_per_place),
                least: self.least_places,
                most: self.most_places,
            },
        }
    }

    /// How the minimum stake moves.
    pub fn minimum(&self) -> MinimumRules {
        MinimumRules {
            floor: Amount(self.minimum_floor),
            ceiling: Amount(self.minimum_ceiling),
            reward_bps: self.minimum_reward_bps,
            supply_ppm: self.minimum_supply_ppm,
            baseline: Amount(self.baseline_burned),
            fault_gain: self.minimum_fault_gain,
        }
    }
}
