use crate::prelude::*;

use super::accounts::SeatWork;

/// Commits to a result that is revealed once every seat has committed or ended, so that nobody can copy it
/// (job-result-1). Signer: the operator that accepted. Refuses: a job for one provider; a seat that is not
/// accepted; after its working time; a zero commitment.
pub fn handle_commit_result(ctx: &mut Context<SeatWork>, commitment: [u8; 32]) -> Result<()> {
    let SeatWork { signer, network, job, assignment } = &mut ctx.accounts;
    let (now_ts, latest) = work_now(network)?;
    assignment.commit(job, (signer.address(), &commitment), (network.work_ts(now_ts), latest))?;
    emit!(ResultCommitted { job: *job.address(), seat: assignment.seat, commitment });
    Ok(())
}
