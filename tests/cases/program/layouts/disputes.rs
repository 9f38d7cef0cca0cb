//! Layouts of the accounts of disputes.

use crate::program::pinned::{Layout, assert_contiguous, layout, len_of};
use work_token_sdk::state::{
    AppealShare, Ballot, Charge, Claim, ClaimEntry, Convicted, Dispute, DisputeOpening, DisputeRules, Fault, FaultStep,
    Juror, Jury, KeptState, LastConviction, Machine, Offence, Party, SeverityRule, TicketClaim,
};

// network-account-1
#[test]
fn no_account_of_disputes_outgrows_the_bound_of_its_type() {
    const { assert!(Dispute::SIZE <= 1_536) };
}

/// All of them.
pub const LAYOUTS: &[Layout] = &[
    DISPUTE,
    CLAIM,
    FAULT,
    BALLOT,
    JUROR,
    APPEAL_SHARE,
    MACHINE,
    JURY,
    PARTY,
    CHARGE,
    SEVERITY_RULE,
    DISPUTE_RULES,
    OFFENCE,
    CONVICTED,
    OPENING,
    CLAIM_ENTRY,
    KEPT_STATE,
    FAULT_STEP,
    TICKET_CLAIM,
    LAST_CONVICTION,
];

layout!(DISPUTE, dispute_has_its_layout, Dispute, 8, 1512, [
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
    machine: 176, 168;
    parties: 344, 320;
    clocks: 664, 24;
    offence_epoch: 688, 4;
    claim: 692, 4;
    committed_ts: 696, 8;
    costs: 704, 48;
    severities: 752, 60;
    delta_bps: 812, 2;
    claim_bond_bps: 814, 2;
    cover_from_severity: 816, 1;
    called: 817, 1;
    seed_state: 818, 1;
    seed_jury: 819, 1;
    padding: 820, 4;
    fee: 824, 8;
    stake: 832, 80;
    slash: 912, 72;
    installments: 984, 1;
    ballots: 985, 1;
    joined: 986, 2;
    shares: 988, 4;
    bounties: 992, 24;
    own_jury_pay: 1016, 8;
    own_jury_due: 1024, 8;
    burn_due: 1032, 8;
    insurance_due: 1040, 8;
    provider_due: 1048, 8;
    client_credit: 1056, 8;
    compensated: 1064, 8;
    compensated_before: 1072, 8;
    appeals_back: 1080, 64;
    reward_due: 1144, 8;
    extra_slash: 1152, 8;
    extra_reward: 1160, 8;
    forfeits: 1168, 32;
    draw: 1200, 96;
    randomness_offset: 1296, 2;
    drawn: 1298, 1;
    above: 1299, 1;
    leaves: 1300, 156;
    ended_ts: 1456, 8;
    own_unmoved: 1464, 8;
    delegated_unmoved: 1472, 8;
    reserved: 1480, 32;
]);

layout!(CLAIM, claim_has_its_layout, Claim, 8, 128, [
    version: 8, 1;
    bump: 9, 1;
    padding: 10, 2;
    number: 12, 4;
    network: 16, 32;
    provider: 48, 32;
    payer: 80, 32;
    open: 112, 4;
    opened: 116, 4;
    ended_ts: 120, 8;
]);

layout!(FAULT, fault_has_its_layout, Fault, 8, 432, [
    version: 8, 1;
    bump: 9, 1;
    severity: 10, 1;
    conduct_severity: 11, 1;
    epoch: 12, 4;
    network: 16, 32;
    provider: 48, 32;
    payer: 80, 32;
    open: 112, 4;
    upheld: 116, 4;
    undrawn: 120, 4;
    padding: 124, 4;
    own_applied: 128, 8;
    delegated_applied: 136, 8;
    steps: 144, 280;
    ended_ts: 424, 8;
]);

layout!(BALLOT, ballot_has_its_layout, Ballot, 8, 216, [
    version: 8, 1;
    bump: 9, 1;
    jury: 10, 1;
    index: 11, 1;
    state: 12, 1;
    vote: 13, 1;
    is_first: 14, 1;
    padding: 15, 1;
    network: 16, 32;
    dispute: 48, 32;
    juror: 80, 32;
    owner: 112, 32;
    payer: 144, 32;
    lock: 176, 8;
    commitment: 184, 32;
]);

layout!(JUROR, juror_has_its_layout, Juror, 8, 224, [
    version: 8, 1;
    bump: 9, 1;
    leaf: 10, 2;
    is_in_tree: 12, 1;
    juries: 13, 1;
    is_leaving: 14, 1;
    padding: 15, 1;
    network: 16, 32;
    ballots: 48, 4;
    padding_2: 52, 4;
    owner: 56, 32;
    lock: 88, 8;
    added: 96, 8;
    added_ts: 104, 8;
    since_ts: 112, 8;
    former_since_ts: 120, 8;
    ripened_ts: 128, 8;
    ripens_from_work_ts: 136, 8;
    credit: 144, 8;
    leaf_weight: 152, 8;
    entered: 160, 8;
    left: 168, 8;
    term_until_ts: 176, 8;
    out_until_work_ts: 184, 8;
    reserved: 192, 32;
]);

