//! What is hashed, and in which order: draws, commitments to results and to reports.
//!
//! Every commitment names its domain, the program, the network, the object, its round, the committer and the content, and ends in a
//! salt of 32 bytes, so that another's cannot be copied, replayed in another round, or guessed (R M28). The hash is sha256 of the parts,
//! concatenated; the program and the SDK hash the same parts.

use crate::{Address, limits::*};

/// What draws a leaf of the tree for a seat: seed, job, seat, and how many leaves were looked at before.
pub fn draw<'a>(seed: &'a [u8; 32], job: &'a Address, seat_and_leaf: &'a [u8; 2]) -> [&'a [u8]; 4] {
    [DRAW_DOMAIN, seed, job.as_ref(), seat_and_leaf]
}

/// What draws an attester of a shard: the epoch's seed, the shard's number, and how many were drawn before (u16, u8, little-endian).
pub fn attester<'a>(seed: &'a [u8; 32], shard_and_draw: &'a [u8; 3]) -> [&'a [u8]; 3] {
    [ATTESTERS_DOMAIN, seed, shard_and_draw]
}

/// A commitment to a result: `slot` is the job's slot of creation, little-endian.
#[derive(Clone, Copy, Debug)]
pub struct ResultCommitment<'a> {
    /// The network.
    pub network: &'a Address,
    /// The job.
    pub job: &'a Address,
    /// Slot of the job's creation, little-endian.
    pub slot: &'a [u8; 8],
    /// The seat.
    pub seat: &'a [u8; 1],
    /// The provider that commits.
    pub provider: &'a Address,
    /// Hash of the result.
    pub result_hash: &'a [u8; 32],
    /// Salt.
    pub salt: &'a [u8; 32],
}

impl<'a> ResultCommitment<'a> {
    /// The parts, in order.
    pub fn parts(&self) -> [&'a [u8]; 9] {
        [
            RESULT_DOMAIN,
            PROGRAM,
            self.network.as_ref(),
            self.job.as_ref(),
            self.slot,
            self.seat,
            self.provider.as_ref(),
            self.result_hash,
            self.salt,
        ]
    }
}

/// A commitment to an attester's reports about a shard.
#[derive(Clone, Copy, Debug)]
pub struct ReportsCommitment<'a> {
    /// The network.
    pub network: &'a Address,
    /// The shard's account.
    pub shard: &'a Address,
    /// The epoch, little-endian.
    pub epoch: &'a [u8; 4],
    /// Who attests.
    pub attester: &'a Address,
    /// Values by provider and metric, little-endian.
    pub values: &'a [u8],
    /// Salt.
    pub salt: &'a [u8; 32],
}

impl<'a> ReportsCommitment<'a> {
    /// The parts, in order.
    pub fn parts(&self) -> [&'a [u8]; 8] {
        [
            REPORTS_DOMAIN,
            PROGRAM,
            self.network.as_ref(),
            self.shard.as_ref(),
            self.epoch,
            self.attester.as_ref(),
            self.values,
            self.salt,
        ]
    }
}

const PROGRAM: &[u8] = crate::ID.as_array();
