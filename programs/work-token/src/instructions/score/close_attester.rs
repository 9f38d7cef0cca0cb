use crate::prelude::*;

#[derive(Accounts)]
pub struct CloseAttester {
    /// Who attested; paid the attester's rent and gets it back.
    #[account(mut, constraint = is_at(owner.address(), &attester.owner) @ E::WrongAttester)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &attester.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The attester.
    #[account(mut)]
    pub attester: Stored<Attester>,
    /// Holds the bond.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// Holds the pay.
    #[account(mut, constraint = is_at(reward_vault.address(), &network.vaults.reward) @ E::WrongVault)]
    pub reward_vault: UncheckedAccount,
    /// A token account of the owner.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Pays a retired attester its bond and its credit, and closes it. Signer: the owner. Refuses: before it
/// retired; before two epochs and a challenge window have passed since the last report it can owe
/// (score-roster-6), unless it was never drawn by; a destination that is not the owner's.
pub fn handle_close_attester(ctx: &mut Context<CloseAttester>) -> Result<()> {
    let CloseAttester { owner, network, attester, escrow_vault, reward_vault, to, mint, .. } = &mut ctx.accounts;
    attester.require_unlocked(&network.clock(), network.params.challenge_secs, now_ts()?)?;
    token::require_destination_of(to, network, owner.address())?;

    let (pay, bond) = (attester.credit, attester.bond);
    Till::of(network, mint).make(&[Movement::pay(escrow_vault, to, bond), Movement::pay(reward_vault, to, pay)]);
    emit!(AttesterPaid { owner: *owner.address(), pay, bond });
    close(attester.view(), owner)
}
