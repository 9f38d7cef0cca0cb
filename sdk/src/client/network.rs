//! Networks, their changes of parameters, classes of jobs and models.

use {
    super::{Client, ClientError},
    crate::{
        Instruction, NetworkAddresses, Pubkey, addresses, ix,
        limits::MODEL_NAME,
        state::{JobClass, Model, Network, NetworkParams, ParamChange, ParamDraft},
    },
    std::mem::offset_of,
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

    /// A model, by the bytes of its name; `None` when it was never set.
    ///
    /// # Errors
    ///
    /// An account of another type or version, and when the chain cannot be asked.
    pub fn model(&self, network: &Pubkey, name: &[u8; MODEL_NAME]) -> Result<Option<Model>, ClientError> {
        self.find(&addresses::model(network, name))
    }

    /// All models of a network, by name.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn models(&self, network: &Pubkey) -> Result<Vec<(Pubkey, Model)>, ClientError> {
        let mut models = self.list::<Model>(&[(offset_of!(Model, network), *network)])?;
        models.sort_unstable_by_key(|(_, model)| model.name);
        Ok(models)
    }
}
