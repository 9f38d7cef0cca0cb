//! The voter-weight add-in of SPL Governance: a realm is joined to a network by a registrar, a holder is a
//! voter with its positions, and what those weigh is written into the records that SPL Governance reads. A
//! program of its own; its accounts are read like the others ([`crate::Account`]).

mod addresses;
mod ix;
#[cfg(test)]
mod tests;
mod weighing;

pub use {
    addresses::{RegistrarAddresses, VoterAddresses, registrar_address},
    ix::{
        NOTE_BATCH, Proposal, add_position, close_voter, create_registrar, create_voter, note_positions,
        remove_position, set_registrar, update_max_voter_weight, update_standing_weight, update_vote_weight,
        update_voter_weight,
    },
    weighing::{PositionWeight, VoterState, update_is_due},
    work_token_interface::votes::{
        FoundVoice, ID, Look, MAX_ENTRIES, Registrar, RegistrarTerms, Voter, VoterEntry, VotesError, events, limits,
        realm, record, seeds, voice_of, worth_of,
    },
};
