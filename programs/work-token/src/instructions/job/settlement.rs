//! `settle_job` and `approve_result` pay a seat's fee: the same accounts, after the challenge window or by
//! the client's leave.

use crate::prelude::*;

use super::escrow::refund;

#[derive(Accounts)]
pub struct SettleSeat {
    /// The client that approves, or anybody who settles.
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
    /// The provider that has the seat.
    #[account(mut, constraint = is_at(provider.address(), &assignment.provider) @ E::WrongProvider)]
    pub provider: Stored<Provider>,
    /// Holds the seat's fee.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// Where the fee goes; what burns and what is the treasury's leaves it with the epoch.
    #[account(mut, constraint = is_at(reward_vault.address(), &network.vaults.reward) @ E::WrongVault)]
    pub reward_vault: UncheckedAccount,
    /// The job's refund account.
    #[account(mut, constraint = is_at(refund_account.address(), &job.refund_account) @ E::WrongRefundAccount)]
    pub refund_account: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Frees the stake that the seat bound and divides its fee. The job's last seat takes what is left of the
/// draw fee along, to be burned with it.
#[inline(never)]
pub fn settle(accounts: &mut SettleSeat, now_ts: i64) {
    let SettleSeat { network, job, assignment, provider, .. } = accounts;
    let terms = network.terms(now_ts);
    touch(provider, network, &terms);

    let (fee, returned) = assignment.settle(job, provider, now_ts);

    let waits = is_frozen(accounts) && accounts.assignment.has_dues();
    let SettleSeat { job, assignment, provider, .. } = accounts;
    let (due, rest) = if waits { (0, 0) } else { assignment.pay_dues(job, provider, terms.epoch) };
    let SettleSeat { network, assignment, escrow_vault, refund_account, .. } = accounts;
    let refunded = refund(network, assignment, [escrow_vault, refund_account], returned);
    move_fee(accounts, due.saturating_add(rest), refunded);
    let SettleSeat { job, assignment, provider, .. } = accounts;
    let split = job.split(fee);
    emit!(SeatSettled {
        job: *job.address(),
        seat: assignment.seat,
        provider: *provider.address(),
        fee,
        burned: split.burn.0,
        treasury: split.treasury.0,
        refund: returned,
        approved: assignment.flags & assignment_flags::APPROVED != 0,
        minority: assignment.flags & assignment_flags::MINORITY != 0,
        waits,
    });
}

/// One transfer moves the fee, whole: its parts are the provider's books until the epoch burns and pays them.
/// Another returns what the client gets back.
pub fn move_fee(accounts: &SettleSeat, moved: u64, refunded: u64) {
    let SettleSeat { network, escrow_vault, reward_vault, refund_account, mint, .. } = accounts;
    Till::of(network, mint).make(&[
        Movement::pay(escrow_vault, reward_vault, moved),
        Movement::pay(escrow_vault, refund_account, refunded),
    ]);
}

pub fn is_frozen(accounts: &SettleSeat) -> bool {
    let SettleSeat { escrow_vault, reward_vault, .. } = accounts;
    token::vault_is_frozen(escrow_vault) || token::vault_is_frozen(reward_vault)
}
