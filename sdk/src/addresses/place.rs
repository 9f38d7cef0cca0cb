//! Addresses of the queue for a place.

use {crate::Pubkey, work_token_interface::seeds};

/// The entry of a number of a network's queue for a place.
pub fn queue_entry(network: &Pubkey, number: u64) -> Pubkey {
    super::derive(&[seeds::QUEUE_ENTRY, network.as_ref(), &number.to_le_bytes()]).0
}
