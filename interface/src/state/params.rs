//! A network's parameters and the inequalities that hold among them.

use crate::{
    WorkTokenError as E,
    limits::*,
    math::{
        Amount, MAX_SUPPLY, Ppm,
        attester::BOND_UNIT_BITS,
        emission::least_reward,
        mul_div::mul_checked,
        score::{MAX_METRICS, TierRules},
        seats::{Cap, MinimumRules},
    },
    state::{DisputeRules, Metric},
};

value! {
    /// Everything governance can set. Amounts in base units, durations in seconds.
    pub struct NetworkParams {
        /// Fresh tokens per epoch, keepers' part included, before scaling by the stake that was weighed.
        pub emission_per_epoch: u64,
        /// Hard cap of the supply in Mint mode; the supply in Reserve mode. Below 2^60.
        pub max_supply: u64,
        /// Smallest deposit of a delegator, and the least that may stay.
        pub minimum_delegation: u64,
        /// Smallest own stake of a provider, and the least that may stay.
        pub minimum_self_stake: u64,
        /// Paid per provider newly weighed with a weight.
        pub weigh_bounty: u64,
        /// Paid per provider newly settled with a reward.
        pub settle_bounty: u64,
        /// Paid for finalizing an epoch.
        pub finalize_bounty: u64,
        /// Paid for activating a due lot, out of the lot's own reward.
        pub activation_bounty: u64,
        /// Most that the keeper vault pays for one epoch.
        pub keeper_cap: u64,
        /// Bounty of one crank of a job, out of the draw fee; the client pays as much again to be burned.
        pub job_bounty: u64,
        /// Smallest bond of an attester.
        pub attester_bond: u64,
        /// What an attester loses for reports that it owed and did not reveal. Burned.
        pub attester_fine: u64,
        /// Burned fees of an epoch at which the volume metric reaches one half.
        pub volume_half: u64,
        /// The dynamic minimum stake never rises above this; `minimum_self_stake` is its floor.
        pub minimum_stake_ceiling: u64,
        /// Length of an epoch. A change takes effect at the next epoch boundary.
        pub epoch_secs: u32,
        /// From the end of an epoch until its providers can be weighed.
        pub reveal_secs: u32,
        /// How long weighing stays open at least, from the epoch's first weigh on.
        pub weigh_secs: u32,
        /// Epochs over which own rewards become free.
        pub vesting_epochs: u32,
        /// Delegated stake leaves this long after it asked.
        pub unbonding_secs: u32,
        /// Own stake leaves this long after it asked.
        pub own_unbonding_secs: u32,
        /// From a job's draw to its result at the latest: seat, accept, work, extensions and reveal.
        pub longest_job_secs: u32,
        /// How long a result or a conduct can be disputed.
        pub challenge_secs: u32,
        /// Longest dispute, all rounds, redraws and extensions included.
        pub longest_dispute_secs: u32,
        /// From a verdict to the execution of its slash.
        pub deferral_secs: u32,
        /// From a slash's first installment to its last.
        pub installments_secs: u32,
        /// Delegated stake counts up to this many times the own stake.
        pub leverage: u32,
        /// No provider's stake counts for more than this part of the whole, in millionths.
        pub share_cap_ppm: u32,
        /// Part of the emission that fills the keeper vault, in millionths.
        pub keeper_share_ppm: u32,
        /// Part of the emission that pays the attesters, in millionths.
        pub attester_share_ppm: u32,
        /// Part of a job's fee that burns, in millionths.
        pub fee_burn_ppm: u32,
        /// Part of a job's fee that goes to the treasury, in millionths.
        pub fee_treasury_ppm: u32,
        /// How much of the score is the epoch's composite; the rest is reputation. Millionths.
        pub composite_part_ppm: u32,
        /// Seats: the number of a static cap, the most of a dynamic one.
        pub most_seats: u32,
        /// The least of a dynamic cap.
        pub least_seats: u32,
        /// A dynamic cap leaves room for this many times the working providers. Hundredths of a percent.
        pub headroom_bps: u32,
        /// Dynamic minimum stake: epochs of the average reward, in ten-thousandths of an epoch.
        pub minimum_reward_bps: u32,
        /// Dynamic minimum stake: part of the supply that all units of work together must have behind them, in millionths.
        pub minimum_supply_ppm: u32,
        /// Dynamic minimum stake: the network counts as having at least this many units of work in an epoch.
        pub baseline_units: u32,
        /// Reputation from which a tier is reached; left again 50,000 below. Millionths; the first is unused.
        pub tier_reputation_ppm: [u32; 4],
        /// Multiplier of a weight by tier, in hundredths of a percent.
        pub tier_bps: [u16; 4],
        /// Epochs since registration and since the last fault from which a tier is reached; the first is unused.
        pub tier_fault_free_epochs: [u16; 4],
        /// An attester this far from the median earns nothing for the value. Hundredths of a percent.
        pub attester_tolerance_bps: u16,
        /// 0 unbounded, 1 static, 2 dynamic.
        pub seat_cap_mode: u8,
        /// Unused.
        pub padding: [u8; 5],
        /// What is measured. None present: every score is neutral.
        pub metrics: [Metric; MAX_METRICS],
        /// What faults cost, and how disputes are judged.
        pub disputes: DisputeRules,
    }
}

