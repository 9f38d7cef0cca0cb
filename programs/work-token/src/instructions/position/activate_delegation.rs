use crate::prelude::*;

use work_token_interface::state::provider::Activated;

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
/// forgets (position-lot-3). Once the lots' own reward covers the bounty ten times, the keeper gets the
/// bounty out of it; the fixed amount, once per lot, so it cannot be farmed. Signer: a keeper. Rounds:
/// rewards down. Refuses: a position without a due lot.
pub fn handle_activate_delegation(ctx: &mut Context<ActivateDelegation>) -> Result<()> {
    let ActivateDelegation { keeper, network, provider, delegation, reward_vault, keeper_account, mint, .. } =
        &mut ctx.accounts;
    require_in_network(provider, network)?;
    require_position(delegation, provider)?;
    touch(provider, network, &network.terms(now_ts()?));
    let Activated { shares, bounty: each } = provider.activate(network, delegation)?;

    let mut bounty = 0;
    if !each.is_zero() {
        let till = Till::of(network, mint);
        bounty =
            till.pay_bounty(reward_vault, (keeper, keeper_account), || provider.pay_activation(delegation, each).0);
    }
    emit!(LotActivated { delegation: *delegation.address(), shares: shares.0, bounty });
    Ok(())
}
