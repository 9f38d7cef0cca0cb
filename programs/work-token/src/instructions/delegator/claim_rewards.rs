use {
    crate::{instructions::common::*, stored::Stored, token},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::RewardsClaimed,
        state::{Delegation, Network, Provider, VaultKind},
    },
};

#[derive(Accounts)]
pub struct ClaimRewards {
    /// Holds the position.
    pub delegator: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The position.
    #[account(mut)]
    pub delegation: Stored<Delegation>,
    /// The network's reward vault.
    #[account(mut, address = network.reward_vault @ E::WrongVault)]
    pub reward_vault: UncheckedAccount,
    /// Claiming: any account of the work token that is no vault. Restaking: the provider's stake vault.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Pays everything a position has earned in settled epochs.
/// Signer: the holder. Rounds: rewards down, the dust stays in the vault.
/// Refuses: when there is nothing to claim. Nothing else: no pause, crank, dispute or retirement.
pub fn handle_claim_rewards(ctx: &mut Context<ClaimRewards>) -> Result<()> {
    let ClaimRewards { delegator, network, provider, delegation, reward_vault, to, mint, .. } = &mut ctx.accounts;
    let now_ts = now_ts_in_place()?;
    require_in_network(provider, network)?;
    require_position(delegation, provider)?;
    require_holder(delegation, delegator)?;
    token::require_destination(to.account(), network)?;

    settle(provider, delegation, network, &network.terms(now_ts));
    let amount = take_credited(provider, delegation);
    if amount == 0 {
        return Err(E::NothingToClaim.into());
    }
    delegation.note_emptiness(now_ts);

    token::pay_from_network(
        network,
        network.address(),
        VaultKind::Reward,
        [reward_vault.account(), mint.account(), to.account()],
        amount,
    );
    emit!(RewardsClaimed { provider: *provider.address(), delegation: *delegation.address(), amount, restaked: false });
    Ok(())
}
