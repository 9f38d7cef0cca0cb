//! A client: its job numbers, and the marks it gave.

use crate::{Address, math::Epoch};

part! {
    /// One provider that a client marked in an epoch.
    pub struct ClientMark {
        /// First eight bytes of the provider's address.
        pub provider: [u8; 8],
        /// The epoch, plus one; 0 when the entry is empty.
        pub epoch_plus_one: u32,
        /// Unused.
        pub padding: u32,
    }
}

account! {
    /// One that pays for jobs. Never closed: its numbers rise and are never used again (R H10).
    pub struct Client {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Unused.
        pub padding: [u8; 6],
        /// The network.
        pub network: Address,
        /// Who signs for the client.
        pub owner: Address,
        /// Number of the next job.
        pub next_number: u64,
        /// Marks given in the latest epochs. A client's mark counts once per provider and epoch, and at most eight in one epoch (R H8).
        pub marks: [ClientMark; 8],
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Client {
    /// Whether a mark that this client gives a provider in an epoch counts; if so it is remembered.
    pub fn mark(&mut self, provider: &Address, epoch: Epoch) -> bool {
        let label = epoch.0.wrapping_add(1);
        let tag = tag(provider);
        if self.marks.iter().any(|mark| mark.epoch_plus_one == label && mark.provider == tag) {
            return false;
        }
        // An entry of an earlier epoch makes room; eight of this one do not.
        match self.marks.iter_mut().find(|mark| mark.epoch_plus_one != label) {
            Some(mark) => {
                *mark = ClientMark { provider: tag, epoch_plus_one: label, padding: 0 };
                true
            }
            None => false,
        }
    }
}

/// First eight bytes of an address.
pub(super) fn tag(address: &Address) -> [u8; 8] {
    let bytes: &[u8] = address.as_ref();
    bytes.first_chunk().copied().unwrap_or_default()
}
