//! Layouts of the accounts of jobs, seats, scores and attesters.

use crate::program::pinned::{Layout, assert_contiguous, layout, len_of};
use work_token_sdk::state::{
    Assignment, Attester, AttesterRoster, Beacon, Beneficiary, CanarySets, ClassOperator, Client, Handover, Job,
    JobClass, JobRules, Metric, Model, NetworkParams, Offer, Opinion, RosterEntry, ScoreShard,
};

// network-account-1
#[test]
fn no_account_of_work_outgrows_the_bound_of_its_type() {
    const { assert!(Job::SIZE <= 640 && Model::SIZE <= 512) };
    const { assert!(ScoreShard::SIZE <= 10_240 && AttesterRoster::SIZE <= 10_240) };
}

/// All of them.
pub const LAYOUTS: &[Layout] = &[
    JOB_CLASS,
    MODEL,
    CLIENT,
    JOB,
    ASSIGNMENT,
    OFFER,
    CLASS_OPERATOR,
    HANDOVER,
    BENEFICIARY,
    ATTESTER,
    CANARY_SETS,
    ATTESTER_ROSTER,
    SCORE_SHARD,
    JOB_RULES,
    METRIC,
    BEACON,
    ROSTER_ENTRY,
    OPINION,
    NETWORK_PARAMS,
];

layout!(JOB_CLASS, job_class_has_its_layout, JobClass, 8, 232, [
    version: 8, 1;
    bump: 9, 1;
    class: 10, 1;
    padding: 11, 5;
    network: 16, 32;
    payer: 48, 32;
    next_from_ts: 80, 8;
    rules: 88, 56;
    next: 144, 56;
    reserved: 200, 32;
]);

layout!(MODEL, model_has_its_layout, Model, 8, 328, [
    version: 8, 1;
    bump: 9, 1;
    status: 10, 1;
    uri_len: 11, 1;
    model_version: 12, 4;
    network: 16, 32;
    payer: 48, 32;
    name: 80, 32;
    hash: 112, 32;
    uri: 144, 128;
    created_ts: 272, 8;
    version_ts: 280, 8;
    set_ts: 288, 8;
    reserved: 296, 32;
]);

layout!(CLIENT, client_has_its_layout, Client, 8, 120, [
    version: 8, 1;
    bump: 9, 1;
    padding: 10, 6;
    network: 16, 32;
    owner: 48, 32;
    next_number: 80, 8;
    reserved: 88, 32;
]);

layout!(JOB, job_has_its_layout, Job, 8, 584, [
    version: 8, 1;
    bump: 9, 1;
    class: 10, 1;
    flags: 11, 1;
    live_seats: 12, 1;
    uncommitted_seats: 13, 1;
    revealed: 14, 1;
    padding: 15, 1;
    network: 16, 32;
    client: 48, 32;
    operator: 80, 32;
    refund_account: 112, 32;
    number: 144, 8;
    fee: 152, 8;
    price_per_sec: 160, 8;
    bounty: 168, 8;
    bounties_left: 176, 8;
    created_slot: 184, 8;
    seed_slot: 192, 8;
    seat_until_work_ts: 200, 8;
    reveal_until_work_ts: 208, 8;
    ended_ts: 216, 8;
    tree_epoch: 224, 4;
    work_secs: 228, 4;
    fee_burn_ppm: 232, 4;
    fee_treasury_ppm: 236, 4;
    seed: 240, 32;
    input_hash: 272, 32;
    rules: 304, 56;
    results: 360, 80;
    seated: 440, 40;
    model: 480, 32;
    model_hash: 512, 32;
    model_version: 544, 4;
    padding_2: 548, 4;
    reserved: 552, 32;
]);

