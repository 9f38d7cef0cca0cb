//! What is hashed, and in which order: draws, commitments to results and to reports.
//!
//! Every commitment names its domain, the program, the network, the object, its round, the committer and the
//! content, and ends in a salt of 32 bytes, so that another's cannot be copied, replayed in another round, or
//! guessed (score-commit-1). The hash is sha256 of the parts, concatenated; the program and the SDK hash the
//! same parts.

use crate::{Address, limits::*};

/// What draws a leaf of the tree for a seat: seed, job, seat, and how many leaves were looked at before.
pub fn draw<'a>(seed: &'a [u8; 32], job: &'a Address, seat_and_leaf: &'a [u8; 2]) -> [&'a [u8]; 4] {
    [DRAW_DOMAIN, seed, job.as_ref(), seat_and_leaf]
}

/// What draws an attester of a shard: the epoch's seed, the shard's number, and how many were drawn before
/// (u16, u8, little-endian).
pub fn attester<'a>(seed: &'a [u8; 32], shard_and_draw: &'a [u8; 3]) -> [&'a [u8]; 3] {
    [ATTESTERS_DOMAIN, seed, shard_and_draw]
}

/// What makes an epoch's seed of the value of the account of randomness.
pub fn beacon_seed(value: &[u8; 32]) -> [&[u8]; 2] {
    [ATTESTERS_DOMAIN, value]
}

/// What an account of randomness is recognized by: its address, its owner, and where in it the value lies
/// (u16, little-endian).
pub fn randomness_source<'a>(account: &'a Address, owner: &'a Address, offset: &'a [u8; 2]) -> [&'a [u8]; 3] {
    [account.as_ref(), owner.as_ref(), offset]
}

/// What makes a jury's seed of the value of the account of randomness.
pub fn jury_seed(value: &[u8; 32]) -> [&[u8]; 2] {
    [JURY_DOMAIN, value]
}

/// What draws a leaf for a jury: seed, dispute, jury, and how many were drawn before.
pub fn juror<'a>(seed: &'a [u8; 32], dispute: &'a Address, jury_and_draw: &'a [u8; 2]) -> [&'a [u8]; 4] {
    [JURY_DOMAIN, seed, dispute.as_ref(), jury_and_draw]
}

/// What a commitment to an opening says: to open a dispute about a seat or a provider's conduct, to raise the
/// claim of a dispute, or to prove a fault of a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum OpeningKind {
    /// Opens a dispute; the subject is the seat, or the provider.
    Open = 0,
    /// Raises the claim of the subject, a dispute.
    Raise = 1,
    /// Proves a fault of the subject, a seat.
    Prove = 2,
}

/// A commitment to the opening of a dispute.
#[derive(Clone, Copy, Debug)]
pub struct OpeningCommitment<'a> {
    /// The network.
    pub network: &'a Address,
    /// Who opens.
    pub challenger: &'a Address,
    /// What it is about; see [`OpeningKind`].
    pub subject: &'a Address,
    /// The kind, and the severity claimed; 0 for a proof.
    pub kind_and_severity: &'a [u8; 2],
    /// The epoch of the conduct, little-endian; 0 for a seat.
    pub epoch: &'a [u8; 4],
    /// Salt; for a proof the first of its two results, which nobody else knows: the transaction has no room
    /// for more.
    pub salt: &'a [u8; 32],
}

impl<'a> OpeningCommitment<'a> {
    /// The parts that are hashed, in order.
    pub fn parts(&self) -> [&'a [u8]; 8] {
        [
            OPENING_DOMAIN,
            PROGRAM,
            self.network.as_ref(),
            self.challenger.as_ref(),
            self.subject.as_ref(),
            self.kind_and_severity,
            self.epoch,
            self.salt,
        ]
    }
}

/// The message that an operator signs about a result; two of one seat that differ prove a fault
/// (dispute-proof-1). `slot` is the job's slot of creation, little-endian.
pub const SIGNED_RESULT_LEN: usize = 143;

/// The bytes of that message.
pub fn signed_result(
    network: &Address,
    job: &Address,
    slot: u64,
    seat: u8,
    result_hash: &[u8; 32],
) -> [u8; SIGNED_RESULT_LEN] {
    let mut message = [0; SIGNED_RESULT_LEN];
    let parts: [&[u8]; 7] =
        [RESULT_DOMAIN, PROGRAM, network.as_ref(), job.as_ref(), &slot.to_le_bytes(), &[seat], result_hash];
    let mut rest: &mut [u8] = &mut message;
    for part in parts {
        let Some((place, after)) = rest.split_at_mut_checked(part.len()) else { break };
        place.copy_from_slice(part);
        rest = after;
    }
    message
}

/// A commitment to a vote.
#[derive(Clone, Copy, Debug)]
pub struct VoteCommitment<'a> {
    /// The network.
    pub network: &'a Address,
    /// The dispute.
    pub dispute: &'a Address,
    /// The jury and the index of the ballot.
    pub jury_and_index: &'a [u8; 2],
    /// The juror's owner.
    pub owner: &'a Address,
    /// The severity voted for.
    pub vote: &'a [u8; 1],
    /// Salt.
    pub salt: &'a [u8; 32],
}

impl<'a> VoteCommitment<'a> {
    /// The parts, in order.
    pub fn parts(&self) -> [&'a [u8]; 8] {
        [
            VOTE_DOMAIN,
            PROGRAM,
            self.network.as_ref(),
            self.dispute.as_ref(),
            self.jury_and_index,
            self.owner.as_ref(),
            self.vote,
            self.salt,
        ]
    }
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
