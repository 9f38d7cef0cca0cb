use crate::prelude::*;

use super::ending::{EndSeat, end, provider_of};
use super::escrow::{emit_bounty, emit_not_done};

/// Ends a seat that nobody took, accepted, worked or revealed on in time. The client gets its fee back; what
/// the provider that had the seat did with it is counted. A committed result that was not revealed counts as
/// a minority's (job-result-3). Of a seat that ended while the vault was frozen it burns what waits
/// (job-settle-7). Signer: a keeper, paid out of the draw fee. Refuses: before a deadline of the seat has
/// passed; a meter, which is stopped instead; a seat with a result; one that a provider has without that
/// provider; what waits while the vault is frozen.
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

    let mut taken = None;
    if assignment.state() != SeatState::Open {
        let mut provider = provider_of(assignment, provider)?;
        touch(&mut provider, network, &terms);
        taken = Some(provider);
    }
    if let Some(outcome) = assignment.expire(job, taken.as_deref_mut(), terms.epoch, work_ts) {
        emit_not_done(job.address(), assignment.seat, &assignment.provider, outcome);
    }
    // Before the seat ends: the last one burns what is left of the bounties.
    let can_pay = job.bounty > 0 && Till::of(network, mint).bounty_to(escrow_vault, (signer, keeper_account)).is_some();
    let bounty = if can_pay { job.take_bounty() } else { 0 };
    emit_bounty(job, signer, bounty);
    let ended = assignment.end_expired(job, UnixTs(now_ts));
    end(accounts, &ended, bounty);
    Ok(())
}

/// Burns what a frozen vault kept from it when the seat ended.
#[inline(never)]
fn burn_dues(accounts: &mut EndSeat) -> Result<()> {
    let EndSeat { network, job, assignment, escrow_vault, mint, .. } = accounts;
    require(!token::vault_is_frozen(escrow_vault), E::TokenAccountFrozen)?;
    let (_, burned) = assignment.take_dues();
    Till::of(network, mint).burn(escrow_vault, burned);
    emit!(SeatDuesMoved { job: *job.address(), seat: assignment.seat, fee: 0, rest: 0, burned });
    Ok(())
}
