use crate::prelude::*;

#[derive(Accounts)]
pub struct ExecuteParams {
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The change.
    #[account(mut)]
    pub param_change: Stored<ParamChange>,
    /// Who paid the change's rent.
    #[account(mut, constraint = is_at(payer.address(), &param_change.payer) @ E::WrongRentReceiver)]
    pub payer: UncheckedAccount,
}

/// Puts a proposed set in force once its delay has passed; a new epoch length begins with the next epoch.
/// Signer: anybody. Refuses: too early; after 14 more days; a set made from another version of the parameters
/// (network-params-4); a set that no longer validates, or lowers the cap of the supply below what exists
/// (network-params-1); before the running epoch and every earlier one that can still be opened keep the
/// present set (network-params-6).
pub fn handle_execute_params(ctx: &mut Context<ExecuteParams>) -> Result<()> {
    let ExecuteParams { network, mint, param_change, payer } = &mut ctx.accounts;
    require_at(&param_change.network, network.address(), E::WrongNetwork)?;
    let now_ts = now_ts()?;
    network.execute_params(param_change, Amount(token::supply(mint)), now_ts)?;
    emit!(ParamsExecuted {
        network: *network.address(),
        number: param_change.number,
        params_version: network.params_version,
    });
    close(param_change.view(), payer)
}
