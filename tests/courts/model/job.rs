//! A seat of a job.

use crate::op::Who;

/// A dispute without a vote keeps a seat disputable for so long, so many times. Seconds.
const REOPENED: i64 = 2 * 86_400;
const REOPENINGS: u8 = 2;

/// A job with one seat whose result is in, or which missed its deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub provider: usize,
    pub client: Who,
    pub fee: u64,
    pub missed: bool,
    /// Epoch of its faults, and the provider's stake then.
    pub epoch: u32,
    pub base: [u64; 2],
    /// It can be disputed until then. Work time.
    pub challenge_until: i64,
    pub open_disputes: u32,
    /// Paid, or refunded because the deadline was missed.
    pub settled: bool,
    pub faulted: bool,
    pub divided: bool,
    pub reopenings: u8,
    /// The highest severity that was found.
    pub found: u8,
    /// The most that slashes compensate its client with.
    pub compensated: u64,
    /// When it ended. Unix seconds.
    pub ended_at: i64,
}

impl Job {
    /// Whether the provider got its fee.
    pub fn fee_was_paid(&self) -> bool {
        self.settled && !self.missed && !self.faulted && !self.divided
    }

    pub fn reopen(&mut self, work: i64) {
        if self.reopenings < REOPENINGS {
            self.reopenings += 1;
            self.challenge_until = self.challenge_until.max(work + REOPENED);
        }
    }
}
