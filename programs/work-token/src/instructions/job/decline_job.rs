use crate::prelude::*;

use super::accounts::OperatorSeat;
use super::escrow::emit_not_done;

/// Declines a seat before or after its time to accept; the same as silence, but the next draw need not wait
/// for it.
/// Signer: the operator. Refuses: a seat that is drawn for another, or not waiting for acceptance.
pub fn handle_decline_job(ctx: &mut Context<OperatorSeat>) -> Result<()> {
    let OperatorSeat { network, job, assignment, provider, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    let key = *provider.address();
    assignment.decline(job, (&key, provider), terms.epoch)?;
    emit_not_done(job.address(), assignment.seat, &key, SeatOutcome::Declined);
    Ok(())
}
