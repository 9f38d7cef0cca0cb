//! One identity of a provider: its stake, how it works, its score, tier and weight.

use {
    super::setting::{ATTESTED, Rules},
    work_token_sdk::math::{
        Amount, Bps, Ppm,
        job::{FeeSplit, exposure, exposure_room},
        score::{
            INITIAL_REPUTATION, REPUTATION_FRACTION_BITS, composite, heartbeat_bps, reputation_bps, reputation_step,
            score, tier,
        },
        weight::{Stake, Weighed, WeightRules, weigh},
    },
};

/// Every window of an epoch: a sign of life is expected in each.
const ALL_WINDOWS: u16 = u16::MAX;

/// How a provider works.
#[derive(Clone, Copy, Debug)]
pub struct Conduct {
    /// What it works with. Identities on the same machines are of the same quality in every epoch.
    pub machines: usize,
    /// Of a thousand jobs it declines so many.
    pub declines: u16,
    /// Of a thousand jobs that it accepted it does not deliver so many in time.
    pub fails: u16,
    /// The windows of an epoch in which it gives signs of life, a bit each.
    pub signs_of_life: u16,
}

/// What happened in the present epoch.
#[derive(Clone, Copy, Debug, Default)]
pub struct Record {
    /// Its part of the fees.
    pub fees: Amount,
    /// Own stake bound by jobs that are not settled.
    pub exposure: Amount,
}

/// An identity.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Index of the agent behind it.
    pub owner: usize,
    /// Staked.
    pub own: Amount,
    /// On its way out: earns nothing, still there.
    pub leaving: Amount,
    /// How it works.
    pub conduct: Conduct,
    /// When it was registered.
    pub registered_epoch: u32,
    /// Reputation with 12 fractional bits.
    pub reputation_x12: u32,
    /// The last score; a new identity's reputation before the first.
    pub score: Ppm,
    /// Level of reputation.
    pub tier: u8,
    /// The highest level that it ever had.
    pub best_tier: u8,
    /// The last weight.
    pub weight: u64,
    /// The present epoch.
    pub record: Record,
}

impl Provider {
    /// A new identity: low reputation, no tier.
    pub fn new(owner: usize, own: Amount, conduct: Conduct, registered_epoch: u32) -> Self {
        Self {
            owner,
            own,
            leaving: Amount::ZERO,
            conduct,
            registered_epoch,
            reputation_x12: INITIAL_REPUTATION.0 << REPUTATION_FRACTION_BITS,
            score: INITIAL_REPUTATION,
            tier: 0,
            best_tier: 0,
            weight: 0,
            record: Record::default(),
        }
    }

    /// Whether it is scored and has weight in an epoch: stake counts from the epoch after the one in which it
    /// came.
    pub fn is_eligible(&self, epoch: u32) -> bool {
        self.registered_epoch < epoch
    }

    /// Whether the stake that a job binds is free (job-exposure-1).
    pub fn has_room_for(&self, fee: Amount, rules: &Rules) -> bool {
        let room = exposure_room(self.own, Amount::ZERO, self.record.exposure);
        exposure(fee, rules.exposure_factor).is_some_and(|needed| needed <= room)
    }

    /// Binds stake for a job until the end of the epoch, when all of its jobs are settled.
    pub fn bind(&mut self, fee: Amount, rules: &Rules) {
        let needed = exposure(fee, rules.exposure_factor).unwrap_or(Amount::ZERO);
        self.record.exposure = self.record.exposure.saturating_add(needed);
    }

    /// Enters a settled fee.
    pub fn note_fee(&mut self, split: &FeeSplit) {
        self.record.fees = self.record.fees.saturating_add(split.provider);
    }

    /// Composite, reputation, score and tier of an epoch. A metric without a value counts as the reputation,
    /// and without any value of an attester the reputation stands still (score-value-3). Skipped draws,
    /// volume and completed jobs are no metric (score-metric-2).
    pub fn score(&mut self, medians: [Option<u16>; ATTESTED], epoch: u32, rules: &Rules) {
        let reputation = reputation_bps(self.reputation_x12);
        let signs_of_life = heartbeat_bps(self.conduct.signs_of_life, ALL_WINDOWS);
        let values = medians.into_iter().map(|median| median.unwrap_or(reputation)).chain([signs_of_life]);
        let metrics: Vec<_> = rules.metrics.into_iter().zip(values).collect();
        let composite = composite(metrics.iter().copied());
        if medians.iter().any(Option::is_some) {
            self.reputation_x12 = reputation_step(self.reputation_x12, composite);
        }
        self.score = score(composite, self.reputation_x12, rules.composite_part);
        self.tier = tier(self.tier, self.reputation_x12, epoch - self.registered_epoch, self.own, &rules.tiers());
        self.best_tier = self.best_tier.max(self.tier);
    }

    /// Weighs the identity with the tier that it began the epoch with, and remembers the weight.
    pub fn weigh(&mut self, tier_before: u8, rules: &Rules, stake_before: Amount) -> Weighed {
        let weight_rules = WeightRules { leverage: rules.leverage, share_cap: rules.share_cap, stake_before };
        let multiplier = Bps(rules.tier_bps[usize::from(tier_before)]);
        let weighed = weigh(&Stake::kept(self.own, Amount::ZERO), self.score, multiplier, &weight_rules);
        self.weight = weighed.weight;
        weighed
    }
}
