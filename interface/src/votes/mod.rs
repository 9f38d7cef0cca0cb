//! The add-in that lets stake vote where it lies: SPL Governance asks it what a voter weighs, and it reads
//! that from the accounts of the Work Token program. A program of its own, with accounts, errors and events
//! of its own.

pub mod accounts;
pub mod errors;
pub mod events;
pub mod limits;
pub mod realm;
pub mod record;
mod registrar;
pub mod seeds;
mod voter;
mod weight;

pub use {
    errors::VotesError,
    registrar::{Registrar, RegistrarTerms},
    voter::{Look, MAX_ENTRIES, Voter, VoterEntry, VoterInertia},
    weight::{FoundVoice, voice_of, worth_of},
};

#[cfg(feature = "anchor")]
anchor_lang::declare_id!("WorkVotesE1ap3BG24ytkAwmQG8NWnPJSHPFwExPtMF");
#[cfg(not(feature = "anchor"))]
solana_address::declare_id!("WorkVotesE1ap3BG24ytkAwmQG8NWnPJSHPFwExPtMF");
