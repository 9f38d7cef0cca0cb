use crate::prelude::*;

use super::accounts::NoteTime;

/// Notes slot and time anew, from which the next outage is measured: ordinary slots earn slack that hides a
/// later halt, the more of it the older the note (network-outage-3). Signer: anybody. Refuses: once the clock
/// has gained on the slots since the last note, which would be forgotten.
pub fn handle_refresh_note(ctx: &mut Context<NoteTime>) -> Result<()> {
    let clock = Clock::get()?;
    Ok(ctx.accounts.network.refresh_note(clock.slot, clock.unix_timestamp)?)
}
