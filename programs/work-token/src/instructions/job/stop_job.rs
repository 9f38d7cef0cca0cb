use crate::prelude::*;

use super::escrow::emit_not_done;
use super::result::emit_result;

#[derive(Accounts)]
pub struct StopJob {
    /// The client, its hot key, or the seat's operator; anybody once the meter has ended.
    pub signer: Signer,
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &job.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The job.
    #[account(mut, constraint = is_at(job.address(), &assignment.job) @ E::WrongJob)]
    pub job: Stored<Job>,
    /// Its seat.
    #[account(mut)]
    pub assignment: Stored<Assignment>,
    /// The provider that has the seat: it answers for the metered fee from now on, no more for the ceiling.
    #[account(mut, constraint = is_at(provider.address(), &assignment.provider) @ E::WrongProvider)]
    pub provider: Stored<Provider>,
}

/// Stops a meter: what it shows is the fee, which can be disputed from now on; the provider's stake is bound
/// for that fee and no more for the ceiling. Stopped by its client, or ended by the client's silence, it pays
/// at least the class's least working time (job-meter-3). Signer: the client, its hot key, or the operator
/// that accepted; anybody once the meter has ended. Rounds: the fee down. Refuses: a fixed fee; a seat that
/// is not accepted; a stranger while the meter runs.
pub fn handle_stop_job(ctx: &mut Context<StopJob>) -> Result<()> {
    let StopJob { signer, network, job, assignment, provider } = &mut ctx.accounts;
    let (now_ts, work_ts) = cross(network)?;
    let terms = network.terms(now_ts);
    touch(provider, network, &terms);
    let now = (UnixTs(now_ts), work_ts);
    if assignment.stop(job, provider, signer.address(), now, terms.epoch)? {
        emit_not_done(job.address(), assignment.seat, provider.address(), SeatOutcome::Stopped);
    }
    emit_result(job, assignment);
    Ok(())
}
