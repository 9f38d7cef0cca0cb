//! The ways out after a fault: `unjail` for the owner that served its time, `forgive_debt` for governance.

use {
    crate::{instructions::common::*, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::{DebtForgiven, ProviderUnjailed},
        math::Amount,
        state::{Network, Provider},
    },
};

#[derive(Accounts)]
pub struct Unjail {
    /// Owns the provider.
    #[account(address = provider.owner @ E::NotTheProviderOwner)]
    pub owner: Signer,
    /// The network.
    #[account(address = provider.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
}

#[derive(Accounts)]
pub struct ForgiveDebt {
    /// The admin.
    #[account(address = network.admin @ E::NotTheAdmin)]
    pub admin: Signer,
    /// The network.
    #[account(address = provider.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
}

/// Leaves jail, to the seat if the provider still has one. It has weight again from the next epoch on.
/// Signer: the owner. Refuses: one that is not jailed; before its time; with debt; below the minimum stake.
pub fn handle_unjail(ctx: &mut Context<Unjail>) -> Result<()> {
    let Unjail { network, provider, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    provider.unjail(Amount(network.minimum_stake), terms.epoch)?;
    emit!(ProviderUnjailed { provider: *provider.address(), state: provider.state });
    Ok(())
}

/// Writes off at most `amount` of what slashes could not take, so that a provider can leave jail or close (R M26).
/// Signer: the admin. Refuses: zero; without debt.
pub fn handle_forgive_debt(ctx: &mut Context<ForgiveDebt>, amount: u64) -> Result<()> {
    let provider = &mut ctx.accounts.provider;
    let forgiven = provider.forgive_debt(amount);
    if forgiven == 0 {
        return Err(E::ZeroAmount.into());
    }
    emit!(DebtForgiven { provider: *provider.address(), amount: forgiven });
    Ok(())
}
