use crate::prelude::*;

#[derive(Accounts)]
pub struct ClaimCounterBond {
    /// Who deposited it.
    #[account(address = provider.counter.bonder @ E::NotTheBonder)]
    pub owner: Signer,
    /// The network.
    #[account(address = provider.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// Holds the bonds.
    #[account(mut, address = network.vaults.escrow @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// A token account of the owner.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Returns what disputes have left of a provider's counter-bond.
/// Signer: who deposited it. Refuses: while a dispute of the provider is open; when nothing is left; somebody
/// else's token account.
pub fn handle_claim_counter_bond(ctx: &mut Context<ClaimCounterBond>) -> Result<()> {
    let ClaimCounterBond { owner, network, provider, escrow_vault, to, mint, .. } = &mut ctx.accounts;
    let amount = provider.take_counter_bond()?;
    Till::of(network, mint).pay_owner(escrow_vault, (to, owner.address()), amount)?;
    emit!(CounterBondPaid { provider: *provider.address(), owner: *owner.address(), amount });
    Ok(())
}