layout!(ASSIGNMENT, assignment_has_its_layout, Assignment, 8, 408, [
    version: 8, 1;
    bump: 9, 1;
    seat: 10, 1;
    state: 11, 1;
    attempts: 12, 1;
    leaves: 13, 1;
    flags: 14, 1;
    padding: 15, 1;
    network: 16, 32;
    job: 48, 32;
    provider: 80, 32;
    operator: 112, 32;
    fee: 144, 8;
    exposure: 152, 8;
    credit: 160, 8;
    fee_due: 168, 8;
    burn_due: 176, 8;
    own_total: 184, 8;
    delegated_total: 192, 8;
    accept_until_work_ts: 200, 8;
    accepted_work_ts: 208, 8;
    work_until_work_ts: 216, 8;
    meter_from_ts: 224, 8;
    keep_alive_ts: 232, 8;
    submitted_work_ts: 240, 8;
    challenge_until_work_ts: 248, 8;
    accepted_epoch: 256, 4;
    extension_secs: 260, 4;
    commitment: 264, 32;
    result_hash: 296, 32;
    severities: 328, 60;
    open_disputes: 388, 4;
    disputes: 392, 4;
    reopenings: 396, 1;
    found_severity: 397, 1;
    padding_2: 398, 2;
    compensated: 400, 8;
]);

layout!(OFFER, offer_has_its_layout, Offer, 8, 664, [
    version: 8, 1;
    bump: 9, 1;
    classes: 10, 2;
    next_classes: 12, 2;
    padding: 14, 2;
    network: 16, 32;
    next_from_epoch: 48, 4;
    padding_2: 52, 4;
    provider: 56, 32;
    floors: 88, 128;
    next_floors: 216, 128;
    least_work_secs: 344, 64;
    next_least_work_secs: 408, 64;
    operators_of: 472, 32;
    operators: 504, 160;
]);

layout!(CLASS_OPERATOR, class_operator_has_its_layout, ClassOperator, 0, 40, [
    operator: 0, 32;
    classes: 32, 2;
    padding: 34, 6;
]);

layout!(HANDOVER, handover_has_its_layout, Handover, 8, 192, [
    version: 8, 1;
    bump: 9, 1;
    padding: 10, 6;
    network: 16, 32;
    provider: 48, 32;
    from: 80, 32;
    to: 112, 32;
    from_ts: 144, 8;
    until_ts: 152, 8;
    reserved: 160, 32;
]);

layout!(BENEFICIARY, beneficiary_has_its_layout, Beneficiary, 8, 256, [
    version: 8, 1;
    bump: 9, 1;
    padding: 10, 6;
    network: 16, 32;
    provider: 48, 32;
    beneficiary: 80, 32;
    destination: 112, 32;
    left: 144, 8;
    until_ts: 152, 8;
    owed: 160, 8;
    paid: 168, 8;
    proposed: 176, 32;
    proposed_quota: 208, 8;
    proposed_until_ts: 216, 8;
    reserved: 224, 32;
]);

layout!(ATTESTER, attester_has_its_layout, Attester, 8, 296, [
    version: 8, 1;
    bump: 9, 1;
    place: 10, 2;
    aimed_epoch_plus_one: 12, 4;
    network: 16, 32;
    owner: 48, 32;
    own_provider: 80, 32;
    bond: 112, 8;
    credit: 120, 8;
    retired_ts: 128, 8;
    last_owed_epoch_plus_one: 136, 4;
    missed: 140, 4;
    aimed_bond: 144, 8;
    aimed_place: 152, 2;
    padding: 154, 6;
    reporter: 160, 32;
    canaries: 192, 72;
    reserved: 264, 32;
]);

layout!(CANARY_SETS, canary_sets_have_their_layout, CanarySets, 0, 72, [
    before: 0, 32;
    newest: 32, 32;
    before_from_epoch: 64, 4;
    newest_from_epoch: 68, 4;
]);

layout!(ATTESTER_ROSTER, attester_roster_has_its_layout, AttesterRoster, 8, 9296, [
    version: 8, 1;
    bump: 9, 1;
    count: 10, 2;
    from_epoch: 12, 4;
    network: 16, 32;
    entries: 48, 9216;
    reserved: 9264, 32;
]);

layout!(SCORE_SHARD, score_shard_has_its_layout, ScoreShard, 8, 10120, [
    version: 8, 1;
    bump: 9, 1;
    shard: 10, 2;
    epoch: 12, 4;
    network: 16, 32;
    scored: 48, 4;
    attesters: 52, 4;
    payer: 56, 32;
    commit_until_work_ts: 88, 8;
    reveal_until_work_ts: 96, 8;
    drawn_bonds: 104, 8;
    revealed_bonds: 112, 8;
    settled: 120, 4;
    units_plus_one: 124, 1;
    padding: 125, 3;
    opinions: 128, 1320;
    reports: 1448, 8640;
    reserved: 10088, 32;
]);

