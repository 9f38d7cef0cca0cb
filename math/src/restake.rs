//! Restaking for a holder that does not come: when it is worth a deposit, and what it pays whoever sees to
//! it.

use crate::{mul_div::mul_checked, units::Amount};

/// A reward is worth restaking from this part of its position on: a hundredth.
pub const WORTH_PART: u64 = 100;

/// Whether a reward is worth a deposit of its own: it reaches the smallest deposit, or a hundredth of the
/// position that earned it (position-restake-2). Rounds the hundredth up. Smaller ones wait and grow; nothing
/// is lost by waiting but what they would have earned.
pub fn is_worth(reward: Amount, position: Amount, minimum: Amount) -> bool {
    reward >= minimum || reward >= Amount(position.0.div_ceil(WORTH_PART))
}

/// What whoever does something for a holder gets out of what it earned: `each` once that covers it `cover`
/// times, nothing before. At most one part in `cover`. Largest product: saturates, as nothing covers it then.
#[inline]
pub fn covered(each: Amount, earned: Amount, cover: u64) -> Amount {
    match mul_checked(each.0, cover) {
        Some(least) if earned >= Amount(least) => each,
        _ => Amount::ZERO,
    }
}
