//! Addresses of epochs.

use {crate::Pubkey, work_token_interface::seeds};

/// The account of an epoch.
pub fn epoch_pool(network: &Pubkey, epoch: u32) -> Pubkey {
    super::derive(&[seeds::EPOCH, network.as_ref(), &epoch.to_le_bytes()]).0
}
