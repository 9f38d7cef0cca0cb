//! Attesters and shards.

use {
    super::{Client, ClientError},
    crate::{
        Pubkey, addresses,
        state::{Attester, AttesterRoster, ScoreShard},
    },
    std::mem::offset_of,
};

impl Client<'_> {
    /// A network's roster of attesters; `None` before the first.
    ///
    /// # Errors
    ///
    /// An account of another type or version, and when the chain cannot be asked.
    pub fn attester_roster(&self, network: &Pubkey) -> Result<Option<Box<AttesterRoster>>, ClientError> {
        self.find_boxed(&addresses::attester_roster(network))
    }

    /// All attesters of a network, the retired included, by address.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn attesters(&self, network: &Pubkey) -> Result<Vec<(Pubkey, Attester)>, ClientError> {
        self.list(&[(offset_of!(Attester, network), *network)])
    }

    /// The shards of a network, the oldest epoch first.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn score_shards(&self, network: &Pubkey) -> Result<Vec<(Pubkey, ScoreShard)>, ClientError> {
        let mut shards = self.list::<ScoreShard>(&[(offset_of!(ScoreShard, network), *network)])?;
        shards.sort_unstable_by_key(|(_, shard)| (shard.epoch, shard.shard));
        Ok(shards)
    }
}
