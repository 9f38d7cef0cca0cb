//! `record_outage` and `refresh_note`: what the chain's standing still moves, and what keeps it recordable.

use {
    crate::stored::Stored,
    anchor_lang::{pinocchio::sysvars::Sysvar, prelude::*},
    work_token_interface::{events::OutageRecorded, state::Network},
};

#[derive(Accounts)]
pub struct NoteTime {
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
}

/// Records that the chain stood still: every open deadline moves by what the clock has gained over 600 ms a slot since a slot and its time were noted
/// last (R M22).
/// Signer: anybody. Rounds: the gain down.
/// Refuses: a gain of less than 30 minutes; beyond 24 hours a week.
pub fn handle_record_outage(ctx: &mut Context<NoteTime>) -> Result<()> {
    let NoteTime { network } = &mut ctx.accounts;
    let clock = Clock::get()?;
    let secs = network.record_outage(clock.slot, clock.unix_timestamp)?;
    emit!(OutageRecorded { network: *network.address(), secs, outage_secs: network.outage_secs });
    Ok(())
}

/// Notes slot and time anew, from which the next outage is measured: ordinary slots earn slack that hides a later halt, the more of it the older the note
/// (W8).
/// Signer: anybody. Refuses: once the clock has gained on the slots since the last note, which would be forgotten.
pub fn handle_refresh_note(ctx: &mut Context<NoteTime>) -> Result<()> {
    let clock = Clock::get()?;
    Ok(ctx.accounts.network.refresh_note(clock.slot, clock.unix_timestamp)?)
}