layout!(APPEAL_SHARE, appeal_share_has_its_layout, AppealShare, 8, 128, [
    version: 8, 1;
    bump: 9, 1;
    side: 10, 1;
    padding: 11, 5;
    network: 16, 32;
    dispute: 48, 32;
    owner: 80, 32;
    amounts: 112, 16;
]);

layout!(MACHINE, machine_has_its_layout, Machine, 0, 168, [
    phase: 0, 1;
    outcome: 1, 1;
    claimed: 2, 1;
    verdict: 3, 1;
    tied: 4, 1;
    answered: 5, 1;
    redrawn: 6, 1;
    jury: 7, 1;
    found: 8, 1;
    standing: 9, 1;
    floor: 10, 1;
    cautious: 11, 1;
    padding: 12, 4;
    until_work_ts: 16, 8;
    juries: 24, 64;
    pots: 88, 64;
    costs: 152, 16;
]);

layout!(JURY, jury_has_its_layout, Jury, 0, 16, [
    round: 0, 1;
    size: 1, 1;
    drawn: 2, 1;
    filled: 3, 1;
    committed: 4, 1;
    revealed: 5, 1;
    tally: 6, 6;
    decided: 12, 1;
    absent: 13, 1;
    padding: 14, 2;
]);

layout!(PARTY, party_has_its_layout, Party, 0, 64, [
    owner: 0, 32;
    bond: 32, 8;
    credit: 40, 8;
    committed_ts: 48, 8;
    severity: 56, 1;
    state: 57, 1;
    below: 58, 1;
    padding: 59, 5;
]);

layout!(CHARGE, charge_has_its_layout, Charge, 0, 32, [
    claimed: 0, 8;
    executed: 8, 8;
    joined: 16, 16;
]);

layout!(SEVERITY_RULE, severity_rule_has_its_layout, SeverityRule, 0, 12, [
    base_bps: 0, 2;
    reward_bps: 2, 2;
    jail_epochs: 4, 2;
    installments: 6, 1;
    padding: 7, 1;
    deferral_secs: 8, 4;
]);

layout!(DISPUTE_RULES, dispute_rules_has_its_layout, DisputeRules, 0, 200, [
    minimum_bond: 0, 8;
    juror_fee: 8, 8;
    juror_lock: 16, 8;
    arbiter_fee: 24, 8;
    answer_secs: 32, 4;
    draw_secs: 36, 4;
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
    arbiter_severity: 73, 1;
    padding: 74, 2;
    severities: 76, 60;
    randomness: 136, 32;
    randomness_owner: 168, 32;
]);

layout!(OFFENCE, offence_has_its_layout, Offence, 0, 12, [
    epoch_plus_one: 0, 4;
    fault_epoch: 4, 4;
    severity: 8, 1;
    padding: 9, 3;
]);

layout!(CONVICTED, convicted_has_its_layout, Convicted, 0, 32, [
    epoch_plus_one: 0, 4;
    padding: 4, 4;
    stake: 8, 24;
]);

layout!(OPENING, dispute_opening_has_its_layout, DisputeOpening, 8, 168, [
    version: 8, 1;
    bump: 9, 1;
    padding: 10, 6;
    network: 16, 32;
    challenger: 48, 32;
    hash: 80, 32;
    deposit: 112, 8;
    committed_ts: 120, 8;
    committed_work_ts: 128, 8;
    reserved: 136, 32;
]);

layout!(CLAIM_ENTRY, claim_entry_has_its_layout, ClaimEntry, 0, 72, [
    own: 0, 32;
    delegated: 32, 32;
    ended: 64, 4;
    padding: 68, 4;
]);

layout!(KEPT_STATE, kept_state_has_its_layout, KeptState, 0, 16, [
    mantissa: 0, 8;
    halvings: 8, 4;
    padding: 12, 4;
]);

layout!(FAULT_STEP, fault_step_has_its_layout, FaultStep, 0, 56, [
    dispute: 0, 32;
    committed_ts: 32, 8;
    reward: 40, 8;
    party: 48, 1;
    padding: 49, 7;
]);

layout!(TICKET_CLAIM, ticket_claim_has_its_layout, TicketClaim, 0, 32, [
    number: 0, 4;
    joined: 4, 4;
    part: 8, 8;
    executed: 16, 8;
    last_executed: 24, 8;
]);

layout!(LAST_CONVICTION, last_conviction_has_its_layout, LastConviction, 0, 16, [
    epoch_plus_one: 0, 4;
    padding: 4, 4;
    stake: 8, 8;
]);
