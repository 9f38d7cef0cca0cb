//! Jurors.

use {
    super::{Client, ClientError},
    crate::state::Juror,
    solana_sdk::pubkey::Pubkey,
    std::mem::offset_of,
};

impl Client<'_> {
    /// All jurors of a network, those out of the tree included, by address.
    pub fn jurors(&self, network: &Pubkey) -> Result<Vec<(Pubkey, Juror)>, ClientError> {
        self.list(&[(offset_of!(Juror, network), *network)])
    }
}
