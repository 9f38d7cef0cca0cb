//! When the chain stood still (R M22): deadlines in unix time pass during a halt, so they move by what the clock gained
//! over the slots.

use crate::mul_div::mul_div_ceil;

/// A slot that takes longer than this is an outage. Milliseconds.
pub const OUTAGE_SLOT_MILLIS: u64 = 600;
/// A gain up to this moves nothing.
pub const LEAST_OUTAGE_SECS: u64 = 1_800;
/// Deadlines never move by more than this in a week.
pub const MOST_OUTAGE_SECS_PER_WEEK: u64 = 86_400;

const MILLIS: u64 = 1_000;

/// What the clock gained over 600 ms a slot since `(slot, unix time)` was noted: `floor(seconds - 0.6 * slots)`, 0 when
/// it lost. The expected seconds are rounded up, against whoever claims an outage. Largest product: 2^64 * 600, exact.
pub fn gain_secs(noted: (u64, i64), now: (u64, i64)) -> u64 {
    let slots = now.0.saturating_sub(noted.0);
    let elapsed_secs = u64::try_from(now.1.saturating_sub(noted.1)).unwrap_or(0);
    let expected_secs = mul_div_ceil(slots, OUTAGE_SLOT_MILLIS, MILLIS).unwrap_or(u64::MAX);
    elapsed_secs.saturating_sub(expected_secs)
}
