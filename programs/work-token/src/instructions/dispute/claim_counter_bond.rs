use {
    crate::{stored::Stored, token},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::CounterBondPaid,
        state::{Network, Provider, VaultKind},
    },
};

#[derive(Accounts)]
pub struct ClaimCounterBond {
    /// Who deposited it.
    #[account(address = provider.counter_bonder @ E::NotTheBonder)]
    pub owner: Signer,
    /// The network.
    #[account(address = provider.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// Holds the bonds.
    #[account(mut, address = network.escrow_vault @ E::WrongVault)]
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
/// Signer: who deposited it. Refuses: while a dispute of the provider is open; when nothing is left; somebody else's token account.
pub fn handle_claim_counter_bond(ctx: &mut Context<ClaimCounterBond>) -> Result<()> {
    let ClaimCounterBond { owner, network, provider, escrow_vault, to, mint, .. } = &mut ctx.accounts;
    if provider.answered_disputes > 0 {
        return Err(E::CounterBondHeld.into());
    }
    let amount = core::mem::take(&mut provider.counter_bond);
    if amount == 0 {
        return Err(E::NoCredit.into());
    }
    provider.counter_bonder = Address::default();
    token::require_destination_of(to.account(), network, owner.address())?;

    let accounts = [escrow_vault.account(), mint.account(), to.account()];
    token::pay_from_network(network, network.address(), VaultKind::Escrow, accounts, amount);
    emit!(CounterBondPaid { provider: *provider.address(), owner: *owner.address(), amount });
    Ok(())
}
