//! Jurors.

use {
    super::{Client, ClientError},
    crate::{Pubkey, state::Juror},
    std::mem::offset_of,
};

impl Client<'_> {
    /// All jurors of a network, those out of the tree included, by address.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn jurors(&self, network: &Pubkey) -> Result<Vec<(Pubkey, Juror)>, ClientError> {
        self.list(&[(offset_of!(Juror, network), *network)])
    }
}
