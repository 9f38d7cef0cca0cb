use crate::prelude::*;

use super::accounts::OperatorSigns;

/// Gives a sign of life in the present window of the epoch, of sixteen.
/// Signer: the operator. Refuses: a second one in the same window.
pub fn handle_heartbeat(ctx: &mut Context<OperatorSigns>) -> Result<()> {
    let OperatorSigns { network, provider, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    let window = provider.heartbeat(&terms)?;
    emit!(HeartbeatNoted { provider: *provider.address(), epoch: terms.epoch.0, window });
    Ok(())
}
