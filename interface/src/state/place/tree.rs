//! Weights of the providers of one epoch, or the locks of the jurors, to draw from.

use crate::{
    Address, WorkTokenError as E,
    math::{Epoch, draw},
};

/// What a tree is drawn from for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum TreeKind {
    /// Jobs, in epochs of even numbers.
    Even = 0,
    /// Jobs, in epochs of odd numbers.
    Odd = 1,
    /// Juries.
    Jurors = 2,
}

impl TreeKind {
    /// The two that jobs are drawn from, in turns.
    pub const WORK: [Self; 2] = [Self::Even, Self::Odd];

    /// From its byte.
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0 => Some(Self::Even),
            1 => Some(Self::Odd),
            2 => Some(Self::Jurors),
            _ => None,
        }
    }

    /// That of the tree that jobs are drawn from in an epoch.
    pub const fn of_epoch(epoch: Epoch) -> Self {
        if epoch.0 & 1 == 0 { Self::Even } else { Self::Odd }
    }
}

account! {
    /// A Fenwick tree over 4,096 places. A plain account of the client's making, adopted by the network once
    /// checked (place-tree-1); two of them take turns by the parity of the epoch, and a third one holds the
    /// jurors.
    pub struct Tree {
        /// Layout version.
        pub version: u8,
        /// Unused; the account is not at a derived address.
        pub bump: u8,
        /// See `TreeKind`.
        pub kind: u8,
        /// Unused.
        pub padding: u8,
        /// The epoch whose draws the leaves are for, plus one; 0 before the first, and in the jurors' tree.
        pub epoch_plus_one: u32,
        /// The network.
        pub network: Address,
        /// Sums of the leaves, as a Fenwick tree; the last one is the total.
        pub sums: [u64; draw::CAPACITY],
        /// The provider behind each leaf; meaningless where the leaf is zero. In the jurors' tree the juror's
        /// account; zero where the leaf is free.
        pub providers: [Address; draw::CAPACITY],
        /// How many leaves of the jurors' tree were ever given.
        pub given: u64,
        /// Leaves of the jurors' tree that are taken.
        pub taken: u16,
        /// Unused.
        pub padding_2: [u8; 6],
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Tree {
    /// Whether the leaves are those of an epoch.
    #[inline]
    pub fn is_of(&self, epoch: Epoch) -> bool {
        self.epoch_plus_one == epoch.0.wrapping_add(1) && self.epoch_plus_one != 0
    }

    /// Sum of the leaves.
    #[inline]
    pub fn total(&self) -> u64 {
        draw::total(&self.sums)
    }

    /// Writes a provider's leaf for an epoch, clearing and labelling the tree first when it still holds
    /// another epoch.
    pub fn write(&mut self, epoch: Epoch, place: u16, provider: &Address, weight: u64) {
        if !self.is_of(epoch) {
            self.sums.fill(0);
            self.epoch_plus_one = epoch.0.wrapping_add(1);
        }
        if weight == 0 || draw::add(&mut self.sums, place, weight).is_none() {
            return;
        }
        if let Some(key) = self.providers.get_mut(usize::from(place)) {
            *key = *provider;
        }
    }

    /// Gives a free leaf of the jurors' tree to a juror's account, without weight. Refuses one that is taken,
    /// and one beyond the last. Returns how many were given by then.
    pub fn take_leaf(&mut self, leaf: u16, juror: &Address) -> Result<u64, E> {
        let key = self.providers.get_mut(usize::from(leaf)).filter(|key| **key == Address::default());
        *key.ok_or(E::LeafTaken)? = *juror;
        self.taken = self.taken.saturating_add(1);
        self.given = self.given.saturating_add(1);
        Ok(self.given)
    }

    /// Sets the weight of a juror's leaf.
    /// - Refuses: a leaf beyond the last; a total of more than 64 bits.
    pub fn weigh_leaf(&mut self, leaf: u16, weight: u64) -> Result<(), E> {
        draw::set(&mut self.sums, leaf, weight).ok_or(E::ArithmeticOverflow)
    }

    /// Frees a juror's leaf.
    /// - Refuses: a leaf beyond the last.
    pub fn free_leaf(&mut self, leaf: u16) -> Result<(), E> {
        self.weigh_leaf(leaf, 0)?;
        if let Some(key) = self.providers.get_mut(usize::from(leaf)) {
            *key = Address::default();
            self.taken = self.taken.saturating_sub(1);
        }
        Ok(())
    }

    /// The provider or the juror's account that a hash draws, and its leaf; `None` without any weight.
    pub fn drawn(&self, hash: &[u8; 32]) -> Option<(u16, &Address)> {
        let place = draw::find(&self.sums, draw::reduce(hash, self.total()))?;
        Some((place, self.providers.get(usize::from(place))?))
    }
}
