use crate::prelude::*;

use super::accounts::beneficiary_of;

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
    /// The provider's reward destination. May be the beneficiary's.
    #[account(mut, unsafe(dup), constraint = is_at(to.address(), &provider.reward_destination) @ E::NotTheTokenOwner)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// The provider's beneficiary; needed where one was ever proposed.
    #[account(mut)]
    pub beneficiary: Option<UncheckedAccount>,
    /// The beneficiary's token account; needed with it.
    #[account(mut, unsafe(dup))]
    pub beneficiary_to: Option<UncheckedAccount>,
}

/// Pays the owner's rewards that are free: the own stake's part and the commission, linearly over the vesting
/// time. What slashes could not take comes first, and burns with the next epoch (provider-reward-5); then the
/// beneficiary's part, up to its quota (provider-beneficiary-1). While one is agreed neither token account
/// stands in the way of the other: what cannot be received waits. Signer: anybody, because they go where the
/// owner said; `set_reward_destination` names another where that was closed. Rounds: what is free down.
/// Refuses: another destination; a beneficiary that is left out; when nothing is free.
pub fn handle_claim_provider_rewards(ctx: &mut Context<ClaimProviderRewards>) -> Result<()> {
    let ClaimProviderRewards { network, provider, reward_vault, to, mint, beneficiary, beneficiary_to, .. } =
        &mut ctx.accounts;
    let now_ts = now_ts()?;
    let agreed = beneficiary_of(provider, beneficiary)?.filter(|beneficiary| beneficiary.is_agreed());
    if let Some(agreed) = agreed {
        let beneficiary_to = beneficiary_to.as_ref().ok_or(E::WrongBeneficiary)?;
        return share(network, provider, agreed, [reward_vault, to, beneficiary_to, mint], now_ts);
    }
    token::require_destination(to, network)?;
    touch(provider, network, &network.terms(now_ts));
    let amount = provider.claim_own_rewards(now_ts)?.0;

    Till::of(network, mint).pay(reward_vault, to, amount);
    emit!(OwnRewardsClaimed { provider: *provider.address(), amount, vesting: provider.own_rewards().0 });
    Ok(())
}

#[inline(never)]
fn share(
    network: &Stored<Network>,
    provider: &mut Stored<Provider>,
    mut beneficiary: Stored<Beneficiary>,
    [reward_vault, to, beneficiary_to, mint]: [&AccountView; 4],
    now_ts: i64,
) -> Result<()> {
    require_at(beneficiary_to.address(), &beneficiary.destination, E::WrongBeneficiary)?;
    touch(provider, network, &network.terms(now_ts));
    let receives = (token::receives(to, network), token::receives(beneficiary_to, network));
    let shared = provider.share_own_rewards(&mut beneficiary, receives, now_ts)?;

    let (amount, part) = (shared.owner.0, shared.beneficiary.0);
    Till::of(network, mint)
        .make(&[Movement::pay(reward_vault, beneficiary_to, part), Movement::pay(reward_vault, to, amount)]);
    let (key, left, owed) = (*provider.address(), beneficiary.left, beneficiary.owed);
    emit!(BeneficiaryPaid { provider: key, amount: part, left, owed });
    emit!(OwnRewardsClaimed { provider: key, amount, vesting: provider.own_rewards().0 });
    Ok(())
}
