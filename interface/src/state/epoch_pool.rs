//! One epoch of a network: what it hands out, and how far that has come.

use crate::{
    Address,
    math::{Amount, Bps, Ppm, attester, weight::WeightRules},
    state::provider::ProviderWeighed,
};

/// Life of an epoch's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum EpochState {
    /// Providers are being weighed.
    Open = 0,
    /// Weights are final, the emission is in the reward vault; providers are being settled.
    Finalized = 1,
    /// Nothing can be settled any more; the rest has returned to the network.
    Swept = 2,
}

account! {
    /// One epoch's emission, weights and progress. Opened after the epoch's end, closed after its sweep.
    pub struct EpochPool {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// See `EpochState`.
        pub state: u8,
        /// Unused.
        pub padding: [u8; 5],
        /// The network.
        pub network: Address,
        /// Who paid this account's rent and gets it back.
        pub payer: Address,
        /// The epoch.
        pub epoch: u32,
        /// Epochs over which own rewards of this epoch become free; copied at opening.
        pub vesting_epochs: u32,
        /// When the epoch began. Unix seconds.
        pub starts_at_ts: i64,
        /// When it ended. Unix seconds.
        pub ends_at_ts: i64,
        /// Providers can be weighed from then on. Unix seconds.
        pub weigh_from_ts: i64,
        /// When the first provider was weighed with a weight; 0 before. Unix seconds.
        pub first_weighed_at_ts: i64,
        /// How long weighing stays open at least; copied at opening. Seconds.
        pub weigh_secs: u32,
        /// Providers weighed.
        pub weighed: u32,
        /// Providers weighed with a weight.
        pub weighed_with_weight: u32,
        /// Providers settled.
        pub settled: u32,
        /// Fees of jobs settled in the epoch; a statistic, no part of what is shared here (R C8).
        pub fees: u64,
        /// What the weights share, set when finalized. Keepers' part excluded.
        pub emission: u64,
        /// Sum of the weights.
        pub total_weight: u64,
        /// Sum of the stakes before the share cap.
        pub stake_folded: u64,
        /// The largest stake of the last eight finalized epochs when this account was opened: base of the share cap.
        pub stake_before: u64,
        /// Handed to providers and delegators so far.
        pub distributed: u64,
        /// Weight of the providers settled so far.
        pub settled_weight: u64,
        /// Delegators' parts that nobody was eligible for; they return to the network at the sweep.
        pub reclaimed: u64,
        /// Bounties paid so far for this epoch.
        pub keeper_paid: u64,
        /// Most that may be paid; copied at opening.
        pub keeper_cap: u64,
        /// Bounty per provider weighed; copied at opening.
        pub weigh_bounty: u64,
        /// Bounty per provider settled; copied at opening.
        pub settle_bounty: u64,
        /// Bounty for finalizing; copied at opening.
        pub finalize_bounty: u64,
        /// Leverage cap; copied at opening.
        pub leverage: u32,
        /// Share cap in millionths; copied at opening.
        pub share_cap_ppm: u32,
        /// Tier multipliers in hundredths of a percent; copied at opening.
        pub tier_bps: [u16; 4],
        /// What the attesters share by their points, set when finalized.
        pub attester_emission: u64,
        /// Credited to attesters so far.
        pub attester_paid: u64,
        /// Points times bond of all attesters: agreement with the medians.
        pub attester_points: u64,
        /// Burned fees of jobs, folded from the providers; burned when finalized, or moved to the network by the sweep of an epoch that never was.
        pub burn_due: u64,
        /// The treasury's part of fees, folded from the providers; paid when finalized, or moved to the network by the sweep of an epoch that never was.
        pub treasury_due: u64,
        /// Seats settled in the epoch by the providers weighed.
        pub jobs_done: u32,
        /// Providers that settled one.
        pub working: u32,
        /// Providers scored.
        pub scored: u32,
        /// See `pool_flags`; copied at opening.
        pub flags: u32,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

/// Bits of [`EpochPool::flags`].
pub mod pool_flags {
    /// Providers are scored.
    pub const SCORED: u32 = 1;
    /// Only providers with a job settled lately have weight: there are jobs, and no metric measures availability (R H19).
    pub const WORK_REQUIRED: u32 = 2;
}

/// What weighing needs to know of its epoch.
#[derive(Clone, Copy, Debug)]
pub struct WeighTerms {
    /// Leverage, share cap and its base.
    pub rules: WeightRules,
    /// Tier multipliers in hundredths of a percent.
    pub tier_bps: [u16; 4],
    /// See `pool_flags`.
    pub flags: u32,
    /// Length of the epoch. Seconds.
    pub epoch_secs: u32,
}

impl WeighTerms {
    /// The multiplier of a tier; tier 0 for a tier that does not exist.
    #[inline]
    pub fn tier(&self, tier: u8) -> Bps {
        Bps(self.tier_bps.get(usize::from(tier)).copied().unwrap_or(10_000))
    }

    /// Whether a flag is set.
    #[inline]
    pub fn has(&self, flag: u32) -> bool {
        self.flags & flag != 0
    }
}

impl EpochPool {
    /// What weighing needs to know.
    #[inline]
    pub fn weigh_terms(&self) -> WeighTerms {
        let length = u64::try_from(self.ends_at_ts.saturating_sub(self.starts_at_ts)).unwrap_or(0);
        WeighTerms {
            rules: self.weight_rules(),
            tier_bps: self.tier_bps,
            flags: self.flags,
            epoch_secs: u32::try_from(length).unwrap_or(u32::MAX),
        }
    }

    /// A provider that awaits its score is passed over until then: half of the weigh window belongs to the scores.
    pub fn unscored_from_ts(&self) -> i64 {
        self.weigh_from_ts.saturating_add(i64::from(self.weigh_secs >> 1))
    }

    /// The weight rules of this epoch.
    #[inline]
    pub fn weight_rules(&self) -> WeightRules {
        WeightRules {
            leverage: self.leverage,
            share_cap: Ppm(self.share_cap_ppm),
            stake_before: Amount(self.stake_before),
        }
    }

    /// When the epoch may be finalized: after the weigh window, and not before that has passed since the first weight (R H1). An epoch
    /// without any weight waits for a whole epoch more, so that nobody can make it worthless by being a little earlier than the keepers.
    pub fn finalizable_from_ts(&self) -> i64 {
        let window = i64::from(self.weigh_secs);
        if self.first_weighed_at_ts == 0 {
            let length = self.ends_at_ts.saturating_sub(self.starts_at_ts);
            return self.weigh_from_ts.saturating_add(window).max(self.ends_at_ts.saturating_add(length));
        }
        self.weigh_from_ts.max(self.first_weighed_at_ts).saturating_add(window)
    }

    /// How long own rewards of this epoch take to become free, in seconds of this epoch's own length.
    pub fn vesting_secs(&self) -> u32 {
        super::provider::vesting_secs(self.starts_at_ts, self.ends_at_ts, self.vesting_epochs)
    }

    /// Adds a provider's weight.
    #[inline]
    pub fn fold(&mut self, weighed: &ProviderWeighed, now_ts: i64) {
        self.weighed = self.weighed.saturating_add(1);
        if weighed.weight > 0 {
            self.weighed_with_weight = self.weighed_with_weight.saturating_add(1);
            if self.first_weighed_at_ts == 0 {
                self.first_weighed_at_ts = now_ts;
            }
        }
        // Every term is below 2^61 and the stakes are disjoint parts of a supply below 2^60, so neither sum comes near 2^64.
        self.total_weight = self.total_weight.saturating_add(weighed.weight);
        self.stake_folded = self.stake_folded.saturating_add(weighed.stake.0);
        self.burn_due = self.burn_due.saturating_add(weighed.burn_due);
        self.treasury_due = self.treasury_due.saturating_add(weighed.treasury_due);
        self.jobs_done = self.jobs_done.saturating_add(u32::from(weighed.jobs_done));
        self.working = self.working.saturating_add(u32::from(weighed.jobs_done > 0));
    }

    /// An attester's pay for its points times its bond; what nobody earned returns to the network at the sweep. Rounds down.
    pub fn attester_pay(&self, points: u64) -> u64 {
        let pay = attester::pay(Amount(self.attester_emission), points, self.attester_points);
        pay.0.min(self.attester_emission.saturating_sub(self.attester_paid))
    }

    /// What was emitted and has reached nobody: returns to the network.
    pub fn undistributed(&self) -> Amount {
        let attesters = self.attester_emission.saturating_sub(self.attester_paid);
        Amount(self.emission.saturating_sub(self.distributed).saturating_add(attesters))
    }

    /// The bounty that may still be paid for `units` of work at `each`, within the epoch's cap and the vault's balance.
    pub fn bounty(&self, units: u32, each: u64, vault_balance: u64) -> u64 {
        let left = self.keeper_cap.saturating_sub(self.keeper_paid);
        crate::math::mul_div::mul_checked(u64::from(units), each).unwrap_or(u64::MAX).min(left).min(vault_balance)
    }
}
