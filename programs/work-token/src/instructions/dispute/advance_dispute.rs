use crate::prelude::*;

use super::accounts::{emit_advanced, require_fault};
use work_token_interface::state::dispute::{DecisionTerms, Finished};

#[derive(Accounts)]
pub struct AdvanceDispute {
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &dispute.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The accused.
    #[account(mut, constraint = is_at(provider.address(), &dispute.provider) @ E::WrongProvider)]
    pub provider: Stored<Provider>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
    /// Its claim.
    #[account(mut)]
    pub claim: Stored<Claim>,
    /// The provider's faults of the epoch.
    #[account(mut)]
    pub fault: Stored<Fault>,
    /// The disputed seat, when there is one. May have closed once the outcome was applied to it.
    #[account(mut)]
    pub assignment: Option<UncheckedAccount>,
}

/// Brings a dispute as far as time and votes allow: past every deadline, each as of its own time; then its
/// outcome is applied to provider, seat and bonds; and once its slash is executed, claim and fault are told.
/// Signer: anybody. Rounds: slashes up, to the winner down, the burn takes the rest.
/// Refuses: when there is nothing to do; another claim, fault or seat than the dispute's.
pub fn handle_advance_dispute(ctx: &mut Context<AdvanceDispute>) -> Result<()> {
    let AdvanceDispute { network, provider, dispute, claim, fault, assignment } = &mut ctx.accounts;
    let (now_ts, work_ts) = cross(network)?;
    require_fault(fault, dispute)?;
    require_at(&claim.provider, provider.address(), E::WrongClaim)?;
    require(claim.number == dispute.claim, E::WrongClaim)?;
    let mut seat = seat_of(dispute, assignment.as_ref())?;
    let subject = assignment.as_ref().map_or(provider.address(), |seat| seat.address());
    require_at(subject, &dispute.subject, E::WrongJob)?;
    let terms = network.terms(now_ts);
    touch(provider, network, &terms);

    let moved = dispute.advance(work_ts);
    let books = dispute.book_if_found(provider, terms.epoch);
    if moved {
        emit_advanced(dispute);
    }
    let decides = dispute.is_decided() && !dispute.has(dispute_flags::FINISHED);
    if decides {
        let finished = finish(network, provider, dispute, fault, seat.as_deref_mut(), &terms);
        emit_decided(provider, dispute, &finished);
    }
    let ends = dispute.has(dispute_flags::FINISHED) && !dispute.has(dispute_flags::ENDED) && dispute.is_executed();
    if ends {
        end(provider, dispute, claim, fault, now_ts);
        emit!(DisputeEnded { dispute: *dispute.address() });
    }
    require(moved || books || decides || ends, E::NothingToAdvance)
}

/// The disputed seat, until the outcome was applied to it: a job may close before the last installment, and
/// the dispute must end all the same.
#[inline(never)]
fn seat_of(dispute: &Dispute, assignment: Option<&UncheckedAccount>) -> Result<Option<Stored<Assignment>>> {
    match assignment {
        Some(seat) if !dispute.has(dispute_flags::FINISHED) => Ok(Some(Stored::writable(*seat.account())?)),
        _ => Ok(None),
    }
}

#[inline(never)]
fn finish(
    network: &mut Stored<Network>,
    provider: &mut Stored<Provider>,
    dispute: &mut Stored<Dispute>,
    fault: &mut Fault,
    seat: Option<&mut Assignment>,
    terms: &Terms,
) -> Finished {
    let stake = Amount(provider.own.tokens).saturating_add(Amount(provider.delegated.tokens));
    // What multiplies a slash is what it was when the dispute was decided, whoever applies it when (D2).
    let verdict = network.epoch_at(network.unix_ts(dispute.decided_work_ts()));
    let severity = dispute.severity();
    let correlation = if dispute.is_upheld() { network.convict(provider, severity, stake, verdict) } else { Bps::ZERO };
    let decision = DecisionTerms {
        now_ts: terms.now_ts,
        work_ts: network.work_ts(terms.now_ts),
        now: terms.epoch,
        verdict,
        correlation,
    };
    let address = *dispute.address();
    let finished = dispute.finish(&address, provider, fault, seat, &decision);
    if let Some(index) = finished.vacated {
        network.free_place(index);
    }
    finished
}

#[inline(never)]
fn end(provider: &mut Provider, dispute: &mut Dispute, claim: &mut Stored<Claim>, fault: &mut Fault, now_ts: i64) {
    // The entry and the struct are different bytes of one account.
    let place = dispute.joined.checked_sub(1).map(|_| entry_of(dispute.joined));
    let mut entry = place.and_then(|place| claim.entries::<ClaimEntry>().get(place).copied());
    dispute.end(provider, claim, entry.as_mut(), fault, now_ts);
    if let (Some(place), Some(told)) = (place, entry)
        && let Some(entry) = claim.entry_mut::<ClaimEntry>(place)
    {
        *entry = told;
    }
}

#[inline(never)]
fn emit_decided(provider: &Stored<Provider>, dispute: &Stored<Dispute>, finished: &Finished) {
    emit!(DisputeDecided {
        dispute: *dispute.address(),
        outcome: dispute.machine.outcome,
        severity: finished.severity,
        own_slash: finished.own,
        delegated_slash: finished.delegated,
        confiscated: finished.confiscated,
        slash_debt: provider.slash_debt,
        state: provider.state,
    });
}
