use crate::prelude::*;

#[derive(Accounts)]
pub struct RegisterClient {
    /// Signs for the client; pays its record's rent.
    #[account(mut)]
    pub owner: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The client's record, at its canonical address.
    #[account(mut)]
    pub client_record: UncheckedAccount,
    /// Creates the record.
    pub system_program: Program<System>,
}

/// Registers a client. Its record is never closed, so that the numbers of its jobs are never used again
/// (job-number-1). Signer: the owner. Refuses: a client that is registered.
pub fn handle_register_client(ctx: &mut Context<RegisterClient>) -> Result<()> {
    let RegisterClient { owner, network, client_record, .. } = &mut ctx.accounts;
    let (network_seed, owner_seed) = (network.address().as_ref(), owner.address().as_ref());
    let mut opened =
        Stored::<Client>::create_canonical(owner, client_record, &rent()?, [seeds::CLIENT, network_seed, owner_seed])?;
    opened.network = *network.address();
    opened.owner = *owner.address();

    emit!(ClientRegistered { network: *network.address(), owner: *owner.address() });
    Ok(())
}
