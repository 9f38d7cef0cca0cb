//! A network's parameters and the inequalities that hold among them.

use bytemuck::bytes_of;

use crate::{
    WorkTokenError as E,
    limits::*,
    math::{
        Amount, Bps, MAX_SUPPLY, Ppm,
        draw::CAPACITY,
        score::{MAX_METRICS, tier_stake},
        voice::heard_from_ts,
    },
    state::{
        ChangeClass, DisputeRules, EmissionPolicy, EmissionRules, Metric, PlaceRules, ScoreRules, WorkPay,
        governed::{self, Governed},
        pool_flags,
    },
};

governed! {
    /// Everything governance can set. Amounts in base units, durations in seconds.
    pub struct NetworkParams {
        /// Fresh tokens per epoch by the fixed law, every part included, before scaling by the stake that was
        /// weighed.
        pub emission_per_epoch: u64 => (Economic, Amount, [(0, MAX_SUPPLY - 1)], EmissionTooLarge),
        /// Hard cap of the supply in Mint mode; the supply in Reserve mode. Below 2^60.
        pub max_supply: u64 => (Falling, Amount, [(1, MAX_SUPPLY - 1)], SupplyTooLarge),
        /// Smallest deposit of a delegator, and the least that may stay.
        pub minimum_delegation: u64 => (Economic, Amount, [(MIN_MINIMUM_STAKE, MAX_SUPPLY - 1)], MinimumTooSmall),
        /// Smallest own stake of a provider, and the least that may stay.
        pub minimum_self_stake: u64 => (Economic, Amount, [(MIN_MINIMUM_STAKE, MAX_SUPPLY - 1)], MinimumTooSmall),
        /// Paid per provider newly weighed with a weight.
        pub weigh_bounty: u64 => (Cosmetic, Amount, [(0, MAX_SUPPLY - 1)], BountyTooLarge),
        /// Paid per provider newly settled with a reward.
        pub settle_bounty: u64 => (Cosmetic, Amount, [(0, MAX_SUPPLY - 1)], BountyTooLarge),
        /// Paid for finalizing an epoch.
        pub finalize_bounty: u64 => (Cosmetic, Amount, [(0, MAX_SUPPLY - 1)], BountyTooLarge),
        /// Paid for activating a due lot, out of the lot's own reward.
        pub activation_bounty: u64 => (Cosmetic, Amount, [(0, MAX_SUPPLY - 1)], ActivationBountyTooLarge),
        /// Most that the keeper vault pays for one epoch.
        pub keeper_cap: u64 => (Cosmetic, Amount, [(0, MAX_SUPPLY - 1)], BountyTooLarge),
        /// Bounty of one crank of a job, out of the draw fee; the client pays as much again to be burned.
        pub job_bounty: u64 => (Cosmetic, Amount, [(0, MIN_JOB_FEE - 1)], BountyTooLarge),
        /// Smallest bond of an attester.
        pub attester_bond: u64 => (Economic, Amount, [(0, MAX_SUPPLY - 1)], AttesterBondOutOfBounds),
        /// What an attester loses for reports that it owed and did not reveal. Burned.
        pub attester_fine: u64 => (Economic, Amount, [(0, MAX_SUPPLY - 1)], AttesterBondOutOfBounds),
        /// Dynamic minimum stake: the network counts as burning at least this many fees in an epoch.
        pub baseline_burned: u64 => (Economic, Amount, [(0, MAX_SUPPLY - 1)], ScoreOutOfBounds),
        /// The dynamic minimum stake never rises above this; `minimum_self_stake` is its floor.
        pub minimum_stake_ceiling: u64 => (Economic, Amount, [(0, MAX_SUPPLY - 1)], MinimumCeilingOutOfBounds),
        /// A dynamic cap has room for one place for so much of the network's stake; 0: stake makes none.
        pub stake_per_place: u64 => (Economic, Amount, [(0, MAX_SUPPLY - 1)], PlaceCapOutOfBounds),
        /// Length of an epoch. A change takes effect at the next epoch boundary.
        pub epoch_secs: u32 => (Safety, Secs, [(MIN_EPOCH_SECS as u64, MAX_EPOCH_SECS as u64)], EpochLengthOutOfBounds),
        /// From the end of an epoch until its providers can be weighed.
        pub reveal_secs: u32 => (Economic, Secs, [(0, MAX_EPOCH_SECS as u64)], WindowsExceedEpoch),
        /// How long weighing stays open at least, from the epoch's first weigh on.
        pub weigh_secs: u32 => (Economic, Secs, [(MIN_WEIGH_SECS as u64, MAX_EPOCH_SECS as u64)], WindowsExceedEpoch),
        /// Epochs over which own rewards become free.
        pub vesting_epochs: u32 => (Safety, Epochs, [(1, MAX_VESTING_EPOCHS as u64)], VestingTooShort),
        /// Delegated stake leaves this long after it asked.
        pub unbonding_secs: u32 => (Safety, Secs, [(1, MAX_UNBONDING_SECS as u64)], UnbondingTooShort),
        /// Own stake leaves this long after it asked.
        pub own_unbonding_secs: u32 => (Safety, Secs, [(1, MAX_UNBONDING_SECS as u64)], OwnUnbondingTooShort),
        /// From a job's draw to its result at the latest: seat, accept, work, extensions and reveal.
        pub longest_job_secs: u32 => (Safety, Secs, [(1, MAX_UNBONDING_SECS as u64)], JobTimesOutOfBounds),
        /// How long a result or a conduct can be disputed.
        pub challenge_secs: u32 => (Safety, Secs, [(1, MAX_UNBONDING_SECS as u64)], JobTimesOutOfBounds),
        /// Longest dispute, all rounds, redraws and extensions included.
        pub longest_dispute_secs: u32 => (Safety, Secs, [(0, MAX_UNBONDING_SECS as u64)], OwnUnbondingTooShort),
        /// Delegated stake counts up to this many times the own stake.
        pub leverage: u32 => (Economic, Number, [(1, MAX_LEVERAGE as u64)], LeverageOutOfBounds),
        /// No provider's stake counts for more than this part of the whole, in millionths.
        pub share_cap_ppm: u32 => (Economic, Ppm, [(MIN_SHARE_CAP_PPM as u64, Ppm::ONE)], ShareCapOutOfBounds),
        /// Part of the emission that fills the keeper vault, in millionths.
        pub keeper_share_ppm: u32 => (Economic, Ppm, [(0, MAX_KEEPER_SHARE_PPM as u64)], KeeperShareTooLarge),
        /// Part of the emission that pays the attesters, in millionths.
        pub attester_share_ppm: u32 => (Economic, Ppm, [(0, MAX_KEEPER_AND_ATTESTER_PPM as u64)], AttesterShareTooLarge),
        /// Part of a job's fee that burns, in millionths.
        pub fee_burn_ppm: u32 => (Economic, Ppm, [(0, MAX_FEE_SHARE_PPM as u64)], FeeSharesTooLarge),
        /// Part of a job's fee that goes to the treasury, in millionths.
        pub fee_treasury_ppm: u32 => (Economic, Ppm, [(0, MAX_FEE_SHARE_PPM as u64)], FeeSharesTooLarge),
        /// How much of the score is the epoch's composite; the rest is reputation. Millionths.
        pub composite_part_ppm: u32 => (Economic, Ppm, [(0, Ppm::ONE)], ScoreOutOfBounds),
        /// Places: the number of a static cap, the most of a dynamic one.
        pub most_places: u32 => (Economic, Number, [(0, CAPACITY as u64)], PlaceCapOutOfBounds),
        /// The least of a dynamic cap.
        pub least_places: u32 => (Economic, Number, [(0, CAPACITY as u64)], PlaceCapOutOfBounds),
        /// A dynamic cap leaves room for this many times the working providers. Hundredths of a percent.
        pub headroom_bps: u32 => (Economic, Bps, [(0, MAX_HEADROOM_BPS as u64)], PlaceCapOutOfBounds),
        /// Dynamic minimum stake: epochs of the average reward, in ten-thousandths of an epoch.
        pub minimum_reward_bps: u32 => (Economic, Bps, [(0, u32::MAX as u64)], MinimumCeilingOutOfBounds),
        /// Dynamic minimum stake: part of the supply that all work together must have behind it, in
        /// millionths; a provider's part of it is its part of the burned fees.
        pub minimum_supply_ppm: u32 => (Economic, Ppm, [(0, Ppm::ONE)], MinimumCeilingOutOfBounds),
        /// Dynamic minimum stake: how many times the part of the network's stake that is slashed in an epoch,
        /// a mean over 20 of them, raises it.
        pub minimum_fault_gain: u32 => (Economic, Number, [(0, MAX_FAULT_GAIN as u64)], MinimumCeilingOutOfBounds),
        /// A provider that is jailed for longer loses its place.
        pub place_hold_epochs: u32 => (Economic, Epochs, [(1, MAX_PLACE_HOLD_EPOCHS as u64)], PlaceHoldOutOfBounds),
        /// Longest vote in which stake has a voice: voting time and cool-off. 0: stake has none.
        pub longest_vote_secs: u32 => (Fixed, Secs, [(0, MAX_LONGEST_VOTE_SECS as u64)], LongestVoteOutOfBounds),
        /// Own stake from which a tier is reached, in hundredths of a percent of the minimum; the first is
        /// unused.
        pub tier_stake_bps: [u32; 4] => (Economic, Bps, [(0, MAX_TIER_STAKE_BPS as u64); 4], TierOutOfBounds),
        /// Reputation from which a tier is reached; left again 50,000 below. Millionths; the first is unused.
        pub tier_reputation_ppm: [u32; 4] => (Economic, Ppm, [(0, Ppm::ONE); 4], ScoreOutOfBounds),
        /// Multiplier of a weight by tier, in hundredths of a percent.
        pub tier_bps: [u16; 4] => (Economic, Bps, [(10_000, 10_000), TIER, TIER, TIER], TierOutOfBounds),
        /// Epochs since registration and since the last fault from which a tier is reached; the first is
        /// unused.
        pub tier_fault_free_epochs: [u16; 4] => (Economic, Epochs, [(0, u16::MAX as u64); 4], ScoreOutOfBounds),
        /// An attester this far from the median earns nothing for the value. Hundredths of a percent.
        pub attester_tolerance_bps: u16 => (Economic, Bps, [(0, Bps::ONE)], ScoreOutOfBounds),
        /// 0 unbounded, 1 static, 2 dynamic.
        pub place_cap_mode: u8 => (Mode, Choice, [(0, 2)], PlaceCapOutOfBounds),
        /// Unused.
        pub padding: [u8; 5] => (Fixed, Zero, [(0, 0)], UnknownFlags),
        /// What is measured. None present: every score is neutral.
        pub metrics: [Metric; MAX_METRICS] => (own),
        /// Which law the emission follows, what caps it, and the treasury's part.
        pub emission: EmissionPolicy => (own),
        /// What faults cost, and how disputes are judged.
        pub disputes: DisputeRules => (own),
        /// What is paid for work beside its fee.
        pub work_pay: WorkPay => (own),
    }
}

