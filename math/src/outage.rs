//! When the chain stood still (network-outage-1, network-outage-3): deadlines in unix time pass during a
//! halt, so they move by what the clock gained over the slots.

/// A slot that takes longer than this is an outage. Milliseconds.
pub const OUTAGE_SLOT_MILLIS: u64 = 600;
/// A gain below this moves nothing: half an hour.
pub const LEAST_OUTAGE_SECS: u64 = 1_800;
/// Deadlines never move by more than this in a week.
pub const MOST_OUTAGE_SECS_PER_WEEK: u64 = 86_400;
/// The week, from the first outage recorded in it on; the next begins with the first one after it.
pub const OUTAGE_WEEK_SECS: u64 = 7 * 86_400;

/// Most that outages can move a deadline that lies `work_secs` of work time ahead: a day in each week that
/// they touch, and one of these may have begun just less than a week before (dispute-time-1).
///
/// The n-th week begins more than n - 2 weeks from now, and matters only before the deadline that the n - 1
/// others have moved. So n is the largest number with `week * (n - 2) < work + day * (n - 1)`, that is
/// `n = floor((work + 2 weeks - day - 1) / (week - day))`.
pub const fn most_outage_secs(work_secs: u64) -> u64 {
    const SLACK: u64 = OUTAGE_WEEK_SECS - MOST_OUTAGE_SECS_PER_WEEK;
    let weeks = work_secs.saturating_add(OUTAGE_WEEK_SECS + SLACK - 1) / SLACK;
    weeks.saturating_mul(MOST_OUTAGE_SECS_PER_WEEK)
}

/// Slots that may take [`SECS`] at 600 ms each.
const SLOTS: u64 = 5;
/// Seconds that [`SLOTS`] may take.
const SECS: u64 = 3;

/// What the clock has gained over 600 ms a slot since a slot and its time were noted, `(slot, unix time)`:
/// `floor(seconds - 0.6 * slots)`, 0 when it lost. Rounds down, against whoever claims an outage.
///
/// At the usual 400 ms a slot earns 200 ms of slack, so that a halt of `1_800 + t / 2` seconds, `t` after the
/// note, gains 1,800: the older the note, the longer the halt must be. Exact for every pair; no product
/// exceeds the slots.
#[inline]
pub const fn gain_secs(noted: (u64, i64), now: (u64, i64)) -> u64 {
    let elapsed = now.1.saturating_sub(noted.1);
    if elapsed <= 0 {
        return 0;
    }
    let slots = now.0.saturating_sub(noted.0);
    let rest = (slots % SLOTS).wrapping_mul(SECS).div_ceil(SLOTS);
    let usual = (slots / SLOTS).wrapping_mul(SECS).wrapping_add(rest);
    elapsed.unsigned_abs().saturating_sub(usual)
}
