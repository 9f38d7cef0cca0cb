//! What several instructions of a provider's owner share.

use crate::prelude::*;

#[derive(Accounts)]
pub struct OwnerSettings {
    /// Owns the provider.
    #[account(constraint = is_at(owner.address(), &provider.owner) @ E::NotTheProviderOwner)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
}

#[derive(Accounts)]
pub struct OwnerPlace {
    /// Owns the provider.
    #[account(constraint = is_at(owner.address(), &provider.owner) @ E::NotTheProviderOwner)]
    pub owner: Signer,
    /// The network: gives the place, or gets it back.
    #[account(mut, constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
}
