use crate::prelude::*;

use super::accounts::OperatorSeat;
use super::seating::{offer_of, seat_provider};

/// Accepts a seat: its working time begins, the operator in office works on it to the end (R H10), and the
/// provider's principal of now is the base of a slash for it (R C4). Once draws are over the first eligible
/// provider takes an open seat the same way.
/// Signer: the operator.
/// Refuses: a seat drawn for another; after the time to accept, or to seat; a provider that is not Active, is
/// below the minimum after its grace, or whose stake that is not leaving no longer covers its open seats; for
/// a seat that nobody was drawn for, whatever skips a provider in a draw.
pub fn handle_accept_job(ctx: &mut Context<OperatorSeat>) -> Result<()> {
    let OperatorSeat { operator, network, job, assignment, provider, offer, .. } = &mut ctx.accounts;
    require_in_network(provider, network)?;
    let (now_ts, latest) = work_now(network)?;
    let (terms, work_ts) = (network.terms(now_ts), network.work_ts(now_ts));
    touch(provider, network, &terms);
    match assignment.state() {
        SeatState::Drawn => {
            require_at(&assignment.provider, provider.address(), E::NotDrawnForSeat)?;
            require(!latest.has_reached(assignment.accept_until_work_ts), E::AcceptanceHasPassed)?;
            provider.require_fit(network, &terms)?;
        }
        SeatState::Open if assignment.is_self_selected(job) => {
            require(!latest.has_reached(job.seat_until_work_ts), E::SeatingHasPassed)?;
            let offer = offer_of(provider, || offer.as_ref().map(AnchorAccount::account))?;
            let exposure = provider
                .seat_exposure(provider.address(), job, offer.as_deref(), network, &terms)
                .map_err(SkipReason::error)?;
            seat_provider(job, assignment, provider, exposure, work_ts.0);
            assignment.flags |= assignment_flags::TAKEN;
        }
        _ => return Err(E::NotDrawnForSeat.into()),
    }

    assignment.accept(job, provider, (UnixTs(now_ts), work_ts), terms.epoch);
    emit!(SeatAccepted {
        job: *job.address(),
        seat: assignment.seat,
        provider: *provider.address(),
        operator: *operator.address(),
        work_until_work_ts: assignment.work_until_work_ts,
    });
    Ok(())
}
