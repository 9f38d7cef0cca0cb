//! The accounts of `weigh_providers` and `settle_providers`, and what they have in common.

use {
    crate::instructions::common::is_at,
    crate::stored::Stored,
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        limits::MAX_BATCH,
        state::{EpochPool, Network, WorkTree},
    },
};

/// Accounts of `settle_providers`; the providers follow as remaining accounts.
#[derive(Accounts)]
pub struct ProviderBatch {
    /// Cranks, and is paid the bounty.
    pub keeper: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &pool.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The epoch.
    #[account(mut)]
    pub pool: Stored<EpochPool>,
    /// Where bounties come from.
    #[account(mut, constraint = is_at(keeper_vault.address(), &network.keeper_vault) @ E::WrongVault)]
    pub keeper_vault: UncheckedAccount,
    /// A token account of the keeper; without one, or with one that cannot receive, the crank works unpaid.
    #[account(mut)]
    pub keeper_account: Option<UncheckedAccount>,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Accounts of `weigh_providers`; the providers follow as remaining accounts.
#[derive(Accounts)]
pub struct WeighBatch {
    /// Cranks, and is paid the bounty.
    pub keeper: Signer,
    /// The network; an outage is recorded first.
    #[account(mut, constraint = is_at(network.address(), &pool.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The epoch.
    #[account(mut)]
    pub pool: Stored<EpochPool>,
    /// The network's tree of the epoch's parity; none while the network has adopted none.
    #[account(mut)]
    pub work_tree: Option<Stored<WorkTree>>,
    /// Where bounties come from.
    #[account(mut, constraint = is_at(keeper_vault.address(), &network.keeper_vault) @ E::WrongVault)]
    pub keeper_vault: UncheckedAccount,
    /// A token account of the keeper; without one, or with one that cannot receive, the crank works unpaid.
    #[account(mut)]
    pub keeper_account: Option<UncheckedAccount>,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Refuses an empty batch and one beyond what a transaction carries.
pub fn require_batch(providers: &[AccountView]) -> Result<()> {
    if providers.is_empty() || providers.len() > MAX_BATCH {
        return Err(E::EmptyBatch.into());
    }
    Ok(())
}
