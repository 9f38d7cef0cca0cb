use crate::prelude::*;

#[derive(Accounts)]
pub struct ClaimAttesterRewards {
    /// Who attests.
    #[account(constraint = is_at(owner.address(), &attester.owner) @ E::WrongAttester)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &attester.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The attester.
    #[account(mut)]
    pub attester: Stored<Attester>,
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

/// Pays what an attester has earned.
/// Signer: the owner. Refuses: when it has earned nothing; a destination that is not the owner's.
pub fn handle_claim_attester_rewards(ctx: &mut Context<ClaimAttesterRewards>) -> Result<()> {
    let ClaimAttesterRewards { owner, network, attester, reward_vault, to, mint, .. } = &mut ctx.accounts;
    token::require_destination_of(to, network, owner.address())?;
    let pay = attester.take_credit()?;

    Till::of(network, mint).pay(reward_vault, to, pay);
    emit!(AttesterPaid { owner: *owner.address(), pay, bond: 0 });
    Ok(())
}
