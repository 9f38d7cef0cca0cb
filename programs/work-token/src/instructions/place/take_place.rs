use crate::prelude::*;

use crate::instructions::provider::accounts::OwnerPlace;

/// Takes a free place: the candidate is Active and has weight from the next epoch on. A pause does not stop
/// it (place-take-1). Signer: the owner. Refuses: anyone but a candidate; less own stake than the minimum
/// that the next epoch begins with; while others wait in the queue; a place that is taken or does not exist;
/// beyond the cap.
pub fn handle_take_place(ctx: &mut Context<OwnerPlace>, index: u16) -> Result<()> {
    let OwnerPlace { network, provider, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    provider.take_free_place(network, index, terms.epoch)?;
    emit!(PlaceTaken { provider: *provider.address(), index, from_epoch: provider.place.from_epoch });
    Ok(())
}
