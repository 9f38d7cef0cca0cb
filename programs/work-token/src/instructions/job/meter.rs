//! A metered job: the client's signs keep it running, either side stops it (R M3).

use crate::prelude::*;

use super::escrow::count_not_done;

pub fn require_meter(job: &Job, assignment: &Assignment) -> Result<()> {
    require(job.rules.is_metered(), E::NotMetered)?;
    Ok(assignment.require(SeatState::Accepted, E::NotAccepted)?)
}

pub fn is_clients(job: &Job, signer: &Signer) -> bool {
    address_eq(&job.client, signer.address()) || address_eq(&job.operator, signer.address())
}

/// Stops a meter; an operator that does so before it has ended is counted.
#[inline(never)]
pub fn stop(
    network: &Network,
    job: &Stored<Job>,
    assignment: &mut Assignment,
    provider: &mut Stored<Provider>,
    by_operator: bool,
    now: (UnixTs, WorkTs),
) {
    let terms = network.terms(now.0.0);
    touch(provider, network, &terms);
    if assignment.stop_meter(job, provider, by_operator, now) {
        count_not_done(job.address(), assignment, provider, terms.epoch, SeatOutcome::Stopped);
    }
}
