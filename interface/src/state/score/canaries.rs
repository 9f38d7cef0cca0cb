//! What holds an attester to the tasks whose answers it knows.

use crate::math::Epoch;

part! {
    /// Commitments to an attester's sets of canaries. Each holds from the beginning of an epoch that came
    /// after it, whose seed nobody knew then. Zero is none.
    pub struct CanarySets {
        /// The set that the newest one replaces.
        pub before: [u8; 32],
        /// The newest.
        pub newest: [u8; 32],
        /// First epoch of the one before; 0 without one.
        pub before_from_epoch: u32,
        /// First epoch of the newest; 0 without one.
        pub newest_from_epoch: u32,
    }
}

impl CanarySets {
    /// The set that holds in an epoch; `None` where none does, or none that is still kept here.
    pub fn in_epoch(&self, epoch: Epoch) -> Option<&[u8; 32]> {
        let holds = |from: u32| from != 0 && epoch.0 >= from;
        let found = if holds(self.newest_from_epoch) {
            &self.newest
        } else if holds(self.before_from_epoch) {
            &self.before
        } else {
            return None;
        };
        (*found != [0; 32]).then_some(found)
    }

    /// Another set from the next epoch on. One of this very epoch falls: it never held.
    pub(super) fn commit(&mut self, commitment: [u8; 32], now: Epoch) {
        if self.newest_from_epoch <= now.0 {
            (self.before, self.before_from_epoch) = (self.newest, self.newest_from_epoch);
        }
        (self.newest, self.newest_from_epoch) = (commitment, now.next().0);
    }
}
