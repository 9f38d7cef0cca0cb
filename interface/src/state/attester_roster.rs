//! The attesters that can be drawn.

use crate::{
    Address, WorkTokenError as E,
    limits::MAX_ATTESTERS,
    math::{Epoch, draw::reduce, sampling},
};

part! {
    /// One attester of the roster. Empty when `bond` is 0.
    pub struct RosterEntry {
        /// Who attests.
        pub attester: Address,
        /// Its bond. Base units.
        pub bond: u64,
        /// Epoch in which it was locked.
        pub locked_epoch: u32,
        /// Unused.
        pub padding: u32,
    }
}

account! {
    /// At most 192 attesters of a network, by place.
    pub struct AttesterRoster {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Attesters in it.
        pub count: u16,
        /// Unused.
        pub padding: u32,
        /// The network.
        pub network: Address,
        /// The attesters.
        pub entries: [RosterEntry; MAX_ATTESTERS],
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl AttesterRoster {
    /// Puts an attester at a free place.
    pub fn enter(&mut self, place: u16, attester: Address, bond: u64, epoch: Epoch) -> Result<(), E> {
        let entry = self.entries.get_mut(usize::from(place)).ok_or(E::PlaceTaken)?;
        if entry.bond != 0 {
            return Err(E::PlaceTaken);
        }
        *entry = RosterEntry { attester, bond, locked_epoch: epoch.0, padding: 0 };
        self.count = self.count.saturating_add(1);
        Ok(())
    }

    /// Takes an attester out.
    pub fn leave(&mut self, place: u16, attester: &Address) {
        if let Some(entry) = self.entries.get_mut(usize::from(place)).filter(|entry| entry.attester == *attester) {
            *entry = RosterEntry { attester: Address::default(), bond: 0, locked_epoch: 0, padding: 0 };
            self.count = self.count.saturating_sub(1);
        }
    }

    /// Takes a fine out of an attester's bond; below `least` it leaves the roster.
    pub fn fine(&mut self, place: u16, attester: &Address, bond: u64, least: u64) {
        if bond < least {
            return self.leave(place, attester);
        }
        if let Some(entry) = self.entries.get_mut(usize::from(place)).filter(|entry| entry.attester == *attester) {
            entry.bond = bond;
        }
    }

    /// What can be drawn for an epoch: the bonds locked at least one epoch before (R M2).
    pub fn draw(&self, epoch: Epoch) -> AttesterDraw {
        let mut draw = AttesterDraw { bonds: [0; MAX_ATTESTERS], left: 0 };
        for (bond, entry) in draw.bonds.iter_mut().zip(&self.entries) {
            if entry.locked_epoch < epoch.0 {
                *bond = entry.bond;
                // All bonds together are below the supply, 2^60.
                draw.left = draw.left.saturating_add(entry.bond);
            }
        }
        draw
    }
}

/// The bonds that can still be drawn, by place in the roster.
pub struct AttesterDraw {
    bonds: [u64; MAX_ATTESTERS],
    left: u64,
}

impl AttesterDraw {
    /// The place that a hash draws, in proportion to its bond; it is not drawn again. `None` when nothing is left.
    pub fn next(&mut self, hash: &[u8; 32]) -> Option<usize> {
        let place = sampling::pick(self.bonds.iter().copied().enumerate(), reduce(hash, self.left))?;
        let bond = core::mem::take(self.bonds.get_mut(place)?);
        self.left = self.left.saturating_sub(bond);
        Some(place)
    }
}
