//! Every account layout: size, discriminator, and the offset and length of every field. A change here is a
//! change of the wire.

use crate::*;
use work_token_sdk::state::{
    Delegation, EmissionRules, EpochPool, EpochRecord, EpochRules, GenerationEnd, Network, ParamChange, PendingLot,
    PlaceRules, Provider, Reservation, RewardState, ScoreRules, StakePool, Unbonding, VestingEntry,
};

/// A field's name, its offset and its length in bytes.
pub type Field = (&'static str, usize, usize);

pub fn len_of<T, F>(_: fn(&T) -> &F) -> usize {
    size_of::<F>()
}

/// Fields follow each other without a gap and fill `size` bytes after `start`.
pub fn assert_contiguous(fields: &[Field], start: usize, size: usize) {
    let mut next = start;
    for (name, offset, len) in fields {
        assert_eq!(*offset, next, "{name} begins where the field before it ends");
        next += len;
    }
    assert_eq!(next, size, "no byte is left over");
}

/// Pins a struct: `$start` bytes stand before it.
macro_rules! layout {
    ($table:ident, $test:ident, $type:ident, $start:literal, $size:literal, [$($field:ident: $offset:literal, $len:literal;)*]) => {
        pub const $table: &[Field] = &[$((stringify!($field), $offset, $len)),*];

        #[test]
        fn $test() {
            $(
                let name = stringify!($field);
                assert_eq!($start + std::mem::offset_of!($type, $field), $offset, "offset of {name}");
                assert_eq!(len_of(|account: &$type| &account.$field), $len, "length of {name}");
            )*
            assert_eq!($start + size_of::<$type>(), $size);
            assert_contiguous($table, $start, $size);
        }
    };
}

pub(crate) use layout;

#[test]
fn every_account_has_its_size_and_its_discriminator() {
    assert_eq!((Network::SIZE, Network::DISCRIMINATOR), (2880, [51, 5, 209, 183, 60, 99, 156, 251]));
    assert_eq!((Provider::SIZE, Provider::DISCRIMINATOR), (2904, [164, 180, 71, 17, 75, 216, 80, 195]));
    assert_eq!((Delegation::SIZE, Delegation::DISCRIMINATOR), (192, [237, 90, 140, 159, 124, 255, 243, 80]));
    assert_eq!((Unbonding::SIZE, Unbonding::DISCRIMINATOR), (256, [95, 230, 238, 186, 158, 104, 194, 88]));
    assert_eq!((EpochPool::SIZE, EpochPool::DISCRIMINATOR), (632, [104, 133, 69, 186, 186, 183, 101, 131]));
    assert_eq!((ParamChange::SIZE, ParamChange::DISCRIMINATOR), (696, [137, 128, 88, 140, 15, 201, 242, 13]));
}

// R M17
#[test]
fn no_account_outgrows_the_bound_of_its_type() {
    const { assert!(Provider::SIZE <= 3_072 && Network::SIZE <= 3_584) };
    const { assert!(Delegation::SIZE <= 192 && Unbonding::SIZE <= 256) };
    const { assert!(EpochPool::SIZE <= 768) };
}

/// Every account's table.
fn accounts() -> impl Iterator<Item = &'static [Field]> {
    let of_stake: &[&[Field]] = &[NETWORK, PROVIDER, DELEGATION, UNBONDING, EPOCH_POOL, PARAM_CHANGE];
    [of_stake, crate::layouts_disputes::ACCOUNTS, crate::layouts_work::ACCOUNTS].into_iter().flatten().copied()
}

#[test]
fn every_account_begins_with_version_and_bump_and_has_its_network_at_byte_16() {
    assert_eq!(accounts().count(), work_token_sdk::interface::instructions::ACCOUNTS.len(), "none is left out");
    for table in accounts() {
        assert_eq!(table[..2], [("version", 8, 1), ("bump", 9, 1)]);
        let is_network = table == NETWORK;
        assert_eq!(table.contains(&("network", 16, 32)), !is_network, "{table:?}");
    }
}

#[test]
fn every_account_ends_with_room_but_those_whose_room_names_their_network() {
    let spent = accounts().filter(|table| table.last().is_none_or(|(name, _, len)| (*name, *len) != ("reserved", 32)));
    assert_eq!(spent.count(), 8);
}

layout!(NETWORK, network_has_its_layout, Network, 8, 2880, [
    version: 8, 1;
    bump: 9, 1;
    mint_decimals: 10, 1;
    emission_mode: 11, 1;
    flags: 12, 1;
    padding: 13, 3;
    id: 16, 8;
    creator: 24, 32;
    mint: 56, 32;
    token_program: 88, 32;
    authorities: 120, 208;
    vaults: 328, 200;
    clock_anchor_ts: 528, 8;
    clock_anchor_epoch: 536, 4;
    epoch_secs: 540, 4;
    next_epoch_secs: 544, 4;
    next_epoch_secs_from: 548, 4;
    paused_until_ts: 552, 8;
    pause_allowed_from_ts: 560, 8;
    next_finalize_epoch: 568, 4;
    active_providers: 572, 4;
    stake_total: 576, 8;
    stake_ring: 584, 64;
    finalized_with_stake: 648, 8;
    carried: 656, 8;
    emitted_total: 664, 8;
    params_version: 672, 4;
    param_changes: 676, 4;
    job_classes: 680, 4;
    places_taken: 684, 4;
    place_cap: 688, 4;
    padding_2: 692, 4;
    places: 696, 512;
    working_mean_x12: 1208, 8;
    reward_mean: 1216, 8;
    minimum_stake: 1224, 8;
    burn_due: 1232, 8;
    treasury_due: 1240, 8;
    work_trees: 1248, 64;
    beacon: 1312, 88;
    paused_from_ts: 1400, 8;
    paused_before_secs: 1408, 8;
    outages: 1416, 40;
    juror_tree: 1456, 32;
    juror_tree_from_ts: 1488, 8;
    armed_draws: 1496, 8;
    armed_window: 1504, 8;
    seating_until_work_ts: 1512, 8;
    slashing: 1520, 16;
    insurance: 1536, 48;
    convicted: 1584, 256;
    epoch_rules: 1840, 432;
    unmeasured_since_ts: 2272, 8;
    params: 2280, 568;
    reserved: 2848, 32;
]);

