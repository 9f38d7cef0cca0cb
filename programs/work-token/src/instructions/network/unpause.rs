use crate::prelude::*;

use super::accounts::Pause;

/// Opens the entrances before the pause is over. When the next pause may begin does not change.
/// Signer: the guardian. Refuses: when they are open.
pub fn handle_unpause(ctx: &mut Context<Pause>) -> Result<()> {
    let network = &mut ctx.accounts.network;
    network.unpause(now_ts()?)?;
    emit!(EntrancesUnpaused { network: *network.address() });
    Ok(())
}
