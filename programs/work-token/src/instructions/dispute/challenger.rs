//! What a challenger does after opening: raise the claim, or withdraw.

use {
    super::{
        open_dispute::require_other,
        opening::{Opened, require_committed, use_up},
    },
    crate::{instructions::common::*, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        commitments::OpeningKind,
        events::{ClaimRaised, DisputeWithdrawn},
        state::{Dispute, DisputeOpening, Network, Provider},
    },
};

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
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.escrow_vault) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

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

/// Claims a higher severity, as was committed to within the hour before, with the bond that is missing for it, never less than the smallest and what the larger jury may cost: a
/// friend's low claim bars nobody (R C2), and nobody below it pays for it (D5). An unreserved claim holds stake from then on.
/// Signer: anybody but the provider's owner. Rounds: claims and bond up.
/// Refuses: what was not committed to, or longer ago; once the first jury is called; a severity that is not higher, or above 1 where a deadline was missed; a deposit below the bond
/// required, or more than a tenth above it.
pub fn handle_raise_claim(ctx: &mut Context<RaiseClaim>, severity: u8, salt: &[u8; 32]) -> Result<()> {
    let RaiseClaim { challenger, network, provider, dispute, opening, refund_to, escrow_vault, mint, .. } =
        &mut ctx.accounts;
    let (now_ts, work_ts) = cross(network)?;
    require_other(provider, challenger)?;
    let opened = Opened { kind: OpeningKind::Raise, subject: dispute.address(), severity, epoch: 0, salt };
    require_committed(opening, network, challenger, &opened, work_ts)?;
    let terms = network.terms(now_ts);
    touch(provider, network, &terms);

    let surplus = dispute.raise(opening, severity, provider, &network.params.disputes, (work_ts, terms.epoch))?;
    emit!(ClaimRaised {
        dispute: *dispute.address(),
        challenger: *challenger.address(),
        severity,
        bond: opening.deposit.saturating_sub(surplus),
        own_claimed: dispute.own_claimed,
        delegated_claimed: dispute.delegated_claimed,
    });
    let accounts = [escrow_vault.account(), mint.account(), refund_to.account()];
    use_up(network, opening, challenger, accounts, surplus)
}

/// Gives one's own claim up, whatever others claim: before the answer for a tenth of the bond, after it as if it had been dismissed. The dispute ends with the last claim; a seat
/// stays disputable for two more days then (R C2, D5).
/// Signer: the challenger at that place. Refuses: anybody else; once a jury reveals; a second time.
pub fn handle_withdraw_dispute(ctx: &mut Context<WithdrawDispute>, place: u8) -> Result<()> {
    let WithdrawDispute { challenger, network, dispute } = &mut ctx.accounts;
    let work_ts = cross(network)?.1;
    dispute.withdraw(place, challenger.address(), work_ts)?;
    let severity = dispute.parties.get(usize::from(place)).map_or(0, |party| party.severity);
    emit!(DisputeWithdrawn { dispute: *dispute.address(), challenger: *challenger.address(), severity });
    Ok(())
}