/// What a tier but the first multiplies by.
const TIER: (u64, u64) = (1, MAX_TIER_BPS as u64);

impl NetworkParams {
    /// Refuses a step to a new set that is larger than the class of a field allows (network-params-3).
    pub fn require_steps(&self, new: &Self) -> Result<(), E> {
        governed::require_steps(Self::RULES, bytes_of(self), bytes_of(new))?;
        Metric::require_steps(&self.metrics, &new.metrics)?;
        self.emission.require_steps(&new.emission)?;
        self.disputes.require_steps(&new.disputes)?;
        self.work_pay.require_steps(&new.work_pay)
    }

    /// The last class among the fields that differ in a new set.
    pub fn class_of_change(&self, new: &Self) -> ChangeClass {
        governed::class_of_change(Self::RULES, bytes_of(self), bytes_of(new))
            .max(Metric::class_of_change(&self.metrics, &new.metrics))
            .max(self.emission.class_of_change(&new.emission))
            .max(self.disputes.class_of_change(&new.disputes))
            .max(self.work_pay.class_of_change(&new.work_pay))
    }

    /// How long a change of a class waits. Seconds.
    pub fn delay_secs(&self, class: ChangeClass) -> i64 {
        match class {
            ChangeClass::Cosmetic => COSMETIC_DELAY_SECS,
            ChangeClass::Falling | ChangeClass::Economic | ChangeClass::Mode => ECONOMIC_DELAY_SECS,
            ChangeClass::Safety => i64::from(self.unbonding_secs.max(self.own_unbonding_secs)),
            ChangeClass::Fixed => i64::MAX,
        }
    }

