//! Seats of jobs, as far as disputes have to do with them: the fee in escrow, the window, what was found of
//! them.

use {
    super::{Model, Verdict, num::part, require},
    crate::op::Who,
};

/// A dispute without a vote keeps a seat disputable for so long, so many times. Seconds.
const REOPENED: i64 = 2 * 86_400;
const REOPENINGS: u8 = 2;
/// A seat settles so long after its window. Seconds.
const OPENING: i64 = 3_600;
/// A job closes by anybody so long after its end. Seconds.
const CLOSE_AFTER: i64 = 30 * 86_400;

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

impl Model {
    /// A provider has done, or missed, the work of a seat.
    pub fn work(&mut self, number: usize, provider: usize, client: Who, fee: u64, missed: bool) {
        let base = [0, 1].map(|kind| self.providers[provider].pools[kind].tokens);
        if !missed {
            self.money.wallets[client] -= fee;
            self.money.escrow += fee;
            self.providers[provider].open_seats += 1;
        }
        let job = Job {
            provider,
            client,
            fee,
            missed,
            epoch: self.time.epoch(),
            base,
            challenge_until: self.time.work() + i64::from(self.rules.challenge_secs),
            open_disputes: 0,
            settled: missed,
            faulted: false,
            divided: false,
            reopenings: 0,
            found: 0,
            compensated: 0,
            ended_at: self.time.now,
        };
        self.jobs.insert(number, job);
    }

    /// A seat is paid, or refunded as its disputes ended: by its client's leave, or an hour after its window.
    pub fn settle_seat(&mut self, number: usize, approved: bool) -> Verdict {
        let work = if approved { self.time.work() } else { self.time.cross() };
        let now = self.time.now;
        let job = self.jobs.get_mut(&number).ok_or("no such seat")?;
        require(!job.settled, "it has ended")?;
        require(job.open_disputes == 0, "it is disputed")?;
        require(approved || work >= job.challenge_until + OPENING, "it can still be disputed")?;
        let refund = match (job.faulted, job.divided) {
            (true, _) => job.fee,
            (false, true) => part(job.fee, UNDECIDED_REFUND),
            (false, false) => 0,
        };
        (job.settled, job.ended_at) = (true, now);
        self.money.escrow -= job.fee;
        self.money.wallets[job.client] += refund;
        self.money.rewards += job.fee - refund;
        self.providers[job.provider].open_seats -= 1;
        Ok(())
    }

    /// A job's accounts close once nothing can be disputed any more.
    pub fn close_job(&mut self, number: usize) -> Verdict {
        let work = self.time.cross();
        let job = self.jobs.get(&number).ok_or("no such seat")?;
        require(job.settled && job.open_disputes == 0, "it has not ended")?;
        require(work >= job.challenge_until + OPENING, "it can still be disputed")?;
        require(self.time.now >= job.ended_at + CLOSE_AFTER, "its client has time to close it")?;
        self.jobs.remove(&number);
        Ok(())
    }
}

/// The class's part of a fee that returns when nobody decided. Hundredths of a percent.
pub const UNDECIDED_REFUND: u64 = 5_000;
