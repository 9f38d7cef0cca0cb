//! What an epoch hands out in the small networks of the attacks: weights, emission, and its split.

use {
    crate::simulate::agents::setting::{Rules, TOKEN},
    work_token_sdk::math::{
        Amount, Bps, MIN_REWARD_SHARES, Ppm, Shares,
        emission::{Emission, Limits, of_epoch},
        reward::{Split, of_emission, split},
        score::{INITIAL_REPUTATION, Metric, REPUTATION_FRACTION_BITS, composite, reputation_step, score},
        snapshot::Snapshot,
        weight::{Stake, Weighed, WeightRules, less_maintenance, weigh},
        work_pay::{MOST_BURN_BACK, MOST_WORK_SHARE, UnitRules, Wash, burn_back, counted},
    },
};

/// Length of an epoch. Seconds.
pub const EPOCH_SECS: u32 = 86_400;
/// Epochs of which the largest stake is remembered (epoch-emission-1, epoch-weigh-3).
const STAKE_RING: usize = 8;
/// Shares of a token of a delegated pool.
const SHARES_OF_A_UNIT: u64 = 16;

/// The formulas of income.
#[derive(Clone, Copy)]
pub struct Laws {
    /// Weighs a provider.
    pub weigh: fn(&Stake, Ppm, Bps, &WeightRules) -> Weighed,
    /// Emits an epoch's tokens.
    pub emission: fn(&Limits) -> Emission,
    /// Splits what a provider gets.
    pub split: fn(Amount, Amount, &Snapshot, u32) -> Split,
}

impl Laws {
    /// As the program calls them.
    pub const PRESENT: Self = Self { weigh, emission: of_epoch, split };
}

/// A provider in one epoch.
#[derive(Clone, Copy, Debug)]
pub struct Stand {
    /// Its stake.
    pub stake: Stake,
    /// Its score.
    pub score: Ppm,
    /// Whether it may have weight.
    pub weighs: bool,
    /// Whether attesters had a value for it.
    pub is_attested: bool,
    /// Seconds of maintenance.
    pub maintenance_secs: u32,
    /// Its part of the fees of jobs.
    pub fees: u64,
    /// What the fees of its jobs for strangers burned, or what look like them.
    pub burned: u64,
    /// Units of work that were reported of it.
    pub units: u64,
}

impl Stand {
    /// Of one that stays all through the epoch, was measured, and has no delegations.
    pub fn of(own: u64, score: Ppm) -> Self {
        let stake = Stake::kept(Amount(own), Amount::ZERO);
        Self { stake, score, weighs: true, is_attested: true, maintenance_secs: 0, fees: 0, burned: 0, units: 0 }
    }

    fn snapshot(&self) -> Snapshot {
        let Stake { own, own_kept, delegated } = self.stake;
        Snapshot {
            own_total: own,
            delegated_total: delegated,
            own_staked: own,
            own_kept,
            delegated_staked: delegated,
            delegated_shares: Shares((delegated.0 * SHARES_OF_A_UNIT).max(MIN_REWARD_SHARES)),
            commission: Bps::ZERO,
        }
    }
}

/// What is paid for work beside its fee.
#[derive(Clone, Copy, Debug)]
pub struct Pay {
    /// What a unit must have behind it.
    pub units: UnitRules,
    /// Part of what burned that comes back.
    pub burn_back: Ppm,
    /// Part of the providers' emission that goes by units.
    pub work_share: Ppm,
    /// Units that an epoch has at least.
    pub baseline: u64,
}

impl Pay {
    /// Nothing.
    pub const NONE: Self = Self {
        units: UnitRules { stake: Amount(1), burn: Amount(1) },
        burn_back: Ppm::ZERO,
        work_share: Ppm::ZERO,
        baseline: 0,
    };

    /// Both parts at their highest, and so many times the least baseline that parameters may have with them:
    /// a unit is a hundredth of a token of own stake, and a thousandth that burned.
    pub fn highest(rules: &Rules, times: u64) -> Self {
        let units = UnitRules { stake: Amount(TOKEN / 100), burn: Amount(TOKEN / 1_000) };
        let wash = |baseline| Wash {
            baseline,
            unit_burn: units.burn,
            fee_burn: rules.fee_burn,
            fee_treasury: rules.fee_treasury,
            burn_back: MOST_BURN_BACK,
            work_share: MOST_WORK_SHARE,
            emission: rules.emission_per_epoch,
        };
        let (mut below, mut least) = (0, u64::MAX >> 1);
        while least - below > 1 {
            let between = below.midpoint(least);
            if wash(between).never_gains() { least = between } else { below = between }
        }
        Self { units, burn_back: MOST_BURN_BACK, work_share: MOST_WORK_SHARE, baseline: least * times }
    }
}

/// What an epoch brought.
#[derive(Clone, Debug, Default)]
pub struct Income {
    /// By provider: the owner's part, and that of its delegators.
    pub providers: Vec<(i128, i128)>,
    /// All attesters'.
    pub attesters: Amount,
}