    /// Whether stake has a voice at all.
    #[inline]
    pub fn has_voice(&self) -> bool {
        self.longest_vote_secs > 0
    }

    /// When a voice that passes to another voter now is heard again. Unix seconds.
    #[inline]
    pub fn voice_from_ts(&self, now_ts: i64) -> i64 {
        heard_from_ts(now_ts, self.longest_vote_secs, VOICE_SLACK_SECS)
    }

    /// Whether providers are scored at all.
    pub fn is_scored(&self) -> bool {
        self.metrics.iter().any(Metric::is_present)
    }

    /// Whether attesters report.
    pub fn is_attested(&self) -> bool {
        self.metrics.iter().any(Metric::is_reported)
    }

    /// The place of the metric of units among the metrics, if they have one.
    pub fn units_metric(&self) -> Option<usize> {
        Metric::units_place(&self.metrics)
    }

    /// See `pool_flags`.
    pub fn pool_flags(&self) -> u32 {
        let flag = |holds: bool, flag: u32| if holds { flag } else { 0 };
        flag(self.is_scored(), pool_flags::SCORED)
            | flag(self.is_attested(), pool_flags::ATTESTED)
            | flag(self.units_metric().is_some(), pool_flags::UNITS)
    }

    /// What an epoch emits.
    pub fn emission_rules(&self) -> EmissionRules {
        EmissionRules {
            per_epoch: self.emission_per_epoch,
            max_supply: self.max_supply,
            keeper_share_ppm: self.keeper_share_ppm,
            attester_share_ppm: self.attester_share_ppm,
            policy: self.emission,
        }
    }

