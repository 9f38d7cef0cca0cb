//! A bucket that leaks: no more than its capacity at once, and evenly over a time.
//!
//! The slashing limit is one (dispute-execute-3), the window of the emission another (epoch-emission-9).

use crate::{mul_div::mul_div_floor, units::Amount};

/// What was put in and has not leaked away. The limit has the capacity, and the time in which that leaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    /// Put in and not yet leaked away.
    pub level: Amount,
    /// As of when. Unix seconds.
    pub as_of_ts: i64,
}

impl Bucket {
    /// The bucket at a time. Work time goes back when an outage is recorded; no second leaks twice.
    pub fn at(&self, capacity: Amount, refill_secs: u64, now_ts: i64) -> Self {
        let as_of_ts = self.as_of_ts.max(now_ts);
        if self.level.is_zero() {
            return Self { level: Amount::ZERO, as_of_ts };
        }
        let elapsed = u64::try_from(now_ts.saturating_sub(self.as_of_ts)).unwrap_or(0).min(refill_secs);
        let leaked = Amount(mul_div_floor(capacity.0, elapsed, refill_secs).unwrap_or(capacity.0));
        Self { level: self.level.saturating_sub(leaked), as_of_ts }
    }

    /// What it still takes.
    pub fn room(&self, capacity: Amount) -> Amount {
        capacity.saturating_sub(self.level)
    }

    /// Puts an amount in.
    pub fn fill(&mut self, amount: Amount) {
        self.level = self.level.saturating_add(amount);
    }
}
