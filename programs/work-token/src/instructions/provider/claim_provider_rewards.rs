use {
    crate::{instructions::common::*, stored::Stored, token},
    anchor_lang::{pinocchio::address::address_eq, prelude::*},
    work_token_interface::{
        WorkTokenError as E,
        events::OwnRewardsClaimed,
        state::{Network, Provider, VaultKind},
    },
};

#[derive(Accounts)]
pub struct ClaimProviderRewards {
    /// Owns the provider.
    #[account(constraint = is_at(owner.address(), &provider.owner) @ E::NotTheProviderOwner)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The network's reward vault.
    #[account(mut, constraint = is_at(reward_vault.address(), &network.reward_vault) @ E::WrongVault)]
    pub reward_vault: UncheckedAccount,
    /// The provider's reward destination, or any account of the owner.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Pays the owner's rewards that are free: the own stake's part and the commission, linearly over the vesting time. What slashes
/// could not take comes first, and burns with the next epoch (R M26).
/// Signer: the owner, so that a closed reward destination never traps them. Rounds: what is free down.
/// Refuses: a destination that is neither the recorded one nor the owner's; when nothing is free.
pub fn handle_claim_provider_rewards(ctx: &mut Context<ClaimProviderRewards>) -> Result<()> {
    let ClaimProviderRewards { owner, network, provider, reward_vault, to, mint, .. } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    token::require_destination(to.account(), network)?;
    if !address_eq(to.address(), &provider.reward_destination) && !token::belongs_to(to.account(), owner.address()) {
        return Err(E::NotTheTokenOwner.into());
    }

    touch(provider, network, &network.terms(now_ts));
    let free = provider.take_free_rewards(now_ts);
    if free.is_zero() {
        return Err(E::NothingToClaim.into());
    }
    let amount = provider.pay_debt(free).0;

    if amount > 0 {
        let accounts = [reward_vault.account(), mint.account(), to.account()];
        token::pay_from_network(network, network.address(), VaultKind::Reward, accounts, amount);
    }
    emit!(OwnRewardsClaimed { provider: *provider.address(), amount, vesting: provider.own_rewards().0 });
    Ok(())
}
