//! What attesters earn: their part of the emission, shared by points times bond (score-pay-1). And what
//! silence costs them (score-fine-1).

use crate::{Amount, mul_div::mul_div_floor};

/// Bonds count in units of 2^24 base units; where attesters report, no bond is smaller.
pub const BOND_UNIT_BITS: u32 = 24;

/// `points * floor(bond / 2^24)`: what the points of one seat weigh. By points alone whoever holds two seats
/// with two halves of a bond would earn twice as much as with the whole bond in one; so, for the same points,
/// both weigh the same but for the rounding, which is down. Largest product: 2^22 * 2^36, as a seat earns at
/// most 48 * 60,000 points in a shard.
#[inline]
pub fn weighted_points(points: u32, bond: u64) -> u64 {
    u64::from(points).wrapping_mul(bond >> BOND_UNIT_BITS)
}

/// A seat's pay: `floor(emission * weighted / all)`, of the weighted points of all seats of the epoch; zero
/// where nobody has any. What rounding leaves is swept. Largest product: 2^60 * 2^64.
#[inline]
pub fn pay(emission: Amount, weighted: u64, all: u64) -> Amount {
    Amount(mul_div_floor(emission.0, weighted, all).unwrap_or(0))
}

/// What an attester loses that owed its reports and did not reveal: `least`, or `floor(drawn bond / 4)` where
/// less than half of its shard's drawn bonds revealed, `2 * revealed < drawn`, whichever is larger; never
/// more than `bond`, what it has. Rounds down, in its favour.
#[inline]
pub fn fine(least: Amount, drawn_bond: Amount, bond: Amount, revealed: Amount, drawn: Amount) -> Amount {
    let is_minority = revealed < drawn.saturating_sub(revealed);
    let quarter = if is_minority { Amount(drawn_bond.0 >> 2) } else { Amount::ZERO };
    least.max(quarter).min(bond)
}
