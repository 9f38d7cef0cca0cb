//! Jurors: their locks, and the tree that they are drawn from.

use {
    crate::op::Who,
    num_bigint::BigUint,
    std::collections::{BTreeMap, BTreeSet},
};

/// One who judges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Juror {
    pub lock: u64,
    /// What of it has not ripened, and when the newest of that was locked.
    pub added: u64,
    pub added_at: i64,
    /// When the newest of what has ripened was locked; and before something ripened last, which was when.
    pub since: i64,
    pub former_since: i64,
    pub ripened_at: i64,
    /// Nothing more ripens before: juries that were drawn by then know the lock. Work time.
    pub ripens_from: i64,
    pub credit: u64,
    pub leaf: Option<u16>,
    /// How many leaves had been given when it got the last one that it had, and when it left that.
    pub last_leaf: Option<(u16, u64)>,
    pub left: u64,
    /// Whether it asked to leave: then only by itself it comes back into the tree.
    pub is_leaving: bool,
    pub term: i64,
    /// Once it is out of the tree: no draw calls it any more from then on. Work time.
    pub bound_until: i64,
    /// Its ballots, by dispute and jury.
    pub ballots: BTreeMap<(usize, u8), u32>,
    /// The juries that its lock stands for: until its first ballot there is settled.
    pub juries: BTreeSet<(usize, u8)>,
}

/// All jurors of a network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jurors {
    pub all: BTreeMap<Who, Juror>,
    /// The tree: who has a leaf, and its weight.
    pub leaves: BTreeMap<u16, (Who, u64)>,
    /// Leaves that were ever given.
    pub given: u64,
    /// Armed draws that were not captured: how many until which slot.
    pub armed: BTreeMap<u64, u32>,
    /// Until then juries are being drawn. Work time.
    pub draws_until: i64,
    /// When the tree was adopted.
    pub adopted_at: i64,
}

impl Juror {
    pub fn ripe(&self) -> u64 {
        self.lock - self.added
    }

    pub fn sits_on(&self) -> u32 {
        self.ballots.values().sum()
    }
}

impl Jurors {
    /// Whether the tree stands still.
    pub fn is_frozen(&self, slot: u64) -> bool {
        self.armed.iter().any(|(until, draws)| slot < *until && *draws > 0)
    }

    pub fn leave_tree(&mut self, who: Who) {
        let (given, until) = (self.given, self.draws_until);
        let juror = self.all.get_mut(&who).expect("a juror");
        let leaf = juror.leaf.take().expect("it has a leaf");
        (juror.left, juror.bound_until) = (given, until);
        self.leaves.remove(&leaf);
    }

    /// The leaf that a hash draws: in proportion to the weights, in the order of the leaves.
    pub fn drawn(&self, hash: &[u8; 32]) -> Option<(u16, Who)> {
        let total: u64 = self.leaves.values().map(|(_, weight)| weight).sum();
        let target = (BigUint::from_bytes_le(&hash[..16]) * total) >> 128u32;
        let mut target = u64::try_from(target).expect("below the total");
        for (leaf, (who, weight)) in &self.leaves {
            match target.checked_sub(*weight) {
                Some(rest) => target = rest,
                None => return Some((*leaf, *who)),
            }
        }
        None
    }
}
