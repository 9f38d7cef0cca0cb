//! Networks, their changes of parameters and classes of jobs.

use {
    super::{Client, ClientError},
    crate::{
        NetworkAddresses, Pubkey, addresses,
        state::{JobClass, Network, ParamChange},
    },
};

impl Client<'_> {
    /// A network.
    ///
    /// # Errors
    ///
    /// Where there is none of this type and version, and when the chain cannot be asked.
    pub fn network(&self, key: &Pubkey) -> Result<Network, ClientError> {
        self.get(key)
    }

    /// A network's addresses, as its account records them.
    ///
    /// # Errors
    ///
    /// Where there is none of this type and version, and when the chain cannot be asked.
    pub fn network_addresses(&self, key: &Pubkey) -> Result<NetworkAddresses, ClientError> {
        Ok(NetworkAddresses::recorded(*key, &self.network(key)?))
    }

    /// All networks, by address.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn networks(&self) -> Result<Vec<(Pubkey, Network)>, ClientError> {
        self.list(&[])
    }

    /// A proposed change of parameters; `None` when it was executed, cancelled or never made.
    ///
    /// # Errors
    ///
    /// An account of another type or version, and when the chain cannot be asked.
    pub fn param_change(&self, network: &Pubkey, number: u32) -> Result<Option<ParamChange>, ClientError> {
        self.find(&addresses::param_change(network, number))
    }

    /// A class of jobs; `None` when it was never set.
    ///
    /// # Errors
    ///
    /// An account of another type or version, and when the chain cannot be asked.
    pub fn job_class(&self, network: &Pubkey, class: u8) -> Result<Option<JobClass>, ClientError> {
        self.find(&addresses::job_class(network, class))
    }
}
