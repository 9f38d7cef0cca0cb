//! Rules to begin with: what a network of a token with six decimals sets unless it has a reason not to.

mod kinds;

pub use kinds::{Preset, PresetClass};

use {
    crate::{
        Pubkey,
        state::{
            Agreement, DisputeRules, EmissionLaw, EmissionPolicy, JobKind, JobRules, Metric, NetworkParams,
            SeverityRule, WorkPay,
        },
    },
    work_token_interface::limits::MIN_JOB_FEE,
};

const TOKEN: u64 = 1_000_000;
const HOUR: u32 = 3_600;
const DAY: u32 = 24 * HOUR;

/// A fixed fee and one provider: an hour to seat, ten minutes to accept, at most a day to work, three to
/// dispute.
pub const JOB_RULES: JobRules = JobRules {
    minimum_fee: MIN_JOB_FEE,
    seat_secs: HOUR,
    accept_secs: 600,
    least_work_secs: 60,
    work_secs: DAY,
    extension_secs: 12 * HOUR,
    reveal_secs: HOUR,
    challenge_secs: 3 * DAY,
    keep_alive_secs: 300,
    exposure_factor: 60,
    cancel_fee_bps: 500,
    detection_bps: 2_500,
    kind: JobKind::Fixed as u8,
    redundancy: 1,
    undecided_refund_bps: 5_000,
    agreement: Agreement::Exact as u8,
    padding: [0; 3],
};

const fn severity(
    (base_bps, reward_bps): (u16, u16),
    jail_epochs: u16,
    (deferral_secs, installments): (u32, u8),
) -> SeverityRule {
    SeverityRule { base_bps, reward_bps, jail_epochs, installments, padding: 0, deferral_secs }
}

/// Two days to answer, a day for each phase of a jury, two for the arbiter: 19 days at the longest. Bonds
/// from 100 tokens, jurors lock 20 a seat for a fee of 1.
pub const DISPUTES: DisputeRules = DisputeRules {
    minimum_bond: 100 * TOKEN,
    juror_fee: TOKEN,
    juror_lock: 20 * TOKEN,
    arbiter_fee: 10 * TOKEN,
    answer_secs: 2 * DAY,
    draw_secs: DAY,
    commit_secs: DAY,
    reveal_secs: DAY,
    appeal_secs: DAY,
    arbiter_secs: 2 * DAY,
    juror_term_secs: 30 * DAY,
    slash_refill_epochs: 7,
    claim_bond_bps: 500,
    delta_bps: 5_000,
    slash_cap_bps: 500,
    randomness_offset: 0,
    cover_from_severity: 4,
    arbiter_severity: 3,
    padding: [0; 2],
    severities: [
        severity((10, 1_000), 0, (2 * DAY, 1)),
        severity((100, 2_000), 1, (2 * DAY, 2)),
        severity((500, 3_000), 7, (2 * DAY, 4)),
        severity((3_000, 3_000), 30, (2 * DAY, 4)),
        severity((10_000, 3_000), 0, (3 * DAY, 4)),
    ],
    randomness: Pubkey::new_from_array([0; 32]),
    randomness_owner: Pubkey::new_from_array([0; 32]),
};

/// Nothing comes back and nothing goes by units. Where a network raises the two parts, a unit is worth a
/// thousandth of a token burned and a hundredth of own stake, and an epoch counts as having thirty million of
/// them, which is enough for both parts at their highest under the other defaults.
pub const WORK_PAY: WorkPay = WorkPay {
    unit_stake: TOKEN / 100,
    unit_burn: TOKEN / 1_000,
    units_baseline: 30_000_000,
    burn_back_ppm: 0,
    work_share_ppm: 0,
    units_tolerance: 100,
    padding: [0; 6],
};

/// The fixed law, capped at a tenth of the maximum supply a year. Where a network chooses the target law:
/// half of the supply staked, reached within about a year, at 1 to 10 % of the supply a year, of which the
/// whole of what fees took gives way.
pub const EMISSION: EmissionPolicy = EmissionPolicy {
    rate_floor_ppt: 10_000_000_000,
    rate_ceiling_ppt: 100_000_000_000,
    initial_rate_ppt: 50_000_000_000,
    year_cap: 100_000_000 * TOKEN,
    treasury_cap: 50_000_000 * TOKEN,
    treasury_step: 1_000_000 * TOKEN,
    stake_target_ppm: 500_000,
    response_secs: 365 * DAY,
    fee_part_ppm: 1_000_000,
    treasury_share_ppm: 0,
    law: EmissionLaw::Fixed as u8,
    padding: [0; 7],
};

/// Daily epochs, 10 days of unbonding, 35 for own stake, six decimals, one billion tokens: what the documents
/// call default.
pub const NETWORK_PARAMS: NetworkParams = NetworkParams {
    emission_per_epoch: 100_000 * TOKEN,
    max_supply: 1_000_000_000 * TOKEN,
    minimum_delegation: 100 * TOKEN,
    minimum_self_stake: 10_000 * TOKEN,
    weigh_bounty: 8_000,
    settle_bounty: 8_000,
    finalize_bounty: 8_000,
    activation_bounty: 7_000,
    keeper_cap: 100 * TOKEN,
    epoch_secs: DAY,
    reveal_secs: HOUR,
    weigh_secs: HOUR,
    vesting_epochs: 7,
    unbonding_secs: 10 * DAY,
    own_unbonding_secs: 35 * DAY,
    longest_job_secs: 4 * DAY - HOUR,
    challenge_secs: 3 * DAY,
    longest_dispute_secs: 21 * DAY,
    leverage: 16,
    share_cap_ppm: 200_000,
    keeper_share_ppm: 10_000,
    tier_bps: [10_000, 11_000, 12_500, 15_000],
    job_bounty: 1_000,
    attester_bond: 1_000 * TOKEN,
    attester_fine: 50 * TOKEN,
    minimum_stake_ceiling: 100_000 * TOKEN,
    attester_share_ppm: 20_000,
    fee_burn_ppm: 50_000,
    fee_treasury_ppm: 50_000,
    composite_part_ppm: 500_000,
    most_places: 4_096,
    least_places: 0,
    headroom_bps: 12_000,
    minimum_reward_bps: 0,
    minimum_supply_ppm: 0,
    baseline_burned: 0,
    minimum_fault_gain: 0,
    place_hold_epochs: 14,
    longest_vote_secs: 7 * DAY,
    stake_per_place: 0,
    tier_stake_bps: [0, 10_000, 10_000, 10_000],
    tier_reputation_ppm: [0, 600_000, 750_000, 900_000],
    tier_fault_free_epochs: [0, 7, 30, 90],
    attester_tolerance_bps: 500,
    place_cap_mode: 0,
    padding: [0; 5],
    metrics: [Metric::ABSENT; 6],
    emission: EMISSION,
    disputes: DISPUTES,
    work_pay: WORK_PAY,
};
