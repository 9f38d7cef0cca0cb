//! `extend_job` and `rate_job`: what a client may say about a seat without moving a token.

use {
    crate::{instructions::common::*, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::{JobExtended, ResultRated},
        state::{Assignment, Job, Network, SeatState},
    },
};

/// The highest rating.
const MAX_RATING: u8 = 100;

#[derive(Accounts)]
pub struct ClientSeat {
    /// The job's client.
    #[account(constraint = is_at(client.address(), &job.client) @ E::WrongClient)]
    pub client: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &job.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The job.
    #[account(mut, constraint = is_at(job.address(), &assignment.job) @ E::WrongJob)]
    pub job: Stored<Job>,
    /// Its seat.
    #[account(mut)]
    pub assignment: Stored<Assignment>,
    /// The operator that accepted the seat; needed to extend its time then.
    pub operator: Option<Signer>,
}

/// Extends the working time. Before acceptance that of every seat not yet accepted, by the client alone; after it that of the seat, with its operator
/// (R M27).
/// Signer: the client; once the seat was accepted also the operator that accepted it.
/// Refuses: zero; a seat that has its result or ended; beyond the class's bounds; a working time that has passed.
pub fn handle_extend_job(ctx: &mut Context<ClientSeat>, secs: u32) -> Result<()> {
    let ClientSeat { network, job, assignment, operator, .. } = &mut ctx.accounts;
    if secs == 0 {
        return Err(E::ZeroAmount.into());
    }
    match assignment.state() {
        SeatState::Open | SeatState::Drawn => job.extend(secs)?,
        SeatState::Accepted => {
            let operator = operator.as_ref().ok_or(E::OperatorsOnly)?;
            require_same(operator.address(), &assignment.operator, E::OperatorsOnly)?;
            // It binds nothing new: the ceiling allows for every extension.
            assignment.extend(job, secs, work_now(network)?.1)?;
        }
        _ => return Err(E::NotAccepted.into()),
    }
    emit!(JobExtended {
        job: *job.address(),
        seat: assignment.seat,
        work_until_work_ts: assignment.work_until_work_ts
    });
    Ok(())
}

/// Rates a result. Nothing reads it (R L8).
/// Signer: the client. Refuses: a rating above 100; a seat without a result.
pub fn handle_rate_job(ctx: &mut Context<ClientSeat>, rating: u8) -> Result<()> {
    let ClientSeat { job, assignment, .. } = &mut ctx.accounts;
    if rating > MAX_RATING {
        return Err(E::RatingOutOfBounds.into());
    }
    if !matches!(assignment.state(), SeatState::Submitted | SeatState::Settled) {
        return Err(E::NotSubmitted.into());
    }
    let (job, seat) = (*job.address(), assignment.seat);
    emit!(ResultRated { job, seat, provider: assignment.provider, rating });
    Ok(())
}
