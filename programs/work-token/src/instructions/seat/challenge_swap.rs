//! A candidate challenges a seat in one epoch; two epochs later it changes hands.

use {
    crate::{instructions::common::*, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::{SeatChallenged, SeatSwapped},
        math::Amount,
        state::{Network, Provider, Terms},
    },
};

#[derive(Accounts)]
pub struct SeatRivals {
    /// Owns the candidate, to challenge; anybody, to swap.
    pub signer: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &candidate.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// Wants the seat.
    #[account(mut)]
    pub candidate: Stored<Provider>,
    /// Has the seat.
    #[account(mut)]
    pub incumbent: Stored<Provider>,
}

/// Challenges a seat when none is free. In the second epoch after this one it can be swapped, if the candidate is still the stronger (MD 8.2, W9).
/// Signer: the candidate's owner.
/// Refuses: while paused; while a seat is free; anyone but a candidate; less own stake than the network's minimum; an incumbent without a seat or in
/// its first epoch; stake that does not exceed the incumbent's by more than 5 %, the smaller of the epoch's snapshot and the present one (R M12).
pub fn handle_challenge_seat(ctx: &mut Context<SeatRivals>) -> Result<()> {
    let SeatRivals { signer, network, candidate, incumbent } = &mut ctx.accounts;
    require_same(&candidate.owner, signer.address(), E::NotTheProviderOwner)?;
    let terms = network.terms(now_ts()?);
    network.require_open(terms.now_ts)?;
    touch_both(network, candidate, incumbent, &terms)?;
    if network.seats_taken < network.present_cap() {
        return Err(E::SeatsFree.into());
    }
    require_displaces(network, candidate, incumbent, &terms)?;

    let (due_ts, lapses_ts) = candidate.challenge_seat(incumbent.address(), network, &terms)?;
    emit!(SeatChallenged { candidate: *candidate.address(), incumbent: *incumbent.address(), due_ts, lapses_ts });
    Ok(())
}

/// Swaps a challenged seat in the second epoch after its challenge, whose snapshot holds what the incumbent has added meanwhile. If the candidate is no
/// longer fit or no longer the stronger, its challenge falls instead. A pause moves both times (W9).
/// Signer: anybody. Refuses: without a challenge of this seat; while paused; before it is due; after it has lapsed.
pub fn handle_swap_seat(ctx: &mut Context<SeatRivals>) -> Result<()> {
    let SeatRivals { network, candidate, incumbent, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    candidate.require_challenge_due(incumbent.address(), network, terms.now_ts)?;
    touch_both(network, candidate, incumbent, &terms)?;

    let displaces = require_displaces(network, candidate, incumbent, &terms).is_ok();
    let left = if displaces { incumbent.be_displaced(terms.epoch) } else { None };
    match left {
        Some(index) => candidate.take_seat(index, terms.epoch),
        None => candidate.drop_challenge(),
    }
    emit!(SeatSwapped {
        candidate: *candidate.address(),
        incumbent: *incumbent.address(),
        index: incumbent.seat.index,
        swapped: left.is_some(),
    });
    Ok(())
}

fn touch_both(
    network: &Stored<Network>,
    candidate: &mut Stored<Provider>,
    incumbent: &mut Stored<Provider>,
    terms: &Terms,
) -> Result<()> {
    require_in_network(incumbent, network)?;
    touch(candidate, network, terms);
    touch(incumbent, network, terms);
    Ok(())
}

fn require_displaces(network: &Network, candidate: &Provider, incumbent: &Provider, terms: &Terms) -> Result<()> {
    candidate.require_candidate(Amount(network.minimum_stake))?;
    Ok(candidate.require_stronger(incumbent, terms.epoch, u32::from(network.rules_of(terms.epoch).leverage))?)
}
