//! Layouts of the parts of the accounts of stake.

use crate::program::pinned::{Layout, assert_contiguous, layout, len_of};
use work_token_sdk::state::{
    EmissionRules, EpochRecord, EpochRules, GenerationEnd, PendingLot, PlaceRules, Reservation, RewardState,
    ScoreRules, StakePool, VestingEntry,
};

/// All of them.
pub const LAYOUTS: &[Layout] = &[
    STAKE_POOL,
    GENERATION_END,
    REWARD_STATE,
    RESERVATION,
    EPOCH_RECORD,
    VESTING_ENTRY,
    PENDING_LOT,
    EPOCH_RULES,
    EMISSION_RULES,
    SCORE_RULES,
    PLACE_RULES,
];

layout!(STAKE_POOL, stake_pool_has_its_layout, StakePool, 0, 32, [
    generation: 0, 4;
    padding: 4, 4;
    tokens: 8, 8;
    shares: 16, 8;
    unbonding_shares: 24, 8;
]);

layout!(GENERATION_END, generation_end_has_its_layout, GenerationEnd, 0, 24, [
    generation_plus_one: 0, 4;
    padding: 4, 4;
    reward_index_x64: 8, 16;
]);

layout!(REWARD_STATE, reward_state_has_its_layout, RewardState, 0, 392, [
    reward_index_x64: 0, 16;
    remainder_x64: 16, 8;
    owed: 24, 8;
    unsettled_epoch: 32, 4;
    padding: 36, 4;
    index_ends_x64: 40, 256;
    generation_ends: 296, 96;
]);

layout!(RESERVATION, reservation_has_its_layout, Reservation, 0, 88, [
    claim: 0, 4;
    frozen_from_epoch: 4, 4;
    own: 8, 8;
    delegated: 16, 8;
    own_executed: 24, 8;
    delegated_executed: 32, 8;
    own_last_executed: 40, 8;
    delegated_last_executed: 48, 8;
    frozen: 56, 8;
    frozen_since_ts: 64, 8;
    joinable_until_ts: 72, 8;
    frozen_until_epoch: 80, 4;
    opened: 84, 2;
    joined: 86, 2;
]);

layout!(EPOCH_RECORD, epoch_record_has_its_layout, EpochRecord, 0, 144, [
    epoch: 0, 4;
    commission_bps: 4, 2;
    flags: 6, 2;
    own_total: 8, 8;
    delegated_total: 16, 8;
    own_staked: 24, 8;
    own_kept: 32, 8;
    delegated_staked: 40, 8;
    delegated_shares: 48, 8;
    weight: 56, 8;
    fees: 64, 8;
    burned: 72, 8;
    ends_at_ts: 80, 8;
    score_ppm: 88, 4;
    maintenance_secs: 92, 4;
    vesting_secs: 96, 4;
    leverage: 100, 2;
    place_plus_one: 102, 2;
    heartbeats: 104, 2;
    excused: 106, 2;
    drawn: 108, 2;
    done: 110, 2;
    declined: 112, 2;
    passed: 114, 2;
    failed: 116, 2;
    stopped: 118, 2;
    skips: 120, 18;
    tier: 138, 1;
    padding: 139, 5;
]);

layout!(VESTING_ENTRY, vesting_entry_has_its_layout, VestingEntry, 0, 32, [
    epoch: 0, 4;
    duration_secs: 4, 4;
    starts_at_ts: 8, 8;
    amount: 16, 8;
    taken: 24, 8;
]);

layout!(PENDING_LOT, pending_lot_has_its_layout, PendingLot, 0, 16, [
    activation_epoch: 0, 4;
    padding: 4, 4;
    shares: 8, 8;
]);

layout!(EPOCH_RULES, epoch_rules_have_their_layout, EpochRules, 0, 48, [
    epoch_plus_one: 0, 4;
    vesting_secs: 4, 4;
    leverage: 8, 2;
    excused: 10, 2;
    is_open: 12, 4;
    starts_at_ts: 16, 8;
    ends_at_ts: 24, 8;
    minimum_stake: 32, 8;
    outage_secs: 40, 8;
]);

layout!(EMISSION_RULES, emission_rules_have_their_layout, EmissionRules, 0, 24, [
    per_epoch: 0, 8;
    max_supply: 8, 8;
    keeper_share_ppm: 16, 4;
    attester_share_ppm: 20, 4;
]);

layout!(SCORE_RULES, score_rules_have_their_layout, ScoreRules, 0, 192, [
    metrics: 0, 144;
    composite_part_ppm: 144, 4;
    attester_tolerance_bps: 148, 2;
    padding: 150, 2;
    tier_reputation_ppm: 152, 16;
    tier_fault_free_epochs: 168, 8;
    attester_fine: 176, 8;
    attester_bond: 184, 8;
]);

layout!(PLACE_RULES, place_rules_have_their_layout, PlaceRules, 0, 48, [
    minimum_floor: 0, 8;
    minimum_ceiling: 8, 8;
    baseline_burned: 16, 8;
    minimum_reward_bps: 24, 4;
    minimum_supply_ppm: 28, 4;
    most_places: 32, 4;
    least_places: 36, 4;
    headroom_bps: 40, 4;
    place_cap_mode: 44, 4;
]);