layout!(PROVIDER, provider_has_its_layout, Provider, 8, 2904, [
    version: 8, 1;
    bump: 9, 1;
    vault_bump: 10, 1;
    state: 11, 1;
    tier: 12, 1;
    flags: 13, 1;
    commission_bps: 14, 2;
    network: 16, 32;
    score_ppm: 48, 4;
    commission_announced_bps: 52, 2;
    padding: 54, 2;
    commission_effective_ts: 56, 8;
    owner: 64, 32;
    operator: 96, 32;
    reward_destination: 128, 32;
    stake_vault: 160, 32;
    metadata_hash: 192, 32;
    registered_epoch: 224, 4;
    last_touched_epoch: 228, 4;
    retired_epoch: 232, 4;
    live_positions: 236, 4;
    own: 240, 32;
    delegated: 272, 32;
    rewards: 304, 392;
    held: 696, 8;
    unmoved_slashes: 704, 8;
    reservations: 712, 352;
    records: 1064, 1152;
    vesting: 2216, 256;
    own_claimable: 2472, 8;
    place: 2480, 16;
    place_challenge: 2496, 48;
    underbonded_since_ts: 2544, 8;
    maintenance: 2552, 16;
    work: 2568, 24;
    reputation_x12: 2592, 4;
    open_seats: 2596, 4;
    padding_3: 2600, 4;
    last_fault_epoch_plus_one: 2604, 4;
    unscored_from_epoch: 2608, 4;
    maintenance_allowed_epoch: 2612, 4;
    unscored_epochs: 2616, 1;
    padding_2: 2617, 7;
    faults: 2624, 144;
    own_kept: 2768, 16;
    delegated_kept: 2784, 16;
    slash_debt: 2800, 8;
    counter: 2808, 40;
    disputes: 2848, 24;
    reserved: 2872, 32;
]);

layout!(DELEGATION, delegation_has_its_layout, Delegation, 8, 192, [
    version: 8, 1;
    bump: 9, 1;
    pool: 10, 1;
    flags: 11, 1;
    live_tickets: 12, 1;
    padding: 13, 1;
    held_tickets: 14, 2;
    network: 16, 32;
    provider: 48, 32;
    delegator: 80, 32;
    generation: 112, 4;
    last_ticket: 116, 4;
    shares: 120, 8;
    pending: 128, 32;
    reward_index_paid_x64: 160, 16;
    credited: 176, 8;
    emptied_at_ts: 184, 8;
]);

layout!(UNBONDING, unbonding_has_its_layout, Unbonding, 8, 256, [
    version: 8, 1;
    bump: 9, 1;
    pool: 10, 1;
    flags: 11, 1;
    number: 12, 4;
    network: 16, 32;
    delegation: 48, 32;
    generation: 80, 4;
    exit_epoch: 84, 4;
    shares: 88, 8;
    matures_at_ts: 96, 8;
    held: 104, 8;
    weight: 112, 8;
    halvings: 120, 4;
    padding: 124, 4;
    claims: 128, 128;
]);

layout!(EPOCH_POOL, epoch_pool_has_its_layout, EpochPool, 8, 632, [
    version: 8, 1;
    bump: 9, 1;
    state: 10, 1;
    padding: 11, 5;
    network: 16, 32;
    payer: 48, 32;
    epoch: 80, 4;
    vesting_secs: 84, 4;
    starts_at_ts: 88, 8;
    ends_at_ts: 96, 8;
    ends_at_work_ts: 104, 8;
    weigh_from_work_ts: 112, 8;
    first_weighed_work_ts: 120, 8;
    weigh_secs: 128, 4;
    weighed: 132, 4;
    weighed_with_weight: 136, 4;
    settled: 140, 4;
    emission: 144, 8;
    total_weight: 152, 8;
    stake_folded: 160, 8;
    stake_weighted: 168, 8;
    stake_attested: 176, 8;
    stake_before: 184, 8;
    distributed: 192, 8;
    settled_weight: 200, 8;
    reclaimed: 208, 8;
    keeper_paid: 216, 8;
    keeper_cap: 224, 8;
    weigh_bounty: 232, 8;
    settle_bounty: 240, 8;
    finalize_bounty: 248, 8;
    leverage: 256, 4;
    share_cap_ppm: 260, 4;
    tier_bps: 264, 8;
    attester_emission: 272, 8;
    attester_paid: 280, 8;
    attester_points: 288, 8;
    burn_due: 296, 8;
    treasury_due: 304, 8;
    burned: 312, 8;
    working: 320, 4;
    scored: 324, 4;
    open_shards: 328, 4;
    flags: 332, 4;
    emission_rules: 336, 24;
    score_rules: 360, 192;
    place_rules: 552, 48;
    reserved: 600, 32;
]);

layout!(PARAM_CHANGE, param_change_has_its_layout, ParamChange, 8, 696, [
    version: 8, 1;
    bump: 9, 1;
    class: 10, 1;
    padding: 11, 1;
    number: 12, 4;
    network: 16, 32;
    payer: 48, 32;
    params_version: 80, 4;
    padding_2: 84, 4;
    executable_from_ts: 88, 8;
    params: 96, 568;
    reserved: 664, 32;
]);

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
