use crate::prelude::*;

use super::accounts::OperatorSeat;
use super::seating::{offer_of, require_operator};

/// Accepts a seat: its working time begins, the operator in office works on it to the end (job-accept-1), and
/// the provider's principal of now is the base of a slash for it (job-accept-3). Once draws are over the
/// first eligible provider takes an open seat the same way. Signer: the operator, or that of the job's class.
/// Refuses: a seat drawn for another; after the time to accept, or to seat; a provider that is not Active, is
/// below the minimum after its grace, or whose stake that is not leaving no longer covers its open seats; for
/// a seat that nobody was drawn for, whatever skips a provider in a draw.
pub fn handle_accept_job(ctx: &mut Context<OperatorSeat>) -> Result<()> {
    let OperatorSeat { operator, network, job, assignment, provider, offer, .. } = &mut ctx.accounts;
    require_in_network(provider, network)?;
    let (now_ts, latest) = work_now(network)?;
    let (terms, work_ts) = (network.terms(now_ts), network.work_ts(now_ts));
    touch(provider, network, &terms);
    let key = *provider.address();
    require_operator(operator, provider, job, offer)?;
    if assignment.require_acceptable(job, (&key, provider), network, (&terms, latest))? {
        let offer = offer_of(provider, || offer.as_ref().map(AnchorAccount::account))?;
        assignment.take(job, (&key, provider), offer.as_deref(), network, (&terms, work_ts))?;
    }
    assignment.accept(job, (provider, operator.address()), (UnixTs(now_ts), work_ts), terms.epoch);
    emit!(SeatAccepted {
        job: *job.address(),
        seat: assignment.seat,
        provider: key,
        operator: *operator.address(),
        work_until_work_ts: assignment.work_until_work_ts,
    });
    Ok(())
}
