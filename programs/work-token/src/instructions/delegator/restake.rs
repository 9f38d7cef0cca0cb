use {
    crate::{instructions::common::*, stored::Stored, token},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::{RewardsClaimed, StakeDeposited},
        math::Amount,
        state::{Delegation, Network, PoolKind, Provider, VaultKind},
    },
};

#[derive(Accounts)]
pub struct Restake {
    /// Holds the position.
    pub delegator: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The position.
    #[account(mut)]
    pub delegation: Stored<Delegation>,
    /// The network's reward vault.
    #[account(mut, address = network.reward_vault @ E::WrongVault)]
    pub reward_vault: UncheckedAccount,
    /// The provider's stake vault.
    #[account(mut, address = provider.stake_vault @ E::WrongVault)]
    pub stake_vault: UncheckedAccount,
    /// The work token.
    #[account(address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Turns everything a position has earned into stake behind the same provider, which earns from the next epoch on.
/// Signer: the holder. Rounds: rewards and shares down.
/// Refuses: while paused; a provider that leaves; when there is nothing to claim; a position that would stay below the minimum; a pool
/// from which open disputes claim more than `max_open_claims`; an own position, whose rewards vest.
pub fn handle_restake(ctx: &mut Context<Restake>, max_open_claims: u64) -> Result<()> {
    let Restake { delegator, network, provider, delegation, reward_vault, stake_vault, mint, .. } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    require_in_network(provider, network)?;
    require_position(delegation, provider)?;
    require_holder(delegation, delegator)?;
    network.require_open(now_ts)?;
    provider.require_staying()?;
    if provider.claimed_from_delegated().0 > max_open_claims {
        return Err(E::OpenClaims.into());
    }

    let terms = network.terms(now_ts);
    settle(provider, delegation, &terms);
    let amount = take_credited(provider, delegation);
    if amount == 0 {
        return Err(E::NothingToClaim.into());
    }
    let deposited = provider.deposit_delegated(delegation, Amount(amount), terms.epoch)?;
    if provider.delegated.get().value(delegation.total_shares()).0 < network.params.minimum_delegation {
        return Err(E::BelowMinimumDelegation.into());
    }
    delegation.emptied_at_ts = 0;

    token::pay_from_network(
        network,
        network.address(),
        VaultKind::Reward,
        [reward_vault.account(), mint.account(), stake_vault.account()],
        amount,
    );
    emit!(RewardsClaimed { provider: *provider.address(), delegation: *delegation.address(), amount, restaked: true });
    emit!(StakeDeposited {
        provider: *provider.address(),
        delegation: *delegation.address(),
        pool: PoolKind::Delegated as u8,
        amount,
        shares: deposited.shares.0,
        earns_from_epoch: deposited.earns_from.0,
        pool_tokens: provider.delegated.tokens,
        pool_shares: provider.delegated.shares,
    });
    Ok(())
}
