//! Slots of the embedded chain and their hashes: every slot exists but one in sixteen, as if its leader had
//! been offline.

use {
    sha2::{Digest, Sha256},
    solana_sdk::hash::Hash,
    solana_slot_hashes::{MAX_ENTRIES, SlotHashes},
};

/// Length of a slot.
const SLOT_MILLIS: u64 = 400;

/// Slots that pass in some seconds.
pub(crate) fn in_secs(secs: u64) -> u64 {
    secs.saturating_mul(1_000) / SLOT_MILLIS
}

/// Whole seconds that some slots take.
pub(crate) fn secs_of(slots: u64) -> u64 {
    slots.saturating_mul(SLOT_MILLIS) / 1_000
}

/// Whether a slot has a block.
fn exists(slot: u64) -> bool {
    slot % 16 != 7
}

/// The hashes that a block of `slot` sees: the last 512 slots before it that have a block, newest first.
pub(crate) fn recent(slot: u64) -> SlotHashes {
    let before = (0..slot).rev().filter(|slot| exists(*slot)).take(MAX_ENTRIES);
    let entries: Vec<_> = before.map(|slot| (slot, hash_of(slot))).collect();
    SlotHashes::new(&entries)
}

/// One sha256 serves eight slots: hundreds of thousands of them are computed in a long test.
fn hash_of(slot: u64) -> Hash {
    let mut bytes: [u8; 32] = Sha256::digest((slot / 8).to_le_bytes()).into();
    bytes[31] = bytes[31].wrapping_add((slot % 8) as u8);
    bytes[0] ^= (slot % 8) as u8;
    Hash::new_from_array(bytes)
}
