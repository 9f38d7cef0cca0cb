//! The trees that are drawn from.

use {
    super::{Client, ClientError},
    crate::{
        Pubkey,
        math::Epoch,
        state::{Network, Tree},
    },
};

impl Client<'_> {
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
