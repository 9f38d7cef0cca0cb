use crate::prelude::*;

use super::accounts::OperatorSeat;
use super::escrow::emit_not_done;
use super::seating::require_operator;

/// Declines a seat before or after its time to accept; the same as silence, but the next draw need not wait
/// for it. Signer: the operator, or that of the job's class. Refuses: a seat that is drawn for another, or
/// not waiting for acceptance.
pub fn handle_decline_job(ctx: &mut Context<OperatorSeat>) -> Result<()> {
    let OperatorSeat { operator, network, job, assignment, provider, offer } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    let key = *provider.address();
    require_operator(operator, provider, job, offer)?;
    assignment.decline(job, (&key, provider), terms.epoch)?;
    emit_not_done(job.address(), assignment.seat, &key, SeatOutcome::Declined);
    Ok(())
}
