//! What somebody paid for appeals of a dispute.

use crate::Address;

account! {
    /// One contributor's payments for the appeals of one side.
    pub struct AppealShare {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// See `math::dispute::Side`.
        pub side: u8,
        /// Unused.
        pub padding: [u8; 5],
        /// The network.
        pub network: Address,
        /// The dispute.
        pub dispute: Address,
        /// Who paid, and gets back what is left of it.
        pub owner: Address,
        /// Paid for the appeals from round 1 and from round 2. Base units.
        pub amounts: [u64; 2],
    }
}
