use crate::prelude::*;

#[derive(Accounts)]
pub struct CancelParams {
    /// The admin, or anybody once the change has expired.
    pub signer: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The change.
    #[account(mut)]
    pub param_change: Stored<ParamChange>,
    /// Who paid the change's rent. May be the signer.
    #[account(mut, unsafe(dup), constraint = is_at(payer.address(), &param_change.payer) @ E::WrongRentReceiver)]
    pub payer: UncheckedAccount,
}

/// Withdraws a proposed set. Its rent returns to its payer. Signer: the admin, or anybody once nobody can
/// execute the set any more (network-params-5). Refuses: others before that.
pub fn handle_cancel_params(ctx: &mut Context<CancelParams>) -> Result<()> {
    let CancelParams { signer, network, param_change, payer } = &mut ctx.accounts;
    require_at(&param_change.network, network.address(), E::WrongNetwork)?;
    param_change.require_cancellable(signer.address(), &network.authorities.admin, now_ts()?)?;
    emit!(ParamsCancelled { network: *network.address(), number: param_change.number });
    close(param_change.view(), payer)
}
