use crate::prelude::*;

use super::accounts::NoteTime;

/// Records that the chain stood still: every open deadline moves by what the clock has gained over 600 ms a
/// slot since a slot and its time were noted last (network-outage-1). Signer: anybody. Rounds: the gain down.
/// Refuses: a gain of less than 30 minutes; beyond 24 hours a week.
pub fn handle_record_outage(ctx: &mut Context<NoteTime>) -> Result<()> {
    let NoteTime { network } = &mut ctx.accounts;
    let clock = Clock::get()?;
    let secs = network.record_outage(clock.slot, clock.unix_timestamp)?;
    emit!(OutageRecorded { network: *network.address(), secs, outage_secs: network.outages.secs });
    Ok(())
}
