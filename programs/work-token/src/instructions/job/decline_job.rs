use crate::prelude::*;

use super::accounts::OperatorSeat;
use super::escrow::take_from;

/// Declines a seat before or after its time to accept; the same as silence, but the next draw need not wait
/// for it.
/// Signer: the operator. Refuses: a seat that is drawn for another, or not waiting for acceptance.
pub fn handle_decline_job(ctx: &mut Context<OperatorSeat>) -> Result<()> {
    let OperatorSeat { network, job, assignment, provider, .. } = &mut ctx.accounts;
    assignment.require(SeatState::Drawn, E::NotDrawnForSeat)?;
    require_at(&assignment.provider, provider.address(), E::NotDrawnForSeat)?;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    take_from(job, assignment, provider, terms.epoch, SeatOutcome::Declined);
    assignment.reopen();
    Ok(())
}
