use crate::prelude::*;

use super::accounts::OwnerSeat;

/// Begins to leave, for good: no deposits, no cancellations, no seat and no weight from the next epoch on.
/// Open jobs finish; exits, claims and settlements go on.
/// Signer: the owner. Refuses: a second time.
pub fn handle_retire(ctx: &mut Context<OwnerSeat>) -> Result<()> {
    let OwnerSeat { network, provider, .. } = &mut ctx.accounts;
    require(!provider.is_leaving(), E::AlreadyRetired)?;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    if let Some(index) = provider.leave_seat(terms.epoch) {
        network.free_seat(index);
    }
    provider.state = ProviderState::Retiring as u8;
    provider.retired_epoch = terms.epoch.0;
    emit!(ProviderRetired { provider: *provider.address(), epoch: terms.epoch.0 });
    Ok(())
}
