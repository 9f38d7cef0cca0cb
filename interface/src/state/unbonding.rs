//! A ticket: stake that has asked to leave.

use super::PoolKind;
use crate::{Address, limits::MAX_CLAIMS, math::Amount};

account! {
    /// Stake that has asked to leave. It stays in its pool, and liable, until it is withdrawn.
    pub struct Unbonding {
        /// Layout version.
        pub version: u8,
        /// Bump of this account's address, as given at its creation.
        pub bump: u8,
        /// 0 own, 1 delegated; that of the position.
        pub pool: u8,
        /// Zero.
        pub flags: u8,
        /// The ticket's number in its position; never used twice.
        pub number: u32,
        /// The position.
        pub delegation: Address,
        /// Generation of the pool to which the shares belong.
        pub generation: u32,
        /// Epoch of the newest request in the ticket.
        pub exit_epoch: u32,
        /// Shares that leave; 0 once their value was paid.
        pub shares: u64,
        /// When the ticket can be withdrawn. Unix seconds.
        pub matures_at_ts: i64,
        /// Held back for open claims when the rest was paid. Base units.
        pub held: u64,
        /// Disputes for which it is held; 0 ends the list.
        pub held_disputes: [u32; MAX_CLAIMS],
        /// The part each of them may take. Their sum may exceed `held`. Base units.
        pub held_parts: [u64; MAX_CLAIMS],
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Unbonding {
    /// Which pool the ticket is in.
    pub fn pool_kind(&self) -> PoolKind {
        PoolKind::from_byte(self.pool)
    }

    /// Whether its shares have been paid and only a held part is left.
    pub fn is_held(&self) -> bool {
        self.shares == 0 && self.held > 0
    }

    /// Prepares the ticket for shares of the pool's present generation: shares of an ended one are void and leave no trace, so that
    /// a request that joins the ticket does not bring them back to life.
    pub fn begin_request(&mut self, generation: u32) {
        if self.generation != generation {
            self.generation = generation;
            self.shares = 0;
        }
    }

    /// Lists a dispute for which a part is held.
    pub(crate) fn list(&mut self, dispute: u32, part: Amount) {
        for (listed, held) in self.held_disputes.iter_mut().zip(self.held_parts.iter_mut()) {
            if *listed == 0 {
                *listed = dispute;
                *held = part.0;
                return;
            }
        }
    }
}
