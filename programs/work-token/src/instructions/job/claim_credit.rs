use crate::prelude::*;

#[derive(Accounts)]
pub struct ClaimCredit {
    /// The job's client.
    #[account(constraint = is_at(client.address(), &job.client) @ E::WrongClient)]
    pub client: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &job.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The job.
    #[account(constraint = is_at(job.address(), &assignment.job) @ E::WrongJob)]
    pub job: Stored<Job>,
    /// The seat that owes the credit.
    #[account(mut)]
    pub assignment: Stored<Assignment>,
    /// Holds the credit.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// A token account of the client, or the job's refund account.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Pays what a seat owes its client because the refund account could not receive when it ended
/// (job-settle-6). Signer: the client. Refuses: without credit; somebody else's token account; while the
/// vault is frozen.
pub fn handle_claim_credit(ctx: &mut Context<ClaimCredit>) -> Result<()> {
    let ClaimCredit { client, network, job, assignment, escrow_vault, to, mint, .. } = &mut ctx.accounts;
    require(assignment.credit > 0, E::NoCredit)?;
    token::require_destination(to, network)?;
    require(token::belongs_to(to, client.address()) || is_at(to.address(), &job.refund_account), E::NotTheTokenOwner)?;

    require(!token::vault_is_frozen(escrow_vault), E::TokenAccountFrozen)?;

    let amount = assignment.take_credit();
    Till::of(network, mint).pay(escrow_vault, to, amount);
    emit!(CreditPaid { job: *job.address(), seat: assignment.seat, amount });
    Ok(())
}
