use crate::prelude::*;

use super::opening::{Content, require_committed, use_up};
use work_token_interface::commitments::OpeningKind;

#[derive(Accounts)]
pub struct RaiseClaim {
    /// Who raises.
    #[account(mut)]
    pub challenger: Signer,
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &dispute.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The accused.
    #[account(mut, constraint = is_at(provider.address(), &dispute.provider) @ E::WrongProvider)]
    pub provider: Stored<Provider>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
    /// What the challenger committed to.
    #[account(mut)]
    pub opening: Stored<DisputeOpening>,
    /// Any account of the work token that is no vault: gets what was deposited beyond the bond required.
    #[account(mut)]
    pub refund_to: UncheckedAccount,
    /// Holds the bonds.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Claims a higher severity, as was committed to within the hour before, with the bond that is missing for
/// it, never less than the smallest and what the larger jury may cost: a friend's low claim bars nobody
/// (dispute-raise-1), and nobody below it pays for it (dispute-raise-1). An unreserved claim holds stake from
/// then on. Signer: anybody but the provider's owner. Rounds: claims and bond up. Refuses: what was not
/// committed to, or longer ago; once the first jury is called; a severity that is not higher, or above 1
/// where a deadline was missed; a deposit below the bond required, or more than a tenth above it.
pub fn handle_raise_claim(ctx: &mut Context<RaiseClaim>, severity: u8, salt: &[u8; 32]) -> Result<()> {
    let RaiseClaim { challenger, network, provider, dispute, opening, refund_to, escrow_vault, mint, .. } =
        &mut ctx.accounts;
    let (now_ts, work_ts) = cross(network)?;
    provider.require_other(challenger.address())?;
    let opened = Content { kind: OpeningKind::Raise, subject: dispute.address(), severity, epoch: 0, salt };
    require_committed(opening, network, challenger, &opened, work_ts)?;
    let terms = network.terms(now_ts);
    touch(provider, network, &terms);

    let surplus = dispute.raise(opening, severity, provider, &network.params.disputes, (work_ts, terms.epoch))?;
    emit!(ClaimRaised {
        dispute: *dispute.address(),
        challenger: *challenger.address(),
        severity,
        bond: opening.deposit.saturating_sub(surplus),
        own_claimed: dispute.stake.own_claimed,
        delegated_claimed: dispute.stake.delegated_claimed,
    });
    use_up((network, mint), opening, challenger, [escrow_vault, refund_to], surplus)
}
