use {
    super::open_dispute::require_fault,
    crate::{instructions::common::*, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::{DisputeAdvanced, DisputeDecided, DisputeEnded},
        math::{Amount, Bps},
        state::{
            Assignment, Claim, Dispute, Fault, Network, Provider, Terms,
            dispute::{Finished, Judge},
            dispute_flags,
        },
    },
};

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
    /// Its claim; none for a score.
    #[account(mut)]
    pub claim: Option<Stored<Claim>>,
    /// The provider's faults of the epoch.
    #[account(mut)]
    pub fault: Stored<Fault>,
    /// The disputed seat, when there is one.
    #[account(mut)]
    pub assignment: Option<Stored<Assignment>>,
}

/// Brings a dispute as far as time and votes allow: past every deadline, each as of its own time; then its outcome is applied to provider, seat and bonds; and once its slash
/// is executed, claim and fault are told.
/// Signer: anybody. Rounds: slashes up, to the winner down, the burn takes the rest.
/// Refuses: when there is nothing to do; another claim, fault or seat than the dispute's.
pub fn handle_advance_dispute(ctx: &mut Context<AdvanceDispute>) -> Result<()> {
    let AdvanceDispute { network, provider, dispute, claim, fault, assignment } = &mut ctx.accounts;
    let (now_ts, work_ts) = cross(network)?;
    require_fault(fault, dispute)?;
    match claim {
        Some(claim) => {
            require_same(&claim.provider, provider.address(), E::WrongClaim)?;
            if claim.number != dispute.claim {
                return Err(E::WrongClaim.into());
            }
        }
        None if dispute.claim != 0 => return Err(E::WrongClaim.into()),
        None => {}
    }
    let subject = assignment.as_ref().map_or(provider.address(), |seat| seat.address());
    require_same(subject, &dispute.subject, E::WrongJob)?;
    let terms = network.terms(now_ts);
    touch(provider, network, &terms);

    let moved = dispute.advance(work_ts);
    let books = dispute.book_if_found(provider, terms.epoch);
    if moved {
        emit_advanced(dispute);
    }
    if dispute.seed_state == 0 {
        network.disarm_jury(dispute.address());
    }
    let decides = dispute.is_decided() && !dispute.has(dispute_flags::FINISHED);
    if decides {
        let finished = finish(network, provider, dispute, fault, assignment.as_deref_mut(), &terms);
        emit_decided(provider, dispute, &finished);
    }
    let ends = dispute.has(dispute_flags::FINISHED) && !dispute.has(dispute_flags::ENDED) && dispute.is_executed();
    if ends {
        dispute.end(provider, claim.as_deref_mut(), fault, now_ts);
        emit!(DisputeEnded { dispute: *dispute.address(), provider: *provider.address() });
    }
    if moved || books || decides || ends { Ok(()) } else { Err(E::NothingToAdvance.into()) }
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
    let severity = dispute.machine.verdict;
    let correlation = if dispute.is_upheld() { network.convict(severity, stake, terms.epoch) } else { Bps::ZERO };
    let judge = Judge {
        now_ts: terms.now_ts,
        work_ts: network.work_ts(terms.now_ts),
        now: terms.epoch,
        correlation,
        deferral_secs: network.params.deferral_secs,
        interval_secs: network.clock().length_in(terms.epoch),
    };
    let finished = dispute.finish(provider, fault, seat, &judge);
    if let Some(index) = finished.vacated {
        network.free_seat(index);
    }
    finished
}

/// Says where a dispute stands.
#[inline(never)]
pub fn emit_advanced(dispute: &Stored<Dispute>) {
    let machine = &dispute.machine;
    emit!(DisputeAdvanced {
        dispute: *dispute.address(),
        phase: machine.phase,
        jury: machine.jury,
        verdict: machine.verdict,
        until_work_ts: machine.until_work_ts,
    });
}

#[inline(never)]
fn emit_decided(provider: &Stored<Provider>, dispute: &Stored<Dispute>, finished: &Finished) {
    emit!(DisputeDecided {
        dispute: *dispute.address(),
        provider: *provider.address(),
        outcome: dispute.machine.outcome,
        severity: finished.severity,
        own_slash: finished.own,
        delegated_slash: finished.delegated,
        confiscated: finished.confiscated,
        slash_debt: provider.slash_debt,
        state: provider.state,
    });
}
