use crate::prelude::*;

use super::accounts::ClaimRewards;
use super::accounts::emit_deposit;
use super::accounts::take_credited;

/// Turns everything a position has earned into stake behind the same provider, which earns from the next
/// epoch on.
/// Signer: the holder. Rounds: rewards and shares down.
/// Refuses: while paused; a provider that leaves; when there is nothing to claim; a position that would stay
/// below the minimum; a pool from which open disputes claim more than `max_open_claims`; an own position,
/// whose rewards vest.
pub fn handle_restake(ctx: &mut Context<ClaimRewards>, max_open_claims: u64) -> Result<()> {
    let ClaimRewards { delegator, network, provider, delegation, reward_vault, to, mint, .. } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    require_in_network(provider, network)?;
    require_position(delegation, provider)?;
    require_holder(delegation, delegator)?;
    require_at(to.address(), &provider.stake_vault, E::WrongVault)?;
    network.require_open(now_ts)?;
    provider.require_staying()?;
    require(provider.claimed_from_delegated().0 <= max_open_claims, E::OpenClaims)?;

    let terms = network.terms(now_ts);
    settle(provider, delegation, network, &terms);
    let amount = take_credited(provider, delegation);
    require(amount > 0, E::NothingToClaim)?;
    let deposited = provider.deposit_delegated(delegation, Amount(amount), terms.epoch)?;
    require(
        provider.delegated.get().value(delegation.total_shares()).0 >= network.params.minimum_delegation,
        E::BelowMinimumDelegation,
    )?;
    delegation.emptied_at_ts = 0;

    Till::of(network, mint).pay(reward_vault, to, amount);
    emit!(RewardsClaimed { delegation: *delegation.address(), amount, restaked: true });
    emit_deposit(provider, delegation, amount, &deposited);
    Ok(())
}
