use {
    crate::stored::Stored,
    anchor_lang::{pinocchio::sysvars::Sysvar, prelude::*},
    work_token_interface::{events::OutageRecorded, state::Network},
};

#[derive(Accounts)]
pub struct RecordOutage {
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
}

/// Records that the chain stood still: every open deadline moves by what the clock has gained over 600 ms a slot since a slot and its time were noted
/// last (R M22).
/// Signer: anybody. Rounds: the gain down.
/// Refuses: a gain of at most 30 minutes; beyond 24 hours a week.
pub fn handle_record_outage(ctx: &mut Context<RecordOutage>) -> Result<()> {
    let RecordOutage { network } = &mut ctx.accounts;
    let clock = Clock::get()?;
    let secs = network.record_outage(clock.slot, clock.unix_timestamp)?;
    emit!(OutageRecorded { network: *network.address(), secs, outage_secs: network.outage_secs });
    Ok(())
}
