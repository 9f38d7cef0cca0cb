use crate::prelude::*;

use work_token_interface::math::mul_div::mul_checked;

#[derive(Accounts)]
pub struct ActivateDelegation {
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
    #[account(mut, constraint = is_at(reward_vault.address(), &network.vaults.reward) @ E::WrongVault)]
    pub reward_vault: UncheckedAccount,
    /// A token account of the keeper, or none.
    #[account(mut)]
    pub keeper_account: Option<UncheckedAccount>,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Activates a position's due lots, so that a holder who never comes back does not lose what the index ring
/// forgets (R C9). Once the lots' own reward covers the bounty ten times, the keeper gets the bounty out of
/// it; the fixed amount, once per lot, so it cannot be farmed.
/// Signer: a keeper. Rounds: rewards down.
/// Refuses: a position without a due lot.
pub fn handle_activate_delegation(ctx: &mut Context<ActivateDelegation>) -> Result<()> {
    let ActivateDelegation { keeper, network, provider, delegation, reward_vault, keeper_account, mint, .. } =
        &mut ctx.accounts;
    require_in_network(provider, network)?;
    require_position(delegation, provider)?;
    let harvest = settle(provider, delegation, network, &network.terms(now_ts()?));
    require(!harvest.activated.is_zero(), E::LotNotDue)?;

    let each = network.params.activation_bounty;
    let covered = mul_checked(each, ACTIVATION_COVER).is_some_and(|least| harvest.from_lots >= Amount(least));
    let mut bounty = 0;
    if covered && each > 0 {
        let till = Till::of(network, mint);
        bounty = till.pay_bounty(reward_vault, (keeper, keeper_account), || {
            let (rewards, paid) = provider.rewards.get().pay(Amount(each));
            provider.rewards.set(rewards);
            delegation.credited = delegation.credited.saturating_sub(paid.0);
            paid.0
        });
    }
    emit!(LotActivated { delegation: *delegation.address(), shares: harvest.activated.0, bounty });
    Ok(())
}
