use crate::prelude::*;

/// Accounts of `settle_ticket`; claims that the ticket lists follow, one or more.
#[derive(Accounts)]
pub struct SettleTicket {
    /// The network.
    #[account(address = provider.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut, address = delegation.provider @ E::WrongProvider)]
    pub provider: Stored<Provider>,
    /// The position.
    #[account(mut, address = ticket.delegation @ E::WrongDelegation)]
    pub delegation: Stored<Delegation>,
    /// The ticket.
    #[account(mut)]
    pub ticket: Stored<Unbonding>,
    /// Holds the position; paid the ticket's rent and gets it back.
    #[account(mut, address = delegation.delegator @ E::WrongRentReceiver)]
    pub owner: UncheckedAccount,
    /// The provider's stake vault.
    #[account(mut, address = provider.stake_vault @ E::WrongVault)]
    pub stake_vault: UncheckedAccount,
    /// A token account of the holder.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(mut, address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Settles what a ticket left behind for claims, claim by claim: each takes what the ticket's shares would
/// have lost by the disputes that had joined it when the ticket left, had they stayed, at most its part,
/// which burns. What the claims that are left cannot take is the holder's; with the last of them the ticket
/// closes (position-settle-1). Signer: anybody. Rounds: what the claims take up. Refuses: a ticket that holds
/// nothing back; no claim, or one that the ticket does not list; while one of those disputes has not ended;
/// somebody else's token account.
pub fn handle_settle_ticket(ctx: &mut Context<SettleTicket>) -> Result<()> {
    let claims = ctx.remaining_accounts()?;
    let SettleTicket { network, provider, delegation, ticket, owner, stake_vault, to, mint, .. } = &mut ctx.accounts;
    require(ticket.is_held(), E::NothingToSettle)?;
    require(!claims.is_empty(), E::WrongTicketList)?;
    let (mut burned, mut paid) = (Amount::ZERO, Amount::ZERO);
    for view in &claims {
        let (lost, returned) = strike(provider, ticket, view)?;
        burned = burned.saturating_add(lost);
        paid = paid.saturating_add(returned);
    }
    provider.release_held(delegation, ticket, burned.saturating_add(paid), now_ts_in_place()?);

    if !paid.is_zero() {
        token::require_destination_of(to, network, owner.address())?;
    }
    Till::of(network, mint).make(&[Movement::burn(stake_vault, burned.0), Movement::pay(stake_vault, to, paid.0)]);
    emit!(TicketSettled {
        delegation: *delegation.address(),
        ticket: ticket.number,
        paid: paid.0,
        burned: burned.0,
        held: ticket.held,
    });
    if ticket.is_settled() { close(ticket.view(), owner) } else { Ok(()) }
}

/// Settles one of the claims that a ticket lists. Returns what burns and what is the holder's.
#[inline(never)]
fn strike(provider: &Stored<Provider>, ticket: &mut Unbonding, view: &AccountView) -> Result<(Amount, Amount)> {
    let claim = Stored::<Claim>::load(*view)?;
    require_at_in_place(&claim.provider, provider.address(), E::WrongTicketList)?;
    Ok(claim.strike(claim.entries::<ClaimEntry>(), ticket, provider)?)
}
