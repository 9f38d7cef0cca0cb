use crate::prelude::*;

use super::settlement::{SettleSeat, is_frozen, move_fee, settle};

/// Ends a seat once its result can no longer be disputed: pays its fee, or returns it to the client when a
/// dispute found a fault. What a meter did not run up returns in any case. A frozen vault stops nothing: the
/// fee waits, and is paid by this instruction once it can be (job-settle-7). Signer: anybody. Rounds: burn
/// and treasury down, the provider gets the dust (job-settle-3). Refuses: a seat without a result; while a
/// dispute about it is open; before the challenge window has passed; while other results of the job may still
/// be revealed; a fee that waits while a vault is frozen.
pub fn handle_settle_job(ctx: &mut Context<SettleSeat>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let SettleSeat { network, job, assignment, .. } = accounts;
    if assignment.state == SeatState::Settled as u8 && assignment.has_dues() {
        return pay_dues(accounts);
    }
    let (now_ts, work_ts) = cross(network)?;
    assignment.require_undisputed(job, work_ts)?;
    settle(accounts, now_ts);
    Ok(())
}

/// Pays what a frozen vault kept back when the seat was settled.
#[inline(never)]
fn pay_dues(accounts: &mut SettleSeat) -> Result<()> {
    require(!is_frozen(accounts), E::TokenAccountFrozen)?;
    let SettleSeat { network, job, assignment, provider, .. } = accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    let (fee, rest) = assignment.pay_dues(job, provider, terms.epoch);
    // Both were parts of what the escrow holds for the job, which is below 2^60.
    move_fee(accounts, fee.saturating_add(rest), 0);
    let SettleSeat { job, assignment, .. } = accounts;
    emit!(SeatDuesMoved { job: *job.address(), seat: assignment.seat, fee, rest, burned: 0 });
    Ok(())
}
