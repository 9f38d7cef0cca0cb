//! A client and its job numbers.

use crate::Address;

account! {
    /// One that pays for jobs. Never closed: its numbers rise and are never used again (job-number-1).
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
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}
