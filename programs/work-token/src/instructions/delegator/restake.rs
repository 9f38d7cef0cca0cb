use {
    super::claim_rewards::ClaimRewards,
    crate::{instructions::common::*, token},
    anchor_lang::prelude::*,
    work_token_interface::{WorkTokenError as E, events::RewardsClaimed, math::Amount, state::VaultKind},
};

/// Turns everything a position has earned into stake behind the same provider, which earns from the next epoch on.
/// Signer: the holder. Rounds: rewards and shares down.
/// Refuses: while paused; a provider that leaves; when there is nothing to claim; a position that would stay below the minimum; a pool
/// from which open disputes claim more than `max_open_claims`; an own position, whose rewards vest.
pub fn handle_restake(ctx: &mut Context<ClaimRewards>, max_open_claims: u64) -> Result<()> {
    let ClaimRewards { delegator, network, provider, delegation, reward_vault, to, mint, .. } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    require_in_network(provider, network)?;
    require_position(delegation, provider)?;
    require_holder(delegation, delegator)?;
    require_same(to.address(), &provider.stake_vault, E::WrongVault)?;
    network.require_open(now_ts)?;
    provider.require_staying()?;
    if provider.claimed_from_delegated().0 > max_open_claims {
        return Err(E::OpenClaims.into());
    }

    let terms = network.terms(now_ts);
    settle(provider, delegation, network, &terms);
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
        [reward_vault.account(), mint.account(), to.account()],
        amount,
    );
    emit!(RewardsClaimed { provider: *provider.address(), delegation: *delegation.address(), amount, restaked: true });
    emit_deposit(provider, delegation, amount, &deposited);
    Ok(())
}
