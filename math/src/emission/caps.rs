//! What no law and no fault of one can exceed (epoch-emission-9).

use crate::{bucket::Bucket, mul_div::mul_div_floor, units::Amount};

/// The window leaks over as many epochs as may be finalized at once, the last of eight missed ones included.
pub const BURST_EPOCHS: u64 = 9;
/// And over seven days at least.
pub const LEAST_BURST_SECS: u64 = 7 * 86_400;

/// What an epoch may still emit, by three bounds that know nothing of the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    /// Below the cap of the supply, or in the reserve.
    pub room: Amount,
    /// Of what may be emitted in 365 days.
    pub year: Amount,
    /// Of what the window takes.
    pub window: Amount,
}

/// Which of the bounds binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cap {
    /// The cap of the supply, or what the reserve holds.
    Room,
    /// What may be emitted in 365 days.
    Year,
    /// The window.
    Window,
}

impl Caps {
    /// The bounds below what a law says, the tightest first.
    pub fn binding(&self, said: Amount) -> impl Iterator<Item = Cap> {
        let mut all = [(self.room, Cap::Room), (self.year, Cap::Year), (self.window, Cap::Window)];
        all.sort_unstable_by_key(|(cap, _)| *cap);
        all.into_iter().filter(move |(cap, _)| *cap < said).map(|(_, cap)| cap)
    }

    /// The least of them.
    pub fn least(&self) -> Amount {
        self.room.min(self.year).min(self.window)
    }
}

/// A bucket that leaks: what a fault of ours could emit at once, and how fast it could go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// What it holds, full.
    pub capacity: Amount,
    /// The time in which it leaks that. Seconds.
    pub secs: u64,
}

impl Window {
    /// One and a quarter of what the law allows at most in seven days, or in nine epochs if those are longer:
    /// with `most` as an epoch's most, `floor(most * secs / epoch_secs)` and a quarter of it.
    ///
    /// So it never binds by itself: what was missed in eight epochs and what comes after fills it to four
    /// fifths, and it leaks faster than the law emits.
    pub fn of(most: Amount, epoch_secs: u32) -> Self {
        let epoch_secs = u64::from(epoch_secs);
        let burst = BURST_EPOCHS.saturating_mul(epoch_secs);
        // Nine epochs of a day are longer: then there is nothing to divide.
        let (secs, allowed) = if burst >= LEAST_BURST_SECS {
            (burst, most.0.saturating_mul(BURST_EPOCHS))
        } else {
            (LEAST_BURST_SECS, mul_div_floor(most.0, LEAST_BURST_SECS, epoch_secs).unwrap_or(u64::MAX))
        };
        Self { capacity: Amount(allowed.saturating_add(allowed >> 2)), secs }
    }

    /// What has leaked by a time is gone.
    pub fn at(&self, bucket: &Bucket, now_ts: i64) -> Bucket {
        bucket.at(self.capacity, self.secs, now_ts)
    }

    /// What it still takes.
    pub fn room(&self, bucket: &Bucket) -> Amount {
        bucket.room(self.capacity)
    }
}
