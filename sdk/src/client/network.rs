//! Networks, their changes of parameters and classes of jobs.

use {
    super::{Client, ClientError},
    crate::{
        Instruction, NetworkAddresses, Pubkey, addresses, ix,
        state::{JobClass, Network, NetworkParams, ParamChange, ParamDraft},
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

    /// What an author has drafted of a parameter set; `None` when nothing is there.
    ///
    /// # Errors
    ///
    /// An account of another type or version, and when the chain cannot be asked.
    pub fn param_draft(
        &self,
        network: &Pubkey,
        author: &Pubkey,
        params: &NetworkParams,
    ) -> Result<Option<ParamDraft>, ClientError> {
        self.find(&addresses::param_draft(network, author, params))
    }

    /// The instructions that write what is missing of an author's draft, each for a transaction of its own;
    /// none when the draft is complete.
    ///
    /// # Errors
    ///
    /// An account of another type or version, and when the chain cannot be asked.
    pub fn missing_draft(
        &self,
        network: &Pubkey,
        author: &Pubkey,
        params: &NetworkParams,
    ) -> Result<Vec<Instruction>, ClientError> {
        let draft = self.param_draft(network, author, params)?;
        let parts = ix::draft_params(network, *author, params).into_iter().enumerate();
        let is_missing = |part: usize| draft.is_none_or(|draft| draft.is_missing(part, params));
        Ok(parts.filter(|(part, _)| is_missing(*part)).map(|(_, write)| write).collect())
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
