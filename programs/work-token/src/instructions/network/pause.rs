use crate::prelude::*;

use super::accounts::Pause;

/// Closes the entrances for at most 7 days: registering, delegating, restaking. Never exits, claims, own
/// stake or cranks.
/// Signer: the guardian. Refuses: within 7 days after the last pause; the clock is the network's, so a new
/// guardian does not renew it.
pub fn handle_pause(ctx: &mut Context<Pause>, secs: u32) -> Result<()> {
    let network = &mut ctx.accounts.network;
    network.pause(now_ts()?, i64::from(secs))?;
    emit!(EntrancesPaused { network: *network.address(), until_ts: network.paused_until_ts });
    Ok(())
}
