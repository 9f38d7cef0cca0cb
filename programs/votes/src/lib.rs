//! The add-in of SPL Governance by which stake votes where it lies: it reads voices out of the accounts of
//! the Work Token program and writes the two records that SPL Governance asks for. It holds no tokens, and
//! the Work Token program does not know of it.
#![cfg_attr(not(test), no_std)]

extern crate alloc;

pub mod instructions;
pub mod prelude;

pub use work_token_interface::votes::{ID, check_id, id};
use {
    anchor_lang::prelude::*,
    instructions::{
        registrar::{create_registrar::*, set_registrar::*, update_max_voter_weight::*},
        voter::{add_position::*, close_voter::*, create_voter::*, remove_position::*, update_voter_weight::*},
    },
    work_token_interface::votes::RegistrarTerms,
};
#[cfg(target_arch = "bpf")]
use {bpf_builtins as _, solana_compiler_builtins as _};

#[program]
pub mod work_token_votes {
    use super::*;

    /// Joins a realm to the network of its community token.
    pub fn create_registrar(ctx: &mut Context<CreateRegistrar>, terms: RegistrarTerms) -> Result<()> {
        handle_create_registrar(ctx, terms)
    }

    /// Sets how long a realm's votes last, how long records stand, and the least maximum weight.
    pub fn set_registrar(ctx: &mut Context<SetRegistrar>, terms: RegistrarTerms) -> Result<()> {
        handle_set_registrar(ctx, terms)
    }

    /// Writes a realm's maximum weight.
    pub fn update_max_voter_weight(ctx: &mut Context<UpdateMaxVoterWeight>) -> Result<()> {
        handle_update_max_voter_weight(ctx)
    }

    /// Creates a holder's voter with its two records.
    pub fn create_voter(ctx: &mut Context<CreateVoter>) -> Result<()> {
        handle_create_voter(ctx)
    }

    /// Adds a position, whose voice begins to wait.
    pub fn add_position(ctx: &mut Context<AddPosition>) -> Result<()> {
        handle_add_position(ctx)
    }

    /// Takes a position out.
    pub fn remove_position(ctx: &mut Context<RemovePosition>, position: Address) -> Result<()> {
        handle_remove_position(ctx, position)
    }

    /// Writes what positions, the remaining accounts, each with its provider, weigh: for this slot and an
    /// action, or for the slots that a record stands. To cast a vote proposal and governance come before
    /// them.
    pub fn update_voter_weight(
        ctx: &mut Context<UpdateVoterWeight>,
        action: Option<u8>,
        target: Address,
    ) -> Result<()> {
        handle_update_voter_weight(ctx, action, target)
    }

    /// Closes a voter with its records.
    pub fn close_voter(ctx: &mut Context<CloseVoter>) -> Result<()> {
        handle_close_voter(ctx)
    }
}