impl NetworkParams {
    /// Checks the whole set: every bound, and every inequality between durations (R M9, M14, M16, C9, H1, H9).
    pub fn validate(&self) -> Result<(), E> {
        self.validate_epochs()?;
        self.validate_unbonding()?;
        self.validate_amounts()?;
        self.validate_bounties()?;
        self.validate_work()?;
        self.disputes.validate(self)
    }

    /// The rules of jobs, scores and seats.
    fn validate_work(&self) -> Result<(), E> {
        Metric::validate_all(&self.metrics)?;
        let fee_shares = self.fee_burn_ppm.saturating_add(self.fee_treasury_ppm);
        check(fee_shares <= MAX_FEE_SHARE_PPM, E::FeeSharesTooLarge)?;
        let shares = self.keeper_share_ppm.saturating_add(self.attester_share_ppm);
        check(shares <= MAX_KEEPER_AND_ATTESTER_PPM, E::AttesterShareTooLarge)?;
        check(u64::from(self.composite_part_ppm) <= Ppm::ONE, E::ScoreOutOfBounds)?;
        let [_, rest @ ..] = self.tier_reputation_ppm;
        check(rest.iter().all(|reputation| u64::from(*reputation) <= Ppm::ONE), E::ScoreOutOfBounds)?;
        check(self.attester_tolerance_bps <= 10_000 && self.volume_half < MAX_SUPPLY, E::ScoreOutOfBounds)?;
        check(self.attester_fine <= self.attester_bond && self.attester_bond < MAX_SUPPLY, E::AttesterBondOutOfBounds)?;
        check(!self.is_attested() || self.attester_bond >> BOND_UNIT_BITS > 0, E::AttesterBondOutOfBounds)?;
        check(!self.is_attested() || self.reveal_secs >= MIN_REVEAL_SECS, E::RevealWindowTooShort)?;
        let seats = self.seat_cap_mode <= 2 && self.least_seats <= self.most_seats;
        check(seats && (self.seat_cap_mode == 0 || self.most_seats > 0), E::SeatCapOutOfBounds)?;
        check(self.seat_cap_mode != 2 || (10_000..=100_000).contains(&self.headroom_bps), E::SeatCapOutOfBounds)?;
        let minimum = self.minimum_stake_ceiling >= self.minimum_self_stake && self.minimum_stake_ceiling < MAX_SUPPLY;
        check(minimum && u64::from(self.minimum_supply_ppm) <= Ppm::ONE, E::MinimumCeilingOutOfBounds)?;
        check(self.job_bounty < MIN_JOB_FEE, E::BountyTooLarge)
    }

    /// Whether providers are scored at all.
    pub fn is_scored(&self) -> bool {
        self.metrics.iter().any(Metric::is_present)
    }

    /// Whether attesters report.
    pub fn is_attested(&self) -> bool {
        self.metrics.iter().any(Metric::is_attested)
    }

    /// Whether a metric says that providers are there (R H19).
    pub fn measures_availability(&self) -> bool {
        self.metrics.iter().any(Metric::is_availability)
    }

    /// When tiers are reached.
    pub fn tier_rules(&self) -> TierRules {
        TierRules { reputation_ppm: self.tier_reputation_ppm, fault_free_epochs: self.tier_fault_free_epochs }
    }

    /// How many seats there may be.
    pub fn seat_cap(&self) -> Cap {
        match self.seat_cap_mode {
            0 => Cap::Unbounded,
            1 => Cap::Static(self.most_seats),
            _ => Cap::Dynamic { headroom_bps: self.headroom_bps, least: self.least_seats, most: self.most_seats },
        }
    }

    /// How the minimum stake moves.
    pub fn minimum_rules(&self) -> MinimumRules {
        MinimumRules {
            floor: Amount(self.minimum_self_stake),
            ceiling: Amount(self.minimum_stake_ceiling),
            reward_bps: self.minimum_reward_bps,
            supply_ppm: self.minimum_supply_ppm,
            baseline_units: self.baseline_units,
        }
    }

