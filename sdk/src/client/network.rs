//! Networks, their changes of parameters and classes of jobs.

use {
    super::{Client, ClientError},
    crate::{
        NetworkAddresses, addresses,
        state::{JobClass, Network, ParamChange},
    },
    solana_sdk::pubkey::Pubkey,
};

impl Client<'_> {
    /// A network.
    pub fn network(&self, key: &Pubkey) -> Result<Network, ClientError> {
        self.get(key)
    }

    /// A network's addresses, as its account records them.
    pub fn network_addresses(&self, key: &Pubkey) -> Result<NetworkAddresses, ClientError> {
        Ok(NetworkAddresses::recorded(*key, &self.network(key)?))
    }

    /// All networks, by address.
    pub fn networks(&self) -> Result<Vec<(Pubkey, Network)>, ClientError> {
        self.list(&[])
    }

    /// A proposed change of parameters; `None` when it was executed, cancelled or never made.
    pub fn param_change(&self, network: &Pubkey, number: u32) -> Result<Option<ParamChange>, ClientError> {
        self.find(&addresses::param_change(network, number))
    }

    /// A class of jobs; `None` when it was never set.
    pub fn job_class(&self, network: &Pubkey, class: u8) -> Result<Option<JobClass>, ClientError> {
        self.find(&addresses::job_class(network, class))
    }
}
