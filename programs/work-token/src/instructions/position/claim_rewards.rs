use crate::prelude::*;

use super::accounts::ClaimRewards;
use super::accounts::report_shortfall;

/// Pays everything a position has earned in settled epochs.
/// Signer: the holder. Rounds: rewards down, the dust stays in the vault.
/// Refuses: when there is nothing to claim. Nothing else: no pause, crank, dispute or retirement.
pub fn handle_claim_rewards(ctx: &mut Context<ClaimRewards>) -> Result<()> {
    let ClaimRewards { delegator, network, provider, delegation, reward_vault, to, mint, .. } = &mut ctx.accounts;
    let now_ts = now_ts_in_place()?;
    require_in_network(provider, network)?;
    require_position(delegation, provider)?;
    require_holder(delegation, delegator)?;
    token::require_destination(to, network)?;

    touch_now(provider, network, now_ts);
    let claimed = provider.claim(delegation, now_ts)?;
    report_shortfall(delegation, &claimed);

    let amount = claimed.paid.0;
    Till::of(network, mint).pay(reward_vault, to, amount);
    emit!(RewardsClaimed { delegation: *delegation.address(), amount, restaked: false });
    Ok(())
}
