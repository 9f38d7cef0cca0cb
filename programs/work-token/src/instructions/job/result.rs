//! What the results of a seat have in common: who may give one, and what follows from it.

use crate::prelude::*;

/// Refuses a seat in another state, and a signer that is not the operator that accepted it.
pub fn require_worker(assignment: &Assignment, state: SeatState, error: E, signer: &Signer) -> Result<()> {
    assignment.require(state, error)?;
    require_at(&assignment.operator, signer.address(), E::OperatorsOnly)
}

pub fn enter_result(job: &mut Stored<Job>, assignment: &mut Assignment, result_hash: &[u8; 32], work_ts: WorkTs) {
    assignment.result_hash = *result_hash;
    job.reveal(assignment.seat, result_hash);
    end_work(job, assignment, work_ts);
}

/// The work on a seat is over: its challenge window begins.
#[inline(never)]
pub fn end_work(job: &Stored<Job>, assignment: &mut Assignment, work_ts: WorkTs) {
    assignment.submit(job, work_ts);
    emit!(ResultSubmitted {
        job: *job.address(),
        seat: assignment.seat,
        result_hash: assignment.result_hash,
        fee: assignment.fee,
        challenge_until_work_ts: assignment.challenge_until_work_ts,
    });
}
