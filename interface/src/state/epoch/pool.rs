//! One epoch of a network: what it hands out, and how far that has come.

use crate::{
    Address, WorkTokenError as E,
    math::{Amount, Bps, Ppm, WorkTs, attester, clock::middle_ts, emission::Limits, weight::WeightRules},
    state::{
        EmissionRules, EpochRules, NetworkParams, PaidWork, PlaceRules, ScoreRules, WorkPay, pool_flags,
        provider::ProviderWeighed,
    },
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
    /// One epoch's rules, emission, weights and progress. Opened from its first second on, closed after its
    /// sweep.
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
        /// How long own rewards of this epoch take to become free. Seconds.
        pub vesting_secs: u32,
        /// When the epoch began. Unix seconds.
        pub starts_at_ts: i64,
        /// When it ends. Unix seconds.
        pub ends_at_ts: i64,
        /// When it ends for those who still owe it something: reports are committed until then. Work time.
        pub ends_at_work_ts: i64,
        /// Reports are revealed until then, and providers scored and weighed from then on. Work time.
        pub weigh_from_work_ts: i64,
        /// When the first provider was weighed with a weight; 0 before. Work time.
        pub first_weighed_work_ts: i64,
        /// How long weighing stays open at least. Seconds.
        pub weigh_secs: u32,
        /// Providers weighed.
        pub weighed: u32,
        /// Providers weighed with a weight.
        pub weighed_with_weight: u32,
        /// Providers settled.
        pub settled: u32,
        /// What the weights share, set when finalized. Keepers' part excluded.
        pub emission: u64,
        /// Sum of the weights.
        pub total_weight: u64,
        /// Stake of every provider in a place that was weighed, with weight or without, before the share cap.
        pub stake_folded: u64,
        /// Of that, the stake that got weight: what the emission is scaled by.
        pub stake_weighted: u64,
        /// Of that, the stake of providers that attesters' reports had a value for: what the attesters' part
        /// is scaled by.
        pub stake_attested: u64,
        /// The largest stake folded in the last eight finalized epochs, read at the first weigh: base of the
        /// share cap.
        pub stake_before: u64,
        /// Handed to providers and delegators so far.
        pub distributed: u64,
        /// Weight of the providers settled so far.
        pub settled_weight: u64,
        /// Delegators' parts that nobody was eligible for; they return to the network at the sweep.
        pub reclaimed: u64,
        /// Bounties paid so far for this epoch.
        pub keeper_paid: u64,
        /// Most that may be paid.
        pub keeper_cap: u64,
        /// Bounty per provider weighed.
        pub weigh_bounty: u64,
        /// Bounty per provider settled.
        pub settle_bounty: u64,
        /// Bounty for finalizing.
        pub finalize_bounty: u64,
        /// Leverage cap.
        pub leverage: u32,
        /// Share cap in millionths.
        pub share_cap_ppm: u32,
        /// Tier multipliers in hundredths of a percent.
        pub tier_bps: [u16; 4],
        /// What the attesters share by their points, set when finalized.
        pub attester_emission: u64,
        /// Credited to attesters so far.
        pub attester_paid: u64,
        /// Points times bond of all attesters: agreement with the medians.
        pub attester_points: u64,
        /// Burned fees of jobs, folded from the providers; burned when finalized, or moved to the network by
        /// the sweep of an epoch that never was.
        pub burn_due: u64,
        /// The treasury's part of fees, folded from the providers; paid when finalized, or moved to the
        /// network by the sweep of an epoch that never was.
        pub treasury_due: u64,
        /// What the fees of strangers' jobs burned in the epoch, by the providers weighed. Base units.
        pub burned: u64,
        /// Providers that burned any.
        pub working: u32,
        /// Providers scored.
        pub scored: u32,
        /// Shards of the epoch whose attesters are not all settled.
        pub open_shards: u32,
        /// See `pool_flags`.
        pub flags: u32,
        /// What is emitted.
        pub emission_rules: EmissionRules,
        /// How providers are scored.
        pub score_rules: ScoreRules,
        /// How places and the minimum stake move.
        pub place_rules: PlaceRules,
        /// What is paid for work beside its fee.
        pub work_pay: WorkPay,
        /// What was.
        pub work: PaidWork,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

const _: () = assert!(EpochPool::SIZE <= 1_024);

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
    /// What is paid for work beside its fee.
    pub work_pay: WorkPay,
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
        WeighTerms {
            rules: self.weight_rules(),
            tier_bps: self.tier_bps,
            flags: self.flags,
            epoch_secs: self.length_secs(),
            work_pay: self.work_pay,
        }
    }

    /// Copies the rules under which the epoch began. No bounty of its cranks exceeds `most_bounty`.
    pub fn begin(&mut self, epoch: u32, rules: &EpochRules, params: &NetworkParams, most_bounty: u64) {
        self.epoch = epoch;
        self.vesting_secs = rules.vesting_secs;
        self.starts_at_ts = rules.starts_at_ts;
        self.ends_at_ts = rules.ends_at_ts;
        self.ends_at_work_ts = rules.ends_at_ts.saturating_sub(rules.outage_secs);
        self.weigh_from_work_ts = self.ends_at_work_ts.saturating_add(i64::from(params.reveal_secs));
        self.weigh_secs = params.weigh_secs;
        self.keeper_cap = params.keeper_cap;
        self.weigh_bounty = params.weigh_bounty.min(most_bounty);
        self.settle_bounty = params.settle_bounty.min(most_bounty);
        self.finalize_bounty = params.finalize_bounty.min(most_bounty);
        self.leverage = params.leverage;
        self.share_cap_ppm = params.share_cap_ppm;
        self.tier_bps = params.tier_bps;
        self.flags = params.pool_flags();
        self.emission_rules = params.emission_rules();
        self.score_rules = params.score_rules(Amount(rules.minimum_stake));
        self.place_rules = params.place_rules();
        self.work_pay = params.work_pay;
    }

    /// Whether a flag is set.
    #[inline]
    pub fn has(&self, flag: u32) -> bool {
        self.flags & flag != 0
    }

    /// Refuses to draw attesters in the second half of the epoch: they would have no time to measure, and the
    /// roster changes then (score-roster-5). Unix time, which no outage moves.
    pub fn require_drawable(&self, now_ts: i64) -> Result<(), E> {
        if !self.has(pool_flags::ATTESTED) {
            return Err(E::NotScored);
        }
        if now_ts < middle_ts(self.starts_at_ts, self.ends_at_ts) { Ok(()) } else { Err(E::TooLateToDraw) }
    }

    /// Refuses to close the account before its sweep, and while attesters of the epoch are not settled.
    pub fn require_closable(&self) -> Result<(), E> {
        if self.state != EpochState::Swept as u8 {
            return Err(E::NotSwept);
        }
        if self.open_shards == 0 { Ok(()) } else { Err(E::ShardsNotSettled) }
    }

    /// Refuses to weigh or score before the reveal window has passed, and once the epoch is finalized.
    pub fn require_weighable(&self, work_ts: WorkTs) -> Result<(), E> {
        self.require_open()?;
        if work_ts.has_reached(self.weigh_from_work_ts) { Ok(()) } else { Err(E::WeighNotOpen) }
    }

    /// A provider that awaits its score is passed over until then: half of the weigh window belongs to the
    /// scores. Work time.
    pub fn unscored_from_work_ts(&self) -> i64 {
        self.weigh_from_work_ts.saturating_add(i64::from(self.weigh_secs >> 1))
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

    /// When the epoch may be finalized: after the weigh window, and not before that has passed since the
    /// first weight (epoch-finalize-1). An epoch without any weight waits for a whole epoch more, so that
    /// nobody can make it worthless by being a little earlier than the keepers. Work time.
    pub fn finalizable_from_work_ts(&self) -> i64 {
        let window = i64::from(self.weigh_secs);
        if self.first_weighed_work_ts == 0 {
            let length = self.ends_at_ts.saturating_sub(self.starts_at_ts);
            let whole_ts = self.ends_at_work_ts.saturating_add(length);
            return self.weigh_from_work_ts.saturating_add(window).max(whole_ts);
        }
        self.weigh_from_work_ts.max(self.first_weighed_work_ts).saturating_add(window)
    }

    /// Refuses once the epoch is finalized.
    pub fn require_open(&self) -> Result<(), E> {
        if self.state == EpochState::Open as u8 { Ok(()) } else { Err(E::AlreadyFinalized) }
    }

    /// Refuses to finalize before that.
    pub fn require_finalizable(&self, work_ts: WorkTs) -> Result<(), E> {
        if work_ts.has_reached(self.finalizable_from_work_ts()) { Ok(()) } else { Err(E::TooEarlyToFinalize) }
    }

    /// Its length. Seconds.
    #[inline]
    pub fn length_secs(&self) -> u32 {
        let length = u64::try_from(self.ends_at_ts.saturating_sub(self.starts_at_ts)).unwrap_or(0);
        u32::try_from(length).unwrap_or(u32::MAX)
    }

    /// How `whole` is split and scaled, when the largest stake folded in eight epochs, this one included, the
    /// most units that counted in one of them, and what the treasury still takes are known.
    pub fn emission_limits(
        &self,
        whole: Amount,
        (largest_stake, most_units): (Amount, u64),
        treasury_room: Amount,
    ) -> Limits {
        let rules = &self.emission_rules;
        Limits {
            whole,
            weighted: Amount(self.stake_weighted),
            attested: Amount(if self.attester_points > 0 { self.stake_attested } else { 0 }),
            largest_stake,
            keeper_share: Ppm(rules.keeper_share_ppm),
            attester_share: Ppm(if self.has(pool_flags::ATTESTED) { rules.attester_share_ppm } else { 0 }),
            treasury_share: Ppm(rules.policy.treasury_share_ppm),
            treasury_room,
            work_share: Ppm(if self.has(pool_flags::UNITS) { self.work_pay.work_share_ppm } else { 0 }),
            units: self.work.units,
            most_units,
        }
    }

    /// What the treasury still takes when it holds so much.
    pub fn treasury_room(&self, held: Amount) -> Amount {
        Amount(self.emission_rules.policy.treasury_cap).saturating_sub(held)
    }

    /// Adds a provider's weight.
    #[inline]
    pub fn fold(&mut self, weighed: &ProviderWeighed, work_ts: WorkTs) {
        self.weighed = self.weighed.saturating_add(1);
        if weighed.weight > 0 {
            self.weighed_with_weight = self.weighed_with_weight.saturating_add(1);
            if self.first_weighed_work_ts == 0 {
                self.first_weighed_work_ts = work_ts.0;
            }
        }
        // Every term is below 2^61 and the stakes are disjoint parts of a supply below 2^60, so no sum comes
        // near 2^64.
        self.total_weight = self.total_weight.saturating_add(weighed.weight);
        self.stake_folded = self.stake_folded.saturating_add(weighed.stake.0);
        self.stake_weighted = self.stake_weighted.saturating_add(weighed.stake_weighted.0);
        self.stake_attested = self.stake_attested.saturating_add(weighed.stake_attested.0);
        self.burn_due = self.burn_due.saturating_add(weighed.burn_due);
        self.treasury_due = self.treasury_due.saturating_add(weighed.treasury_due);
        // Without burned fees nothing comes back, and no units count.
        if weighed.burned > 0 {
            self.burned = self.burned.saturating_add(weighed.burned);
            self.working = self.working.saturating_add(1);
            self.work.burn_back = self.work.burn_back.saturating_add(weighed.burn_back);
            // At most 4,096 times 2^41.
            self.work.units = self.work.units.saturating_add(weighed.units);
        }
    }

    /// An attester's pay for its points times its bond; what nobody earned returns to the network at the
    /// sweep. Rounds down.
    pub fn attester_pay(&self, points: u64) -> u64 {
        let pay = attester::pay(Amount(self.attester_emission), points, self.attester_points);
        pay.0.min(self.attester_emission.saturating_sub(self.attester_paid))
    }

    /// What the providers share: by weight, by units, and what of burned fees comes back to them.
    pub fn shared(&self) -> Amount {
        Amount(self.emission.saturating_add(self.work.emission).saturating_add(self.work.burn_back))
    }

    /// What was emitted, or left unburned, and has reached nobody: returns to the network. None before the
    /// epoch is finalized.
    pub fn undistributed(&self) -> Amount {
        if self.state == EpochState::Open as u8 {
            return Amount::ZERO;
        }
        let attesters = self.attester_emission.saturating_sub(self.attester_paid);
        Amount(self.shared().0.saturating_sub(self.distributed).saturating_add(attesters))
    }

    /// The bounty that may still be paid for `units` of work at `each`, within the epoch's cap and the
    /// vault's balance.
    pub fn bounty(&self, units: u32, each: u64, vault_balance: u64) -> u64 {
        let left = self.keeper_cap.saturating_sub(self.keeper_paid);
        crate::math::mul_div::mul_checked(u64::from(units), each).unwrap_or(u64::MAX).min(left).min(vault_balance)
    }
}
