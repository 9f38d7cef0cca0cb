use crate::prelude::*;

use super::accounts::OwnerPlace;

/// Begins to leave, for good: no deposits, no cancellations, no place and no weight from the next epoch on.
/// Open jobs finish; exits, claims and settlements go on.
/// Signer: the owner. Refuses: a second time.
pub fn handle_retire(ctx: &mut Context<OwnerPlace>) -> Result<()> {
    let OwnerPlace { network, provider, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    provider.retire(network, terms.epoch)?;
    emit!(ProviderRetired { provider: *provider.address(), epoch: terms.epoch.0 });
    Ok(())
}
