use crate::prelude::*;

use super::escrow::emit_not_done;
use super::result::emit_result;

#[derive(Accounts)]
pub struct SubmitResult {
    /// The seat's operator.
    pub signer: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &job.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The job.
    #[account(mut, constraint = is_at(job.address(), &assignment.job) @ E::WrongJob)]
    pub job: Stored<Job>,
    /// Its seat.
    #[account(mut)]
    pub assignment: Stored<Assignment>,
    /// The provider that has the seat: where a meter stops it answers for the metered fee from now on.
    #[account(mut, constraint = is_at(provider.address(), &assignment.provider) @ E::WrongProvider)]
    pub provider: Stored<Provider>,
}

/// Submits the result: it can be disputed from now on. A meter stops; before it has ended it pays what it
/// shows. Signer: the operator that accepted (job-accept-1). Rounds: a metered fee down. Refuses: a redundant
/// job; a seat that is not accepted; a fixed job after its working time.
pub fn handle_submit_result(ctx: &mut Context<SubmitResult>, result_hash: [u8; 32]) -> Result<()> {
    let SubmitResult { signer, network, job, assignment, provider } = &mut ctx.accounts;
    let (now_ts, latest) = work_now(network)?;
    let terms = network.terms(now_ts);
    if job.rules.is_metered() {
        touch(provider, network, &terms);
    }
    let now = (UnixTs(now_ts), network.work_ts(now_ts), latest);
    let result = (signer.address(), &result_hash);
    if assignment.submit_result(job, provider, result, now, terms.epoch)? {
        emit_not_done(job.address(), assignment.seat, provider.address(), SeatOutcome::Stopped);
    }
    emit_result(job, assignment);
    Ok(())
}
