use crate::prelude::*;

#[derive(Accounts)]
pub struct SweepSurplus {
    /// The network.
    pub network: Stored<Network>,
    /// The provider.
    pub provider: Stored<Provider>,
    /// Its stake vault.
    #[account(mut, constraint = is_at(stake_vault.address(), &provider.stake_vault) @ E::WrongVault)]
    pub stake_vault: UncheckedAccount,
    /// The network's treasury vault.
    #[account(mut, constraint = is_at(treasury_vault.address(), &network.vaults.treasury) @ E::WrongVault)]
    pub treasury_vault: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Moves what strangers sent to a stake vault into the treasury. Stake vaults alone have their whole books in
/// one account (network-surplus-1); no instruction guesses those of a shared vault. Signer: anybody. Refuses:
/// when the vault holds no more than its books say.
pub fn handle_sweep_surplus(ctx: &mut Context<SweepSurplus>) -> Result<()> {
    let SweepSurplus { network, provider, stake_vault, treasury_vault, mint, .. } = &mut ctx.accounts;
    require_in_network(provider, network)?;
    let surplus = provider.surplus(token::vault_balance(stake_vault))?;
    Till::of(network, mint).pay(stake_vault, treasury_vault, surplus);
    emit!(SurplusSwept { provider: *provider.address(), amount: surplus });
    Ok(())
}
