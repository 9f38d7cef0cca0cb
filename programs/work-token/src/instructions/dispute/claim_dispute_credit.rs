use crate::prelude::*;

use super::accounts::require_fault;

#[derive(Accounts)]
pub struct ClaimDisputeCredit {
    /// The party.
    pub owner: UncheckedAccount,
    /// The network.
    #[account(address = dispute.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
    /// The provider's faults of the epoch. May have closed once the dispute has its part of the reward.
    #[account(mut)]
    pub fault: UncheckedAccount,
    /// Holds bonds and what was slashed.
    #[account(mut, address = network.vaults.escrow @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// A token account of the party.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Pays a party what a dispute owes it: a challenger (0 to 4, in the order in which they raised the claim)
/// its bond and its gain, the client (255) its compensation. The challengers of an upheld dispute get their
/// part of the reward besides, once every dispute of the epoch has ended: the steps of severity that they
/// committed to first (dispute-sink-3). Who withdrew before the answer waits for nothing. Signer: anybody, so
/// that no party keeps dispute and fault open. Rounds: down. Refuses: without credit, unless the reward was
/// drawn; before the outcome is applied and the jurors' pay is secured; somebody else's token account.
pub fn handle_claim_dispute_credit(ctx: &mut Context<ClaimDisputeCredit>, party: u8) -> Result<()> {
    let ClaimDisputeCredit { owner, network, dispute, fault, escrow_vault, to, mint, .. } = &mut ctx.accounts;
    let (mut fault, address) = (fault_of(dispute, fault)?, *dispute.address());
    let amount = dispute.claim_credit(&address, fault.as_deref_mut(), party, owner.address())?;
    if amount > 0 {
        Till::of(network, mint).pay_owner(escrow_vault, (to, owner.address()), amount)?;
    }
    emit!(DisputeCreditPaid { dispute: *dispute.address(), owner: *owner.address(), amount });
    Ok(())
}

/// The fault whose reward the dispute has a part of to come.
#[inline(never)]
fn fault_of(dispute: &Dispute, fault: &UncheckedAccount) -> Result<Option<Stored<Fault>>> {
    if !dispute.awaits_reward() {
        return Ok(None);
    }
    let fault = Stored::<Fault>::writable(*fault.account())?;
    require_fault(&fault, dispute)?;
    Ok(Some(fault))
}
