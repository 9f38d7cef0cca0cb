use crate::prelude::*;

#[derive(Accounts)]
pub struct JoinQueue {
    /// Owns the provider; pays the rent of the entry and gets it back.
    #[account(mut, constraint = is_at(owner.address(), &provider.owner) @ E::NotTheProviderOwner)]
    pub owner: Signer,
    /// The network: gives the number.
    #[account(mut, constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The candidate.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The entry of the next number, at its canonical address.
    #[account(mut)]
    pub entry: UncheckedAccount,
    /// Creates the account.
    pub system_program: Program<System>,
}

/// Joins the queue for a place: whoever's turn it is gets the first free one, by anybody's hand. The entry
/// binds the minimum of own stake: with less the number is lost (place-queue-2). A pause does not stop it.
/// Signer: the owner. Refuses: anyone but a candidate; less own stake than the minimum that the next epoch
/// begins with; one that is in the queue; another entry than that of the next number.
pub fn handle_join_queue(ctx: &mut Context<JoinQueue>) -> Result<()> {
    let JoinQueue { owner, network, provider, entry, .. } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    let terms = network.terms(now_ts);
    touch(provider, network, &terms);
    let number = provider.join_queue(network, terms.epoch)?;

    let seeds = [seeds::QUEUE_ENTRY, network.address().as_ref(), &number.to_le_bytes()];
    let mut entry = Stored::<QueueEntry>::create_canonical(owner, entry, &rent()?, seeds)?;
    entry.number = number;
    entry.network = *network.address();
    entry.provider = *provider.address();
    entry.payer = *owner.address();
    entry.joined_ts = now_ts;
    emit!(QueueJoined { provider: *provider.address(), number, waiting: network.queue.waiting() });
    Ok(())
}
