//! The epoch as a function of unix time.
//!
//! Nobody increments an epoch. A new length takes effect at an epoch boundary and re-anchors there, so no
//! epoch is ever cut, jumped or repeated (network-params-7; The Graph re-anchors in the middle of an epoch
//! and can jump several).

use crate::{mul_div::mul_checked, units::Epoch};

/// The rule that turns unix time into epochs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EpochClock {
    /// When `anchor_epoch` begins. Unix seconds.
    pub anchor_ts: i64,
    /// The epoch that begins at `anchor_ts`.
    pub anchor_epoch: Epoch,
    /// Length of an epoch from the anchor on. Seconds, > 0.
    pub epoch_secs: u32,
    /// Length from `next_from` on; 0 when no change is scheduled.
    pub next_epoch_secs: u32,
    /// First epoch that has the new length.
    pub next_from: Epoch,
}

/// The middle of a span of time, rounded down.
pub const fn middle_ts(from_ts: i64, until_ts: i64) -> i64 {
    from_ts.saturating_add(until_ts.saturating_sub(from_ts) >> 1)
}

impl EpochClock {
    /// A clock whose first epoch begins now.
    pub const fn starting(anchor_ts: i64, anchor_epoch: Epoch, epoch_secs: u32) -> Self {
        Self { anchor_ts, anchor_epoch, epoch_secs, next_epoch_secs: 0, next_from: Epoch(0) }
    }

    /// The clock with a scheduled change of length applied, once its epoch has come.
    /// The result no longer knows where epochs before the change began.
    pub fn advanced_to(self, now_ts: i64) -> Self {
        if self.next_epoch_secs != 0
            && let Some(boundary_ts) = self.starts_at_ts(self.next_from)
            && now_ts >= boundary_ts
        {
            return Self::starting(boundary_ts, self.next_from, self.next_epoch_secs);
        }
        self
    }

    /// The epoch at a time: `anchor_epoch + floor((now - anchor) / length)`. Before the anchor it is the
    /// anchor's.
    #[inline(never)]
    pub fn epoch_at(&self, now_ts: i64) -> Epoch {
        let elapsed = u64::try_from(now_ts.saturating_sub(self.anchor_ts)).unwrap_or(0);
        let epoch = offset(self.anchor_epoch, elapsed, self.epoch_secs);
        if self.next_epoch_secs == 0 || epoch < self.next_from {
            return epoch;
        }
        match self.starts_at_ts(self.next_from) {
            Some(boundary_ts) => {
                let elapsed = u64::try_from(now_ts.saturating_sub(boundary_ts)).unwrap_or(0);
                offset(self.next_from, elapsed, self.next_epoch_secs)
            }
            None => epoch,
        }
    }

    /// When an epoch begins, or `None` beyond the range of unix time. For epochs before the anchor the
    /// present length is assumed.
    #[inline(never)]
    pub fn starts_at_ts(&self, epoch: Epoch) -> Option<i64> {
        if self.next_epoch_secs != 0 && epoch > self.next_from {
            let boundary_ts = span(self.anchor_ts, self.anchor_epoch, self.next_from, self.epoch_secs)?;
            return span(boundary_ts, self.next_from, epoch, self.next_epoch_secs);
        }
        span(self.anchor_ts, self.anchor_epoch, epoch, self.epoch_secs)
    }

    /// Length of an epoch: the present one, not that since the anchor, where a change has come. Seconds.
    pub fn length_in(&self, epoch: Epoch) -> u32 {
        if self.next_epoch_secs != 0 && epoch >= self.next_from { self.next_epoch_secs } else { self.epoch_secs }
    }

    /// The first epoch that begins at or after a time; before the anchor it is the anchor's.
    pub fn first_beginning_at_or_after(&self, ts: i64) -> Epoch {
        let epoch = self.epoch_at(ts);
        match self.starts_at_ts(epoch) {
            Some(start_ts) if start_ts >= ts => epoch,
            _ => epoch.next(),
        }
    }
}

fn offset(from: Epoch, elapsed_secs: u64, epoch_secs: u32) -> Epoch {
    let epochs = elapsed_secs.checked_div(u64::from(epoch_secs)).unwrap_or(0);
    Epoch(from.0.saturating_add(u32::try_from(epochs).unwrap_or(u32::MAX)))
}

fn span(from_ts: i64, from: Epoch, to: Epoch, epoch_secs: u32) -> Option<i64> {
    if to >= from {
        let secs = mul_checked(u64::from(to.since(from)), u64::from(epoch_secs))?;
        from_ts.checked_add(i64::try_from(secs).ok()?)
    } else {
        let secs = mul_checked(u64::from(from.since(to)), u64::from(epoch_secs))?;
        from_ts.checked_sub(i64::try_from(secs).ok()?)
    }
}
