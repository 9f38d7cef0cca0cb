//! A metered job: the client's signs keep it running, either side stops it (R M3).

use {
    super::results::{SeatWork, end_work},
    crate::instructions::common::*,
    anchor_lang::{pinocchio::address::address_eq, prelude::*},
    work_token_interface::{
        WorkTokenError as E,
        state::{Assignment, Job, SeatState},
    },
};

/// Gives the client's sign: the meter runs for another interval, at most to the end of the working time.
/// Signer: the client or its hot key. Refuses: a fixed fee; a seat that is not accepted; a meter that has ended.
pub fn handle_keep_alive(ctx: &mut Context<SeatWork>) -> Result<()> {
    let SeatWork { signer, network, job, assignment } = &mut ctx.accounts;
    let work_ts = network.work_ts(now_ts()?);
    require_meter(job, assignment)?;
    if !is_clients(job, signer) {
        return Err(E::WrongClient.into());
    }
    if assignment.meter_has_ended(job, work_ts) {
        return Err(E::MeterEnded.into());
    }
    assignment.keep_alive_ts = work_ts;
    Ok(())
}

/// Stops a meter: what it shows is the fee, which can be disputed from now on.
/// Signer: the client, its hot key, or the operator that accepted; anybody once the meter has ended. Rounds: the fee down.
/// Refuses: a fixed fee; a seat that is not accepted; a stranger while the meter runs.
pub fn handle_stop_job(ctx: &mut Context<SeatWork>) -> Result<()> {
    let SeatWork { signer, network, job, assignment } = &mut ctx.accounts;
    let work_ts = network.work_ts(now_ts()?);
    require_meter(job, assignment)?;
    let is_party = is_clients(job, signer) || address_eq(&assignment.operator, signer.address());
    if !is_party && !assignment.meter_has_ended(job, work_ts) {
        return Err(E::MeterRunning.into());
    }
    assignment.fee = assignment.metered_fee(job, work_ts);
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
