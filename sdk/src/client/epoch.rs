//! Epochs, and the clock that they follow.

use {
    super::{CLOCK, Client, ClientError, clock},
    crate::{Pubkey, addresses, state::EpochPool},
    std::mem::offset_of,
};

impl Client<'_> {
    /// Slot and unix seconds of the chain's clock, of one read.
    ///
    /// # Errors
    ///
    /// When the chain cannot be asked, or shows something that is no clock.
    pub fn clock(&self) -> Result<(u64, i64), ClientError> {
        clock(self.transport.account(&CLOCK)?.as_ref())
    }

    /// The account of an epoch; `None` when it is not open.
    ///
    /// # Errors
    ///
    /// An account of another type or version, and when the chain cannot be asked.
    pub fn epoch(&self, network: &Pubkey, epoch: u32) -> Result<Option<EpochPool>, ClientError> {
        self.find(&addresses::epoch_pool(network, epoch))
    }

    /// The open epochs of a network, the oldest first.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn epochs(&self, network: &Pubkey) -> Result<Vec<EpochPool>, ClientError> {
        let found = self.list::<EpochPool>(&[(offset_of!(EpochPool, network), *network)])?;
        let mut epochs: Vec<EpochPool> = found.into_iter().map(|(_, epoch)| epoch).collect();
        epochs.sort_unstable_by_key(|epoch| epoch.epoch);
        Ok(epochs)
    }
}
