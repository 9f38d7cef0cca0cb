//! `cancel_job` and `expire_job` end a seat without a result: the same accounts, the same refund, another reason.

use {
    crate::{
        instructions::{common::*, job_money::*},
        stored::Stored,
        token,
    },
    anchor_lang::{pinocchio::sysvars::Sysvar, prelude::*},
    work_token_interface::{
        WorkTokenError as E,
        events::{SeatDuesMoved, SeatEnded},
        state::{Assignment, Job, Network, Provider, SeatOutcome, SeatState, VaultKind, assignment_flags},
    },
};

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
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.escrow_vault) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// The job's refund account.
    #[account(mut, unsafe(dup), constraint = is_at(refund_account.address(), &job.refund_account) @ E::WrongRefundAccount)]
    pub refund_account: UncheckedAccount,
    /// A token account of the keeper; without one, or with one that cannot receive, the crank works unpaid. May be the refund account.
    #[account(mut, unsafe(dup))]
    pub keeper_account: Option<UncheckedAccount>,
    /// The work token.
    #[account(mut, constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Cancels a seat before acceptance. Free until the seed slot; after, the class's part of the fee burns, or the client could draw until it likes the
/// provider (R H8). A drawn provider is released; nothing is counted.
/// Signer: the client. Rounds: the cancel fee down. Refuses: a seat that was accepted or has ended; a drawn one without its provider.
pub fn handle_cancel_job(ctx: &mut Context<EndSeat>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let EndSeat { signer, network, job, assignment, provider, .. } = accounts;
    require_same(signer.address(), &job.client, E::WrongClient)?;
    assignment.require_cancellable()?;
    let clock = Clock::get()?;

    if assignment.state == SeatState::Drawn as u8 {
        let mut provider = provider_of(assignment, provider)?;
        touch(&mut provider, network, &network.terms(clock.unix_timestamp));
        provider.release(assignment);
        job.free_seat(assignment.seat);
    }
    let cancel_fee = assignment.cancel_fee(job, clock.slot);
    job.commit_closed(network.work_ts(clock.unix_timestamp));
    end(accounts, SeatState::Cancelled, cancel_fee, clock.unix_timestamp);
    Ok(())
}

/// Ends a seat that nobody took, accepted, worked or revealed on in time. The client gets its fee back; what the provider that had the seat did with it
/// is counted. A committed result that was not revealed counts as a minority's (R M4). Of a seat that ended while the vault was frozen it burns what
/// waits (E5).
/// Signer: a keeper, paid out of the draw fee. Refuses: before a deadline of the seat has passed; a meter, which is stopped instead; a seat with a
/// result; one that a provider has without that provider; what waits while the vault is frozen.
pub fn handle_expire_job(ctx: &mut Context<EndSeat>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    if matches!(accounts.assignment.state(), SeatState::Expired | SeatState::Cancelled)
        && accounts.assignment.has_dues()
    {
        return burn_dues(accounts);
    }
    let EndSeat { signer, network, job, assignment, provider, .. } = accounts;
    let EndSeat { escrow_vault, keeper_account, mint, .. } = accounts;
    let (now_ts, work_ts) = cross(network)?;
    let terms = network.terms(now_ts);
    assignment.require_expired(job, work_ts)?;

    let state = assignment.state();
    assignment.expire_disputable(job, work_ts);
    if state != SeatState::Open {
        let mut provider = provider_of(assignment, provider)?;
        touch(&mut provider, network, &terms);
        let outcome = if state == SeatState::Drawn { SeatOutcome::Passed } else { SeatOutcome::Failed };
        take_from(job, assignment, &mut provider, terms.epoch, outcome);
    }
    if state == SeatState::Committed {
        assignment.flags |= assignment_flags::MINORITY;
    } else {
        job.commit_closed(work_ts);
    }
    // Before the seat ends: the last one burns what is left of the bounties.
    let to = keeper_account.as_ref().map(AnchorAccount::account);
    pay_job_bounty(network, job, signer, to, [escrow_vault.account(), mint.account()]);
    end(accounts, SeatState::Expired, 0, terms.now_ts);
    Ok(())
}

/// The provider that has the seat.
#[inline(never)]
fn provider_of(assignment: &Assignment, provider: &Option<UncheckedAccount>) -> Result<Stored<Provider>> {
    let view = provider.as_ref().ok_or(E::WrongProvider)?;
    require_same(view.address(), &assignment.provider, E::WrongProvider)?;
    Stored::writable(*view.account())
}

/// Burns the cancel fee, and with the last seat the rest of the draw fee; the rest of the seat's fee returns to the client. A frozen vault stops neither: the
/// one waits as the seat's dues, the other as its credit.
#[inline(never)]
fn end(accounts: &mut EndSeat, state: SeatState, cancel_fee: u64, now_ts: i64) {
    let EndSeat { network, job, assignment, escrow_vault, refund_account, mint, .. } = accounts;
    let due = job.seat_ended(now_ts).saturating_add(cancel_fee);
    let returned = assignment.fee.saturating_sub(cancel_fee);
    assignment.end(state);

    let (burned, waits) = if token::vault_is_frozen(escrow_vault.account()) { (0, due) } else { (due, 0) };
    assignment.burn_due = waits;
    if burned > 0 {
        let vault = [escrow_vault.account(), mint.account()];
        token::burn_from_network(network, network.address(), VaultKind::Escrow, vault, burned);
    }
    let refund_from = [escrow_vault.account(), mint.account(), refund_account.account()];
    refund(network, assignment, refund_from, returned);
    let (job, seat, state) = (*job.address(), assignment.seat, state as u8);
    emit!(SeatEnded { job, seat, state, refund: returned, burned, waits });
}

/// Burns what a frozen vault kept from it when the seat ended.
#[inline(never)]
fn burn_dues(accounts: &mut EndSeat) -> Result<()> {
    let EndSeat { network, job, assignment, escrow_vault, mint, .. } = accounts;
    if token::vault_is_frozen(escrow_vault.account()) {
        return Err(E::TokenAccountFrozen.into());
    }
    let (_, burned) = assignment.take_dues();
    let vault = [escrow_vault.account(), mint.account()];
    token::burn_from_network(network, network.address(), VaultKind::Escrow, vault, burned);
    emit!(SeatDuesMoved { job: *job.address(), seat: assignment.seat, fee: 0, rest: 0, burned });
    Ok(())
}
