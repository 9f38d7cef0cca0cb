//! Layouts of the named parts of networks, providers and disputes.

use crate::program::pinned::{Layout, assert_contiguous, layout, len_of};
use work_token_sdk::state::{
    AnnouncedPayment, Authorities, BucketLevel, ClaimedStake, CounterBond, DeclaredMaintenance, DisputeCosts,
    DisputeCounts, EpochPaid, FaultRecord, JuryDraw, NetworkVaults, Outages, Reputation, SlashState, WorkBooks,
};

/// All of them.
pub const LAYOUTS: &[Layout] = &[
    DISPUTE_COUNTS,
    COUNTER_BOND,
    FAULT_RECORD,
    WORK_BOOKS,
    REPUTATION,
    DECLARED_MAINTENANCE,
    ANNOUNCED_PAYMENT,
    BUCKET_LEVEL,
    EPOCH_PAID,
    OUTAGES,
    NETWORK_VAULTS,
    AUTHORITIES,
    DISPUTE_COSTS,
    CLAIMED_STAKE,
    SLASH_STATE,
    JURY_DRAW,
];

layout!(DISPUTE_COUNTS, dispute_counts_have_their_layout, DisputeCounts, 0, 24, [
    open: 0, 4;
    claims: 4, 4;
    conduct: 8, 4;
    jailed_until_epoch: 12, 4;
    answered: 16, 4;
    ruled_epoch_plus_one: 20, 4;
]);

layout!(COUNTER_BOND, counter_bond_has_its_layout, CounterBond, 0, 40, [
    bond: 0, 8;
    bonder: 8, 32;
]);

layout!(FAULT_RECORD, fault_record_has_its_layout, FaultRecord, 0, 152, [
    offences: 0, 96;
    convictions: 96, 48;
    last_epoch_plus_one: 144, 4;
    padding: 148, 4;
]);

layout!(REPUTATION, reputation_has_its_layout, Reputation, 0, 16, [
    score_ppm: 0, 4;
    value_x12: 4, 4;
    unscored_from_epoch: 8, 4;
    unscored_epochs: 12, 1;
    tier: 13, 1;
    padding: 14, 2;
]);

layout!(WORK_BOOKS, work_books_have_their_layout, WorkBooks, 0, 24, [
    exposure: 0, 8;
    burn_due: 8, 8;
    treasury_due: 16, 8;
]);

layout!(DECLARED_MAINTENANCE, declared_maintenance_has_its_layout, DeclaredMaintenance, 0, 24, [
    from_ts: 0, 8;
    until_ts: 8, 8;
    allowed_epoch: 16, 4;
    padding: 20, 4;
]);

layout!(ANNOUNCED_PAYMENT, announced_payment_has_its_layout, AnnouncedPayment, 0, 48, [
    to: 0, 32;
    amount: 32, 8;
    from_ts: 40, 8;
]);

layout!(BUCKET_LEVEL, bucket_level_has_its_layout, BucketLevel, 0, 16, [
    tokens: 0, 8;
    as_of_ts: 8, 8;
]);

layout!(EPOCH_PAID, epoch_paid_has_its_layout, EpochPaid, 0, 16, [
    epoch_plus_one: 0, 4;
    padding: 4, 4;
    amount: 8, 8;
]);

layout!(OUTAGES, outages_have_their_layout, Outages, 0, 40, [
    secs: 0, 8;
    noted_slot: 8, 8;
    noted_ts: 16, 8;
    week_from_ts: 24, 8;
    week_secs: 32, 8;
]);

layout!(NETWORK_VAULTS, network_vaults_have_their_layout, NetworkVaults, 0, 200, [
    reward: 0, 32;
    escrow: 32, 32;
    insurance: 64, 32;
    keeper: 96, 32;
    treasury: 128, 32;
    reserve: 160, 32;
    bumps: 192, 8;
]);

layout!(AUTHORITIES, authorities_have_their_layout, Authorities, 0, 208, [
    admin: 0, 32;
    pending_admin: 32, 32;
    guardian: 64, 32;
    pending_guardian: 96, 32;
    arbiter: 128, 32;
    pending_arbiter: 160, 32;
    guardian_from_ts: 192, 8;
    arbiter_from_ts: 200, 8;
]);

layout!(DISPUTE_COSTS, dispute_costs_have_their_layout, DisputeCosts, 0, 48, [
    juror_fees: 0, 24;
    juror_lock: 24, 8;
    bounty: 32, 8;
    arbiter_fee: 40, 8;
]);

layout!(CLAIMED_STAKE, claimed_stake_has_its_layout, ClaimedStake, 0, 80, [
    own_base: 0, 8;
    delegated_base: 8, 8;
    own_claimed: 16, 8;
    delegated_claimed: 24, 8;
    own_booked: 32, 8;
    delegated_booked: 40, 8;
    own_joined: 48, 16;
    delegated_joined: 64, 16;
]);

layout!(SLASH_STATE, slash_state_has_its_layout, SlashState, 0, 72, [
    own_claim_left: 0, 8;
    delegated_claim_left: 8, 8;
    own: 16, 8;
    delegated: 24, 8;
    own_executed: 32, 8;
    delegated_executed: 40, 8;
    confiscated: 48, 8;
    from_work_ts: 56, 8;
    interval_secs: 64, 4;
    padding: 68, 4;
]);

layout!(JURY_DRAW, jury_draw_has_its_layout, JuryDraw, 0, 96, [
    seed_slot: 0, 8;
    armed_until_slot: 8, 8;
    armed_ts: 16, 8;
    seed: 24, 32;
    source: 56, 32;
    given: 88, 8;
]);
