//! What a challenger does after opening: raise the claim, or withdraw.

use {
    super::open_dispute::require_other,
    crate::{instructions::common::*, stored::Stored, token},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::{ClaimRaised, DisputeWithdrawn},
        math::Amount,
        state::{Dispute, Network, Provider},
    },
};

#[derive(Accounts)]
pub struct RaiseClaim {
    /// Who raises; deposits the missing bond.
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
    /// The challenger's token account that the bond comes from.
    #[account(mut)]
    pub from: UncheckedAccount,
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

/// Claims a higher severity, with at least the bond that is missing for it and never less than the smallest: a friend's low claim bars nobody (R C2). Gains and losses
/// follow the bonds, the raised part losing first. An unreserved claim holds stake from then on.
/// Signer: anybody but the provider's owner. Rounds: claims and bond up.
/// Refuses: once the first jury is seated; a severity that is not higher; too small a bond; a score.
pub fn handle_raise_claim(ctx: &mut Context<RaiseClaim>, severity: u8, bond: u64) -> Result<()> {
    let RaiseClaim { challenger, network, provider, dispute, from, escrow_vault, mint, .. } = &mut ctx.accounts;
    let (now_ts, work_ts) = cross(network)?;
    require_other(provider, challenger)?;
    if dispute.claim == 0 {
        return Err(E::NotRaised.into());
    }
    token::require_source(from.account(), network, bond)?;
    let terms = network.terms(now_ts);
    touch(provider, network, &terms);

    let before = dispute.bonds();
    dispute.raise(challenger.address(), severity, bond, work_ts)?;
    let claimed = dispute.claim_value(severity, provider.repeats(severity, terms.epoch));
    let missing = dispute.required_bond(severity, claimed).saturating_sub(before);
    if Amount(bond) < missing.max(Amount(network.params.disputes.minimum_bond)) {
        return Err(E::BondBelowRequired.into());
    }
    dispute.reserve_now();
    dispute.book(provider, terms.epoch);

    token::transfer(network, [from.account(), mint.account(), escrow_vault.account(), challenger.account()], bond, &[]);
    emit!(ClaimRaised {
        dispute: *dispute.address(),
        challenger: *challenger.address(),
        severity,
        bond,
        own_claimed: dispute.own_claimed,
        delegated_claimed: dispute.delegated_claimed,
    });
    Ok(())
}

/// Gives a dispute up: before the answer for a tenth of the bond, after it as if it had been dismissed. A seat stays disputable for two more days (R C2).
/// Signer: the challenger. Refuses: once another raised the claim; once a jury reveals.
pub fn handle_withdraw_dispute(ctx: &mut Context<WithdrawDispute>) -> Result<()> {
    let WithdrawDispute { challenger, network, dispute } = &mut ctx.accounts;
    if dispute.parties.first().map(|party| &party.owner) != Some(challenger.address()) {
        return Err(E::NotTheChallenger.into());
    }
    dispute.withdraw(cross(network)?.1)?;
    emit!(DisputeWithdrawn { dispute: *dispute.address() });
    Ok(())
}
