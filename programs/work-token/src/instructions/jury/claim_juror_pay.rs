use crate::prelude::*;

use super::accounts::pay;

#[derive(Accounts)]
pub struct ClaimJurorPay {
    /// Who judges.
    #[account(constraint = is_at(owner.address(), &juror.owner) @ E::NotTheOwner)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &juror.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The juror.
    #[account(mut)]
    pub juror: Stored<Juror>,
    /// Holds the fees.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
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

/// Pays the fees that a juror has earned.
/// Signer: the owner. Refuses: when it has earned nothing; a destination that is not the owner's.
pub fn handle_claim_juror_pay(ctx: &mut Context<ClaimJurorPay>) -> Result<()> {
    let ClaimJurorPay { owner, network, juror, escrow_vault, to, mint, .. } = &mut ctx.accounts;
    let amount = juror.take_credit()?;
    pay(Till::of(network, mint), owner, [escrow_vault, to], (*network.address(), amount, false))
}
