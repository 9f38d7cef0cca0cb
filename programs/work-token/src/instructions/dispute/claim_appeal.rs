use crate::prelude::*;

#[derive(Accounts)]
pub struct ClaimAppeal {
    /// Who paid; gets the share's rent.
    #[account(mut, address = share.owner @ E::NotTheOwner)]
    pub owner: UncheckedAccount,
    /// The network.
    #[account(address = dispute.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The dispute.
    #[account(mut, address = share.dispute @ E::WrongDispute)]
    pub dispute: Stored<Dispute>,
    /// What the owner paid for one side.
    #[account(mut)]
    pub share: Stored<AppealShare>,
    /// Holds what was paid for appeals.
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

/// Pays a contributor its part of what its side gets back for the appeals, and closes its share.
/// Signer: anybody, so that no contributor keeps the dispute open. Rounds: down; the last contributor of a
/// side gets the dust.
/// Refuses: before the dispute's outcome is applied; somebody else's token account. A side that gets nothing
/// back refuses nothing: the rent returns.
pub fn handle_claim_appeal(ctx: &mut Context<ClaimAppeal>) -> Result<()> {
    let ClaimAppeal { owner, network, dispute, share, escrow_vault, to, mint, .. } = &mut ctx.accounts;
    let amount = dispute.take_appeals(share)?;
    if amount > 0 {
        Till::of(network, mint).pay_owner(escrow_vault, (to, owner.address()), amount)?;
    }
    emit!(DisputeCreditPaid { dispute: *dispute.address(), owner: *owner.address(), amount });
    close(share.view(), owner)
}
