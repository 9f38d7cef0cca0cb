//! Leaving: a ticket matures, is worth its shares' value at that moment, and leaves behind what open claims
//! may take.

use crate::{
    mul_div::{mul_div_ceil, mul_div_ceil_in_place},
    units::{Amount, Shares},
};

/// When a request made now matures. Saturates at the end of time.
pub fn matures_at_ts(now_ts: i64, unbonding_secs: u32) -> i64 {
    now_ts.saturating_add(i64::from(unbonding_secs))
}

/// The part of one open claim that `shares` of a pool answer for:
/// `min(ceil(shares * claim / all shares), claim)` (position-withdraw-2).
#[inline]
pub fn part_of_claim(shares: Shares, claim: Amount, all_shares: Shares) -> Amount {
    if shares >= all_shares {
        return claim;
    }
    Amount(mul_div_ceil_in_place(shares.0, claim.0, all_shares.0).unwrap_or(claim.0)).min(claim)
}

/// What a withdrawal of `value` leaves behind for parts that sum to `parts`: `min(value, parts)`. The claims
/// may exceed the pool, so the parts may exceed the value; each part is taken out of its claim all the same.
#[inline]
pub fn held(value: Amount, parts: Amount) -> Amount {
    value.min(parts)
}

/// What a held part loses where only the part of a claim that was executed is known, because several disputes
/// share an entry: `ceil(part * executed / claimed)` (position-settle-1). The rest returns to the ticket's
/// owner.
#[inline]
pub fn charged(part: Amount, executed: Amount, claimed: Amount) -> Amount {
    if executed >= claimed {
        return part;
    }
    Amount(mul_div_ceil(part.0, executed.0, claimed.0).unwrap_or(part.0)).min(part)
}
