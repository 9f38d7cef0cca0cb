use crate::prelude::*;

use super::accounts::ClaimRewards;
use super::accounts::{emit_deposit, report_shortfall};

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

    let terms = network.terms(now_ts);
    touch(provider, network, &terms);
    let (claimed, deposited) = provider.restake(network, delegation, max_open_claims, &terms)?;
    report_shortfall(delegation, &claimed);

    let amount = claimed.paid.0;
    Till::of(network, mint).pay(reward_vault, to, amount);
    emit!(RewardsClaimed { delegation: *delegation.address(), amount, restaked: true });
    emit_deposit(provider, delegation, amount, &deposited);
    Ok(())
}
