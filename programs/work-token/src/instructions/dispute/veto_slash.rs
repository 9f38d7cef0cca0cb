use crate::prelude::*;

#[derive(Accounts)]
pub struct VetoSlash {
    /// The admin.
    #[account(address = network.authorities.admin @ E::NotTheAdmin)]
    pub admin: Signer,
    /// The network.
    #[account(mut, address = dispute.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut, address = dispute.provider @ E::WrongProvider)]
    pub provider: Stored<Provider>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
}

/// Cancels or reduces a slash: `keep_bps` of it stays, and of the confiscated rewards; the rest of those is
/// the owner's again. The jurors' pay, the conviction, jail and the bonds stay as decided; a debt is forgiven
/// apart (dispute-execute-1). Signer: the admin. Rounds: what stays down. Refuses: before the outcome is
/// applied; from the first installment on; what would keep everything.
pub fn handle_veto_slash(ctx: &mut Context<VetoSlash>, keep_bps: u16) -> Result<()> {
    let VetoSlash { network, provider, dispute, .. } = &mut ctx.accounts;
    let (now_ts, work_ts) = cross(network)?;
    touch(provider, network, &network.terms(now_ts));
    dispute.veto(provider, Bps(keep_bps), work_ts)?;
    emit!(SlashVetoed {
        dispute: *dispute.address(),
        own_slash: dispute.slash.own,
        delegated_slash: dispute.slash.delegated,
    });
    Ok(())
}
