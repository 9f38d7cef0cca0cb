//! One who judges disputes.

use crate::{Address, WorkTokenError as E};

account! {
    /// A juror: a lock that is drawn from in proportion to its size, for a term.
    pub struct Juror {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Index of its leaf in the juror tree.
        pub leaf: u16,
        /// Seats of juries that are not settled.
        pub seats: u32,
        /// The network.
        pub network: Address,
        /// Who judges.
        pub owner: Address,
        /// Everything locked. In the escrow vault. Base units.
        pub lock: u64,
        /// What of it seats bind.
        pub bound: u64,
        /// Fees earned and not yet claimed. In the escrow vault.
        pub credit: u64,
        /// What its leaf holds: the lock when it was last written.
        pub leaf_weight: u64,
        /// Since when the whole lock counts: a later top-up is a new lock (R H16). Unix seconds.
        pub since_ts: i64,
        /// It cannot leave before. Unix seconds.
        pub term_until_ts: i64,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Juror {
    /// Adds to the lock, which is a new one as a whole.
    pub fn lock_more(&mut self, amount: u64, now_ts: i64, term_until_ts: i64) -> Result<(), E> {
        self.lock = self.lock.checked_add(amount).ok_or(E::ArithmeticOverflow)?;
        self.since_ts = now_ts;
        self.term_until_ts = self.term_until_ts.max(term_until_ts);
        Ok(())
    }

    /// Whether it can sit on a jury of a dispute opened at a time, locking `lock` for the seat.
    pub fn can_sit(&self, opened_ts: i64, lock: u64) -> bool {
        self.since_ts < opened_ts && self.lock.saturating_sub(self.bound) >= lock
    }

    /// Takes a seat.
    pub fn sit(&mut self, lock: u64) {
        self.bound = self.bound.saturating_add(lock);
        self.seats = self.seats.saturating_add(1);
    }

    /// Leaves a seat: its lock is free, or lost, and its vote may have earned a fee.
    pub fn stand_up(&mut self, lock: u64, is_lost: bool, fee: u64) {
        self.bound = self.bound.saturating_sub(lock);
        self.seats = self.seats.saturating_sub(1);
        if is_lost {
            self.lock = self.lock.saturating_sub(lock);
        }
        self.credit = self.credit.saturating_add(fee);
    }

    /// Refuses to let it leave during its term, or while it sits on a jury.
    pub fn require_free(&self, now_ts: i64) -> Result<(), E> {
        if now_ts < self.term_until_ts || self.seats > 0 { Err(E::JurorBound) } else { Ok(()) }
    }
}
