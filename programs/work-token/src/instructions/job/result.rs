//! What the results of a seat have in common: what is said once its challenge window has begun.

use crate::prelude::*;

/// Says that the work on a seat is over.
#[inline(never)]
pub fn emit_result(job: &Stored<Job>, assignment: &Assignment) {
    emit!(ResultSubmitted {
        job: *job.address(),
        seat: assignment.seat,
        result_hash: assignment.result_hash,
        fee: assignment.fee,
        challenge_until_work_ts: assignment.challenge_until_work_ts,
    });
}
