//! `close_dispute` and `close_case`: the rents return to who paid them.

use {
    crate::{
        create::rent,
        instructions::common::*,
        stored::{Stored, close, resize},
    },
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::DisputeClosed,
        state::{Claim, ClaimEntry, Dispute, Fault, Provider, provider::first_number},
    },
};

#[derive(Accounts)]
pub struct CloseDispute {
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
    /// Who paid its rent.
    #[account(mut, address = dispute.payer @ E::WrongRentReceiver)]
    pub payer: UncheckedAccount,
}

#[derive(Accounts)]
pub struct CloseCase {
    /// A claim or a fault.
    #[account(mut)]
    pub record: UncheckedAccount,
    /// The provider that it is about; closed, for a claim that closes.
    pub provider: UncheckedAccount,
    /// Who paid its rent.
    #[account(mut)]
    pub payer: UncheckedAccount,
}

/// Closes a dispute in which nothing is owed any more.
/// Signer: anybody. Refuses: before 30 days have passed since its end; with ballots, credits, a reward to come, or money that appeals return.
pub fn handle_close_dispute(ctx: &mut Context<CloseDispute>) -> Result<()> {
    let CloseDispute { dispute, payer } = &mut ctx.accounts;
    dispute.require_closable(now_ts()?)?;
    emit!(DisputeClosed { account: *dispute.address() });
    close(dispute.view(), payer.account())
}

/// Shrinks a claim 30 days after its last dispute ended to what tickets are still charged by, and closes it once its provider has closed: it outlives every ticket that lists it (D3).
/// Closes a fault 90 days after its last dispute ended.
/// Signer: anybody. Refuses: before; a claim that cannot shrink any more while its provider is there; a fault whose reward was not drawn; any other account.
pub fn handle_close_case(ctx: &mut Context<CloseCase>) -> Result<()> {
    let CloseCase { record, provider, payer } = &mut ctx.accounts;
    let (view, now_ts) = (*record.account(), now_ts()?);
    let Ok(claim) = Stored::<Claim>::writable(view) else {
        let fault = Stored::<Fault>::writable(view)?;
        fault.require_closable(now_ts)?;
        require_same(payer.address(), &fault.payer, E::WrongRentReceiver)?;
        emit!(DisputeClosed { account: *record.address() });
        return close(&view, payer.account());
    };
    claim.require_shrinkable(now_ts)?;
    require_same(payer.address(), &claim.payer, E::WrongRentReceiver)?;
    require_same(provider.address(), &claim.provider, E::WrongProvider)?;
    // A closed provider's address is empty, or belongs to another registration, whose claims have higher numbers.
    let is_gone = Stored::<Provider>::load(*provider.account())
        .map_or(true, |provider| claim.number <= first_number(provider.registered_epoch));
    if is_gone {
        emit!(DisputeClosed { account: *record.address() });
        return close(&view, payer.account());
    }
    let space = Claim::size_with(Claim::charged_entries(claim.entries::<ClaimEntry>()));
    if space >= view.data_len() {
        return Err(E::TooEarlyToCloseDispute.into());
    }
    resize(payer.account(), &view, &rent()?, space)
}
