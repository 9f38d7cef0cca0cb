//! Providers and their offers.

use {
    super::{Client, ClientError},
    crate::{
        ProviderAddresses, addresses,
        state::{Offer, Provider},
    },
    solana_sdk::pubkey::Pubkey,
    std::mem::offset_of,
};

impl Client<'_> {
    /// A provider.
    pub fn provider(&self, key: &Pubkey) -> Result<Provider, ClientError> {
        self.get(key)
    }

    /// A provider's addresses and those of its network, as their accounts record them.
    pub fn provider_addresses(&self, key: &Pubkey) -> Result<ProviderAddresses, ClientError> {
        let provider = self.provider(key)?;
        Ok(ProviderAddresses::recorded(self.network_addresses(&provider.network)?, *key, &provider))
    }

    /// All providers of a network, by address.
    pub fn providers(&self, network: &Pubkey) -> Result<Vec<(Pubkey, Provider)>, ClientError> {
        self.list(&[(offset_of!(Provider, network), *network)])
    }

    /// A provider's offer; `None` when it never made one.
    pub fn offer(&self, provider: &Pubkey) -> Result<Option<Offer>, ClientError> {
        self.find(&addresses::offer(provider))
    }
}
