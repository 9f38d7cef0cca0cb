//! `announce_commission`, `set_operator` and `set_reward_destination` take the same three accounts; `retire` frees a seat and
//! `take_seat` takes one, so they write the network.

use {
    crate::{instructions::common::*, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::{CommissionAnnounced, OperatorSet, ProviderRetired, RewardDestinationSet},
        math::Bps,
        state::{Network, Provider, ProviderState},
    },
};

#[derive(Accounts)]
pub struct OwnerSettings {
    /// Owns the provider.
    #[account(constraint = is_at(owner.address(), &provider.owner) @ E::NotTheProviderOwner)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
}

#[derive(Accounts)]
pub struct OwnerSeat {
    /// Owns the provider.
    #[account(constraint = is_at(owner.address(), &provider.owner) @ E::NotTheProviderOwner)]
    pub owner: Signer,
    /// The network: gives the seat, or gets it back.
    #[account(mut, constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
}

/// Announces a commission: a fall holds from the present epoch on, a raise from the first epoch that begins after one unbonding time,
/// so that every delegator can leave before it. A new announcement replaces the last and starts its notice again.
/// Signer: the owner. Refuses: above 5,000 bps; a raise of more than 500 bps; a provider that leaves.
pub fn handle_announce_commission(ctx: &mut Context<OwnerSettings>, commission_bps: u16) -> Result<()> {
    let OwnerSettings { network, provider, .. } = &mut ctx.accounts;
    provider.require_staying()?;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    let announced = provider.announce_commission(Bps(commission_bps), network.params.unbonding_secs, &terms)?;
    emit!(CommissionAnnounced {
        provider: *provider.address(),
        commission_bps,
        effective_ts: announced.effective_ts.unwrap_or(0),
    });
    Ok(())
}

/// Sets the hot key that works for the provider. It has no power over funds.
/// Signer: the owner. Refuses: the owner itself.
pub fn handle_set_operator(ctx: &mut Context<OwnerSettings>, operator: Address) -> Result<()> {
    let OwnerSettings { owner, provider, .. } = &mut ctx.accounts;
    if operator == *owner.address() {
        return Err(E::OperatorIsOwner.into());
    }
    provider.operator = operator;
    emit!(OperatorSet { provider: *provider.address(), operator });
    Ok(())
}

/// Sets the token account that the owner's rewards go to by default.
/// Signer: the owner. Refuses: the provider's stake vault; any other account is judged when it is paid.
pub fn handle_set_reward_destination(ctx: &mut Context<OwnerSettings>, reward_destination: Address) -> Result<()> {
    let OwnerSettings { provider, .. } = &mut ctx.accounts;
    if reward_destination == provider.stake_vault {
        return Err(E::VaultAsDestination.into());
    }
    provider.reward_destination = reward_destination;
    emit!(RewardDestinationSet { provider: *provider.address(), reward_destination });
    Ok(())
}

/// Begins to leave, for good: no deposits, no cancellations, no seat and no weight from the next epoch on. Open jobs
/// finish; exits, claims and settlements go on.
/// Signer: the owner. Refuses: a second time.
pub fn handle_retire(ctx: &mut Context<OwnerSeat>) -> Result<()> {
    let OwnerSeat { network, provider, .. } = &mut ctx.accounts;
    if provider.is_leaving() {
        return Err(E::AlreadyRetired.into());
    }
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    if let Some(index) = provider.leave_seat(terms.epoch) {
        network.free_seat(index);
    }
    provider.state = ProviderState::Retiring as u8;
    provider.retired_epoch = terms.epoch.0;
    emit!(ProviderRetired { provider: *provider.address(), epoch: terms.epoch.0 });
    Ok(())
}
