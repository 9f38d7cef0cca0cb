//! A parameter set on its way to the chain: it is larger than a transaction.

use crate::{Address, WorkTokenError as E, limits::DRAFT_KEPT_SECS, state::NetworkParams};

/// Bytes of a set that one transaction writes.
pub const DRAFT_PART: usize = 512;
/// Parts of a set.
pub const DRAFT_PARTS: usize = size_of::<NetworkParams>().div_ceil(DRAFT_PART);

account! {
    /// A parameter set that its author writes in parts, before somebody creates a network with it or proposes
    /// it. Its address names its content: what an admin signs, and what a vote decides, cannot become
    /// another set (network-draft-1).
    pub struct ParamDraft {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// 1 once the set has the hash that the address names; it never changes then.
        pub is_complete: u8,
        /// Unused.
        pub padding: [u8; 5],
        /// The network, which need not exist yet.
        pub network: Address,
        /// Who writes it, pays its rent and gets that back.
        pub author: Address,
        /// sha256 of the complete set.
        pub hash: [u8; 32],
        /// Complete and unused, it can be closed from then on. Unix seconds.
        pub kept_until_ts: i64,
        /// The set, as far as it is written.
        pub params: NetworkParams,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl ParamDraft {
    /// Begins an empty draft.
    pub fn begin(&mut self, [network, author]: [&Address; 2], hash: &[u8; 32]) {
        self.network = *network;
        self.author = *author;
        self.hash = *hash;
    }

    /// Writes a part of the set; what reaches beyond its end is not read.
    /// - Refuses: a complete set; a part that a set does not have.
    pub fn write(&mut self, part: u8, bytes: &[u8; DRAFT_PART]) -> Result<(), E> {
        if self.is_complete != 0 {
            return Err(E::DraftComplete);
        }
        let set = bytemuck::bytes_of_mut(&mut self.params);
        let place = set.chunks_mut(DRAFT_PART).nth(usize::from(part)).ok_or(E::UnknownDraftPart)?;
        for (to, from) in place.iter_mut().zip(bytes) {
            *to = *from;
        }
        Ok(())
    }

    /// Whether a part of a set is not written yet.
    pub fn is_missing(&self, part: usize, params: &NetworkParams) -> bool {
        let bytes = |set| bytemuck::bytes_of::<NetworkParams>(set).chunks(DRAFT_PART).nth(part);
        self.is_complete == 0 && bytes(&self.params) != bytes(params)
    }

    /// The bytes of the set, as far as it is written.
    pub fn written(&self) -> &[u8] {
        bytemuck::bytes_of(&self.params)
    }

    /// Notes the hash of what is written.
    pub fn note_hash(&mut self, hash: &[u8; 32], now_ts: i64) {
        if *hash == self.hash {
            self.is_complete = 1;
            self.kept_until_ts = now_ts.saturating_add(DRAFT_KEPT_SECS);
        }
    }

    /// The set.
    /// - Refuses: one that is not complete; one for another network.
    pub fn set_for(&self, network: &Address) -> Result<&NetworkParams, E> {
        if self.network != *network {
            return Err(E::WrongNetwork);
        }
        if self.is_complete == 0 { Err(E::DraftIncomplete) } else { Ok(&self.params) }
    }

    /// Refuses to close a complete set while a vote may still be about it.
    pub fn require_closable(&self, now_ts: i64) -> Result<(), E> {
        if self.is_complete != 0 && now_ts < self.kept_until_ts { Err(E::DraftKept) } else { Ok(()) }
    }
}

/// A set as the parts that write it, the last one with zeros behind its end.
pub fn draft_parts(params: &NetworkParams) -> [[u8; DRAFT_PART]; DRAFT_PARTS] {
    let mut parts = [[0; DRAFT_PART]; DRAFT_PARTS];
    for (part, bytes) in parts.iter_mut().zip(bytemuck::bytes_of(params).chunks(DRAFT_PART)) {
        for (to, from) in part.iter_mut().zip(bytes) {
            *to = *from;
        }
    }
    parts
}
