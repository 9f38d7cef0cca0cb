//! Every account layout: size, discriminator, and the offset and length of every field. A change here is a
//! change of the wire.

mod disputes;
mod named;
mod parts;
mod places;
mod votes;
mod work;

use crate::program::pinned::{Layout, assert_contiguous, layout, len_of};
use work_token_sdk::{
    interface::{accounts::ACCOUNTS, votes::accounts::ACCOUNTS as OF_VOTES},
    state::{Delegation, EpochPool, Network, ParamChange, ParamDraft, Provider, Unbonding},
};

/// Every account and every part of one.
pub fn all() -> impl Iterator<Item = &'static Layout> {
    let of_stake: &[Layout] = &[NETWORK, PROVIDER, DELEGATION, UNBONDING, EPOCH_POOL, PARAM_CHANGE, PARAM_DRAFT];
    [of_stake, parts::LAYOUTS, named::LAYOUTS, disputes::LAYOUTS, places::LAYOUTS, votes::LAYOUTS, work::LAYOUTS]
        .into_iter()
        .flatten()
}

fn accounts() -> impl Iterator<Item = &'static Layout> {
    all().filter(|layout| layout.is_account)
}

#[test]
fn every_account_of_the_program_has_its_layout_and_its_size() {
    let mut pinned: Vec<_> = accounts().map(|layout| (layout.name, layout.size)).collect();
    let mut listed: Vec<_> = ACCOUNTS.iter().chain(OF_VOTES).map(|account| (account.name, account.size)).collect();
    pinned.sort();
    listed.sort();
    assert_eq!(pinned, listed);
}

// network-account-1
#[test]
fn no_account_outgrows_the_bound_of_its_type() {
    const { assert!(Provider::SIZE <= 3_072 && Network::SIZE <= 4_096) };
    const { assert!(Delegation::SIZE <= 232 && Unbonding::SIZE <= 256) };
    const { assert!(EpochPool::SIZE <= 1_024) };
}

#[test]
fn every_account_begins_with_version_and_bump_and_has_its_network_at_byte_16() {
    for Layout { name, fields, .. } in accounts() {
        assert_eq!(fields[..2], [("version", 8, 1), ("bump", 9, 1)], "{name}");
        assert_eq!(fields.contains(&("network", 16, 32)), *name != "Network", "{name}");
    }
}

#[test]
fn every_account_ends_with_room_but_those_whose_room_names_their_network() {
    let has_room = |layout: &Layout| layout.fields.last().is_some_and(|field| (field.0, field.2) == ("reserved", 32));
    assert_eq!(accounts().filter(|layout| !has_room(layout)).count(), 8);
}

layout!(NETWORK, network_has_its_layout, Network, 8, 3760, [
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
    queue: 1208, 16;
    pace: 1224, 32;
    working_mean_x12: 1256, 8;
    reward_mean: 1264, 8;
    minimum_stake: 1272, 8;
    burn_due: 1280, 8;
    treasury_due: 1288, 8;
    work_trees: 1296, 64;
    beacon: 1360, 88;
    paused_from_ts: 1448, 8;
    paused_before_secs: 1456, 8;
    outages: 1464, 40;
    juror_tree: 1504, 32;
    juror_tree_from_ts: 1536, 8;
    armed_draws: 1544, 8;
    armed_window: 1552, 8;
    draws_until_work_ts: 1560, 8;
    slashing: 1568, 16;
    insurance: 1584, 48;
    treasury: 1632, 48;
    treasury_paid: 1680, 16;
    emission: 1696, 536;
    convicted: 2232, 256;
    epoch_rules: 2488, 432;
    unmeasured_since_ts: 2920, 8;
    units: 2928, 72;
    params: 3000, 728;
    reserved: 3728, 32;
]);

layout!(PROVIDER, provider_has_its_layout, Provider, 8, 3008, [
    version: 8, 1;
    bump: 9, 1;
    vault_bump: 10, 1;
    state: 11, 1;
    flags: 12, 1;
    padding: 13, 1;
    commission_bps: 14, 2;
    network: 16, 32;
    reputation: 48, 16;
    commission_announced_bps: 64, 2;
    padding_2: 66, 6;
    commission_effective_ts: 72, 8;
    owner: 80, 32;
    operator: 112, 32;
    reward_destination: 144, 32;
    stake_vault: 176, 32;
    metadata_hash: 208, 32;
    registered_epoch: 240, 4;
    last_touched_epoch: 244, 4;
    retired_epoch: 248, 4;
    live_positions: 252, 4;
    open_seats: 256, 4;
    padding_3: 260, 4;
    own: 264, 32;
    delegated: 296, 32;
    rewards: 328, 392;
    held: 720, 8;
    unmoved_slashes: 728, 8;
    reservations: 736, 352;
    records: 1088, 1216;
    vesting: 2304, 256;
    own_claimable: 2560, 8;
    place: 2568, 16;
    place_challenge: 2584, 48;
    wait: 2632, 16;
    underbonded_since_ts: 2648, 8;
    maintenance: 2656, 24;
    work: 2680, 24;
    faults: 2704, 152;
    own_kept: 2856, 16;
    delegated_kept: 2872, 16;
    slash_debt: 2888, 8;
    counter: 2896, 40;
    disputes: 2936, 24;
    direct_shares: 2960, 8;
    voice_from_ts: 2968, 8;
    reserved: 2976, 32;
]);

layout!(DELEGATION, delegation_has_its_layout, Delegation, 8, 232, [
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
    auto_restake: 192, 16;
    voice: 208, 24;
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

layout!(EPOCH_POOL, epoch_pool_has_its_layout, EpochPool, 8, 832, [
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
    emission_rules: 336, 96;
    score_rules: 432, 224;
    place_rules: 656, 64;
    work_pay: 720, 40;
    work: 760, 40;
    reserved: 800, 32;
]);

layout!(PARAM_DRAFT, param_draft_has_its_layout, ParamDraft, 8, 880, [
    version: 8, 1;
    bump: 9, 1;
    is_complete: 10, 1;
    padding: 11, 5;
    network: 16, 32;
    author: 48, 32;
    hash: 80, 32;
    kept_until_ts: 112, 8;
    params: 120, 728;
    reserved: 848, 32;
]);

layout!(PARAM_CHANGE, param_change_has_its_layout, ParamChange, 8, 856, [
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
    params: 96, 728;
    reserved: 824, 32;
]);
