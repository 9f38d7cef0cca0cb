use {
    crate::{
        create::{canonical_bump, create, rent},
        stored::Stored,
    },
    anchor_lang::prelude::*,
    pinocchio::cpi::Seed,
    work_token_interface::{
        events::ClientRegistered,
        seeds,
        state::{Client, Network},
    },
};

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

/// Registers a client. Its record is never closed, so that the numbers of its jobs are never used again (R H10).
/// Signer: the owner. Refuses: a client that is registered.
pub fn handle_register_client(ctx: &mut Context<RegisterClient>) -> Result<()> {
    let RegisterClient { owner, network, client_record, .. } = &mut ctx.accounts;
    let (network_seed, owner_seed) = (network.address().as_ref(), owner.address().as_ref());
    let bump = canonical_bump(client_record.account(), &[seeds::CLIENT, network_seed, owner_seed])?;
    let bump_seed = [bump];
    let seeds = [Seed::from(seeds::CLIENT), Seed::from(network_seed), Seed::from(owner_seed), Seed::from(&bump_seed)];
    create(owner.account(), client_record.account(), &rent()?, (Client::SIZE, &crate::ID), &seeds)?;
    let mut opened = Stored::<Client>::created(*client_record.account());
    opened.bump = bump;
    opened.network = *network.address();
    opened.owner = *owner.address();

    emit!(ClientRegistered { network: *network.address(), owner: *owner.address() });
    Ok(())
}
