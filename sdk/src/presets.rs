//! Rules to begin with: what a network of a token with six decimals sets unless it has a reason not to.

use {
    crate::{
        Pubkey,
        state::{Agreement, DisputeRules, JobKind, JobRules, Metric, NetworkParams, SeverityRule},
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

const fn severity(base_bps: u16, reward_bps: u16, jail_epochs: u16, installments: u8) -> SeverityRule {
    SeverityRule { base_bps, reward_bps, jail_epochs, installments, padding: 0 }
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
    padding: [0; 6],
    severities: [
        severity(10, 1_000, 0, 1),
        severity(100, 2_000, 1, 2),
        severity(500, 3_000, 7, 4),
        severity(3_000, 3_000, 30, 1),
        severity(10_000, 3_000, 0, 1),
    ],
    randomness: Pubkey::new_from_array([0; 32]),
    randomness_owner: Pubkey::new_from_array([0; 32]),
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
    deferral_secs: 2 * DAY,
    installments_secs: 4 * DAY,
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
    tier_reputation_ppm: [0, 600_000, 750_000, 900_000],
    tier_fault_free_epochs: [0, 7, 30, 90],
    attester_tolerance_bps: 500,
    place_cap_mode: 0,
    padding: [0; 1],
    metrics: [Metric::ABSENT; 6],
    disputes: DISPUTES,
};
