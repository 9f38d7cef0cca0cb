//! The trees that are drawn from.

use {
    super::{Client, ClientError},
    crate::{
        Pubkey,
        addresses::queue_entry,
        math::Epoch,
        state::{Network, QueueEntry, Tree},
    },
    std::mem::offset_of,
};

impl Client<'_> {
    /// The entry of a network's queue whose turn it is; `None` while nobody waits.
    ///
    /// # Errors
    ///
    /// An account of another type or version, and when the chain cannot be asked.
    pub fn queue_head(&self, key: &Pubkey, network: &Network) -> Result<Option<QueueEntry>, ClientError> {
        if network.queue.waiting() == 0 {
            return Ok(None);
        }
        self.find(&queue_entry(key, network.queue.head()))
    }

    /// All entries of a network's queue for a place, in order.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn queue(&self, network: &Pubkey) -> Result<Vec<QueueEntry>, ClientError> {
        let found = self.list::<QueueEntry>(&[(offset_of!(QueueEntry, network), *network)])?;
        let mut entries: Vec<QueueEntry> = found.into_iter().map(|(_, entry)| entry).collect();
        entries.sort_unstable_by_key(|entry| entry.number);
        Ok(entries)
    }

    /// The tree that is drawn from in an epoch; `None` while the network has adopted none.
    ///
    /// # Errors
    ///
    /// An account of another type or version, and when the chain cannot be asked.
    pub fn work_tree(&self, network: &Network, epoch: u32) -> Result<Option<Box<Tree>>, ClientError> {
        match *network.work_tree(Epoch(epoch)) {
            none if none == Pubkey::default() => Ok(None),
            tree => self.find_boxed(&tree),
        }
    }
}
