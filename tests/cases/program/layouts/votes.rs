//! The accounts of the add-in of SPL Governance, and their parts.

use crate::program::pinned::{Layout, assert_contiguous, layout, len_of};
use work_token_sdk::{
    interface::votes::VoterInertia,
    votes::{Registrar, RegistrarTerms, Voter, VoterEntry},
};

pub const LAYOUTS: &[Layout] = &[REGISTRAR, VOTER, TERMS, ENTRY, INERTIA];

layout!(REGISTRAR, registrar_has_its_layout, Registrar, 8, 224, [
    version: 8, 1;
    bump: 9, 1;
    padding: 10, 6;
    network: 16, 32;
    realm: 48, 32;
    mint: 80, 32;
    governance_program: 112, 32;
    max_record: 144, 32;
    terms: 176, 12;
    padding_2: 188, 4;
    reserved: 192, 32;
]);

layout!(VOTER, voter_has_its_layout, Voter, 8, 1520, [
    version: 8, 1;
    bump: 9, 1;
    count: 10, 1;
    padding: 11, 5;
    network: 16, 32;
    registrar: 48, 32;
    holder: 80, 32;
    payer: 112, 32;
    slot_record: 144, 32;
    standing_record: 176, 32;
    entries: 208, 1280;
    reserved: 1488, 32;
]);

layout!(TERMS, registrar_terms_have_their_layout, RegistrarTerms, 0, 12, [
    longest_vote_secs: 0, 4;
    standing_slots: 4, 4;
    least_max_ppm: 8, 4;
]);

layout!(ENTRY, voter_entry_has_its_layout, VoterEntry, 0, 80, [
    position: 0, 32;
    generation: 32, 4;
    padding: 36, 4;
    inertia: 40, 40;
]);

layout!(INERTIA, voter_inertia_has_its_layout, VoterInertia, 0, 40, [
    counts: 0, 8;
    waiting: 8, 8;
    ripe_ts: 16, 8;
    low: 24, 8;
    low_since_ts: 32, 8;
]);
