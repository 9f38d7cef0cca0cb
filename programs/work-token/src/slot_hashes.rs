//! The list of recent slot hashes: where the seeds of draws come from.
//!
//! A sysvar account, read in place: u64 count, then up to 512 entries of slot (u64) and hash, the newest
//! first. The slot that is running is not in it. A search of the whole list costs ten comparisons; reading
//! one entry through a call of the runtime costs more.

use {
    anchor_lang::{
        bytemuck,
        pinocchio::{account::AccountView, address::address_eq},
        prelude::*,
    },
    work_token_interface::WorkTokenError as E,
};

/// The address of the list.
pub const SLOT_HASHES: Address = anchor_lang::address!("SysvarS1otHashes111111111111111111111111111");

/// Words of an entry: a slot and its hash.
const ENTRY_WORDS: usize = 5;

/// What the list says about the first existing slot from a given one on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Its hash.
    Hash([u8; 32]),
    /// It has not come yet.
    NotYet,
    /// The list no longer reaches back to it.
    Lost,
}

/// Finds the hash of the first existing slot at or after `slot`. An entry older than `slot` must still be in
/// the list: only it proves that the one found is the first and not merely the oldest left (job-draw-1).
/// Refuses: another account than the list.
#[inline(never)]
pub fn first_at_or_after(view: &AccountView, slot: u64) -> Result<Found> {
    if !address_eq(view.address(), &SLOT_HASHES) {
        return Err(E::WrongSysvar.into());
    }
    let data = view.try_borrow()?;
    let Ok([count, words @ ..]) = bytemuck::try_cast_slice::<u8, u64>(&data) else {
        return Err(E::WrongSysvar.into());
    };
    let (entries, _) = words.as_chunks::<ENTRY_WORDS>();
    let count = usize::try_from(u64::from_le(*count)).unwrap_or(usize::MAX).min(entries.len());
    Ok(search(entries.get(..count).unwrap_or(entries), slot))
}

fn search(entries: &[[u64; ENTRY_WORDS]], slot: u64) -> Found {
    let after = entries.partition_point(|[entry_slot, ..]| u64::from_le(*entry_slot) >= slot);
    let Some([_, hash @ ..]) = after.checked_sub(1).and_then(|first| entries.get(first)) else {
        return Found::NotYet;
    };
    if after == entries.len() { Found::Lost } else { Found::Hash(bytemuck::cast(*hash)) }
}
