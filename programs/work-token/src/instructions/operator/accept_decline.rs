//! `accept_job` and `decline_job` take the same accounts.

use {
    super::seating::*,
    crate::{
        instructions::{common::*, job_money::*},
        stored::Stored,
    },
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::SeatAccepted,
        math::UnixTs,
        state::{Assignment, Job, Network, Offer, Provider, SeatOutcome, SeatState, SkipReason, assignment_flags},
    },
};

#[derive(Accounts)]
pub struct OperatorSeat {
    /// The provider's operator.
    #[account(constraint = is_at(operator.address(), &provider.operator) @ E::OperatorsOnly)]
    pub operator: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &job.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The job.
    #[account(mut, constraint = is_at(job.address(), &assignment.job) @ E::WrongJob)]
    pub job: Stored<Job>,
    /// Its seat.
    #[account(mut)]
    pub assignment: Stored<Assignment>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The provider's offer; needed to take a seat that nobody was drawn for.
    pub offer: Option<Stored<Offer>>,
}

/// Accepts a seat: its working time begins, the operator in office works on it to the end (R H10), and the provider's principal of now is the base
/// of a slash for it (R C4). Once draws are over the first eligible provider takes an open seat the same way.
/// Signer: the operator.
/// Refuses: a seat drawn for another; after the time to accept, or to seat; a provider that is not Active, is below the minimum after its grace, or
/// whose stake that is not leaving no longer covers its open seats; for a seat that nobody was drawn for, whatever skips a provider in a draw.
pub fn handle_accept_job(ctx: &mut Context<OperatorSeat>) -> Result<()> {
    let OperatorSeat { operator, network, job, assignment, provider, offer, .. } = &mut ctx.accounts;
    require_in_network(provider, network)?;
    let (now_ts, latest) = work_now(network)?;
    let (terms, work_ts) = (network.terms(now_ts), network.work_ts(now_ts));
    touch(provider, network, &terms);
    match assignment.state() {
        SeatState::Drawn => {
            require_same(&assignment.provider, provider.address(), E::NotDrawnForSeat)?;
            if latest.has_reached(assignment.accept_until_work_ts) {
                return Err(E::AcceptanceHasPassed.into());
            }
            provider.require_fit(network, &terms)?;
        }
        SeatState::Open if assignment.is_self_selected(job) => {
            if latest.has_reached(job.seat_until_work_ts) {
                return Err(E::SeatingHasPassed.into());
            }
            let offer = offer_of(provider, || offer.as_ref().map(AnchorAccount::account))?;
            let exposure = provider
                .seat_exposure(provider.address(), job, offer.as_deref(), network, &terms)
                .map_err(SkipReason::error)?;
            seat_provider(job, assignment, provider, exposure, work_ts.0);
            assignment.flags |= assignment_flags::TAKEN;
        }
        _ => return Err(E::NotDrawnForSeat.into()),
    }

    assignment.accept(job, provider, (UnixTs(now_ts), work_ts), terms.epoch);
    emit!(SeatAccepted {
        job: *job.address(),
        seat: assignment.seat,
        provider: *provider.address(),
        operator: *operator.address(),
        work_until_work_ts: assignment.work_until_work_ts,
    });
    Ok(())
}

/// Declines a seat before or after its time to accept; the same as silence, but the next draw need not wait for it.
/// Signer: the operator. Refuses: a seat that is drawn for another, or not waiting for acceptance.
pub fn handle_decline_job(ctx: &mut Context<OperatorSeat>) -> Result<()> {
    let OperatorSeat { network, job, assignment, provider, .. } = &mut ctx.accounts;
    assignment.require(SeatState::Drawn, E::NotDrawnForSeat)?;
    require_same(&assignment.provider, provider.address(), E::NotDrawnForSeat)?;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    take_from(job, assignment, provider, terms.epoch, SeatOutcome::Declined);
    assignment.reopen();
    Ok(())
}
