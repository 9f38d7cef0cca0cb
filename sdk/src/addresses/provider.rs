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
    /// Of the provider that `owner` registers in a network. One that was handed over stays where it was: see
    /// [`Self::recorded`].
    pub fn derive(network: NetworkAddresses, owner: Pubkey) -> Self {
        let (provider, _) = super::derive(&[seeds::PROVIDER, network.network.as_ref(), owner.as_ref()]);
        let (stake_vault, vault_bump) = super::derive(&[seeds::STAKE_VAULT, provider.as_ref()]);
        let (own_position, own_position_bump) = derive_own_position(&provider);
        Self { network, owner, provider, stake_vault, vault_bump, own_position, own_position_bump }
    }

    /// Of a provider whose account is known: only its own position is derived.
    pub fn recorded(network: NetworkAddresses, provider: Pubkey, state: &Provider) -> Self {
        let (own_position, own_position_bump) = derive_own_position(&provider);
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

    /// The proposal of another owner, whether there is one or not.
    pub fn handover(&self) -> Pubkey {
        handover(&self.provider)
    }

    /// What is agreed with a beneficiary, whether anything is or not.
    pub fn beneficiary(&self) -> Pubkey {
        beneficiary(&self.provider)
    }

    /// The provider's offer, whether it has made one or not.
    pub fn offer(&self) -> Pubkey {
        offer(&self.provider)
    }
}

/// The position in a provider's own pool: it stays where it is when the provider is handed over.
/// The owner's position in the own pool of a provider, whoever owns it.
pub fn own_position(provider: &Pubkey) -> Pubkey {
    derive_own_position(provider).0
}

fn derive_own_position(provider: &Pubkey) -> (Pubkey, u8) {
    super::derive(&[seeds::DELEGATION, provider.as_ref(), provider.as_ref()])
}

/// The proposal of another owner for a provider.
pub fn handover(provider: &Pubkey) -> Pubkey {
    super::derive(&[seeds::HANDOVER, provider.as_ref()]).0
}

/// What is agreed with a provider's beneficiary.
pub fn beneficiary(provider: &Pubkey) -> Pubkey {
    super::derive(&[seeds::BENEFICIARY, provider.as_ref()]).0
}

/// A provider's offer.
pub fn offer(provider: &Pubkey) -> Pubkey {
    super::derive(&[seeds::OFFER, provider.as_ref()]).0
}
