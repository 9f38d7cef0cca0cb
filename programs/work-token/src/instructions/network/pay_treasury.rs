use crate::prelude::*;

#[derive(Accounts)]
pub struct PayTreasury {
    /// The admin.
    #[account(constraint = is_at(admin.address(), &network.authorities.admin) @ E::NotTheAdmin)]
    pub admin: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The network's treasury vault.
    #[account(mut, constraint = is_at(treasury_vault.address(), &network.vaults.treasury) @ E::WrongVault)]
    pub treasury_vault: UncheckedAccount,
    /// Any account of the work token that is no vault.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Pays out of the treasury vault. No other vault can be reached by an authority.
/// Signer: the admin. Refuses: zero; more than the vault holds; a vault as destination.
pub fn handle_pay_treasury(ctx: &mut Context<PayTreasury>, amount: u64) -> Result<()> {
    let PayTreasury { network, treasury_vault, to, mint, .. } = &mut ctx.accounts;
    require(amount > 0, E::ZeroAmount)?;
    token::require_source(treasury_vault, network, amount)?;
    token::require_destination(to, network)?;
    Till::of(network, mint).pay(treasury_vault, to, amount);
    emit!(TreasuryPaid { network: *network.address(), to: *to.address(), amount });
    Ok(())
}
