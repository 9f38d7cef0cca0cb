//! Rules to begin with: what a network of a token with six decimals sets unless it has a reason not to.

use {
    crate::state::{DisputeRules, SeverityRule},
    solana_sdk::pubkey::Pubkey,
};

const TOKEN: u64 = 1_000_000;
const DAY: u32 = 86_400;

const fn severity(base_bps: u16, reward_bps: u16, jail_epochs: u16, installments: u8) -> SeverityRule {
    SeverityRule { base_bps, reward_bps, jail_epochs, installments, padding: 0 }
}

/// Two days to answer, a day for each phase of a jury, two for the arbiter: 20 days at the longest. Bonds from 100 tokens, jurors lock 20 a seat for a fee of 1.
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
    padding: [0; 7],
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
