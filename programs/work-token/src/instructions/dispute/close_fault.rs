use crate::prelude::*;

#[derive(Accounts)]
pub struct CloseFault {
    /// What was found of the provider in one epoch.
    #[account(mut)]
    pub fault: Stored<Fault>,
    /// Who paid its rent.
    #[account(mut, address = fault.payer @ E::WrongRentReceiver)]
    pub payer: UncheckedAccount,
}

/// Closes a fault 90 days after its last dispute ended (dispute-close-1).
/// Signer: anybody. Refuses: before; while a dispute that it counts is open, or its reward was not drawn.
pub fn handle_close_fault(ctx: &mut Context<CloseFault>) -> Result<()> {
    let CloseFault { fault, payer } = &mut ctx.accounts;
    fault.require_closable(now_ts()?)?;
    emit!(DisputeClosed { account: *fault.address() });
    close(fault.view(), payer)
}