    fn validate_epochs(&self) -> Result<(), E> {
        let epoch = u64::from(self.epoch_secs);
        check((MIN_EPOCH_SECS..=MAX_EPOCH_SECS).contains(&self.epoch_secs), E::EpochLengthOutOfBounds)?;
        let windows = u64::from(self.reveal_secs).saturating_add(u64::from(self.weigh_secs));
        check(self.weigh_secs >= MIN_WEIGH_SECS && windows <= epoch, E::WindowsExceedEpoch)?;
        let times = 1..=MAX_UNBONDING_SECS;
        check(times.contains(&self.longest_job_secs) && times.contains(&self.challenge_secs), E::JobTimesOutOfBounds)?;
        check((1..=MAX_VESTING_EPOCHS).contains(&self.vesting_epochs), E::VestingTooShort)?;
        check(times_epoch(self.vesting_epochs, epoch) >= self.liability_secs(), E::VestingTooShort)?;
        check(times_epoch(6, epoch) >= u64::from(self.challenge_secs), E::ChallengeTooLong)
    }

    fn validate_unbonding(&self) -> Result<(), E> {
        let least = self.liability_secs().saturating_add(u64::from(self.epoch_secs));
        let unbonding = u64::from(self.unbonding_secs);
        check(unbonding >= least && self.unbonding_secs <= MAX_UNBONDING_SECS, E::UnbondingTooShort)?;
        let own_least = least
            .saturating_add(u64::from(self.longest_dispute_secs))
            .saturating_add(u64::from(self.deferral_secs))
            .saturating_add(u64::from(self.installments_secs));
        let own_unbonding = u64::from(self.own_unbonding_secs);
        check(own_unbonding >= own_least && self.own_unbonding_secs <= MAX_UNBONDING_SECS, E::OwnUnbondingTooShort)
    }

    fn validate_amounts(&self) -> Result<(), E> {
        check(self.max_supply < MAX_SUPPLY && self.max_supply > 0, E::SupplyTooLarge)?;
        let minimums = MIN_MINIMUM_STAKE..MAX_SUPPLY;
        check(
            minimums.contains(&self.minimum_delegation) && minimums.contains(&self.minimum_self_stake),
            E::MinimumTooSmall,
        )?;
        check(self.emission_per_epoch <= self.max_supply, E::EmissionTooLarge)?;
        check(self.leverage <= MAX_LEVERAGE, E::LeverageOutOfBounds)?;
        check((1..=1_000_000).contains(&self.share_cap_ppm), E::ShareCapOutOfBounds)?;
        check(self.keeper_share_ppm <= MAX_KEEPER_SHARE_PPM, E::KeeperShareTooLarge)?;
        let [first, rest @ ..] = self.tier_bps;
        check(first == 10_000, E::TierOutOfBounds)?;
        check(rest.iter().all(|tier| (1..=MAX_TIER_BPS).contains(tier)), E::TierOutOfBounds)
    }

    fn validate_bounties(&self) -> Result<(), E> {
        let most = self.least_reward(self.minimum_self_stake).checked_div(BOUNTY_PART_OF_MINIMUM_REWARD).unwrap_or(0);
        let largest = self.weigh_bounty.max(self.settle_bounty).max(self.finalize_bounty);
        check(largest <= most, E::BountyTooLarge)?;
        let earned = mul_checked(self.least_reward(self.minimum_delegation), ACTIVATION_EPOCHS);
        let covered = mul_checked(self.activation_bounty, ACTIVATION_COVER);
        check(
            matches!((earned, covered), (Some(earned), Some(covered)) if earned >= covered),
            E::ActivationBountyTooLarge,
        )
    }

    /// How long a fault can go undisputed: longest job plus challenge window.
    fn liability_secs(&self) -> u64 {
        u64::from(self.longest_job_secs).saturating_add(u64::from(self.challenge_secs))
    }

    fn least_reward(&self, stake: u64) -> u64 {
        least_reward(
            Amount(stake),
            Amount(self.emission_per_epoch),
            Ppm(self.keeper_share_ppm.saturating_add(self.attester_share_ppm)),
            Amount(self.max_supply),
        )
        .0
    }
}

fn times_epoch(epochs: u32, epoch_secs: u64) -> u64 {
    mul_checked(u64::from(epochs), epoch_secs).unwrap_or(u64::MAX)
}

fn check(holds: bool, error: E) -> Result<(), E> {
    if holds { Ok(()) } else { Err(error) }
}
