use crate::prelude::*;

use super::accounts::OwnerPlace;

/// Begins to leave, for good: no deposits, no cancellations, no place and no weight from the next epoch on.
/// Open jobs finish; exits, claims and settlements go on.
/// Signer: the owner. Refuses: a second time.
pub fn handle_retire(ctx: &mut Context<OwnerPlace>) -> Result<()> {
    let OwnerPlace { network, provider, .. } = &mut ctx.accounts;
    require(!provider.is_leaving(), E::AlreadyRetired)?;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    if let Some(index) = provider.leave_place(terms.epoch) {
        network.free_place(index);
    }
    provider.state = ProviderState::Retiring as u8;
    provider.retired_epoch = terms.epoch.0;
    emit!(ProviderRetired { provider: *provider.address(), epoch: terms.epoch.0 });
    Ok(())
}
