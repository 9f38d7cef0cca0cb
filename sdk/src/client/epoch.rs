//! Epochs.

use {
    super::{Client, ClientError},
    crate::{addresses, state::EpochPool},
    solana_sdk::pubkey::Pubkey,
    std::mem::offset_of,
};

impl Client<'_> {
    /// The account of an epoch; `None` when it is not open.
    pub fn epoch(&self, network: &Pubkey, epoch: u32) -> Result<Option<EpochPool>, ClientError> {
        self.find(&addresses::epoch_pool(network, epoch))
    }

    /// The open epochs of a network, the oldest first.
    pub fn epochs(&self, network: &Pubkey) -> Result<Vec<EpochPool>, ClientError> {
        let found = self.list::<EpochPool>(&[(offset_of!(EpochPool, network), *network)])?;
        let mut epochs: Vec<EpochPool> = found.into_iter().map(|(_, epoch)| epoch).collect();
        epochs.sort_unstable_by_key(|epoch| epoch.epoch);
        Ok(epochs)
    }
}
