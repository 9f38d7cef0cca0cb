use crate::prelude::*;

use super::interest::is_interested;
use super::phase::{emit_if_advanced, phase_of};

#[derive(Accounts)]
pub struct ExcludeJuror {
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &dispute.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
    /// The accused.
    #[account(constraint = is_at(provider.address(), &dispute.provider) @ E::WrongProvider)]
    pub provider: Stored<Provider>,
    /// The juror's ballot.
    #[account(mut)]
    pub ballot: Stored<Ballot>,
    /// What shows the juror's interest: its position at the provider; or the provider itself, when the juror
    /// owns it or is a party.
    pub interest: UncheckedAccount,
}

/// Takes a juror out of a jury that owns the provider, stands behind it, or became a party. Its lock burns,
/// and its vote does not count.
/// Signer: anybody.
/// Refuses: an account that shows no interest; a juror that has revealed or was taken out; a jury that no
/// longer votes.
pub fn handle_exclude_juror(ctx: &mut Context<ExcludeJuror>) -> Result<()> {
    let ExcludeJuror { network, dispute, provider, ballot, interest } = &mut ctx.accounts;
    require_at(&ballot.dispute, dispute.address(), E::WrongDispute)?;
    let is_interested = is_interested(dispute, provider, &ballot.owner, interest);
    let before = phase_of(dispute);
    dispute.exclude_juror(ballot, is_interested, cross(network)?.1)?;
    let (jury, index) = (ballot.jury, ballot.index);
    emit!(JurorExcluded { dispute: *dispute.address(), jury, index, juror: ballot.juror });
    emit_if_advanced(dispute, before);
    Ok(())
}
