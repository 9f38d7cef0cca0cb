use crate::prelude::*;

use super::accounts::emit_advanced;

#[derive(Accounts)]
pub struct RuleDispute {
    /// The arbiter in office.
    #[account(address = network.authorities.arbiter @ E::NotTheArbiter)]
    pub arbiter: Signer,
    /// The network.
    #[account(mut, address = dispute.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The accused.
    #[account(mut, address = dispute.provider @ E::WrongProvider)]
    pub provider: Stored<Provider>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
}

/// Decides a dispute that no jury could, or whose last verdict needs its word: once a jury has decided it
/// confirms one of the severities found; where none ever did, it dismisses (0), or confirms what is claimed
/// up to `arbiter_severity`, one conviction of a provider in 90 epochs (dispute-arbiter-1). Signer: the
/// arbiter in office when it rules (dispute-arbiter-1). Refuses: outside its time; any other severity.
pub fn handle_rule_dispute(ctx: &mut Context<RuleDispute>, severity: u8) -> Result<()> {
    let RuleDispute { network, provider, dispute, .. } = &mut ctx.accounts;
    let now = cross(network)?;
    dispute.take_ruling(provider, network, severity, now)?;
    emit_advanced(dispute);
    Ok(())
}
