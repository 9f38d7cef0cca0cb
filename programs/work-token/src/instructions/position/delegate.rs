use crate::prelude::*;

use super::accounts::{emit_deposit, open_delegated};

#[derive(Accounts)]
pub struct Delegate {
    /// Owns the position and the tokens; pays the position's rent the first time.
    #[account(mut)]
    pub delegator: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The position; created the first time.
    #[account(mut)]
    pub delegation: UncheckedAccount,
    /// The delegator's token account.
    #[account(mut)]
    pub from: UncheckedAccount,
    /// The provider's stake vault.
    #[account(mut, address = provider.stake_vault @ E::WrongVault)]
    pub stake_vault: UncheckedAccount,
    /// The work token.
    #[account(address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Creates the position.
    pub system_program: Program<System>,
}

/// Places `amount` tokens behind a provider, for shares of its delegated pool. Earns from the next epoch on.
/// Signer: the delegator. Rounds: shares down.
/// Refuses: while paused; a provider that leaves; its own owner; less than the minimum; a pool from which
/// open disputes claim more than `max_open_claims`; fewer shares than `min_shares_out`.
pub fn handle_delegate(
    ctx: &mut Context<Delegate>,
    amount: u64,
    min_shares_out: u64,
    max_open_claims: u64,
    delegation_bump: u8,
) -> Result<()> {
    let Delegate { delegator, network, provider, delegation, from, stake_vault, mint, .. } = &mut ctx.accounts;
    let now_ts = now_ts_in_place()?;
    require_in_network(provider, network)?;
    provider.require_delegable(network, delegator.address(), (amount, max_open_claims), now_ts)?;
    token::require_source(from, network, amount)?;

    let epoch = touch_now(provider, network, now_ts);
    let mut position = open_delegated(delegator, provider, delegation, delegation_bump)?;
    let deposited = provider.delegate(&mut position, Amount(amount), Shares(min_shares_out), epoch)?;

    Till::of(network, mint).take(from, delegator, stake_vault, amount);
    emit_deposit(provider, &position, amount, &deposited);
    Ok(())
}
