use crate::prelude::*;

use super::accounts::report_shortfall;

#[derive(Accounts)]
pub struct RestakeFor {
    /// Cranks, and is paid the bounty.
    pub keeper: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The position.
    #[account(mut)]
    pub delegation: Stored<Delegation>,
    /// The network's reward vault.
    #[account(mut, address = network.vaults.reward @ E::WrongVault)]
    pub reward_vault: UncheckedAccount,
    /// The provider's stake vault.
    #[account(mut, address = provider.stake_vault @ E::WrongVault)]
    pub stake_vault: UncheckedAccount,
    /// A token account of the keeper, or none.
    #[account(mut)]
    pub keeper_account: Option<UncheckedAccount>,
    /// The work token.
    #[account(address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Turns what a position has earned into stake, for a holder that asked for it and does not come: a
/// delegator's rewards, or own rewards that are free. The keeper's bounty comes out of them, once they cover
/// it ten times (position-restake-2). Counts from the next epoch on.
/// Signer: a keeper. Rounds: rewards and shares down.
/// Refuses: while paused; a provider that is not Active; a position whose holder did not ask for it, or has
/// left; again within four epochs; open claims above what the holder accepts; while a lot of another epoch
/// waits; nothing, or too little; what a deposit is refused for; while a vault is frozen.
pub fn handle_restake_for(ctx: &mut Context<RestakeFor>) -> Result<()> {
    let RestakeFor { keeper, network, provider, delegation, reward_vault, stake_vault, keeper_account, mint, .. } =
        &mut ctx.accounts;
    require_in_network(provider, network)?;
    require_position(delegation, provider)?;
    let is_frozen = token::vault_is_frozen(reward_vault) || token::vault_is_frozen(stake_vault);
    require(!is_frozen, E::TokenAccountFrozen)?;

    let now_ts = now_ts()?;
    let now = touch_now(provider, network, now_ts);
    let till = Till::of(network, mint);
    let keeper_account = till.bounty_to(reward_vault, (keeper, keeper_account));
    let done = provider.restake_for(network, delegation, keeper_account.is_some(), (now_ts, now))?;
    report_shortfall(delegation, &done.claimed);

    let (amount, bounty) = (done.amount.0, done.bounty.0);
    match keeper_account {
        Some(to) => {
            till.make(&[Movement::pay(reward_vault, stake_vault, amount), Movement::pay(reward_vault, to, bounty)])
        }
        None => till.pay(reward_vault, stake_vault, amount),
    }
    let pool = provider.pool(delegation.pool_kind());
    emit!(RewardsRestaked {
        delegation: *delegation.address(),
        pool: delegation.pool,
        earned: done.claimed.paid.0,
        bounty,
        shares: done.deposited.shares.0,
        earns_from_epoch: done.deposited.earns_from.0,
        pool_tokens: pool.tokens,
        pool_shares: pool.shares,
    });
    Ok(())
}
