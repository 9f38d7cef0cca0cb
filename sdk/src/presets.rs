//! Rules to begin with: what a network of a token with six decimals sets unless it has a reason not to.

use {
    crate::state::{Agreement, DisputeRules, JobKind, JobRules, SeverityRule},
    solana_sdk::pubkey::Pubkey,
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

/// Two days to answer, a day for each phase of a jury, two for the arbiter: 20 days at the longest. Bonds
/// from 100 tokens, jurors lock 20 a seat for a fee of 1.
pub const DISPUTES: DisputeRules = DisputeRules {
    minimum_bond: 100 * TOKEN,
    juror_fee: TOKEN,
    juror_lock: 20 * TOKEN,
    arbiter_fee: 10 * TOKEN,
    answer_secs: 2 * DAY,
    seat_secs: DAY,
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
