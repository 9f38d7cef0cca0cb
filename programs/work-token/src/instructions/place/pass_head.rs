use crate::prelude::*;

#[derive(Accounts)]
pub struct PassHead {
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &entry.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The head's entry.
    #[account(mut)]
    pub entry: Stored<QueueEntry>,
    /// The head; empty, or another registration, where its provider has closed.
    #[account(mut, constraint = is_at(provider.address(), &entry.provider) @ E::WrongProvider)]
    pub provider: UncheckedAccount,
    /// Who paid the entry's rent and gets it back.
    #[account(mut, constraint = is_at(payer.address(), &entry.payer) @ E::WrongRentReceiver)]
    pub payer: UncheckedAccount,
}

/// Passes a head of the queue that cannot have a place, which loses its number: it is no candidate any more,
/// is below the minimum, asked for its stake, or has closed. The entry closes (place-queue-4). Signer:
/// anybody. Refuses: another entry than the head's; a head that is fit.
pub fn handle_pass_head(ctx: &mut Context<PassHead>) -> Result<()> {
    let PassHead { network, entry, provider, payer } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    let mut candidate = if is_owned_by(provider, &crate::ID) {
        let mut candidate = Stored::<Provider>::writable(*provider.account())?;
        touch(&mut candidate, network, &terms);
        Some(candidate)
    } else {
        None
    };
    PlaceQueue::pass_head(network, entry, candidate.as_deref_mut(), terms.epoch)?;
    emit!(QueueMoved {
        provider: entry.provider,
        number: entry.number,
        admitted: false,
        waiting: network.queue.waiting(),
    });
    close(entry.view(), payer)
}
