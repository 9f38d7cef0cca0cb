use crate::prelude::*;

use super::accounts::OwnerSettings;

/// Announces a commission: a fall holds from the present epoch on, a raise from the first epoch that begins
/// after one unbonding time, so that every delegator can leave before it. A new announcement replaces the
/// last and starts its notice again.
/// Signer: the owner. Refuses: above 5,000 bps; a raise of more than 500 bps; a provider that leaves.
pub fn handle_announce_commission(ctx: &mut Context<OwnerSettings>, commission_bps: u16) -> Result<()> {
    let OwnerSettings { network, provider, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    let announced = provider.announce_commission(network, Bps(commission_bps), &terms)?;
    emit!(CommissionAnnounced {
        provider: *provider.address(),
        commission_bps,
        effective_ts: announced.effective_ts.unwrap_or(0),
    });
    Ok(())
}
