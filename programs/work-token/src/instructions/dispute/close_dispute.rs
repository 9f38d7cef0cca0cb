//! `close_dispute` and `close_case`: the rents return to who paid them.

use {
    crate::{
        instructions::common::*,
        stored::{Stored, close},
    },
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::DisputeClosed,
        state::{Claim, Dispute, Fault},
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

/// Closes a claim 30 days after its last dispute ended, a fault after 90.
/// Signer: anybody. Refuses: before; a fault whose reward was not drawn; any other account.
pub fn handle_close_case(ctx: &mut Context<CloseCase>) -> Result<()> {
    let CloseCase { record, payer } = &mut ctx.accounts;
    let (view, now_ts) = (*record.account(), now_ts()?);
    let paid_by = if let Ok(claim) = Stored::<Claim>::writable(view) {
        claim.require_closable(now_ts)?;
        claim.payer
    } else {
        let fault = Stored::<Fault>::writable(view)?;
        fault.require_closable(now_ts)?;
        fault.payer
    };
    require_same(payer.address(), &paid_by, E::WrongRentReceiver)?;
    emit!(DisputeClosed { account: *record.address() });
    close(&view, payer.account())
}
