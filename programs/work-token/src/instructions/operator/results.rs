//! `submit_result`, `commit_result` and `reveal_result`: the work on a seat. `keep_alive` takes the accounts of the last two.

use {
    crate::{
        hash::sha256,
        instructions::{common::*, job_money::count_not_done},
        stored::Stored,
    },
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        commitments::ResultCommitment,
        events::{ResultCommitted, ResultSubmitted},
        math::{UnixTs, WorkTs},
        state::{Assignment, Job, Network, Provider, SeatOutcome, SeatState},
    },
};

#[derive(Accounts)]
pub struct SeatWork {
    /// The seat's operator; to keep a meter running the client or its hot key.
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
}

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

/// Submits the result: it can be disputed from now on. A meter stops; before it has ended it pays what it shows.
/// Signer: the operator that accepted (R H10). Rounds: a metered fee down.
/// Refuses: a redundant job; a seat that is not accepted; a fixed job after its working time.
pub fn handle_submit_result(ctx: &mut Context<SubmitResult>, result_hash: [u8; 32]) -> Result<()> {
    let SubmitResult { signer, network, job, assignment, provider } = &mut ctx.accounts;
    let (now_ts, latest) = work_now(network)?;
    let work_ts = network.work_ts(now_ts);
    if job.seats() != 1 {
        return Err(E::CommitFirst.into());
    }
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

/// Commits to a result that is revealed once every seat has committed or ended, so that nobody can copy it (R M4, M28).
/// Signer: the operator that accepted.
/// Refuses: a job for one provider; a seat that is not accepted; after its working time; a zero commitment.
pub fn handle_commit_result(ctx: &mut Context<SeatWork>, commitment: [u8; 32]) -> Result<()> {
    let SeatWork { signer, network, job, assignment } = &mut ctx.accounts;
    let (now_ts, latest) = work_now(network)?;
    if job.seats() == 1 {
        return Err(E::NotRedundant.into());
    }
    require_worker(assignment, SeatState::Accepted, E::NotAccepted, signer)?;
    if latest.has_reached(assignment.work_until_work_ts) {
        return Err(E::SubmissionHasPassed.into());
    }
    if commitment == [0; 32] {
        return Err(E::ZeroCommitment.into());
    }
    assignment.state = SeatState::Committed as u8;
    assignment.commitment = commitment;
    job.commit_closed(network.work_ts(now_ts));
    emit!(ResultCommitted { job: *job.address(), seat: assignment.seat, commitment });
    Ok(())
}

/// Reveals a committed result: it can be disputed from now on.
/// Signer: the operator that accepted.
/// Refuses: a seat without a commitment; while another seat may still commit; after the time to reveal; what does not hash to the commitment.
pub fn handle_reveal_result(ctx: &mut Context<SeatWork>, result_hash: [u8; 32], salt: [u8; 32]) -> Result<()> {
    let SeatWork { signer, network, job, assignment } = &mut ctx.accounts;
    let (now_ts, latest) = work_now(network)?;
    require_worker(assignment, SeatState::Committed, E::NotCommitted, signer)?;
    if job.uncommitted_seats != 0 || job.reveal_until_work_ts == 0 {
        return Err(E::RevealNotOpen.into());
    }
    if latest.has_reached(job.reveal_until_work_ts) {
        return Err(E::RevealHasPassed.into());
    }
    let commitment = ResultCommitment {
        network: network.address(),
        job: job.address(),
        slot: &job.created_slot.to_le_bytes(),
        seat: &[assignment.seat],
        provider: &assignment.provider,
        result_hash: &result_hash,
        salt: &salt,
    };
    if sha256(&commitment.parts()) != assignment.commitment {
        return Err(E::CommitmentBroken.into());
    }
    enter_result(job, assignment, &result_hash, network.work_ts(now_ts));
    Ok(())
}

/// Refuses a seat in another state, and a signer that is not the operator that accepted it.
fn require_worker(assignment: &Assignment, state: SeatState, error: E, signer: &Signer) -> Result<()> {
    assignment.require(state, error)?;
    require_same(&assignment.operator, signer.address(), E::OperatorsOnly)
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

fn enter_result(job: &mut Stored<Job>, assignment: &mut Assignment, result_hash: &[u8; 32], work_ts: WorkTs) {
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
