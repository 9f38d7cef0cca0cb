use crate::prelude::*;

use super::accounts::SeatWork;
use super::result::require_worker;

/// Commits to a result that is revealed once every seat has committed or ended, so that nobody can copy it (R
/// M4, M28).
/// Signer: the operator that accepted.
/// Refuses: a job for one provider; a seat that is not accepted; after its working time; a zero commitment.
pub fn handle_commit_result(ctx: &mut Context<SeatWork>, commitment: [u8; 32]) -> Result<()> {
    let SeatWork { signer, network, job, assignment } = &mut ctx.accounts;
    let (now_ts, latest) = work_now(network)?;
    require(job.seats() != 1, E::NotRedundant)?;
    require_worker(assignment, SeatState::Accepted, E::NotAccepted, signer)?;
    require(!latest.has_reached(assignment.work_until_work_ts), E::SubmissionHasPassed)?;
    if commitment == [0; 32] {
        return Err(E::ZeroCommitment.into());
    }
    assignment.state = SeatState::Committed as u8;
    assignment.commitment = commitment;
    job.commit_closed(network.work_ts(now_ts));
    emit!(ResultCommitted { job: *job.address(), seat: assignment.seat, commitment });
    Ok(())
}
