use crate::prelude::*;

use super::accounts::OperatorSigns;

/// Declares maintenance inside the present epoch: the provider is not drawn meanwhile, its silence is
/// excused, and the epoch's weight shrinks by the time.
/// Signer: the operator.
/// Refuses: less than an hour ahead; longer than a quarter of the epoch or beyond its end; a second time in
/// four epochs.
pub fn handle_declare_maintenance(ctx: &mut Context<OperatorSigns>, from_ts: i64, secs: u32) -> Result<()> {
    let OperatorSigns { network, provider, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    provider.declare_maintenance(from_ts, secs, &terms)?;
    emit!(MaintenanceDeclared { provider: *provider.address(), from_ts, secs });
    Ok(())
}
