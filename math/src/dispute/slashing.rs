//! A slash that is executed in parts: what a claim holds, what each installment takes, and how fast a network
//! may be slashed (dispute-execute-2, dispute-execute-3, position-settle-2).

use crate::{
    mul_div::{mul_div_ceil, mul_div_floor, mul_wide},
    units::Amount,
};

/// What is left of a pool's stake since claims began to be held against it, as a part of it:
/// `mantissa * 2^-63 * 2^-halvings`. Everybody who leaves a pool takes the same part of every claim along, so
/// one number says for each dispute, whenever it joined, what of its claim the pool still answers for
/// (position-settle-2).
///
/// The mantissa is at least 2^63, so each exit is off by less than 2^-63 of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// From 2^63 on.
    pub mantissa: u64,
    /// Bits by which it was shifted left.
    pub halvings: u32,
}

/// What one who leaves takes along, in the units of [`Kept`] at that time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Departed {
    /// Part of the mantissa.
    pub weight: u64,
    /// Bits by which the mantissa was shifted.
    pub halvings: u32,
}

const WHOLE: u64 = 1 << 63;
/// From this many bits on nothing is left of any amount: everybody left, or all but 2^-128 of the stake.
const NOTHING: u32 = 128;

impl Kept {
    /// Nobody left.
    pub const ALL: Self = Self { mantissa: WHOLE, halvings: 0 };

    /// Somebody leaves with `shares` of `all`. Rounds both down, what is left and what is taken along, so
    /// that neither who stays nor who leaves answers for a unit more than its exact part rounded up. What is
    /// nobody's, 2^-63 of the whole for each exit, is an eighth of a unit of the largest amount. Largest
    /// product: 2^64 times all shares.
    pub fn leave(self, shares: u64, all: u64) -> (Self, Departed) {
        let rest = all.saturating_sub(shares);
        let left = mul_div_floor(self.mantissa, rest, all).unwrap_or(0);
        let weight = self.mantissa.saturating_sub(left).saturating_sub(1);
        let departed = Departed { weight, halvings: self.halvings };
        let shift = left.leading_zeros();
        let after = if left == 0 {
            Self { mantissa: WHOLE, halvings: self.halvings.saturating_add(NOTHING) }
        } else {
            Self { mantissa: left.wrapping_shl(shift), halvings: self.halvings.saturating_add(shift) }
        };
        (after, departed)
    }

    /// What the pool still answers for of an amount that a dispute claimed or executes which joined at
    /// `joined`. Rounds up.
    pub fn of(self, amount: Amount, joined: Self) -> Amount {
        if self == joined {
            return amount;
        }
        part_of(amount, self.mantissa, self.halvings, joined).min(amount)
    }
}

impl Departed {
    /// What it answers for of an amount that a dispute executes which joined at `joined`. Rounds up.
    pub fn of(self, amount: Amount, joined: Kept) -> Amount {
        part_of(amount, self.weight, self.halvings, joined)
    }
}

/// `ceil(amount * weight / joined.mantissa / 2^(halvings - joined.halvings))`, nothing where nothing is left.
/// The quotient is below twice the amount, which is below 2^60.
#[inline(never)]
fn part_of(amount: Amount, weight: u64, halvings: u32, joined: Kept) -> Amount {
    let whole = if joined.mantissa == WHOLE {
        // Whoever joins while nobody has left: the quotient by 2^63 is a shift. The high half is below 2^60.
        let (high, low) = mul_wide(amount.0, weight);
        let floor = high.saturating_mul(2) | low.wrapping_shr(63);
        floor.saturating_add(u64::from(low & !WHOLE != 0))
    } else {
        mul_div_ceil(amount.0, weight, joined.mantissa).unwrap_or(u64::MAX)
    };
    let shift = halvings.saturating_sub(joined.halvings);
    match 1u64.checked_shl(shift) {
        Some(divisor) => Amount(whole.div_ceil(divisor)),
        None if shift < NOTHING => Amount(whole.min(1)),
        None => Amount::ZERO,
    }
}

/// What of a dispute's claim on one pool is used up when `amount` of a slash is executed of which `left` is
/// not: the claim shrinks in proportion to the slash, so that who leaves between two installments answers for
/// exactly what is still to come (position-settle-2). Rounds down; the last installment uses all.
pub fn used_claim(claim_left: Amount, amount: Amount, left: Amount) -> Amount {
    if amount >= left {
        return claim_left;
    }
    if claim_left == left {
        return amount;
    }
    Amount(mul_div_floor(claim_left.0, amount.0, left.0).unwrap_or(0))
}

/// Refills of the network's limit after which every slash has passed.
const PASSING_PARTS: u8 = 8;

/// What of a slash of `whole` in `count` installments must be executed once `due` of them have come:
/// `floor(whole * due / count)`, all of it with the last.
pub fn installment_due(whole: Amount, due: u32, count: u8) -> Amount {
    if due >= u32::from(count) {
        return whole;
    }
    // In 64 bits: with `whole = count * each + rest`, `floor(whole * due / count) = each * due + floor(rest *
    // due / count)`, and due < count <= 255.
    let (count, due) = (u64::from(count), u64::from(due));
    let each = whole.0.checked_div(count).unwrap_or(0);
    let rest = whole.0.checked_rem(count).unwrap_or(0);
    let of_rest = rest.wrapping_mul(due).checked_div(count).unwrap_or(0);
    Amount(each.wrapping_mul(due).wrapping_add(of_rest))
}

/// What of a slash may be executed whatever the network's limit: an eighth each time that the limit has
/// refilled, so that everything passes after eight (dispute-execute-3). Rounds down.
pub fn passing_part(whole: Amount, elapsed_secs: u64, refill_secs: u64) -> Amount {
    let refills = elapsed_secs.checked_div(refill_secs).unwrap_or(u64::MAX);
    installment_due(whole, u32::try_from(refills).unwrap_or(u32::MAX), PASSING_PARTS)
}
