use {
    crate::{
        create::{canonical_bump, create, rent},
        instructions::common::*,
        stored::Stored,
        token,
    },
    anchor_lang::prelude::*,
    pinocchio::cpi::Seed,
    work_token_interface::{
        WorkTokenError as E,
        args::RegisterProviderArgs,
        events::ProviderRegistered,
        math::{
            commission::MAX_COMMISSION,
            score::{INITIAL_REPUTATION, REPUTATION_FRACTION_BITS},
        },
        seeds,
        state::{Delegation, Network, PoolKind, Provider, ProviderState},
    },
};

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
    /// The stake vault: a token account that is its own authority.
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

/// Registers a provider with its stake vault and its owner's position. It is a Candidate until it takes a seat.
/// Signer: the owner. Refuses: while paused; a commission above the maximum; an operator that is the owner.
pub fn handle_register_provider(ctx: &mut Context<RegisterProvider>, args: RegisterProviderArgs) -> Result<()> {
    let RegisterProvider { owner, network, provider, delegation, stake_vault, mint, .. } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    network.require_open(now_ts)?;
    if args.commission_bps > MAX_COMMISSION.0 {
        return Err(E::CommissionAboveMaximum.into());
    }
    if args.operator == *owner.address() {
        return Err(E::OperatorIsOwner.into());
    }
    let epoch = network.epoch_at(now_ts);

    let bump =
        canonical_bump(provider.account(), &[seeds::PROVIDER, network.address().as_ref(), owner.address().as_ref()])?;
    let (bump_seed, rent) = ([bump], rent()?);
    create(
        owner.account(),
        provider.account(),
        &rent,
        (Provider::SIZE, &crate::ID),
        &[
            Seed::from(seeds::PROVIDER),
            Seed::from(network.address().as_ref()),
            Seed::from(owner.address().as_ref()),
            Seed::from(&bump_seed),
        ],
    )?;
    let mut provider = Stored::<Provider>::created(*provider.account());
    provider.bump = bump;
    provider.state = ProviderState::Candidate as u8;
    provider.score_ppm = INITIAL_REPUTATION.0;
    provider.reputation_x12 = INITIAL_REPUTATION.0 << REPUTATION_FRACTION_BITS;
    provider.unscored_from_epoch = epoch.next().0;
    provider.commission_bps = args.commission_bps;
    provider.vault_bump = args.vault_bump;
    provider.network = *network.address();
    provider.owner = *owner.address();
    provider.operator = args.operator;
    provider.reward_destination = args.reward_destination;
    provider.stake_vault = *stake_vault.address();
    provider.metadata_hash = args.metadata_hash;
    provider.live_positions = 1;
    provider.begin(network, epoch);

    open_vault(owner, network, &provider, [stake_vault, mint], &rent, args.vault_bump)?;
    open_own_position(owner, &provider, delegation, &rent, (args.delegation_bump, now_ts))?;

    emit!(ProviderRegistered {
        network: *network.address(),
        provider: *provider.address(),
        owner: *owner.address(),
        operator: args.operator,
        commission_bps: args.commission_bps,
        epoch: epoch.0,
    });
    Ok(())
}

fn open_vault(
    owner: &Signer,
    network: &Network,
    provider: &Stored<Provider>,
    [vault, mint]: [&UncheckedAccount; 2],
    rent: &Rent,
    bump: u8,
) -> Result<()> {
    let bump_seed = [bump];
    let seeds = [Seed::from(seeds::STAKE_VAULT), Seed::from(provider.address().as_ref()), Seed::from(&bump_seed)];
    create(owner.account(), vault.account(), rent, (token::ACCOUNT_LEN, &network.token_program), &seeds)?;
    token::init_vault(&network.token_program, [vault.account(), mint.account()]);
    Ok(())
}

fn open_own_position(
    owner: &Signer,
    provider: &Stored<Provider>,
    delegation: &UncheckedAccount,
    rent: &Rent,
    (bump, now_ts): (u8, i64),
) -> Result<()> {
    let bump_seed = [bump];
    let seeds = [
        Seed::from(seeds::DELEGATION),
        Seed::from(provider.address().as_ref()),
        Seed::from(owner.address().as_ref()),
        Seed::from(&bump_seed),
    ];
    create(owner.account(), delegation.account(), rent, (Delegation::SIZE, &crate::ID), &seeds)?;
    let mut position = Stored::<Delegation>::created(*delegation.account());
    position.bump = bump;
    position.pool = PoolKind::Own as u8;
    position.provider = *provider.address();
    position.delegator = *owner.address();
    position.emptied_at_ts = now_ts;
    Ok(())
}
