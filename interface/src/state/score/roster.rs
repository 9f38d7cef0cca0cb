//! The attesters that can be drawn.
//!
//! What changes the roster in an epoch is noted at once and takes effect with the next: no draw of the epoch
//! sees it (score-roster-5). Otherwise whoever knows the seed would leave, and choose by that who sits in the
//! shards that are drawn after it.

use crate::{
    Address, WorkTokenError as E,
    limits::MAX_ATTESTERS,
    math::{Amount, Epoch, draw::reduce, places::exceeds_margin, sampling},
};

part! {
    /// One place of the roster. Its holder leaves, or there is none, when `next_bond` is 0.
    pub struct RosterEntry {
        /// Who attests.
        pub attester: Address,
        /// The bond that is drawn by before the roster's `from_epoch`. Base units.
        pub bond: u64,
        /// The latest noted bond, which is drawn by from then on. Base units.
        pub next_bond: u64,
    }
}

account! {
    /// At most 192 attesters of a network, by place.
    pub struct AttesterRoster {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Places whose holders stay.
        pub count: u16,
        /// The latest noted bonds are drawn by from this epoch on; one after that of the last change.
        pub from_epoch: u32,
        /// The network.
        pub network: Address,
        /// The attesters.
        pub entries: [RosterEntry; MAX_ATTESTERS],
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

const _: () = assert!(AttesterRoster::SIZE <= 10_240);

/// When a roster is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RosterTime {
    /// The epoch.
    pub epoch: Epoch,
    /// Whether it is in its second half, in which nobody is drawn any more. In unix time, which no outage
    /// moves.
    pub is_second_half: bool,
}

impl RosterEntry {
    /// Whether it is the place of an attester that stays.
    fn is_of(&self, attester: &Address) -> bool {
        self.next_bond != 0 && self.attester == *attester
    }
}

impl AttesterRoster {
    /// Begins to note what holds from the next epoch on: what was noted in an earlier one holds by now.
    fn begin_to_note(&mut self, now: Epoch) {
        if self.from_epoch > now.0 {
            return;
        }
        for entry in &mut self.entries {
            entry.bond = entry.next_bond;
        }
        self.from_epoch = now.next().0;
    }

    /// The first free place. One whose holder leaves is free from the second half of the epoch on in which
    /// that was noted: until then its old bond can be drawn.
    pub fn free_place(&self, time: RosterTime) -> Option<u16> {
        let was_noted_before = self.from_epoch <= time.epoch.0;
        let can_be_taken = time.is_second_half || was_noted_before;
        let is_free = |entry: &RosterEntry| entry.next_bond == 0 && (entry.bond == 0 || can_be_taken);
        (0u16..).zip(&self.entries).find(|(_, entry)| is_free(entry)).map(|(place, _)| place)
    }

    /// Puts an attester at a free place; it is drawn from the next epoch on (score-roster-1).
    pub fn enter(&mut self, place: u16, attester: Address, bond: u64, now: Epoch) {
        self.begin_to_note(now);
        if let Some(entry) = self.entries.get_mut(usize::from(place)).filter(|entry| entry.next_bond == 0) {
            *entry = RosterEntry { attester, bond: 0, next_bond: bond };
            self.count = self.count.saturating_add(1);
        }
    }

    /// Takes an attester out, from the next epoch on. Whether it could still be drawn in this one; `None`
    /// when it holds no place.
    pub fn leave(&mut self, place: u16, attester: &Address, now: Epoch) -> Option<bool> {
        self.begin_to_note(now);
        let entry = self.entry_of(place, attester)?;
        entry.next_bond = 0;
        let could_be_drawn = entry.bond > 0;
        self.count = self.count.saturating_sub(1);
        Some(could_be_drawn)
    }

    /// Notes another bond of an attester that stays.
    pub fn note_bond(&mut self, place: u16, attester: &Address, bond: u64, now: Epoch) {
        self.begin_to_note(now);
        if let Some(entry) = self.entry_of(place, attester) {
            entry.next_bond = bond;
        }
    }

    fn entry_of(&mut self, place: u16, attester: &Address) -> Option<&mut RosterEntry> {
        self.entries.get_mut(usize::from(place)).filter(|entry| entry.is_of(attester))
    }

    /// The place that one with a bond aims at where none is free: that of the smallest latest bond. Refuses a
    /// bond that does not exceed it by more than 5 %.
    pub fn place_to_aim_at(&self, bond: u64) -> Result<u16, E> {
        let held = (0u16..).zip(&self.entries).filter(|(_, entry)| entry.next_bond != 0);
        let (place, weakest) = held.min_by_key(|(_, entry)| entry.next_bond).ok_or(E::BondMarginTooSmall)?;
        if exceeds_margin(Amount(bond), Amount(weakest.next_bond)) { Ok(place) } else { Err(E::BondMarginTooSmall) }
    }

    /// The place that one takes which aimed with a bond, in the second half of an epoch: a free one, else the
    /// aimed one if the bond exceeds the latest of whoever holds it by more than 5 %, with that holder; else
    /// `None`.
    ///
    /// Whoever holds it, not only who held it when it was aimed at: else an incumbent would fend everybody
    /// off by leaving its place to another of its keys, with a handful of bonds that return.
    pub fn place_to_take(&self, aimed: u16, bond: u64, time: RosterTime) -> Option<(u16, Option<Address>)> {
        if let Some(free) = self.free_place(time) {
            return Some((free, None));
        }
        let entry = self.entries.get(usize::from(aimed))?;
        exceeds_margin(Amount(bond), Amount(entry.next_bond)).then_some((aimed, Some(entry.attester)))
    }

    /// What can be drawn for an epoch: the bonds noted at least one epoch before (score-roster-1).
    pub fn draw(&self, epoch: Epoch) -> AttesterDraw {
        let mut draw = AttesterDraw { bonds: [0; MAX_ATTESTERS], left: 0 };
        let is_in_force = self.from_epoch <= epoch.0;
        for (bond, entry) in draw.bonds.iter_mut().zip(&self.entries) {
            *bond = if is_in_force { entry.next_bond } else { entry.bond };
            // All bonds together are below the supply, 2^60.
            draw.left = draw.left.saturating_add(*bond);
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
    /// The place that a hash draws, in proportion to its bond, and that bond; it is not drawn again. `None`
    /// when nothing is left.
    pub fn next(&mut self, hash: &[u8; 32]) -> Option<(usize, u64)> {
        let place = sampling::pick(self.bonds.iter().copied().enumerate(), reduce(hash, self.left))?;
        let bond = core::mem::take(self.bonds.get_mut(place)?);
        self.left = self.left.saturating_sub(bond);
        Some((place, bond))
    }
}