/// A network that hands out tokens.
pub struct Economy<'a> {
    rules: &'a Rules,
    laws: Laws,
    epoch: usize,
    minted: u64,
    stakes: [Amount; STAKE_RING],
    pay: Pay,
    units: [u64; STAKE_RING],
}

impl<'a> Economy<'a> {
    /// One that has not begun.
    pub fn new(rules: &'a Rules, laws: Laws) -> Self {
        Self::paying(rules, laws, Pay::NONE)
    }

    /// The same, which pays for work.
    pub fn paying(rules: &'a Rules, laws: Laws, pay: Pay) -> Self {
        Self { rules, laws, epoch: 0, minted: 0, stakes: [Amount::ZERO; STAKE_RING], pay, units: [0; STAKE_RING] }
    }

    /// Hands out an epoch's tokens and fees.
    pub fn share_out(&mut self, stands: &[Stand]) -> Income {
        let stake_before = self.largest_stake();
        let rules = WeightRules { leverage: self.rules.leverage, share_cap: self.rules.share_cap, stake_before };
        let (mut folded, mut weighted, mut attested, mut total_weight) = (0, 0, 0, 0);
        let mut weights = Vec::with_capacity(stands.len());
        for stand in stands {
            let weighed = (self.laws.weigh)(&stand.stake, stand.score, Bps(self.rules.tier_bps[0]), &rules);
            let served = |of: u64| less_maintenance(of, stand.maintenance_secs, EPOCH_SECS);
            let weight = if stand.weighs { served(weighed.weight) } else { 0 };
            folded += weighed.stake.0;
            attested += if stand.is_attested { weighed.stake.0 } else { 0 };
            weighted += if weight > 0 { served(weighed.earning.0) } else { 0 };
            total_weight += weight;
            let (own, burned) = (stand.stake.own_kept, Amount(stand.burned));
            let units = counted(stand.units, own, burned, stand.score, &self.pay.units);
            weights.push((weight, if weight > 0 { units } else { 0 }));
        }
        let units: u64 = weights.iter().map(|(_, units)| units).sum();
        self.stakes[self.epoch % STAKE_RING] = Amount(folded);
        self.units[self.epoch % STAKE_RING] = units;
        self.epoch += 1;
        let emission = self.emit((Amount(weighted), Amount(attested)), total_weight, units);
        let income = stands.iter().zip(weights).map(|(stand, (weight, of_stand))| {
            let part = of_emission(emission.providers, weight, total_weight)
                .saturating_add(of_emission(emission.by_units, of_stand, units))
                .saturating_add(if weight > 0 {
                    burn_back(Amount(stand.burned), self.pay.burn_back, stand.score)
                } else {
                    Amount::ZERO
                });
            let split = (self.laws.split)(part, Amount(stand.fees), &stand.snapshot(), self.rules.leverage);
            (i128::from(split.own.0), i128::from(split.delegated.0))
        });
        Income { providers: income.collect(), attesters: emission.attesters }
    }

    fn emit(&mut self, (weighted, attested): (Amount, Amount), total_weight: u64, units: u64) -> Emission {
        if total_weight == 0 {
            return Emission::default();
        }
        let emission = (self.laws.emission)(&Limits {
            whole: self.rules.emission_per_epoch.min(Amount(self.rules.max_supply.0.saturating_sub(self.minted))),
            weighted,
            attested,
            largest_stake: self.largest_stake(),
            keeper_share: self.rules.keeper_share,
            attester_share: self.rules.attester_share,
            treasury_share: Ppm::ZERO,
            treasury_room: Amount::ZERO,
            work_share: self.pay.work_share,
            units,
            most_units: self.units.into_iter().fold(self.pay.baseline, u64::max),
        });
        self.minted += emission.total().0;
        emission
    }

    fn largest_stake(&self) -> Amount {
        self.stakes.into_iter().fold(Amount::ZERO, Amount::max)
    }
}

/// Reputation and score of a provider over its epochs.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// Reputation with 12 fractional bits.
    pub reputation_x12: u32,
    /// The last score.
    pub score: Ppm,
}

impl Standing {
    /// Of a new identity.
    pub fn new() -> Self {
        Self { reputation_x12: INITIAL_REPUTATION.0 << REPUTATION_FRACTION_BITS, score: INITIAL_REPUTATION }
    }

    /// Of one that has been measured at a value for long.
    pub fn settled(value_bps: u16) -> Self {
        let ppm = u32::from(value_bps) * 100;
        Self { reputation_x12: ppm << REPUTATION_FRACTION_BITS, score: Ppm(ppm) }
    }

    /// Scores an epoch. `moves`: whether the reputation follows.
    pub fn judge(&mut self, metrics: &[(Metric, u16)], moves: bool, rules: &Rules) {
        let composite = composite(metrics.iter().copied());
        if moves {
            self.reputation_x12 = reputation_step(self.reputation_x12, composite);
        }
        self.score = score(composite, self.reputation_x12, rules.composite_part);
    }
}

/// A metric of a weight in millionths, without a gate.
pub fn metric(weight: u32) -> Metric {
    Metric { weight: Ppm(weight), gate_bps: 0 }
}
