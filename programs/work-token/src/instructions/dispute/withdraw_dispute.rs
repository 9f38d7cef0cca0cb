use crate::prelude::*;

#[derive(Accounts)]
pub struct WithdrawDispute {
    /// The challenger.
    pub challenger: Signer,
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &dispute.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
}

/// Gives one's own claim up, whatever others claim: before the answer for a tenth of the bond, after it as if
/// it had been dismissed. The dispute ends with the last claim; a seat stays disputable for two more days
/// then (dispute-withdraw-2). Signer: the challenger at that place. Refuses: anybody else; once a jury
/// reveals; a second time.
pub fn handle_withdraw_dispute(ctx: &mut Context<WithdrawDispute>, place: u8) -> Result<()> {
    let WithdrawDispute { challenger, network, dispute } = &mut ctx.accounts;
    let work_ts = cross(network)?.1;
    let severity = dispute.withdraw(place, challenger.address(), work_ts)?;
    emit!(DisputeWithdrawn { dispute: *dispute.address(), challenger: *challenger.address(), severity });
    Ok(())
}
