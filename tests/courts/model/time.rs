//! Unix time, work time, and epochs.

use std::collections::BTreeMap;

/// A gain below this moves no deadline. Seconds.
const LEAST_OUTAGE: i64 = 1_800;
/// Deadlines never move by more in a week. Seconds.
const MOST_OUTAGE: i64 = 86_400;
const WEEK: i64 = 7 * 86_400;

/// The clock of a chain and what it has lost to outages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    pub now: i64,
    pub slot: u64,
    /// Slot and time that the next outage is measured from.
    pub noted: (u64, i64),
    /// Recorded outages. Seconds.
    pub lost: i64,
    /// The week in which outages are limited began then.
    pub week_from: i64,
    /// Recorded in it.
    pub week_lost: i64,
    /// When epoch 0 began, and how long an epoch lasts.
    pub anchor: (i64, i64),
    /// What had been lost when an epoch began.
    pub began_with: BTreeMap<u32, i64>,
}

impl Time {
    /// Now, in work time.
    pub fn work(&self) -> i64 {
        self.now - self.lost
    }

    /// The epoch at a unix time.
    pub fn epoch_at(&self, ts: i64) -> u32 {
        u32::try_from((ts - self.anchor.0) / self.anchor.1).expect("no time before the first epoch")
    }

    /// The epoch now.
    pub fn epoch(&self) -> u32 {
        self.epoch_at(self.now)
    }

    /// When an epoch ends, in work time: outages recorded since it began move its end.
    pub fn ends_at_work(&self, epoch: u32) -> i64 {
        let lost = self.began_with.get(&epoch).copied().unwrap_or(0);
        self.anchor.0 + i64::from(epoch + 1) * self.anchor.1 - lost
    }

    /// What the clock has gained over 600 ms a slot since the note. Seconds, rounded down.
    pub fn gained(&self) -> i64 {
        let slots = i64::try_from(self.slot - self.noted.0).expect("few slots");
        ((5 * (self.now - self.noted.1) - 3 * slots).max(0)) / 5
    }

    /// What can be recorded of an outage now.
    pub fn recordable(&self) -> i64 {
        let gained = self.gained();
        let room = if self.now >= self.week_from + WEEK { MOST_OUTAGE } else { MOST_OUTAGE - self.week_lost };
        if gained < LEAST_OUTAGE { 0 } else { gained.min(room) }
    }

    /// A deadline may be crossed: what is recordable is recorded first. Returns the work time after that.
    pub fn cross(&mut self) -> i64 {
        let moved = self.recordable();
        if moved > 0 {
            if self.now >= self.week_from + WEEK {
                (self.week_from, self.week_lost) = (self.now, 0);
            }
            self.week_lost += moved;
            self.lost += moved;
            self.noted = (self.slot, self.now);
        }
        self.work()
    }

    /// Time passes. Returns the epochs that began.
    pub fn pass(&mut self, secs: i64, slots: u64) -> std::ops::RangeInclusive<u32> {
        let before = self.epoch();
        self.now += secs;
        self.slot += slots;
        let began = before + 1..=self.epoch();
        for epoch in began.clone() {
            self.began_with.insert(epoch, self.lost);
        }
        began
    }
}
