use crate::prelude::*;

use super::accounts::{emit_advanced, require_fault};
use work_token_interface::state::dispute::{Advanced, DisputeBooks};

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
/// outcome is applied to provider, seat and bonds; from the first installment on its claim's tickets may be
/// settled by what it takes (position-settle-4); and once its slash is executed, claim and fault are told.
/// Signer: anybody. Rounds: slashes up, to the winner down, the burn takes the rest.
/// Refuses: when there is nothing to do; another claim, fault or seat than the dispute's.
pub fn handle_advance_dispute(ctx: &mut Context<AdvanceDispute>) -> Result<()> {
    let AdvanceDispute { network, provider, dispute, claim, fault, assignment } = &mut ctx.accounts;
    let (now_ts, _) = cross(network)?;
    require_fault(fault, dispute)?;
    require_at(&claim.provider, provider.address(), E::WrongClaim)?;
    require(claim.number == dispute.claim, E::WrongClaim)?;
    let mut seat = seat_of(dispute, assignment.as_ref())?;
    let subject = assignment.as_ref().map_or(provider.address(), |seat| seat.address());
    require_at(subject, &dispute.subject, E::WrongJob)?;
    let terms = network.terms(now_ts);
    touch(provider, network, &terms);

    let (address, claim) = (*dispute.address(), claim.with_entries::<ClaimEntry>());
    let mut books = DisputeBooks { network, provider, fault, seat: seat.as_deref_mut() };
    let advanced = dispute.bring_forward(&address, &mut books, claim, &terms)?;
    emit_all(provider, dispute, &advanced);
    Ok(())
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
fn emit_all(provider: &Stored<Provider>, dispute: &Stored<Dispute>, advanced: &Advanced) {
    if advanced.moved {
        emit_advanced(dispute);
    }
    let (dispute, outcome, slash) = (*dispute.address(), dispute.machine.outcome, dispute.slash);
    if let Some(finished) = advanced.finished {
        emit!(DisputeDecided {
            dispute,
            outcome,
            severity: finished.severity,
            own_slash: finished.own,
            delegated_slash: finished.delegated,
            confiscated: finished.confiscated,
            slash_debt: provider.slash_debt,
            state: provider.state,
        });
    }
    if advanced.told {
        emit!(SlashCertain { dispute, own_slash: slash.own, delegated_slash: slash.delegated });
    }
    if advanced.ended {
        emit!(DisputeEnded { dispute });
    }
}
