//! What was emitted in the last 365 days, by weeks (epoch-emission-9).

use crate::units::Amount;

/// Weeks that 365 days can touch, their first and last day included.
pub const WEEKS: usize = 54;
/// A week. Seconds.
pub const WEEK_SECS: i64 = 7 * 86_400;

/// What was emitted in each of the last weeks, by week modulo [`WEEKS`]. Base units.
///
/// Weeks are of unix time and know nothing of epochs, so no change of their length moves anything. All of
/// them together hold the emission of at least 365 days and at most 378: where a cap binds it binds up to two
/// weeks too long, never too short.
pub type Weeks = [u64; WEEKS];

/// The week of a time, counted from the beginning of unix time; 0 before.
pub fn week_of(now_ts: i64) -> u32 {
    u32::try_from(now_ts.checked_div(WEEK_SECS).unwrap_or(0)).unwrap_or(0)
}

/// Forgets what is over for so long, when `last` was the last week that is known, and returns which is now.
/// An earlier one than the last changes nothing.
pub fn advance(weeks: &mut Weeks, last: u32, week: u32) -> u32 {
    let passed = week.saturating_sub(last);
    if usize::try_from(passed).unwrap_or(WEEKS) >= WEEKS {
        *weeks = [0; WEEKS];
    } else {
        // One place after another: a remainder for each week would cost as much again.
        let mut place = place(last);
        for _ in 0..passed {
            place = place.wrapping_add(1);
            if place >= WEEKS {
                place = 0;
            }
            if let Some(emitted) = weeks.get_mut(place) {
                *emitted = 0;
            }
        }
    }
    last.max(week)
}

/// All that was emitted in the weeks that are known. It never exceeds the year's cap, below 2^60, because
/// nothing is added beyond that: no sum wraps.
pub fn total(weeks: &Weeks) -> Amount {
    Amount(weeks.iter().fold(0u64, |sum, week| sum.wrapping_add(*week)))
}

/// Adds to a week that is known.
pub fn add(weeks: &mut Weeks, week: u32, amount: Amount) {
    if let Some(emitted) = weeks.get_mut(place(week)) {
        *emitted = emitted.saturating_add(amount.0);
    }
}

fn place(week: u32) -> usize {
    let weeks = u32::try_from(WEEKS).unwrap_or(1);
    usize::try_from(week.checked_rem(weeks).unwrap_or(0)).unwrap_or(0)
}
