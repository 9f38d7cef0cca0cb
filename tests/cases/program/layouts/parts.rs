//! Layouts of the parts of the accounts of stake.

use crate::program::pinned::{Layout, assert_contiguous, layout, len_of};
use work_token_sdk::state::{
    AutoRestake, EmissionPolicy, EmissionRules, EmissionState, EpochRecord, EpochRules, GenerationEnd, PaidWork,
    PendingLot, PlaceRules, Reservation, RewardState, ScoreRules, StakePool, UnitsRing, VestingEntry, Voice, WorkPay,
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
    AUTO_RESTAKE,
    VOICE,
    EPOCH_RULES,
    EMISSION_RULES,
    EMISSION_POLICY,
    EMISSION_STATE,
    SCORE_RULES,
    PLACE_RULES,
    WORK_PAY,
    PAID_WORK,
    UNITS_RING,
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

layout!(EPOCH_RECORD, epoch_record_has_its_layout, EpochRecord, 0, 152, [
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
    units: 80, 8;
    ends_at_ts: 88, 8;
    score_ppm: 96, 4;
    maintenance_secs: 100, 4;
    vesting_secs: 104, 4;
    leverage: 108, 2;
    place_plus_one: 110, 2;
    heartbeats: 112, 2;
    excused: 114, 2;
    drawn: 116, 2;
    done: 118, 2;
    declined: 120, 2;
    passed: 122, 2;
    failed: 124, 2;
    stopped: 126, 2;
    skips: 128, 18;
    tier: 146, 1;
    padding: 147, 5;
]);

layout!(VESTING_ENTRY, vesting_entry_has_its_layout, VestingEntry, 0, 32, [
    epoch: 0, 4;
    duration_secs: 4, 4;
    starts_at_ts: 8, 8;
    amount: 16, 8;
    taken: 24, 8;
]);

layout!(AUTO_RESTAKE, auto_restake_has_its_layout, AutoRestake, 0, 16, [
    max_open_claims: 0, 8;
    last_epoch_plus_one: 8, 4;
    padding: 12, 4;
]);

layout!(VOICE, voice_has_its_layout, Voice, 0, 24, [
    from_ts: 0, 8;
    arriving: 8, 8;
    arrived_ts: 16, 8;
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

layout!(EMISSION_RULES, emission_rules_have_their_layout, EmissionRules, 0, 96, [
    per_epoch: 0, 8;
    max_supply: 8, 8;
    keeper_share_ppm: 16, 4;
    attester_share_ppm: 20, 4;
    policy: 24, 72;
]);

layout!(EMISSION_POLICY, emission_policy_has_its_layout, EmissionPolicy, 0, 72, [
    rate_floor_ppt: 0, 8;
    rate_ceiling_ppt: 8, 8;
    initial_rate_ppt: 16, 8;
    year_cap: 24, 8;
    treasury_cap: 32, 8;
    treasury_step: 40, 8;
    stake_target_ppm: 48, 4;
    response_secs: 52, 4;
    fee_part_ppm: 56, 4;
    treasury_share_ppm: 60, 4;
    law: 64, 1;
    padding: 65, 7;
]);

layout!(EMISSION_STATE, emission_state_has_its_layout, EmissionState, 0, 536, [
    rate_ppt: 0, 8;
    window: 8, 16;
    fees_taken: 24, 56;
    earned: 80, 8;
    earning_stake: 88, 8;
    weeks: 96, 432;
    last_week: 528, 4;
    next_fees: 532, 4;
]);

layout!(SCORE_RULES, score_rules_have_their_layout, ScoreRules, 0, 224, [
    metrics: 0, 144;
    composite_part_ppm: 144, 4;
    attester_tolerance_bps: 148, 2;
    units_tolerance: 150, 2;
    tier_reputation_ppm: 152, 16;
    tier_fault_free_epochs: 168, 8;
    attester_fine: 176, 8;
    attester_bond: 184, 8;
    tier_stake: 192, 32;
]);

layout!(PLACE_RULES, place_rules_have_their_layout, PlaceRules, 0, 64, [
    minimum_floor: 0, 8;
    minimum_ceiling: 8, 8;
    baseline_burned: 16, 8;
    stake_per_place: 24, 8;
    minimum_reward_bps: 32, 4;
    minimum_supply_ppm: 36, 4;
    most_places: 40, 4;
    least_places: 44, 4;
    headroom_bps: 48, 4;
    place_cap_mode: 52, 4;
    minimum_fault_gain: 56, 4;
    padding: 60, 4;
]);

layout!(WORK_PAY, work_pay_has_its_layout, WorkPay, 0, 40, [
    unit_stake: 0, 8;
    unit_burn: 8, 8;
    units_baseline: 16, 8;
    burn_back_ppm: 24, 4;
    work_share_ppm: 28, 4;
    units_tolerance: 32, 2;
    padding: 34, 6;
]);

layout!(PAID_WORK, paid_work_has_its_layout, PaidWork, 0, 40, [
    burn_back: 0, 8;
    settled_burn_back: 8, 8;
    emission: 16, 8;
    units: 24, 8;
    settled_units: 32, 8;
]);

layout!(UNITS_RING, units_ring_has_its_layout, UnitsRing, 0, 72, [
    counted: 0, 64;
    epochs: 64, 8;
]);
