use crate::prelude::*;

#[derive(Accounts)]
pub struct RequestUnbonding {
    /// Holds the position; pays the ticket's rent and gets it back.
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
    /// The ticket: the position's next one, or its newest when eight are live.
    #[account(mut)]
    pub ticket: UncheckedAccount,
    /// Creates the ticket.
    pub system_program: Program<System>,
}

/// Moves shares of a position into a ticket that can be withdrawn once it has matured. They stop earning now
/// and stay liable. Signer: the holder. Rounds: nothing. Refuses: zero; more shares than there are; leaving
/// less than the minimum without leaving altogether. Neither a pause nor a missing crank, a dispute or a
/// retirement refuses it. A ninth request joins the newest ticket (position-ticket-1).
pub fn handle_request_unbonding(ctx: &mut Context<RequestUnbonding>, shares: u64, ticket_bump: u8) -> Result<()> {
    let RequestUnbonding { delegator, network, provider, delegation, ticket, .. } = &mut ctx.accounts;
    let now_ts = now_ts_in_place()?;
    require_in_network(provider, network)?;
    require_position(delegation, provider)?;
    require_holder(delegation, delegator)?;

    let epoch = touch_now(provider, network, now_ts);
    let mut ticket = open(delegator, delegation, ticket, ticket_bump)?;
    let requested = provider.request_unbonding(network, delegation, &mut ticket, Shares(shares), (now_ts, epoch))?;

    emit!(UnbondingRequested {
        delegation: *delegation.address(),
        ticket: ticket.number,
        shares,
        value: requested.value.0,
        matures_at_ts: ticket.matures_at_ts,
    });
    Ok(())
}

/// Creates the position's next ticket, or loads its newest.
#[inline(never)]
fn open(
    delegator: &Signer,
    delegation: &mut Stored<Delegation>,
    ticket: &UncheckedAccount,
    bump: u8,
) -> Result<Stored<Unbonding>> {
    let (number, is_new) = delegation.next_ticket();
    if !is_new {
        let ticket = Stored::<Unbonding>::writable(*ticket.account())?;
        require_at(&ticket.delegation, delegation.address(), E::WrongDelegation)?;
        require(ticket.number == number, E::WrongTicketNumber)?;
        return Ok(ticket);
    }
    let number_seed = number.to_le_bytes();
    let mut ticket = Stored::<Unbonding>::create(
        delegator,
        ticket,
        &rent()?,
        ([seeds::UNBONDING, delegation.address().as_ref(), &number_seed], bump),
    )?;
    let address = *delegation.address();
    delegation.open_ticket(&mut ticket, &address);
    Ok(ticket)
}
