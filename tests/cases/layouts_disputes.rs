//! Layouts of the accounts of disputes.

use crate::{
    layouts::{Field, assert_contiguous, layout, len_of},
    *,
};
use work_token_sdk::state::{
    AppealShare, ArmedJury, Ballot, Charge, Claim, Convicted, Dispute, DisputeRules, Fault, Juror, JuryState,
    MachineState, Offence, Party, SeverityRule,
};

#[test]
fn every_account_of_disputes_has_its_size_and_its_discriminator() {
    assert_eq!((Dispute::SIZE, Dispute::DISCRIMINATOR), (1040, [36, 49, 241, 67, 40, 36, 241, 74]));
    assert_eq!((Claim::SIZE, Claim::DISCRIMINATOR), (168, [155, 70, 22, 176, 123, 215, 246, 102]));
    assert_eq!((Fault::SIZE, Fault::DISCRIMINATOR), (144, [102, 125, 167, 181, 93, 167, 251, 127]));
    assert_eq!((Ballot::SIZE, Ballot::DISCRIMINATOR), (216, [3, 232, 121, 204, 232, 137, 138, 164]));
    assert_eq!((Juror::SIZE, Juror::DISCRIMINATOR), (160, [209, 201, 239, 217, 237, 84, 189, 152]));
    assert_eq!((AppealShare::SIZE, AppealShare::DISCRIMINATOR), (128, [83, 137, 27, 69, 194, 147, 55, 176]));
}

// R M17
#[test]
fn no_account_of_disputes_outgrows_the_bound_of_its_type() {
    const { assert!(Dispute::SIZE <= 1_536) };
}

#[test]
fn every_account_of_disputes_begins_with_version_and_bump_and_ends_with_room() {
    for table in [DISPUTE, CLAIM, FAULT, BALLOT, JUROR, APPEAL_SHARE] {
        assert_eq!(table[..2], [("version", 8, 1), ("bump", 9, 1)]);
        let (name, _, len) = table[table.len() - 1];
        assert_eq!((name, len), ("reserved", 32));
    }
}

layout!(DISPUTE, dispute_has_its_layout, Dispute, 8, 1040, [
    version: 8, 1;
    bump: 9, 1;
    kind: 10, 1;
    flags: 11, 1;
    number: 12, 4;
    network: 16, 32;
    provider: 48, 32;
    subject: 80, 32;
    client: 112, 32;
    payer: 144, 32;
    machine: 176, 136;
    parties: 312, 280;
    clocks: 592, 24;
    offence_epoch: 616, 4;
    claim: 620, 4;
    opened_ts: 624, 8;
    juror_fee: 632, 8;
    juror_lock: 640, 8;
    bounty: 648, 8;
    arbiter_fee: 656, 8;
    severities: 664, 40;
    delta_bps: 704, 2;
    claim_bond_bps: 706, 2;
    cover_from_severity: 708, 1;
    redraws: 709, 1;
    seed_state: 710, 1;
    seed_jury: 711, 1;
    fee: 712, 8;
    own_base: 720, 8;
    delegated_base: 728, 8;
    own_claimed: 736, 8;
    delegated_claimed: 744, 8;
    own_claim_left: 752, 8;
    delegated_claim_left: 760, 8;
    own_slash: 768, 8;
    delegated_slash: 776, 8;
    own_executed: 784, 8;
    delegated_executed: 792, 8;
    confiscated: 800, 8;
    slash_from_work_ts: 808, 8;
    interval_secs: 816, 4;
    installments: 820, 1;
    ballots: 821, 1;
    padding: 822, 2;
    bounties: 824, 24;
    own_jury_due: 848, 8;
    burn_due: 856, 8;
    insurance_due: 864, 8;
    provider_due: 872, 8;
    client_credit: 880, 8;
    compensated: 888, 8;
    appeals_back: 896, 32;
    reward_due: 928, 8;
    seed_slot: 936, 8;
    armed_ts: 944, 8;
    seed: 952, 32;
    ended_ts: 984, 8;
    own_unmoved: 992, 8;
    delegated_unmoved: 1000, 8;
    reserved: 1008, 32;
]);

layout!(CLAIM, claim_has_its_layout, Claim, 8, 168, [
    version: 8, 1;
    bump: 9, 1;
    padding: 10, 2;
    number: 12, 4;
    provider: 16, 32;
    payer: 48, 32;
    open: 80, 4;
    padding_2: 84, 4;
    joinable_until_ts: 88, 8;
    ended_ts: 96, 8;
    own: 104, 16;
    delegated: 120, 16;
    reserved: 136, 32;
]);

