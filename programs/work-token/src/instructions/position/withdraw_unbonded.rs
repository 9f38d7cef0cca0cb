use crate::prelude::*;

#[derive(Accounts)]
pub struct WithdrawUnbonded {
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
    /// The provider's stake vault.
    #[account(mut, address = provider.stake_vault @ E::WrongVault)]
    pub stake_vault: UncheckedAccount,
    /// Any account of the work token that is no vault.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Pays a matured ticket at today's price, less what open disputes hold back. Closes the ticket unless
/// something is held.
/// Signer: the holder. Rounds: the value down, held parts up.
/// Refuses: before the ticket matures; a ticket that was paid but for a held part. Nothing else: no pause,
/// crank, dispute, parameter or retirement.
pub fn handle_withdraw_unbonded(ctx: &mut Context<WithdrawUnbonded>) -> Result<()> {
    let WithdrawUnbonded { delegator, network, provider, delegation, ticket, stake_vault, to, mint, .. } =
        &mut ctx.accounts;
    let now_ts = now_ts_in_place()?;
    require_in_network(provider, network)?;
    require_position(delegation, provider)?;
    require_holder(delegation, delegator)?;
    require_at_in_place(&ticket.delegation, delegation.address(), E::WrongDelegation)?;
    ticket.require_mature(now_ts)?;
    token::require_destination(to, network)?;

    touch_now(provider, network, now_ts);
    let withdrawn = provider.withdraw(delegation, ticket, now_ts)?;

    Till::of(network, mint).pay(stake_vault, to, withdrawn.paid.0);
    emit!(StakeWithdrawn {
        delegation: *delegation.address(),
        ticket: ticket.number,
        paid: withdrawn.paid.0,
        held: withdrawn.held.0,
        pool_tokens: provider.pool(delegation.pool_kind()).tokens,
    });
    if ticket.is_held() { Ok(()) } else { close(ticket.view(), delegator) }
}
