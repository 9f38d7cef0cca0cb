//! A holder's positions in the eyes of one registrar: what of each counts, and what waits.

use super::{FoundVoice, VotesError as V};
use crate::{
    Address,
    math::{Inertia, UnixTs},
};

/// Positions that a voter has at most.
pub const MAX_ENTRIES: usize = 16;

of_math!(inertia_fields, VoterInertia, Inertia);

part! {
    /// One position of a voter.
    pub struct VoterEntry {
        /// The position.
        pub position: Address,
        /// Generation of its shares when it was last looked at.
        pub generation: u32,
        /// Unused.
        pub padding: u32,
        /// What of its voice counts, and what waits.
        pub inertia: VoterInertia,
    }
}

account! {
    crate::votes::ID,
    /// A holder's positions in the eyes of one registrar.
    pub struct Voter {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// How many positions it has.
        pub count: u8,
        /// Unused.
        pub padding: [u8; 5],
        /// The network.
        pub network: Address,
        /// The registrar.
        pub registrar: Address,
        /// Who votes.
        pub holder: Address,
        /// Who paid for this account and its records, and gets that back.
        pub payer: Address,
        /// The record for a slot.
        pub slot_record: Address,
        /// The record that stands.
        pub standing_record: Address,
        /// Its positions, in rising order.
        pub entries: [VoterEntry; MAX_ENTRIES],
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

/// When somebody looks at a voter's positions, and who.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Now.
    pub now: UnixTs,
    /// How long what is new waits. Seconds.
    pub wait_secs: i64,
    /// Whether the holder signs.
    pub is_holders: bool,
}

impl VoterEntry {
    /// Notes the voice of the position; `None` where it has none of its own any more. Returns what of it
    /// weighs: what counts of what is heard, in shares or base units as [`FoundVoice`] is. Shares of another
    /// generation count like fresh ones, whoever looks: those that counted were slashed to zero.
    #[inline]
    pub fn note(&mut self, found: Option<FoundVoice>, look: &Look) -> u64 {
        let voice = found.unwrap_or(FoundVoice { generation: self.generation, ..FoundVoice::default() });
        if voice.generation != self.generation {
            self.generation = voice.generation;
            *self.inertia = Inertia::default();
        }
        let seen = self.inertia.observe(voice.whole, look.now, look.wait_secs);
        *self.inertia = if look.is_holders {
            seen
        } else {
            self.inertia.observe_for_another(voice.whole, look.now, look.wait_secs)
        };
        seen.weight(voice.heard)
    }
}

impl Voter {
    /// Its positions, in rising order.
    #[inline]
    pub fn entries(&self) -> &[VoterEntry] {
        self.entries.get(..usize::from(self.count)).unwrap_or(&[])
    }

    /// The next of its positions from an index on that is the given one, and the index behind it.
    /// - Refuses: one that is not among them, or stands before; without the holder's signature, to pass one
    ///   over.
    #[inline]
    pub fn next_entry(
        &mut self,
        from: usize,
        position: &Address,
        is_holders: bool,
    ) -> Result<(&mut VoterEntry, usize), V> {
        let count = usize::from(self.count);
        let rest = self.entries.get_mut(from..count).ok_or(V::PositionsOutOfOrder)?;
        let mut behind = from;
        for entry in rest {
            behind = behind.saturating_add(1);
            if solana_address::address_eq(&entry.position, position) {
                return Ok((entry, behind));
            }
            if !is_holders {
                return Err(V::PositionsMissing);
            }
        }
        Err(V::PositionsOutOfOrder)
    }

    /// Refuses, without the holder's signature, to leave positions out.
    #[inline]
    pub fn require_all(&self, passed: usize, is_holders: bool) -> Result<(), V> {
        if is_holders || passed == usize::from(self.count) { Ok(()) } else { Err(V::PositionsMissing) }
    }

    /// Adds a position, of which nothing counts yet.
    /// - Refuses: one that it has; more than sixteen.
    pub fn add(&mut self, position: &Address) -> Result<&mut VoterEntry, V> {
        let at = match self.place_of(position) {
            Ok(_) => return Err(V::PositionListed),
            Err(at) => at,
        };
        let count = usize::from(self.count);
        let behind = count.saturating_add(1);
        let moved = self.entries.get_mut(at..behind).ok_or(V::TooManyPositions)?;
        moved.rotate_right(1);
        self.count = self.count.saturating_add(1);
        let entry = moved.first_mut().ok_or(V::TooManyPositions)?;
        *entry = VoterEntry { position: *position, ..bytemuck::Zeroable::zeroed() };
        Ok(entry)
    }

    /// Takes a position out.
    /// - Refuses: one that it does not have.
    pub fn remove(&mut self, position: &Address) -> Result<(), V> {
        let at = self.place_of(position).map_err(|_| V::PositionNotListed)?;
        let moved = self.entries.get_mut(at..usize::from(self.count)).ok_or(V::PositionNotListed)?;
        moved.rotate_left(1);
        if let Some(last) = moved.last_mut() {
            *last = bytemuck::Zeroable::zeroed();
        }
        self.count = self.count.saturating_sub(1);
        Ok(())
    }

    fn place_of(&self, position: &Address) -> Result<usize, usize> {
        self.entries().binary_search_by(|entry| entry.position.as_ref().cmp(position.as_ref()))
    }
}
