//! Seats of jobs, as far as disputes have to do with them: the fee in escrow, the window, what was found of
//! them.

use {
    super::{
        books::Model,
        job::Job,
        num::part,
        refuse::{Verdict, require},
    },
    crate::op::Who,
};

/// A seat settles so long after its window. Seconds.
const OPENING: i64 = 3_600;
/// A job closes by anybody so long after its end. Seconds.
const CLOSE_AFTER: i64 = 30 * 86_400;

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
