//! Providers and their offers.

use {
    super::{Client, ClientError},
    crate::{
        ProviderAddresses, Pubkey, addresses,
        state::{Beneficiary, Handover, Offer, Provider},
    },
    std::mem::offset_of,
};

impl Client<'_> {
    /// A provider.
    ///
    /// # Errors
    ///
    /// Where there is none of this type and version, and when the chain cannot be asked.
    pub fn provider(&self, key: &Pubkey) -> Result<Provider, ClientError> {
        self.get(key)
    }

    /// A provider's addresses and those of its network, as their accounts record them.
    ///
    /// # Errors
    ///
    /// Where there is no such provider of this version, and when the chain cannot be asked.
    pub fn provider_addresses(&self, key: &Pubkey) -> Result<ProviderAddresses, ClientError> {
        let provider = self.provider(key)?;
        Ok(ProviderAddresses::recorded(self.network_addresses(&provider.network)?, *key, &provider))
    }

    /// All providers of a network, by address.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn providers(&self, network: &Pubkey) -> Result<Vec<(Pubkey, Provider)>, ClientError> {
        self.list(&[(offset_of!(Provider, network), *network)])
    }

    /// The providers of a network that somebody owns, by address: those that it registered, and those that
    /// were handed over to it.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn providers_of(&self, network: &Pubkey, owner: &Pubkey) -> Result<Vec<(Pubkey, Provider)>, ClientError> {
        self.list(&[(offset_of!(Provider, network), *network), (offset_of!(Provider, owner), *owner)])
    }

    /// The proposal of another owner for a provider; `None` without one.
    ///
    /// # Errors
    ///
    /// An account of another type or version, and when the chain cannot be asked.
    pub fn handover(&self, provider: &Pubkey) -> Result<Option<Handover>, ClientError> {
        self.find(&addresses::handover(provider))
    }

    /// What is agreed with a provider's beneficiary; `None` where none was ever proposed.
    ///
    /// # Errors
    ///
    /// An account of another type or version, and when the chain cannot be asked.
    pub fn beneficiary(&self, provider: &Pubkey) -> Result<Option<Beneficiary>, ClientError> {
        self.find(&addresses::beneficiary(provider))
    }

    /// A provider's offer; `None` when it never made one.
    ///
    /// # Errors
    ///
    /// An account of another type or version, and when the chain cannot be asked.
    pub fn offer(&self, provider: &Pubkey) -> Result<Option<Offer>, ClientError> {
        self.find(&addresses::offer(provider))
    }
}
