use crate::prelude::*;

#[derive(Accounts)]
pub struct ClaimProviderRewards {
    /// The network.
    #[account(constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The network's reward vault.
    #[account(mut, constraint = is_at(reward_vault.address(), &network.vaults.reward) @ E::WrongVault)]
    pub reward_vault: UncheckedAccount,
    /// The provider's reward destination.
    #[account(mut, constraint = is_at(to.address(), &provider.reward_destination) @ E::NotTheTokenOwner)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Pays the owner's rewards that are free: the own stake's part and the commission, linearly over the vesting
/// time. What slashes could not take comes first, and burns with the next epoch (provider-reward-5). Signer:
/// anybody, because they go where the owner said; `set_reward_destination` names another where that was
/// closed. Rounds: what is free down. Refuses: another destination; when nothing is free.
pub fn handle_claim_provider_rewards(ctx: &mut Context<ClaimProviderRewards>) -> Result<()> {
    let ClaimProviderRewards { network, provider, reward_vault, to, mint, .. } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    token::require_destination(to, network)?;
    touch(provider, network, &network.terms(now_ts));
    let amount = provider.claim_own_rewards(now_ts)?.0;

    Till::of(network, mint).pay(reward_vault, to, amount);
    emit!(OwnRewardsClaimed { provider: *provider.address(), amount, vesting: provider.own_rewards().0 });
    Ok(())
}
