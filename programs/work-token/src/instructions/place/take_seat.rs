use crate::prelude::*;

use crate::instructions::provider::accounts::OwnerSeat;

/// Takes a free seat: the candidate is Active and has weight from the next epoch on (R M12). A pause does not
/// stop it (R H13).
/// Signer: the owner. Refuses: anyone but a candidate; less own stake than the network's minimum; a seat that
/// is taken or does not exist; beyond the cap.
pub fn handle_take_seat(ctx: &mut Context<OwnerSeat>, index: u16) -> Result<()> {
    let OwnerSeat { network, provider, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    provider.require_candidate(Amount(network.minimum_stake))?;
    network.take_seat(index)?;
    provider.take_seat(index, terms.epoch);
    emit!(SeatTaken { provider: *provider.address(), index, from_epoch: provider.seat.from_epoch });
    Ok(())
}