    /// How providers are scored in an epoch of a minimum stake.
    pub fn score_rules(&self, minimum: Amount) -> ScoreRules {
        ScoreRules {
            metrics: self.metrics,
            composite_part_ppm: self.composite_part_ppm,
            attester_tolerance_bps: self.attester_tolerance_bps,
            units_tolerance: self.work_pay.units_tolerance,
            tier_reputation_ppm: self.tier_reputation_ppm,
            tier_fault_free_epochs: self.tier_fault_free_epochs,
            attester_fine: self.attester_fine,
            attester_bond: self.attester_bond,
            tier_stake: self.tier_stake_bps.map(|bps| tier_stake(minimum, bps).0),
        }
    }

    /// How places and the minimum stake move.
    pub fn place_rules(&self) -> PlaceRules {
        PlaceRules {
            minimum_floor: self.minimum_self_stake,
            minimum_ceiling: self.minimum_stake_ceiling,
            baseline_burned: self.baseline_burned,
            stake_per_place: self.stake_per_place,
            minimum_reward_bps: self.minimum_reward_bps,
            minimum_supply_ppm: self.minimum_supply_ppm,
            most_places: self.most_places,
            least_places: self.least_places,
            headroom_bps: self.headroom_bps,
            place_cap_mode: u32::from(self.place_cap_mode),
            minimum_fault_gain: self.minimum_fault_gain,
            padding: 0,
        }
    }
}
