use crate::prelude::*;

#[derive(Accounts)]
pub struct CreateNetwork {
    /// Pays the rent of the network and its vaults; has no power afterwards.
    #[account(mut)]
    pub creator: Signer,
    /// The network, at its canonical address.
    #[account(mut)]
    pub network: UncheckedAccount,
    /// The complete draft of its parameters, written by the creator; it is closed.
    #[account(mut, constraint = is_at(creator.address(), &param_draft.author) @ E::NotTheAuthor)]
    pub param_draft: Stored<ParamDraft>,
    /// The work token.
    pub mint: UncheckedAccount,
    /// Rewards settled or about to be, not yet claimed.
    #[account(mut)]
    pub reward_vault: UncheckedAccount,
    /// Job fees, bonds and locks.
    #[account(mut)]
    pub escrow_vault: UncheckedAccount,
    /// Insurance.
    #[account(mut)]
    pub insurance_vault: UncheckedAccount,
    /// Bounties of cranks.
    #[account(mut)]
    pub keeper_vault: UncheckedAccount,
    /// Treasury.
    #[account(mut)]
    pub treasury_vault: UncheckedAccount,
    /// What Reserve mode emits from.
    #[account(mut)]
    pub reserve_vault: UncheckedAccount,
    /// SPL Token or Token-2022, whichever owns the mint.
    pub token_program: UncheckedAccount,
    /// Creates the accounts.
    pub system_program: Program<System>,
}

/// Creates a network with its six vaults, under the parameters that its creator drafted. Its first epoch
/// begins now. Signer: the creator. Refuses: a draft of others, for another network, or incomplete;
/// parameters that violate a bound or an inequality; a mint that cannot carry stake (network-mint-1); a mint
/// authority that does not fit the mode; a freeze authority that was not accepted.
pub fn handle_create_network(ctx: &mut Context<CreateNetwork>, args: CreateNetworkArgs) -> Result<()> {
    let CreateNetwork { creator, network, param_draft, mint, token_program, .. } = &mut ctx.accounts;
    let id = args.id.to_le_bytes();
    let rent = rent()?;
    let mut network = Stored::<Network>::create_canonical(
        creator,
        network,
        &rent,
        [seeds::NETWORK, creator.address().as_ref(), &id],
    )?;
    let params = param_draft.set_for(network.address())?;
    let mode = (args.require_valid(params)?, params);
    let decimals = require_mint(mint, token_program.address(), network.address(), mode, &args)?;
    let clock = Clock::get()?;
    network.begin((&args, params), [creator.address(), mint.address()], (clock.slot, clock.unix_timestamp));
    network.mint_decimals = decimals;
    network.token_program = *token_program.address();
    open_vaults(ctx, &mut network, &rent, &args.vault_bumps)?;

    emit!(NetworkCreated {
        network: *network.address(),
        mint: network.mint,
        creator: network.creator,
        emission_mode: network.emission_mode,
        flags: network.flags,
    });
    close(ctx.accounts.param_draft.view(), &ctx.accounts.creator)
}

#[inline(never)]
fn require_mint(
    mint: &UncheckedAccount,
    token_program: &Address,
    network: &Address,
    mode: (EmissionMode, &NetworkParams),
    args: &CreateNetworkArgs,
) -> Result<u8> {
    let read = token::read_mint(mint, token_program)?;
    let facts = (read.mint_authority.as_ref(), read.has_freeze_authority, read.supply);
    args.require_mint(mode, network, facts)?;
    Ok(read.decimals)
}

fn open_vaults(
    ctx: &Context<CreateNetwork>,
    network: &mut Stored<Network>,
    rent: &Rent,
    bumps: &[u8; 6],
) -> Result<()> {
    let accounts = &ctx.accounts;
    let vaults = [
        &accounts.reward_vault,
        &accounts.escrow_vault,
        &accounts.insurance_vault,
        &accounts.keeper_vault,
        &accounts.treasury_vault,
        &accounts.reserve_vault,
    ];
    for ((kind, vault), bump) in VaultKind::ALL.into_iter().zip(vaults).zip(bumps) {
        let bump_seed = [*bump];
        let seeds = [Seed::from(kind.seed()), Seed::from(network.address().as_ref()), Seed::from(&bump_seed)];
        token::open_vault(network, &accounts.creator, [vault, &accounts.mint], rent, &seeds)?;
        network.set_vault(kind, vault.address(), *bump);
    }
    Ok(())
}
