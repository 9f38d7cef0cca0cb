//! A metered job: the client's signs keep it running, either side stops it (R M3).

use {
    super::results::{SeatWork, end_work, stop},
    crate::{instructions::common::*, stored::Stored},
    anchor_lang::{pinocchio::address::address_eq, prelude::*},
    work_token_interface::{
        WorkTokenError as E,
        math::UnixTs,
        state::{Assignment, Job, Network, Provider, SeatState},
    },
};

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

/// Gives the client's sign: the meter runs for another interval of unix time, at most to the end of the working time.
/// Signer: the client or its hot key. Refuses: a fixed fee; a seat that is not accepted; a meter that has ended.
pub fn handle_keep_alive(ctx: &mut Context<SeatWork>) -> Result<()> {
    let SeatWork { signer, network, job, assignment } = &mut ctx.accounts;
    let (now_ts, latest) = work_now(network)?;
    require_meter(job, assignment)?;
    if !is_clients(job, signer) {
        return Err(E::WrongClient.into());
    }
    if assignment.meter_has_ended(job, (UnixTs(now_ts), latest)) {
        return Err(E::MeterEnded.into());
    }
    assignment.keep_alive_ts = now_ts;
    Ok(())
}

/// Stops a meter: what it shows is the fee, which can be disputed from now on; the provider's stake is bound for that fee and no more for the ceiling.
/// Stopped by its client, or ended by the client's silence, it pays at least the class's least working time (W3).
/// Signer: the client, its hot key, or the operator that accepted; anybody once the meter has ended. Rounds: the fee down.
/// Refuses: a fixed fee; a seat that is not accepted; a stranger while the meter runs.
pub fn handle_stop_job(ctx: &mut Context<StopJob>) -> Result<()> {
    let StopJob { signer, network, job, assignment, provider } = &mut ctx.accounts;
    require_meter(job, assignment)?;
    let (now_ts, work_ts) = cross(network)?;
    let now = (UnixTs(now_ts), work_ts);
    let by_client = is_clients(job, signer);
    let by_operator = !by_client && address_eq(&assignment.operator, signer.address());
    if !by_client && !by_operator && !assignment.meter_has_ended(job, now) {
        return Err(E::MeterRunning.into());
    }
    stop(network, job, assignment, provider, by_operator, now);
    job.commit_closed(work_ts);
    end_work(job, assignment, work_ts);
    Ok(())
}

fn require_meter(job: &Job, assignment: &Assignment) -> Result<()> {
    if !job.rules.is_metered() {
        return Err(E::NotMetered.into());
    }
    Ok(assignment.require(SeatState::Accepted, E::NotAccepted)?)
}

fn is_clients(job: &Job, signer: &Signer) -> bool {
    address_eq(&job.client, signer.address()) || address_eq(&job.operator, signer.address())
}
