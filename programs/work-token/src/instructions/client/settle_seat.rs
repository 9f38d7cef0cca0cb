//! `settle_job` and `approve_result` pay a seat's fee: the same accounts, after the challenge window or by the client's leave.

use {
    crate::{
        instructions::{common::*, job_money::refund},
        stored::Stored,
        token,
    },
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::SeatSettled,
        state::{Assignment, Job, Network, Provider, SeatState, VaultKind, assignment_flags},
    },
};

#[derive(Accounts)]
pub struct SettleSeat {
    /// The client that approves, or anybody who settles.
    pub signer: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &job.network) @ E::WrongNetwork)]
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
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.escrow_vault) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// Where the fee goes; what burns and what is the treasury's leaves it with the epoch.
    #[account(mut, constraint = is_at(reward_vault.address(), &network.reward_vault) @ E::WrongVault)]
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

/// Ends a seat once its result can no longer be disputed: pays its fee, or returns it to the client when a dispute found a fault. What a meter did not run up returns in any case.
/// Signer: anybody. Rounds: burn and treasury down, the provider gets the dust (R L2).
/// Refuses: a seat without a result; while a dispute about it is open; before the challenge window has passed; while other results of the job may still be revealed.
pub fn handle_settle_job(ctx: &mut Context<SettleSeat>) -> Result<()> {
    let SettleSeat { network, job, assignment, .. } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    assignment.require_undisputed(job, network.work_ts(now_ts))?;
    pay(&mut ctx.accounts, now_ts)
}

/// Pays a seat's fee at once. The fault stays disputable to the end of the window, without a refund (R M27).
/// Signer: the client. Rounds: as when it is settled. Refuses: a seat without a result; while a dispute about it is open.
pub fn handle_approve_result(ctx: &mut Context<SettleSeat>) -> Result<()> {
    let SettleSeat { signer, job, assignment, .. } = &mut ctx.accounts;
    require_same(signer.address(), &job.client, E::WrongClient)?;
    assignment.require(SeatState::Submitted, E::NotSubmitted)?;
    assignment.require_no_dispute()?;
    assignment.flags |= assignment_flags::APPROVED;
    pay(&mut ctx.accounts, now_ts()?)
}

/// One transfer moves the fee, whole: its parts are the provider's books until the epoch burns and pays them. The job's last seat takes what is left
/// of the draw fee along, to be burned with it.
#[inline(never)]
fn pay(accounts: &mut SettleSeat, now_ts: i64) -> Result<()> {
    let SettleSeat { network, job, assignment, provider, .. } = accounts;
    let SettleSeat { escrow_vault, reward_vault, refund_account, mint, .. } = accounts;
    let terms = network.terms(now_ts);
    touch(provider, &terms);

    let refunded = assignment.refunded_part(job, assignment.fee);
    let fee = assignment.fee.saturating_sub(refunded);
    let returned = job.fee.saturating_sub(fee);
    let rest = job.seat_ended(now_ts);
    let split = job.split(fee);
    let moved = fee.checked_add(rest).ok_or(E::ArithmeticOverflow)?;
    if job.seats() > 1 && job.is_minority(assignment.seat) {
        assignment.flags |= assignment_flags::MINORITY;
    }
    let is_own_client = provider.owner == job.client;
    provider.release(assignment);
    provider.note_fee(terms.epoch, &split, rest, is_own_client);
    assignment.end(SeatState::Settled);

    if moved > 0 {
        let accounts = [escrow_vault.account(), mint.account(), reward_vault.account()];
        token::pay_from_network(network, network.address(), VaultKind::Escrow, accounts, moved);
    }
    let refund_from = [escrow_vault.account(), mint.account(), refund_account.account()];
    refund(network, assignment, refund_from, returned);
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
    });
    Ok(())
}
