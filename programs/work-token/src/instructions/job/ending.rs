//! `cancel_job` and `expire_job` end a seat without a result: the same accounts, the same refund, another
//! reason.

use crate::prelude::*;

use super::escrow::refund;

#[derive(Accounts)]
pub struct EndSeat {
    /// The client that cancels, or the keeper that cranks an expiry and is paid for it.
    pub signer: Signer,
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &job.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The job.
    #[account(mut, constraint = is_at(job.address(), &assignment.job) @ E::WrongJob)]
    pub job: Stored<Job>,
    /// Its seat.
    #[account(mut)]
    pub assignment: Stored<Assignment>,
    /// The provider that has the seat; needed when one has it.
    #[account(mut)]
    pub provider: Option<UncheckedAccount>,
    /// Holds the seat's fee.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// The job's refund account.
    #[account(mut, unsafe(dup), constraint = is_at(refund_account.address(), &job.refund_account) @ E::WrongRefundAccount)]
    pub refund_account: UncheckedAccount,
    /// A token account of the keeper; without one, or with one that cannot receive, the crank works unpaid.
    /// May be the refund account.
    #[account(mut, unsafe(dup))]
    pub keeper_account: Option<UncheckedAccount>,
    /// The work token.
    #[account(mut, constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// The provider that has the seat.
#[inline(never)]
pub fn provider_of(assignment: &Assignment, provider: &Option<UncheckedAccount>) -> Result<Stored<Provider>> {
    let view = provider.as_ref().ok_or(E::WrongProvider)?;
    require_at(view.address(), &assignment.provider, E::WrongProvider)?;
    Stored::writable(*view.account())
}

/// Burns what burns with the seat; the rest of its fee returns to the client. A frozen vault stops neither:
/// the one waits as the seat's dues, the other as its credit. The keeper gets its `bounty`, which is nothing
/// where it cannot be paid.
#[inline(never)]
pub fn end(accounts: &mut EndSeat, ended: &SeatEnd, bounty: u64) {
    let EndSeat { network, job, assignment, escrow_vault, refund_account, keeper_account, mint, .. } = accounts;
    let (due, returned) = (ended.burned, ended.returned);
    let (burned, waits) = if token::vault_is_frozen(escrow_vault) { (0, due) } else { (due, 0) };
    assignment.burn_due = waits;
    let refunded = refund(network, assignment, [escrow_vault, refund_account], returned);
    Till::of(network, mint).make(&[
        Movement::pay(escrow_vault, keeper_account.as_ref().unwrap_or(refund_account), bounty),
        Movement::burn(escrow_vault, burned),
        Movement::pay(escrow_vault, refund_account, refunded),
    ]);
    let (job, seat, state) = (*job.address(), assignment.seat, assignment.state);
    emit!(SeatEnded { job, seat, state, refund: returned, burned, waits });
}
