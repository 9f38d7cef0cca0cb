//! What a provider was found guilty of in one epoch.

use crate::{
    Address, WorkTokenError as E,
    limits::CLOSE_FAULT_SECS,
    math::{Amount, Bps, slash::increment_bps},
};

account! {
    /// The faults of a provider in one epoch: together they cost the largest, not the sum (MD 5.2), and their challengers share one reward (R M13).
    pub struct Fault {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// The largest fraction of stake that a verdict applied. Hundredths of a percent.
        pub applied_bps: u16,
        /// The epoch.
        pub epoch: u32,
        /// The provider.
        pub provider: Address,
        /// Who paid this account's rent and gets it back.
        pub payer: Address,
        /// Disputes that have not ended.
        pub open: u32,
        /// Faults upheld.
        pub upheld: u32,
        /// The challengers' reward of all of them. In the escrow vault.
        pub reward: u64,
        /// Bonds of the upheld ones, which share it.
        pub bonds: u64,
        /// When the last dispute ended; 0 before. Unix seconds.
        pub ended_ts: i64,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Fault {
    /// Applies a verdict: what it adds to the largest one so far.
    pub fn apply(&mut self, found: Bps) -> Bps {
        let increment = increment_bps(found, Bps(self.applied_bps));
        self.applied_bps = self.applied_bps.max(found.0);
        self.upheld = self.upheld.saturating_add(1);
        increment
    }

    /// A dispute has ended; it adds its reward, and its bonds to those that share all of it.
    pub fn end_one(&mut self, reward: u64, bonds: u64, now_ts: i64) {
        self.reward = self.reward.saturating_add(reward);
        self.bonds = self.bonds.saturating_add(bonds);
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.ended_ts = now_ts;
        }
    }

    /// Takes a bond's share of the reward, rounded down; the last bond takes what is left.
    pub fn take_share(&mut self, bond: u64) -> u64 {
        let share = if bond >= self.bonds {
            self.reward
        } else {
            crate::math::dispute::share(Amount(self.reward), Amount(bond), Amount(self.bonds)).0
        };
        self.reward = self.reward.saturating_sub(share);
        self.bonds = self.bonds.saturating_sub(bond);
        share
    }

    /// Refuses to close it while a dispute of the epoch is open, while an upheld one has not drawn its part of the reward, and for 90 days.
    pub fn require_closable(&self, now_ts: i64) -> Result<(), E> {
        if self.open > 0 {
            return Err(E::DisputeOpen);
        }
        let is_drawn = self.reward == 0 && self.bonds == 0;
        let from_ts = self.ended_ts.saturating_add(CLOSE_FAULT_SECS);
        if is_drawn && now_ts >= from_ts { Ok(()) } else { Err(E::TooEarlyToCloseDispute) }
    }
}
