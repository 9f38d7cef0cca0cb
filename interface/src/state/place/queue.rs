//! The queue of candidates that wait for a place.

use crate::{Address, WorkTokenError as E};

part! {
    /// The numbers of a network's queue, from 1: what was given, and what has had its turn.
    pub struct PlaceQueue {
        /// The last number that was given.
        pub given: u64,
        /// The last number that got a place or was passed.
        pub passed: u64,
    }
}

account! {
    /// A candidate's entry in the queue: its number, until it gets a place or is passed (place-queue-1).
    pub struct QueueEntry {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Unused.
        pub padding: [u8; 6],
        /// The network.
        pub network: Address,
        /// Its number, from 1.
        pub number: u64,
        /// The candidate.
        pub provider: Address,
        /// Who paid this account's rent and gets it back.
        pub payer: Address,
        /// When it joined. Unix seconds.
        pub joined_ts: i64,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl PlaceQueue {
    /// The number whose turn it is; nobody has it while the queue is empty.
    #[inline]
    pub fn head(&self) -> u64 {
        self.passed.saturating_add(1)
    }

    /// The number that whoever joins now gets.
    #[inline]
    pub fn next(&self) -> u64 {
        self.given.saturating_add(1)
    }

    /// How many entries wait.
    #[inline]
    pub fn waiting(&self) -> u64 {
        self.given.saturating_sub(self.passed)
    }

    /// Refuses while somebody waits: a free place is the head's.
    pub fn require_empty(&self) -> Result<(), E> {
        if self.waiting() == 0 { Ok(()) } else { Err(E::PlacesQueued) }
    }

    /// Refuses every entry but the head's.
    pub fn require_head(&self, number: u64) -> Result<(), E> {
        if self.waiting() > 0 && number == self.head() { Ok(()) } else { Err(E::NotTheHead) }
    }

    /// Gives the next number.
    pub(crate) fn give(&mut self) -> u64 {
        self.given = self.next();
        self.given
    }

    /// The head has had its turn.
    pub(crate) fn pass(&mut self) {
        self.passed = self.head();
    }
}
