use crate::prelude::*;

#[derive(Accounts)]
pub struct RegisterProvider {
    /// Owns the provider; pays the rent of its three accounts and gets it back.
    #[account(mut)]
    pub owner: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The provider, at its canonical address.
    #[account(mut)]
    pub provider: UncheckedAccount,
    /// The owner's position in the own pool.
    #[account(mut)]
    pub delegation: UncheckedAccount,
    /// The stake vault: a token account under the network's authority.
    #[account(mut)]
    pub stake_vault: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Creates the accounts.
    pub system_program: Program<System>,
}

/// Registers a provider with its stake vault and its owner's position. It is a Candidate until it takes a
/// place.
/// Signer: the owner. Refuses: while paused; a commission above the maximum; an operator that is the owner.
pub fn handle_register_provider(ctx: &mut Context<RegisterProvider>, args: RegisterProviderArgs) -> Result<()> {
    let RegisterProvider { owner, network, provider, delegation, stake_vault, mint, .. } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    Provider::require_registrable(network, owner.address(), &args, now_ts)?;
    let epoch = network.epoch_at(now_ts);

    let rent = rent()?;
    let mut provider = Stored::<Provider>::create_canonical(
        owner,
        provider,
        &rent,
        [seeds::PROVIDER, network.address().as_ref(), owner.address().as_ref()],
    )?;
    let keys = [network.address(), owner.address(), stake_vault.address()];
    provider.register(network, keys, &args, epoch);

    let bump = [args.vault_bump];
    let seeds = [Seed::from(seeds::STAKE_VAULT), Seed::from(provider.address().as_ref()), Seed::from(&bump)];
    token::open_vault(network, owner, [stake_vault, mint], &rent, &seeds)?;
    open_own_position(owner, &mut provider, delegation, &rent, (args.delegation_bump, now_ts))?;

    emit!(ProviderRegistered {
        provider: *provider.address(),
        owner: *owner.address(),
        operator: args.operator,
        commission_bps: args.commission_bps,
        epoch: epoch.0,
    });
    Ok(())
}

fn open_own_position(
    owner: &Signer,
    provider: &mut Stored<Provider>,
    delegation: &UncheckedAccount,
    rent: &Rent,
    (bump, now_ts): (u8, i64),
) -> Result<()> {
    let mut position = Stored::<Delegation>::create(
        owner,
        delegation,
        rent,
        ([seeds::DELEGATION, provider.address().as_ref(), provider.address().as_ref()], bump),
    )?;
    let key = *provider.address();
    provider.open_position(&mut position, PoolKind::Own, [&key, owner.address()])?;
    position.emptied_at_ts = now_ts;
    Ok(())
}
