//! One that measures providers, with a bond.

use crate::{
    Address, WorkTokenError as E,
    limits::ATTESTER_UNLOCK_EPOCHS,
    math::{Epoch, EpochClock},
};

account! {
    /// An attester. Its bond lies in the escrow vault, its pay in the reward vault.
    pub struct Attester {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Its place in the roster.
        pub place: u16,
        /// Epoch in which the bond was locked; it is drawn from the next one on.
        pub locked_epoch: u32,
        /// The network.
        pub network: Address,
        /// Who attests.
        pub owner: Address,
        /// The address that the owner's own provider has or would have: it is never reported on by its owner.
        pub own_provider: Address,
        /// Bond. Base units.
        pub bond: u64,
        /// Earned and not yet claimed. Base units.
        pub credit: u64,
        /// When it retired; 0 before. Unix seconds.
        pub retired_ts: i64,
        /// Last epoch in which it was seated, plus one; 0 before the first.
        pub last_seated_epoch_plus_one: u32,
        /// Reports that it owed and did not reveal.
        pub missed: u32,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Attester {
    /// Notes that it was seated in an epoch.
    pub fn note_seated(&mut self, epoch: Epoch) {
        self.last_seated_epoch_plus_one = self.last_seated_epoch_plus_one.max(epoch.next().0);
    }

    /// When the bond of a retired attester is free: two epochs and a challenge window after the last report it owed (R M2). It can be drawn until
    /// it retires, and who stays silent notes nothing, so the epoch of its retirement counts as one in which it was seated.
    pub fn unlocks_at_ts(&self, clock: &EpochClock, challenge_secs: u32) -> i64 {
        let seated = self.last_seated_epoch_plus_one.max(clock.epoch_at(self.retired_ts).next().0);
        let last = Epoch(seated.saturating_add(ATTESTER_UNLOCK_EPOCHS));
        let epochs_ts = clock.starts_at_ts(last).unwrap_or(i64::MAX);
        epochs_ts.saturating_add(i64::from(challenge_secs))
    }

    /// Takes what it loses for reports that it owed. Returns the fine.
    pub fn fine(&mut self, most: u64) -> u64 {
        let fine = most.min(self.bond);
        self.bond = self.bond.saturating_sub(fine);
        self.missed = self.missed.saturating_add(1);
        fine
    }

    /// Refuses to pay the bond out before its time.
    pub fn require_unlocked(&self, clock: &EpochClock, challenge_secs: u32, now_ts: i64) -> Result<(), E> {
        if self.retired_ts == 0 {
            return Err(E::AttesterNotRetired);
        }
        if now_ts < self.unlocks_at_ts(clock, challenge_secs) { Err(E::BondLocked) } else { Ok(()) }
    }
}
