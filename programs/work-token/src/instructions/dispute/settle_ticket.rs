use {
    crate::{
        create::canonical_address,
        instructions::common::*,
        stored::{Stored, close, is_owned_by},
        token,
    },
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::TicketSettled,
        math::Amount,
        seeds,
        state::{Claim, Delegation, Network, Provider, Unbonding},
    },
};

/// Accounts of `settle_ticket`; the claims that the ticket lists follow, in order. A closed claim is named by its address all the same.
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

/// Settles what a ticket left behind for open claims, once they have ended: each takes the part of it that it executed, which burns; the rest is the holder's (R C3).
/// Signer: anybody. Rounds: what the claims take up.
/// Refuses: a ticket that holds nothing back; while a dispute of a listed claim is open; other accounts than the listed claims; somebody else's token account. A claim
/// that has closed, 30 days after its end, counts as executed in full.
pub fn handle_settle_ticket(ctx: &mut Context<SettleTicket>) -> Result<()> {
    let claims = ctx.remaining_accounts()?;
    let SettleTicket { network, provider, delegation, ticket, owner, stake_vault, to, mint, .. } = &mut ctx.accounts;
    if !ticket.is_held() {
        return Err(E::NothingToSettle.into());
    }
    let charged = charge(provider, ticket, &claims)?;

    let held = provider.release_held(delegation, ticket);
    delegation.note_emptiness(now_ts()?);
    let burned = charged.min(held);
    let paid = held.saturating_sub(burned);

    if !burned.is_zero() {
        let accounts = [stake_vault.account(), mint.account()];
        token::burn_from_stake(network, provider.address(), provider.vault_bump, accounts, burned.0);
    }
    if !paid.is_zero() {
        token::require_destination_of(to.account(), network, owner.address())?;
        let accounts = [stake_vault.account(), mint.account(), to.account()];
        token::pay_from_stake(network, provider.address(), provider.vault_bump, accounts, paid.0);
    }
    emit!(TicketSettled { delegation: *delegation.address(), ticket: ticket.number, paid: paid.0, burned: burned.0 });
    close(ticket.view(), owner.account())
}

/// What the listed claims take of a ticket, together; more than it holds where they claimed more than there was.
#[inline(never)]
fn charge(provider: &Stored<Provider>, ticket: &Unbonding, claims: &[AccountView]) -> Result<Amount> {
    let listed = ticket.held_disputes.iter().zip(ticket.held_parts).take_while(|(number, _)| **number != 0);
    if listed.clone().count() != claims.len() {
        return Err(E::WrongTicketList.into());
    }
    let mut charged = Amount::ZERO;
    for ((number, part), view) in listed.zip(claims) {
        let part = Amount(part);
        let taken = match load(provider.address(), *number, view)? {
            Some(claim) => claim.charged(ticket.pool_kind(), part)?,
            None => part,
        };
        charged = charged.saturating_add(taken);
    }
    Ok(charged)
}

/// A claim of the provider by its number; `None` when it has closed. Only an address that was derived shows that nothing is there.
#[inline(never)]
fn load(provider: &Address, number: u32, view: &AccountView) -> Result<Option<Stored<Claim>>> {
    let address = canonical_address(&[seeds::CLAIM, provider.as_ref(), &number.to_le_bytes()])?;
    require_same(view.address(), &address, E::WrongTicketList)?;
    if view.data_len() == 0 && is_owned_by(view, &System::id()) {
        return Ok(None);
    }
    Ok(Some(Stored::<Claim>::load(*view)?))
}
