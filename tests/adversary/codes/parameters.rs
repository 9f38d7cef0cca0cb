//! 25x: bounds of the parameters. Each is broken by one in a creation that would otherwise succeed.

use {
    super::{
        Provoke,
        network::{create, default_options},
    },
    crate::{codes::E, world::DAY},
    work_token_sdk::{
        math::{MAX_SUPPLY, Ppm, emission::MAX_RATE},
        state::{Metric, MetricSource, NetworkParams},
    },
};

macro_rules! refuse {
    ($($error:ident: |$params:ident| $change:expr;)*) => {
        &[$((E::$error, |world| create(world, default_options(), |$params: &mut NetworkParams| $change)),)*]
    };
}

fn metric(weight_ppm: u32, source: MetricSource) -> Metric {
    Metric::new("metric", Ppm(weight_ppm), source)
}

const DAYS: u32 = DAY as u32;
const YEAR: u32 = 365 * DAYS;

pub const CODES: &[(E, Provoke)] = refuse! {
    EpochLengthOutOfBounds: |params| params.epoch_secs = 6 * 3_600 - 1;
    EpochLengthOutOfBounds: |params| params.epoch_secs = 30 * DAYS + 1;
    EpochLengthOutOfBounds: |params| params.epoch_secs = 0;
    WindowsExceedEpoch: |params| params.weigh_secs = 599;
    WindowsExceedEpoch: |params| params.reveal_secs = DAYS - params.weigh_secs + 1;
    WindowsExceedEpoch: |params| params.reveal_secs = u32::MAX;
    JobTimesOutOfBounds: |params| params.longest_job_secs = 0;
    JobTimesOutOfBounds: |params| params.challenge_secs = YEAR + 1;
    VestingTooShort: |params| params.vesting_epochs = 0;
    VestingTooShort: |params| params.vesting_epochs = 8;
    VestingTooShort: |params| params.vesting_epochs = 6;
    ChallengeTooLong: |params| (params.longest_job_secs, params.challenge_secs) = (1, 6 * DAYS + 1);
    UnbondingTooShort: |params| params.unbonding_secs = 8 * DAYS - 1;
    UnbondingTooShort: |params| params.unbonding_secs = YEAR + 1;
    OwnUnbondingTooShort: |params| params.own_unbonding_secs = 35 * DAYS - 1;
    OwnUnbondingTooShort: |params| params.own_unbonding_secs = u32::MAX;
    SupplyTooLarge: |params| params.max_supply = MAX_SUPPLY;
    SupplyTooLarge: |params| params.max_supply = u64::MAX;
    SupplyTooLarge: |params| params.max_supply = 0;
    MinimumTooSmall: |params| params.minimum_delegation = (1 << 20) - 1;
    MinimumTooSmall: |params| params.minimum_self_stake = (1 << 20) - 1;
    MinimumTooSmall: |params| params.minimum_self_stake = MAX_SUPPLY;
    EmissionTooLarge: |params| params.emission_per_epoch = params.max_supply + 1;
    LeverageOutOfBounds: |params| params.leverage = 65;
    LeverageOutOfBounds: |params| params.leverage = 0;
    ShareCapOutOfBounds: |params| params.share_cap_ppm = 9_999;
    ShareCapOutOfBounds: |params| params.share_cap_ppm = 1_000_001;
    KeeperShareTooLarge: |params| params.keeper_share_ppm = 150_001;
    TierOutOfBounds: |params| params.tier_bps[0] = 9_999;
    TierOutOfBounds: |params| params.tier_bps[3] = 15_001;
    TierOutOfBounds: |params| params.tier_bps[2] = 0;
    BountyTooLarge: |params| params.weigh_bounty = MAX_SUPPLY;
    BountyTooLarge: |params| params.settle_bounty = MAX_SUPPLY;
    BountyTooLarge: |params| params.finalize_bounty = u64::MAX;
    ActivationBountyTooLarge: |params| params.activation_bounty = MAX_SUPPLY;
    ActivationBountyTooLarge: |params| params.activation_bounty = u64::MAX;
    MetricWeightsDoNotSum: |params| params.metrics[0] = metric(999_999, MetricSource::Attested);
    MetricWeightsDoNotSum: |params| params.metrics[5] = metric(u32::MAX, MetricSource::Heartbeat);
    UnknownMetricSource: |params| params.metrics[1].source = 4;
    MetricOutOfBounds: |params| params.metrics[0] = Metric { gate_bps: 10_001, ..metric(1_000_000, MetricSource::Attested) };
    MetricOutOfBounds: |params| params.metrics[0] = Metric { padding: 1, ..metric(1_000_000, MetricSource::Attested) };
    MetricOutOfBounds: |params| params.metrics[2].gate_bps = 1;
    UnitsOutOfBounds: |params| params.metrics[0] = metric(0, MetricSource::Units);
    UnitsOutOfBounds: |params| params.metrics[0] = metric(1_000_000, MetricSource::Units);
    UnitsOutOfBounds: |params| params.metrics[..3].copy_from_slice(&[
        metric(1_000_000, MetricSource::Heartbeat),
        metric(0, MetricSource::Units),
        metric(0, MetricSource::Units),
    ]);
    WorkPayOutOfBounds: |params| params.work_pay.burn_back_ppm = 900_001;
    WorkPayOutOfBounds: |params| params.work_pay.work_share_ppm = 300_001;
    WorkPayOutOfBounds: |params| params.work_pay.unit_stake = 0;
    WorkPayOutOfBounds: |params| params.work_pay.unit_burn = 0;
    WorkPayOutOfBounds: |params| params.work_pay.units_baseline = MAX_SUPPLY;
    ScoreOutOfBounds: |params| params.work_pay.units_tolerance = 10_001;
    UnknownFlags: |params| params.work_pay.padding[0] = 1;
    WashingGains: |params| (params.work_pay.work_share_ppm, params.work_pay.units_baseline) = (300_000, 1);
    WashingGains: |params| (params.work_pay.work_share_ppm, params.work_pay.unit_burn) = (10_000, 1);
    FeeSharesTooLarge: |params| (params.fee_burn_ppm, params.fee_treasury_ppm) = (250_000, 250_001);
    FeeSharesTooLarge: |params| params.fee_burn_ppm = u32::MAX;
    AttesterShareTooLarge: |params| params.attester_share_ppm = 140_001;
    EmissionTooLarge: |params| params.emission.year_cap = MAX_SUPPLY;
    EmissionRateOutOfBounds: |params| params.emission.rate_ceiling_ppt = MAX_RATE.0 + 1;
    EmissionRateOutOfBounds: |params| params.emission.rate_floor_ppt = params.emission.initial_rate_ppt + 1;
    EmissionRateOutOfBounds: |params| params.emission.initial_rate_ppt = params.emission.rate_ceiling_ppt + 1;
    StakeTargetOutOfBounds: |params| params.emission.stake_target_ppm = 9_999;
    StakeTargetOutOfBounds: |params| params.emission.stake_target_ppm = 1_000_001;
    StakeTargetOutOfBounds: |params| params.emission.response_secs = 30 * DAYS - 1;
    StakeTargetOutOfBounds: |params| params.emission.response_secs = 10 * YEAR + 1;
    FeePartTooLarge: |params| params.emission.fee_part_ppm = 1_000_001;
    TreasuryRulesOutOfBounds: |params| params.emission.treasury_share_ppm = 200_001;
    TreasuryRulesOutOfBounds: |params| params.emission.treasury_cap = MAX_SUPPLY;
    TreasuryRulesOutOfBounds: |params| params.emission.treasury_step = MAX_SUPPLY;
    UnknownEmissionLaw: |params| params.emission.law = 2;
    UnknownFlags: |params| params.emission.padding[6] = 1;
    ScoreOutOfBounds: |params| params.composite_part_ppm = 1_000_001;
    ScoreOutOfBounds: |params| params.tier_reputation_ppm[3] = 1_000_001;
    ScoreOutOfBounds: |params| params.attester_tolerance_bps = 10_001;
    ScoreOutOfBounds: |params| params.baseline_burned = MAX_SUPPLY;
    AttesterBondOutOfBounds: |params| params.attester_fine = params.attester_bond + 1;
    AttesterBondOutOfBounds: |params| params.attester_bond = MAX_SUPPLY;
    RevealWindowTooShort: |params| (params.metrics[0], params.reveal_secs) = (metric(1_000_000, MetricSource::Attested), 599);
    PlaceCapOutOfBounds: |params| params.place_cap_mode = 3;
    PlaceCapOutOfBounds: |params| params.most_places = 4_097;
    UnknownFlags: |params| params.padding[0] = 1;
    UnknownFlags: |params| params.disputes.padding[1] = 1;
    UnknownFlags: |params| params.disputes.severities[4].padding = 1;
    PlaceCapOutOfBounds: |params| params.least_places = params.most_places + 1;
    PlaceCapOutOfBounds: |params| (params.place_cap_mode, params.most_places) = (1, 0);
    PlaceCapOutOfBounds: |params| (params.place_cap_mode, params.headroom_bps) = (2, 9_999);
    PlaceCapOutOfBounds: |params| (params.place_cap_mode, params.headroom_bps) = (2, 100_001);
    MinimumCeilingOutOfBounds: |params| params.minimum_stake_ceiling = params.minimum_self_stake - 1;
    MinimumCeilingOutOfBounds: |params| params.minimum_stake_ceiling = MAX_SUPPLY;
    MinimumCeilingOutOfBounds: |params| params.minimum_supply_ppm = 1_000_001;
    BountyTooLarge: |params| params.job_bounty = 1_000_000;
    DisputeTimesOutOfBounds: |params| params.disputes.answer_secs = 2 * DAYS - 1;
    DisputeTimesOutOfBounds: |params| params.disputes.commit_secs = 599;
    DisputeTimesOutOfBounds: |params| params.disputes.arbiter_secs = 30 * DAYS + 1;
    DisputeTimesOutOfBounds: |params| params.disputes.juror_term_secs = 20 * DAYS - 1;
    DisputeTimesOutOfBounds: |params| params.disputes.draw_secs = u32::MAX;
    DisputeLongerThanLiability: |params| (params.disputes.arbiter_secs, params.disputes.juror_term_secs) =
        (4 * DAYS, 60 * DAYS);
    BondsOutOfBounds: |params| (params.disputes.minimum_bond, params.disputes.arbiter_fee) = (0, 0);
    BondsOutOfBounds: |params| params.disputes.juror_lock = 1 << 48;
    BondsOutOfBounds: |params| params.disputes.juror_fee = params.disputes.juror_lock + 1;
    BondsOutOfBounds: |params| params.disputes.arbiter_fee = params.disputes.minimum_bond + 1;
    SlashRulesOutOfBounds: |params| params.disputes.claim_bond_bps = 0;
    SlashRulesOutOfBounds: |params| params.disputes.claim_bond_bps = 2_001;
    SlashRulesOutOfBounds: |params| params.disputes.delta_bps = 10_001;
    SlashRulesOutOfBounds: |params| params.disputes.slash_cap_bps = 0;
    SlashRulesOutOfBounds: |params| params.disputes.slash_refill_epochs = 91;
    SlashRulesOutOfBounds: |params| params.disputes.cover_from_severity = 7;
    SeverityOutOfBounds: |params| params.disputes.severities[0].base_bps = 101;
    SeverityOutOfBounds: |params| params.disputes.severities[4].base_bps = 2_999;
    SeverityOutOfBounds: |params| params.disputes.severities[3].reward_bps = 3_001;
    SeverityOutOfBounds: |params| params.disputes.severities[1].jail_epochs = 366;
    SeverityOutOfBounds: |params| params.disputes.severities[2].installments = 0;
    SeverityOutOfBounds: |params| params.disputes.severities[2].installments = 9;
    SeverityOutOfBounds: |params| params.disputes.severities[3].installments = 3;
    SeverityOutOfBounds: |params| params.disputes.severities[3].deferral_secs = 0;
    LongestVoteOutOfBounds: |params| params.longest_vote_secs = 45 * DAYS + 1;
    UnbondingTooShort: |params| params.longest_vote_secs = 8 * DAYS + 1;
    PlaceHoldOutOfBounds: |params| params.place_hold_epochs = 0;
    PlaceHoldOutOfBounds: |params| params.place_hold_epochs = 366;
    PlaceCapOutOfBounds: |params| params.stake_per_place = 1 << 60;
    MinimumCeilingOutOfBounds: |params| params.minimum_fault_gain = 100_001;
    TierOutOfBounds: |params| params.tier_stake_bps[3] = 10_000_001;
};
