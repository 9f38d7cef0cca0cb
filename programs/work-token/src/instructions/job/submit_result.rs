use crate::prelude::*;

use super::meter::stop;
use super::result::{enter_result, require_worker};

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
/// shows.
/// Signer: the operator that accepted (R H10). Rounds: a metered fee down.
/// Refuses: a redundant job; a seat that is not accepted; a fixed job after its working time.
pub fn handle_submit_result(ctx: &mut Context<SubmitResult>, result_hash: [u8; 32]) -> Result<()> {
    let SubmitResult { signer, network, job, assignment, provider } = &mut ctx.accounts;
    let (now_ts, latest) = work_now(network)?;
    let work_ts = network.work_ts(now_ts);
    require(job.seats() == 1, E::CommitFirst)?;
    require_worker(assignment, SeatState::Accepted, E::NotAccepted, signer)?;
    if job.rules.is_metered() {
        stop(network, job, assignment, provider, true, (UnixTs(now_ts), latest));
    } else if latest.has_reached(assignment.work_until_work_ts) {
        return Err(E::SubmissionHasPassed.into());
    }
    job.commit_closed(work_ts);
    enter_result(job, assignment, &result_hash, work_ts);
    Ok(())
}