layout!(JOB_RULES, job_rules_has_its_layout, JobRules, 0, 56, [
    minimum_fee: 0, 8;
    seat_secs: 8, 4;
    accept_secs: 12, 4;
    least_work_secs: 16, 4;
    work_secs: 20, 4;
    extension_secs: 24, 4;
    reveal_secs: 28, 4;
    challenge_secs: 32, 4;
    keep_alive_secs: 36, 4;
    exposure_factor: 40, 4;
    cancel_fee_bps: 44, 2;
    detection_bps: 46, 2;
    kind: 48, 1;
    redundancy: 49, 1;
    undecided_refund_bps: 50, 2;
    agreement: 52, 1;
    padding: 53, 3;
]);

layout!(METRIC, metric_has_its_layout, Metric, 0, 24, [
    label: 0, 16;
    weight_ppm: 16, 4;
    gate_bps: 20, 2;
    source: 22, 1;
    padding: 23, 1;
]);

layout!(BEACON, beacon_has_its_layout, Beacon, 0, 88, [
    epoch_plus_one: 0, 4;
    is_captured: 4, 4;
    slot: 8, 8;
    seed: 16, 32;
    armed_ts: 48, 8;
    source: 56, 32;
]);

layout!(ROSTER_ENTRY, roster_entry_has_its_layout, RosterEntry, 0, 48, [
    attester: 0, 32;
    bond: 32, 8;
    next_bond: 40, 8;
]);

layout!(OPINION, opinion_has_its_layout, Opinion, 0, 88, [
    attester: 0, 32;
    bond: 32, 8;
    commitment: 40, 32;
    points: 72, 4;
    reported: 76, 2;
    state: 78, 1;
    padding: 79, 1;
    masked: 80, 6;
    padding_2: 86, 2;
]);

layout!(NETWORK_PARAMS, network_params_has_its_layout, NetworkParams, 0, 728, [
    emission_per_epoch: 0, 8;
    max_supply: 8, 8;
    minimum_delegation: 16, 8;
    minimum_self_stake: 24, 8;
    weigh_bounty: 32, 8;
    settle_bounty: 40, 8;
    finalize_bounty: 48, 8;
    activation_bounty: 56, 8;
    keeper_cap: 64, 8;
    job_bounty: 72, 8;
    attester_bond: 80, 8;
    attester_fine: 88, 8;
    baseline_burned: 96, 8;
    minimum_stake_ceiling: 104, 8;
    stake_per_place: 112, 8;
    epoch_secs: 120, 4;
    reveal_secs: 124, 4;
    weigh_secs: 128, 4;
    vesting_epochs: 132, 4;
    unbonding_secs: 136, 4;
    own_unbonding_secs: 140, 4;
    longest_job_secs: 144, 4;
    challenge_secs: 148, 4;
    longest_dispute_secs: 152, 4;
    leverage: 156, 4;
    share_cap_ppm: 160, 4;
    keeper_share_ppm: 164, 4;
    attester_share_ppm: 168, 4;
    fee_burn_ppm: 172, 4;
    fee_treasury_ppm: 176, 4;
    composite_part_ppm: 180, 4;
    most_places: 184, 4;
    least_places: 188, 4;
    headroom_bps: 192, 4;
    minimum_reward_bps: 196, 4;
    minimum_supply_ppm: 200, 4;
    minimum_fault_gain: 204, 4;
    place_hold_epochs: 208, 4;
    longest_vote_secs: 212, 4;
    tier_stake_bps: 216, 16;
    tier_reputation_ppm: 232, 16;
    tier_bps: 248, 8;
    tier_fault_free_epochs: 256, 8;
    attester_tolerance_bps: 264, 2;
    place_cap_mode: 266, 1;
    padding: 267, 5;
    metrics: 272, 144;
    emission: 416, 72;
    disputes: 488, 200;
    work_pay: 688, 40;
]);
