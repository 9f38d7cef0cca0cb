use crate::prelude::*;

#[derive(Accounts)]
pub struct AddAttesterBond {
    /// Who attests.
    #[account(constraint = is_at(owner.address(), &attester.owner) @ E::WrongAttester)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &attester.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The attester.
    #[account(mut)]
    pub attester: Stored<Attester>,
    /// The network's roster.
    #[account(mut, constraint = is_at(&roster.network, network.address()) @ E::WrongNetwork)]
    pub roster: Stored<AttesterRoster>,
    /// The owner's token account that the tokens come from.
    #[account(mut)]
    pub from: UncheckedAccount,
    /// Holds the bonds.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Adds `amount` tokens to a bond. It is drawn by from the next epoch on, and counts at once against whoever
/// aims at the attester's place (score-roster-3). Signer: the owner. Refuses: nothing; an attester that has
/// retired.
pub fn handle_add_attester_bond(ctx: &mut Context<AddAttesterBond>, amount: u64) -> Result<()> {
    let AddAttesterBond { owner, network, attester, roster, from, escrow_vault, mint, .. } = &mut ctx.accounts;
    require(amount > 0, E::ZeroAmount)?;
    token::require_source(from, network, amount)?;
    attester.add(amount, roster, network.epoch_at(now_ts()?))?;

    Till::of(network, mint).take(from, owner, escrow_vault, amount);
    let (network, owner) = (*network.address(), *owner.address());
    emit!(AttesterBondAdded { network, owner, amount, bond: attester.bond });
    Ok(())
}
