use crate::prelude::*;

#[derive(Accounts)]
pub struct CancelUnbonding {
    /// Holds the position; gets the ticket's rent.
    #[account(mut)]
    pub delegator: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The position.
    #[account(mut)]
    pub delegation: Stored<Delegation>,
    /// The ticket.
    #[account(mut)]
    pub ticket: Stored<Unbonding>,
}

/// Puts a ticket's shares back into their pool; they earn from the next epoch on. Closes the ticket.
/// Signer: the holder. Rounds: nothing, the shares are the same.
/// Refuses: a provider that leaves; a ticket of which anything was paid; a ticket of an ended generation.
pub fn handle_cancel_unbonding(ctx: &mut Context<CancelUnbonding>) -> Result<()> {
    let CancelUnbonding { delegator, network, provider, delegation, ticket } = &mut ctx.accounts;
    require_in_network(provider, network)?;
    require_position(delegation, provider)?;
    require_holder(delegation, delegator)?;
    require_at(&ticket.delegation, delegation.address(), E::WrongDelegation)?;

    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    provider.cancel_unbonding(delegation, ticket, terms.epoch)?;

    emit!(UnbondingCancelled { delegation: *delegation.address(), ticket: ticket.number, shares: ticket.shares });
    close(ticket.view(), delegator)
}
