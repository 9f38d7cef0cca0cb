use crate::prelude::*;

use super::accounts::emit_deposit;

#[derive(Accounts)]
pub struct StakeSelf {
    /// Owns the provider and the tokens.
    pub owner: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The owner's position in the own pool.
    #[account(mut)]
    pub delegation: Stored<Delegation>,
    /// The owner's token account.
    #[account(mut)]
    pub from: UncheckedAccount,
    /// The provider's stake vault.
    #[account(mut, constraint = is_at(stake_vault.address(), &provider.stake_vault) @ E::WrongVault)]
    pub stake_vault: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Adds to the owner's stake. Counts from the next epoch on. Signer: the owner. Rounds: shares down. Refuses:
/// a provider that leaves; zero; a first deposit below the minimum (position-deposit-3). Neither a pause nor
/// an open dispute refuses it: an owner must be able to top up (position-deposit-3).
pub fn handle_stake_self(ctx: &mut Context<StakeSelf>, amount: u64) -> Result<()> {
    let StakeSelf { owner, network, provider, delegation, from, stake_vault, mint, .. } = &mut ctx.accounts;
    require_in_network(provider, network)?;
    require_position(delegation, provider)?;
    require_holder(delegation, owner)?;
    provider.require_staying()?;
    token::require_source(from, network, amount)?;

    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    let deposited = provider.stake_self(network, delegation, Amount(amount), terms.epoch)?;

    Till::of(network, mint).take(from, owner, stake_vault, amount);
    emit_deposit(provider, delegation, amount, &deposited);
    Ok(())
}
