//! Drawing a provider in proportion to its weight (job-draw-4): a Fenwick tree over the leaves of the active
//! set.
//!
//! Sums are commutative, so cranks may add leaves in any order, and a draw needs twelve steps and no help
//! from the client. The tree is an array of [`CAPACITY`] sums: `sums[i - 1]` is node `i`, the sum of the
//! `lowbit(i)` leaves that end with leaf `i - 1`. The caller computes the hash (sha256 of seed, job and
//! attempt), clears the array and labels it with its epoch.

use crate::mul_div::mul_wide;

/// Leaves of a tree: places of an active set. A power of two, so that the last node is the sum of all.
pub const CAPACITY: usize = 1 << STEPS;

/// Halvings from the root to a leaf.
const STEPS: u32 = 12;

/// `floor(h * total / 2^128)` with `h` the first 16 bytes of the hash, little-endian. Below `total`; 0 when
/// the total is 0.
///
/// 128 bits, not 64: the bias between two leaves is then below `total / 2^128` instead of 6 % for a total
/// near 2^60 (job-draw-4). Largest product: 2^64 * 2^64, exact in [`mul_wide`]; the sum of the high halves is
/// below `total`.
#[inline]
pub fn reduce(hash: &[u8; 32], total: u64) -> u64 {
    let Some((low, rest)) = hash.split_first_chunk::<8>() else { return 0 };
    let Some(high) = rest.first_chunk::<8>() else { return 0 };
    let (whole, fraction) = mul_wide(u64::from_le_bytes(*high), total);
    let (carry, _) = mul_wide(u64::from_le_bytes(*low), total);
    whole.wrapping_add(u64::from(fraction.overflowing_add(carry).1))
}

/// The sum of all leaves: the last node.
#[inline]
pub const fn total(sums: &[u64; CAPACITY]) -> u64 {
    let [.., root] = sums;
    *root
}

/// Adds weight to the leaf `index`, counted from 0. `None`, and nothing is changed, when there is no such
/// leaf or the total would exceed 64 bits. Every node is part of the total, so where the total fits all do.
/// 13 nodes at most.
#[inline]
pub fn add(sums: &mut [u64; CAPACITY], index: u16, weight: u64) -> Option<()> {
    total(sums).checked_add(weight)?;
    shift(sums, index, weight)
}

/// Gives the leaf `index` another weight, larger or smaller. `None`, and nothing is changed, when there is no
/// such leaf or the total would exceed 64 bits.
pub fn set(sums: &mut [u64; CAPACITY], index: u16, weight: u64) -> Option<()> {
    let before = leaf(sums, index);
    total(sums).wrapping_sub(before).checked_add(weight)?;
    shift(sums, index, weight.wrapping_sub(before))
}

/// Adds a difference modulo 2^64 to every node that covers the leaf: exact for a fall too, because every new
/// sum fits.
#[inline]
fn shift(sums: &mut [u64; CAPACITY], index: u16, difference: u64) -> Option<()> {
    let mut node = usize::from(index).wrapping_add(1);
    if node > CAPACITY {
        return None;
    }
    while let Some(sum) = sums.get_mut(node.wrapping_sub(1)) {
        *sum = sum.wrapping_add(difference);
        // The next node that covers this one; beyond the root there is none. At most 2 * CAPACITY.
        node = node.wrapping_add(node & node.wrapping_neg());
    }
    Some(())
}

/// The sum of the leaves before `index`; the total for an index beyond the last leaf. Exact, because it is
/// part of the total.
#[inline]
pub fn prefix(sums: &[u64; CAPACITY], index: u16) -> u64 {
    let mut node = usize::from(index).min(CAPACITY);
    let mut sum = 0u64;
    while let Some(part) = sums.get(node.wrapping_sub(1)) {
        sum = sum.wrapping_add(*part);
        node &= node.wrapping_sub(1);
    }
    sum
}

/// The weight of the leaf `index`: its node less the smaller nodes within it, two steps on average. 0 when
/// there is no such leaf.
#[inline]
pub fn leaf(sums: &[u64; CAPACITY], index: u16) -> u64 {
    let mut node = usize::from(index);
    let Some(sum) = sums.get(node) else { return 0 };
    let mut weight = *sum;
    let before = node & node.wrapping_add(1);
    while node != before {
        // The nodes within a node are part of it, so no difference is negative; the last one begins where it
        // does.
        weight = weight.wrapping_sub(sums.get(node.wrapping_sub(1)).copied().unwrap_or(0));
        node &= node.wrapping_sub(1);
    }
    weight
}

/// The leaf with `prefix(i) <= r < prefix(i + 1)`. `None` when `r` is not below the total, so also in an
/// empty tree. A leaf without weight is never found: no `r` lies between two equal prefixes.
#[inline]
pub fn find(sums: &[u64; CAPACITY], r: u64) -> Option<u16> {
    if r >= total(sums) {
        return None;
    }
    let (mut before, mut rest) = (0usize, r);
    let mut step = CAPACITY;
    for _ in 0..STEPS {
        step >>= 1;
        // The bits of `before` are multiples of twice the step, so `next` is their sum and below CAPACITY.
        let next = before | step;
        let sum = sums.get(next.wrapping_sub(1)).copied().unwrap_or(u64::MAX);
        if sum <= rest {
            rest = rest.wrapping_sub(sum);
            before = next;
        }
    }
    u16::try_from(before).ok()
}
