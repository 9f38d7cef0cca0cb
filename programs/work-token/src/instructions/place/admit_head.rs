use crate::prelude::*;

#[derive(Accounts)]
pub struct AdmitHead {
    /// The network: gives the place.
    #[account(mut, constraint = is_at(network.address(), &entry.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The head's entry.
    #[account(mut)]
    pub entry: Stored<QueueEntry>,
    /// The head.
    #[account(mut, constraint = is_at(provider.address(), &entry.provider) @ E::WrongProvider)]
    pub provider: Stored<Provider>,
    /// Who paid the entry's rent and gets it back.
    #[account(mut, constraint = is_at(payer.address(), &entry.payer) @ E::WrongRentReceiver)]
    pub payer: UncheckedAccount,
}

/// Gives the head of the queue the first free place: it is Active and has weight from the next epoch on. The
/// entry closes (place-queue-3). A pause does not stop it. Signer: anybody. Refuses: another entry than the
/// head's; one that lost its number; anyone but a candidate; less own stake than the minimum that the next
/// epoch begins with; while no place is free.
pub fn handle_admit_head(ctx: &mut Context<AdmitHead>) -> Result<()> {
    let AdmitHead { network, entry, provider, payer } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    let index = provider.admit(entry, network, terms.epoch)?;
    let (key, number, waiting) = (*provider.address(), entry.number, network.queue.waiting());
    emit!(PlaceTaken { provider: key, index, from_epoch: provider.place.from_epoch });
    emit!(QueueMoved { provider: key, number, admitted: true, waiting });
    close(entry.view(), payer)
}
