//! Addresses of providers and their offers.

use {
    super::NetworkAddresses,
    crate::Pubkey,
    work_token_interface::{seeds, state::Provider},
};

/// A provider, its stake vault and its owner's position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProviderAddresses {
    /// The network it works for.
    pub network: NetworkAddresses,
    /// Its owner.
    pub owner: Pubkey,
    /// The provider.
    pub provider: Pubkey,
    /// Its stake vault.
    pub stake_vault: Pubkey,
    /// Bump of the stake vault.
    pub vault_bump: u8,
    /// The owner's position in the own pool.
    pub own_position: Pubkey,
    /// Bump of the owner's position.
    pub own_position_bump: u8,
}

impl ProviderAddresses {
    /// Of the provider that `owner` has in a network.
    pub fn derive(network: NetworkAddresses, owner: Pubkey) -> Self {
        let (provider, _) = super::derive(&[seeds::PROVIDER, network.network.as_ref(), owner.as_ref()]);
        let (stake_vault, vault_bump) = super::derive(&[seeds::STAKE_VAULT, provider.as_ref()]);
        let (own_position, own_position_bump) = super::derive(&[seeds::DELEGATION, provider.as_ref(), owner.as_ref()]);
        Self { network, owner, provider, stake_vault, vault_bump, own_position, own_position_bump }
    }

    /// Of a provider whose account is known: only the owner's position is derived.
    pub fn recorded(network: NetworkAddresses, provider: Pubkey, state: &Provider) -> Self {
        let (own_position, own_position_bump) =
            super::derive(&[seeds::DELEGATION, provider.as_ref(), state.owner.as_ref()]);
        Self {
            network,
            owner: state.owner,
            provider,
            stake_vault: state.stake_vault,
            vault_bump: state.vault_bump,
            own_position,
            own_position_bump,
        }
    }

    /// The provider's offer, whether it has made one or not.
    pub fn offer(&self) -> Pubkey {
        offer(&self.provider)
    }
}

/// A provider's offer.
pub fn offer(provider: &Pubkey) -> Pubkey {
    super::derive(&[seeds::OFFER, provider.as_ref()]).0
}
