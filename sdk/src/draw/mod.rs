//! Draws, recomputed: whom the next leaves of a seat draw, which accounts `draw_job` needs and what it will
//! do, and whether a draw that happened was right.
//!
//! A leaf of a seat draws the number `floor(h * total / 2^128)`, with `h` the first 16 bytes of
//! sha256("draw", seed, job, seat, leaf); the provider is the one in whose weight the number falls, the
//! weights laid end to end in the order of the places of the active set. Jurors are drawn the same way from a
//! tree of their own: see [`plan_jury`], and [`plan_entry`] for who is in it.

mod entry;
#[cfg(test)]
mod entry_tests;
mod jury;
#[cfg(test)]
mod jury_tests;
mod plan;
#[cfg(test)]
mod tests;
mod verify;

pub use {
    entry::{TreeAt, TreeEntry, plan_entry},
    jury::{
        DrawnJuror, JurorRefusal, JuryAt, JuryPlan, KnownJuror, free_leaf, juror_hash, juror_of_leaf, juror_refusal,
        plan_jury, predict_jury, randomness_seed,
    },
    plan::{DrawAt, DrawOutcome, DrawPlan, plan_draw},
    verify::{DrawMismatch, DrawnSeat, Evidence, VerifiedDraw, VerifiedLeaf, verify_draw, verify_event},
};

use {
    crate::{
        Pubkey,
        math::draw::reduce,
        state::{Job, Tree},
    },
    solana_sha256_hasher::hashv,
    work_token_interface::{commitments, limits::MAX_LEAVES},
};

/// What the draws of a seat follow from, beside the tree.
#[derive(Clone, Copy, Debug)]
pub struct SeatSeed<'a> {
    /// The job's seed.
    pub seed: &'a [u8; 32],
    /// The job.
    pub job: &'a Pubkey,
    /// The seat's number.
    pub seat: u8,
}

/// What a leaf draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawnLeaf {
    /// Its number among the leaves of the seat.
    pub leaf: u8,
    /// Place of the active set.
    pub index: u16,
    /// The provider.
    pub provider: Pubkey,
}

impl<'a> SeatSeed<'a> {
    /// Of a job whose seed is captured.
    pub fn of(job_address: &'a Pubkey, job: &'a Job, seat: u8) -> Self {
        Self { seed: &job.seed, job: job_address, seat }
    }

    /// The hash that draws a leaf.
    pub fn hash(&self, leaf: u8) -> [u8; 32] {
        hashv(&commitments::draw(self.seed, self.job, &[self.seat, leaf])).to_bytes()
    }

    /// The number that a leaf draws, below the tree's total.
    pub fn number(&self, leaf: u8, total: u64) -> u64 {
        reduce(&self.hash(leaf), total)
    }

    /// What a leaf draws; `None` in a tree without weight.
    pub fn drawn(&self, tree: &Tree, leaf: u8) -> Option<DrawnLeaf> {
        let hash = self.hash(leaf);
        tree.drawn(&hash).map(|(index, provider)| DrawnLeaf { leaf, index, provider: *provider })
    }
}

/// What the leaves of a seat draw from `from_leaf` on (`Assignment::leaves`): `count` of them, or as many as
/// are left of its 64. Which of them are looked at depends on their providers: see [`plan_draw`].
pub fn next_leaves(tree: &Tree, seat: &SeatSeed, from_leaf: u8, count: usize) -> Vec<DrawnLeaf> {
    (from_leaf..MAX_LEAVES).take(count).filter_map(|leaf| seat.drawn(tree, leaf)).collect()
}
