//! The two records that SPL Governance reads, as its add-in interface 0.1.4 lays them out: borsh behind eight
//! bytes that say which. Every option that stands before something is always the same in one kind of record,
//! so that nothing moves.

use crate::Address;

/// First bytes of a voter's record.
pub const VOTER_WEIGHT: [u8; 8] = [46, 249, 155, 75, 153, 248, 116, 9];
/// First bytes of the record of the maximum weight.
pub const MAX_WEIGHT: [u8; 8] = [157, 95, 242, 151, 16, 98, 26, 118];
/// Bytes of a voter's record that names action and target; the others leave the rest zero.
pub const VOTER_WEIGHT_SIZE: usize = 164;
/// Bytes of the record of the maximum weight.
pub const MAX_WEIGHT_SIZE: usize = 97;
/// What a voter may weigh for.
pub const ACTIONS: u8 = 5;
/// Of them: to cast a vote.
pub const CAST_VOTE: u8 = 0;

/// Where a voter's weight stands.
const WEIGHT: usize = 104;
/// Where the maximum weight stands.
const MAXIMUM: usize = 72;

/// What a record says, but whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// Base units.
    pub weight: u64,
    /// The last slot in which it holds.
    pub expiry_slot: u64,
    /// What it is for, and on which account; `None` for whatever.
    pub for_what: Option<(u8, Address)>,
}

/// Begins a voter's record, whose account was created a moment ago: it weighs nothing, and is stale.
/// Nothing happens where the account is shorter than a record.
pub fn begin(record: &mut [u8], [realm, mint, holder]: [&Address; 3]) {
    begin_with(record, &VOTER_WEIGHT, &[realm, mint, holder]);
    write(record, &Weight { weight: 0, expiry_slot: 0, for_what: None });
}

/// Begins the record of the maximum weight in the same way.
pub fn begin_max(record: &mut [u8], [realm, mint]: [&Address; 2]) {
    begin_with(record, &MAX_WEIGHT, &[realm, mint]);
    write_max(record, 0, 0);
}

fn begin_with(record: &mut [u8], tag: &[u8; 8], addresses: &[&Address]) {
    let parts = core::iter::once(tag.as_slice()).chain(addresses.iter().map(|address| address.as_ref()));
    let mut rest = record;
    for part in parts {
        let Some((place, behind)) = rest.split_at_mut_checked(part.len()) else { return };
        place.copy_from_slice(part);
        rest = behind;
    }
}

/// Writes what a voter's record says. Nothing happens where the account is shorter than a record.
#[inline]
pub fn write(record: &mut [u8], what: &Weight) {
    let Some(rest) = record.get_mut(WEIGHT..).and_then(|rest| rest.first_chunk_mut::<60>()) else { return };
    let [w0, w1, w2, w3, w4, w5, w6, w7, has_expiry, s0, s1, s2, s3, s4, s5, s6, s7, behind @ ..] = rest;
    [*w0, *w1, *w2, *w3, *w4, *w5, *w6, *w7] = what.weight.to_le_bytes();
    *has_expiry = 1;
    [*s0, *s1, *s2, *s3, *s4, *s5, *s6, *s7] = what.expiry_slot.to_le_bytes();
    let [has_action, action, has_target, target @ ..] = behind;
    match &what.for_what {
        None => [*has_action, *action] = [0; 2],
        Some((named, address)) => {
            [*has_action, *action, *has_target] = [1, *named, 1];
            if let Some((place, _)) = target.split_first_chunk_mut::<32>() {
                *place = address.to_bytes();
            }
        }
    }
}

/// Writes the maximum weight.
#[inline]
pub fn write_max(record: &mut [u8], weight: u64, expiry_slot: u64) {
    let Some(rest) = record.get_mut(MAXIMUM..).and_then(|rest| rest.first_chunk_mut::<17>()) else { return };
    let [w0, w1, w2, w3, w4, w5, w6, w7, has_expiry, s0, s1, s2, s3, s4, s5, s6, s7] = rest;
    [*w0, *w1, *w2, *w3, *w4, *w5, *w6, *w7] = weight.to_le_bytes();
    *has_expiry = 1;
    [*s0, *s1, *s2, *s3, *s4, *s5, *s6, *s7] = expiry_slot.to_le_bytes();
}

/// What a voter's record says. `None` for anything else.
pub fn read(record: &[u8]) -> Option<Weight> {
    let (tag, _) = record.split_first_chunk::<8>()?;
    let (weight, rest) = record.get(WEIGHT..)?.split_first_chunk()?;
    let ([has_expiry], rest) = rest.split_first_chunk()?;
    let (expiry, rest) = rest.split_first_chunk()?;
    let for_what = match rest.split_first_chunk()? {
        ([0], _) => None,
        (_, [action, _, target @ ..]) => Some((*action, Address::new_from_array(*target.first_chunk()?))),
        _ => return None,
    };
    let is_record = *tag == VOTER_WEIGHT && *has_expiry == 1;
    let (weight, expiry_slot) = (u64::from_le_bytes(*weight), u64::from_le_bytes(*expiry));
    is_record.then_some(Weight { weight, expiry_slot, for_what })
}

/// Whether a weight would lower a record that stands in a slot.
pub fn would_lower(record: &[u8], what: &Weight, slot: u64) -> bool {
    let lowers = |was: Weight| was.expiry_slot >= slot && was.weight > what.weight;
    what.for_what.is_none() && read(record).is_some_and(lowers)
}

/// The maximum weight, and the last slot in which it holds. `None` for anything but its record.
pub fn read_max(record: &[u8]) -> Option<(u64, u64)> {
    let (tag, _) = record.split_first_chunk::<8>()?;
    let (weight, rest) = record.get(MAXIMUM..)?.split_first_chunk()?;
    let ([has_expiry], rest) = rest.split_first_chunk()?;
    let (expiry, _) = rest.split_first_chunk()?;
    let is_record = *tag == MAX_WEIGHT && *has_expiry == 1;
    is_record.then_some((u64::from_le_bytes(*weight), u64::from_le_bytes(*expiry)))
}