layout!(FAULT, fault_has_its_layout, Fault, 8, 144, [
    version: 8, 1;
    bump: 9, 1;
    applied_bps: 10, 2;
    epoch: 12, 4;
    provider: 16, 32;
    payer: 48, 32;
    open: 80, 4;
    upheld: 84, 4;
    reward: 88, 8;
    bonds: 96, 8;
    ended_ts: 104, 8;
    reserved: 112, 32;
]);

layout!(BALLOT, ballot_has_its_layout, Ballot, 8, 216, [
    version: 8, 1;
    bump: 9, 1;
    jury: 10, 1;
    seat: 11, 1;
    state: 12, 1;
    vote: 13, 1;
    padding: 14, 2;
    dispute: 16, 32;
    juror: 48, 32;
    owner: 80, 32;
    payer: 112, 32;
    lock: 144, 8;
    commitment: 152, 32;
    reserved: 184, 32;
]);

layout!(JUROR, juror_has_its_layout, Juror, 8, 160, [
    version: 8, 1;
    bump: 9, 1;
    leaf: 10, 2;
    seats: 12, 4;
    network: 16, 32;
    owner: 48, 32;
    lock: 80, 8;
    bound: 88, 8;
    credit: 96, 8;
    leaf_weight: 104, 8;
    since_ts: 112, 8;
    term_until_ts: 120, 8;
    reserved: 128, 32;
]);

layout!(APPEAL_SHARE, appeal_share_has_its_layout, AppealShare, 8, 128, [
    version: 8, 1;
    bump: 9, 1;
    side: 10, 1;
    padding: 11, 5;
    dispute: 16, 32;
    owner: 48, 32;
    amounts: 80, 16;
    reserved: 96, 32;
]);

layout!(MACHINE_STATE, machine_state_has_its_layout, MachineState, 0, 136, [
    phase: 0, 1;
    outcome: 1, 1;
    claimed: 2, 1;
    verdict: 3, 1;
    tied: 4, 1;
    answered: 5, 1;
    redrawn: 6, 1;
    jury: 7, 1;
    found: 8, 1;
    padding: 9, 7;
    until_work_ts: 16, 8;
    juries: 24, 64;
    pots: 88, 32;
    costs: 120, 16;
]);

layout!(JURY_STATE, jury_state_has_its_layout, JuryState, 0, 16, [
    round: 0, 1;
    seats: 1, 1;
    seated: 2, 1;
    filled: 3, 1;
    committed: 4, 1;
    revealed: 5, 1;
    tally: 6, 6;
    decided: 12, 1;
    padding: 13, 3;
]);

layout!(PARTY, party_has_its_layout, Party, 0, 56, [
    owner: 0, 32;
    bond: 32, 8;
    credit: 40, 8;
    severity: 48, 1;
    padding: 49, 7;
]);

layout!(CHARGE, charge_has_its_layout, Charge, 0, 16, [
    claimed: 0, 8;
    executed: 8, 8;
]);

layout!(SEVERITY_RULE, severity_rule_has_its_layout, SeverityRule, 0, 8, [
    base_bps: 0, 2;
    reward_bps: 2, 2;
    jail_epochs: 4, 2;
    installments: 6, 1;
    padding: 7, 1;
]);

layout!(DISPUTE_RULES, dispute_rules_has_its_layout, DisputeRules, 0, 184, [
    minimum_bond: 0, 8;
    juror_fee: 8, 8;
    juror_lock: 16, 8;
    arbiter_fee: 24, 8;
    answer_secs: 32, 4;
    seat_secs: 36, 4;
    commit_secs: 40, 4;
    reveal_secs: 44, 4;
    appeal_secs: 48, 4;
    arbiter_secs: 52, 4;
    juror_term_secs: 56, 4;
    slash_refill_epochs: 60, 4;
    claim_bond_bps: 64, 2;
    delta_bps: 66, 2;
    slash_cap_bps: 68, 2;
    randomness_offset: 70, 2;
    cover_from_severity: 72, 1;
    padding: 73, 7;
    severities: 80, 40;
    randomness: 120, 32;
    randomness_owner: 152, 32;
]);

layout!(OFFENCE, offence_has_its_layout, Offence, 0, 8, [
    epoch_plus_one: 0, 4;
    severity: 4, 1;
    padding: 5, 3;
]);

layout!(CONVICTED, convicted_has_its_layout, Convicted, 0, 32, [
    epoch_plus_one: 0, 4;
    padding: 4, 4;
    stake: 8, 24;
]);

layout!(ARMED_JURY, armed_jury_has_its_layout, ArmedJury, 0, 16, [
    dispute: 0, 8;
    until_work_ts: 8, 8;
]);
