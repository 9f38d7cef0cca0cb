use crate::prelude::*;

#[derive(Accounts)]
pub struct CloseDelegation {
    /// The holder at any time, or anybody once the position has been empty for 30 days.
    pub closer: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The position.
    #[account(mut)]
    pub delegation: Stored<Delegation>,
    /// The holder, who paid the position's rent and gets it back. May be the closer.
    #[account(mut, unsafe(dup), constraint = is_at(holder.address(), &delegation.delegator) @ E::WrongRentReceiver)]
    pub holder: UncheckedAccount,
}

/// Closes an empty position; its rent returns to the holder.
/// Signer: the holder, or anybody 30 days after it became empty.
/// Refuses: shares, lots, tickets or rewards; the own position of a provider that has not retired.
pub fn handle_close_delegation(ctx: &mut Context<CloseDelegation>) -> Result<()> {
    let CloseDelegation { closer, network, provider, delegation, holder } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    require_in_network(provider, network)?;
    require_position(delegation, provider)?;

    touch(provider, network, &network.terms(now_ts));
    provider.close_position(delegation, closer.address(), now_ts)?;

    emit!(PositionClosed { delegation: *delegation.address() });
    close(delegation.view(), holder)
}
