//! `accept_job` and `decline_job` take the same accounts; each of them needs one of the two that are optional.

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
        math::Amount,
        state::{Assignment, Job, Network, Offer, Provider, SeatState, SkipReason},
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
    /// The client's record; needed to decline.
    #[account(mut)]
    pub client_record: Option<UncheckedAccount>,
}

/// Accepts a seat: its working time begins, the operator in office works on it to the end (R H10), and the provider's principal of now is the base
/// of a slash for it (R C4). Once draws are over the first eligible provider takes an open seat the same way.
/// Signer: the operator.
/// Refuses: a seat drawn for another; after the time to accept, or to seat; a provider that is not Active, is below the minimum, or whose stake no
/// longer covers its open seats; for a seat that nobody was drawn for, whatever skips a provider in a draw.
pub fn handle_accept_job(ctx: &mut Context<OperatorSeat>) -> Result<()> {
    let OperatorSeat { operator, network, job, assignment, provider, offer, .. } = &mut ctx.accounts;
    require_in_network(provider, network)?;
    let terms = network.terms(now_ts()?);
    let (work_ts, minimum) = (network.work_ts(terms.now_ts), Amount(network.params.minimum_self_stake));
    touch(provider, &terms);
    match assignment.state() {
        SeatState::Drawn => {
            require_same(&assignment.provider, provider.address(), E::NotDrawnForSeat)?;
            if work_ts >= assignment.accept_until_ts {
                return Err(E::AcceptanceHasPassed.into());
            }
            provider.require_fit(minimum)?;
        }
        SeatState::Open if assignment.is_self_selected(job) => {
            if work_ts >= job.seat_until_ts {
                return Err(E::SeatingHasPassed.into());
            }
            let offer = offer_of(provider, || offer.as_ref().map(AnchorAccount::account))?;
            let exposure = provider
                .seat_exposure(provider.address(), job, offer.as_deref(), &terms, minimum)
                .map_err(SkipReason::error)?;
            seat_provider(job, assignment, provider, exposure, work_ts);
        }
        _ => return Err(E::NotDrawnForSeat.into()),
    }

    assignment.accept(job, provider, work_ts, terms.epoch);
    emit!(SeatAccepted {
        job: *job.address(),
        seat: assignment.seat,
        provider: *provider.address(),
        operator: *operator.address(),
        work_until_ts: assignment.work_until_ts,
    });
    Ok(())
}

/// Declines a seat before or after its time to accept; the same as silence, mark included, but the next draw need not wait for it.
/// Signer: the operator. Refuses: a seat that is drawn for another, or not waiting for acceptance; without the client's record.
pub fn handle_decline_job(ctx: &mut Context<OperatorSeat>) -> Result<()> {
    let OperatorSeat { network, job, assignment, provider, client_record, .. } = &mut ctx.accounts;
    assignment.require(SeatState::Drawn, E::NotDrawnForSeat)?;
    require_same(&assignment.provider, provider.address(), E::NotDrawnForSeat)?;
    let mut client_record = client_of(client_record.as_ref().ok_or(E::WrongClient)?.account(), job)?;
    let terms = network.terms(now_ts()?);
    touch(provider, &terms);
    mark_silent(job, assignment, provider, &mut client_record, terms.epoch);
    assignment.reopen();
    Ok(())
}
