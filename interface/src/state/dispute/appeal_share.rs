//! What somebody paid for appeals of a dispute.

use super::Dispute;
use crate::{Address, WorkTokenError as E};

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

impl AppealShare {
    /// Begins a contributor's share of a side's payments in a fresh account. The dispute counts it.
    /// - Refuses: more contributors than can be counted.
    pub fn begin(&mut self, dispute: &mut Dispute, address: &Address, owner: &Address, side: u8) -> Result<(), E> {
        self.network = dispute.network;
        self.side = side;
        self.dispute = *address;
        self.owner = *owner;
        dispute.shares = dispute.shares.checked_add(1).ok_or(E::ArithmeticOverflow)?;
        Ok(())
    }

    /// Notes what was paid for an appeal, by its index.
    /// - Refuses: an appeal that does not exist; more than 64 bits hold.
    pub fn add(&mut self, appeal: usize, amount: u64) -> Result<(), E> {
        let paid = self.amounts.get_mut(appeal).ok_or(E::NotFundable)?;
        *paid = paid.checked_add(amount).ok_or(E::ArithmeticOverflow)?;
        Ok(())
    }
}
