use crate::prelude::*;

#[derive(Accounts)]
pub struct CloseDispute {
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
    /// Who paid its rent.
    #[account(mut, address = dispute.payer @ E::WrongRentReceiver)]
    pub payer: UncheckedAccount,
}

/// Closes a dispute in which nothing is owed any more.
/// Signer: anybody. Refuses: before 30 days have passed since its end; with ballots, credits, a reward to
/// come, or money that appeals return.
pub fn handle_close_dispute(ctx: &mut Context<CloseDispute>) -> Result<()> {
    let CloseDispute { dispute, payer } = &mut ctx.accounts;
    dispute.require_closable(now_ts()?)?;
    emit!(DisputeClosed { account: *dispute.address() });
    close(dispute.view(), payer)
}
