//! What a provider works for: the classes it serves and its lowest fee in each.

use crate::{Address, limits::MAX_JOB_CLASSES, math::Epoch};

account! {
    /// A provider's served classes and floor prices. A change counts from the next epoch on, so nobody can dodge a draw whose seed is known
    /// (R H19).
    pub struct Offer {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Classes served, bit by class.
        pub classes: u16,
        /// Classes served from `next_from_epoch` on.
        pub next_classes: u16,
        /// Unused.
        pub padding: u16,
        /// Since when `next_classes` and `next_floors` hold.
        pub next_from_epoch: u32,
        /// Unused.
        pub padding_2: u32,
        /// The provider.
        pub provider: Address,
        /// Lowest fee per class. Base units.
        pub floors: [u64; MAX_JOB_CLASSES],
        /// Lowest fee per class from `next_from_epoch` on. Base units.
        pub next_floors: [u64; MAX_JOB_CLASSES],
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Offer {
    /// The lowest fee of a class in an epoch; `None` when the class is not served.
    #[inline]
    pub fn floor(&self, class: u8, epoch: Epoch) -> Option<u64> {
        let (classes, floors) = if epoch.0 >= self.next_from_epoch {
            (self.next_classes, &self.next_floors)
        } else {
            (self.classes, &self.floors)
        };
        let bit = 1u16.checked_shl(u32::from(class))?;
        if classes & bit == 0 { None } else { floors.get(usize::from(class)).copied() }
    }

    /// Replaces the offer from the epoch after `now` on.
    pub fn set(&mut self, now: Epoch, classes: u16, floors: [u64; MAX_JOB_CLASSES]) {
        if now.0 >= self.next_from_epoch {
            self.classes = self.next_classes;
            self.floors = self.next_floors;
        }
        self.next_classes = classes;
        self.next_floors = floors;
        self.next_from_epoch = now.next().0;
    }
}
