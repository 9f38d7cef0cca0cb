//! How a seat ends: paid, cancelled or expired, and what is left of it then. A provider that a step changes
//! is touched before, and an outage recorded.

use solana_address::address_eq;

use crate::state::{Assignment, Job, Provider, SeatOutcome, SeatState, assignment_flags, job_flags};
use crate::{
    WorkTokenError as E,
    math::{Amount, Bps, Epoch, UnixTs, WorkTs, job::cancel_fee, slash::part},
};

/// What ending a seat moves. Base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatEnd {
    /// Burns: the cancel fee, and with the last seat what is left of the draw fee.
    pub burned: u64,
    /// Returns to the client.
    pub returned: u64,
}

impl Assignment {
    /// The client lets the fee be paid at once. The fault stays disputable to the end of the window
    /// (job-settle-2).
    /// - Refuses: a seat without a result; while a dispute about it is open.
    pub fn approve(&mut self) -> Result<(), E> {
        self.require(SeatState::Submitted, E::NotSubmitted)?;
        self.require_no_dispute()?;
        self.flags |= assignment_flags::APPROVED;
        Ok(())
    }

    /// Ends a seat whose fee may be paid: frees the stake that it bound and divides its fee. What is the
    /// provider's and what burns are its dues now, for [`Self::pay_dues`]. Returns the fee, and what
    /// returns to the client.
    /// - Rounds: what returns down.
    pub fn settle(&mut self, job: &mut Job, provider: &mut Provider, now_ts: i64) -> (u64, u64) {
        let fee = self.fee.saturating_sub(self.refunded_part(job, self.fee));
        if job.seats() > 1 && job.is_minority(self.seat) {
            self.flags |= assignment_flags::MINORITY;
        }
        self.fee_due = fee;
        self.burn_due = job.seat_ended(now_ts);
        provider.free(self.exposure);
        self.end(SeatState::Settled);
        (fee, job.fee.saturating_sub(fee))
    }

    /// Enters the dues of a settled seat in the provider's books, whose they are until the epoch burns and
    /// pays their parts. Only now the seat leaves the provider, which must not close before. Returns the
    /// fee, and what burns beside it.
    pub fn pay_dues(&mut self, job: &Job, provider: &mut Provider, now: Epoch) -> (u64, u64) {
        let (fee, rest) = self.take_dues();
        let is_own_client = address_eq(&provider.owner, &job.client);
        provider.release(self);
        provider.note_fee(now, &job.split(fee), rest, is_own_client);
        (fee, rest)
    }

    /// Cancels a seat that can be cancelled. A drawn provider is released, and nothing is counted.
    /// - Rounds: the cancel fee down.
    pub fn cancel(
        &mut self,
        job: &mut Job,
        provider: Option<&mut Provider>,
        slot: u64,
        (now_ts, work_ts): (UnixTs, WorkTs),
    ) -> SeatEnd {
        if let Some(provider) = provider {
            provider.release(self);
            job.free_seat(self.seat);
        }
        let cancel_fee = self.cancel_fee(job, slot);
        job.commit_closed(work_ts);
        self.end_without_result(job, SeatState::Cancelled, cancel_fee, now_ts)
    }

    /// A seat has expired: what the provider that had it did with it is counted, and returned. A committed
    /// result that was not revealed counts as a minority's (job-result-3). [`Self::end_expired`] follows,
    /// once the bounty is paid.
    pub fn expire(
        &mut self,
        job: &mut Job,
        provider: Option<&mut Provider>,
        now: Epoch,
        work_ts: WorkTs,
    ) -> Option<SeatOutcome> {
        let state = self.state();
        self.expire_disputable(job, work_ts);
        let outcome = provider.map(|provider| {
            let outcome = if state == SeatState::Drawn { SeatOutcome::Passed } else { SeatOutcome::Failed };
            provider.lose_place(self, now, outcome);
            job.free_seat(self.seat);
            outcome
        });
        if state == SeatState::Committed {
            self.flags |= if job.compares() { assignment_flags::MINORITY } else { 0 };
        } else {
            job.commit_closed(work_ts);
        }
        outcome
    }

    /// Ends an expired seat. The last one burns what is left of the bounties.
    pub fn end_expired(&mut self, job: &mut Job, now_ts: UnixTs) -> SeatEnd {
        self.end_without_result(job, SeatState::Expired, 0, now_ts)
    }

    fn end_without_result(&mut self, job: &mut Job, state: SeatState, cancel_fee: u64, now_ts: UnixTs) -> SeatEnd {
        let burned = job.seat_ended(now_ts.0).saturating_add(cancel_fee);
        let returned = self.fee.saturating_sub(cancel_fee);
        self.end(state);
        SeatEnd { burned, returned }
    }

    /// A seat that was accepted and expired stays disputable for the class's window.
    pub fn expire_disputable(&mut self, job: &Job, work_ts: WorkTs) {
        if matches!(self.state(), SeatState::Accepted | SeatState::Committed) {
            self.challenge_until_work_ts = work_ts.after_secs(job.rules.challenge_secs);
        }
    }

    /// The part of a fee that returns to the client when the seat is settled: all of it for a fault, the
    /// class's part when nobody decided, else nothing.
    pub fn refunded_part(&self, job: &Job, fee: u64) -> u64 {
        if self.flags & assignment_flags::FAULTED != 0 {
            fee
        } else if self.flags & assignment_flags::DIVIDED != 0 {
            part(Amount(fee), Bps(job.rules.undecided_refund_bps)).0
        } else {
            0
        }
    }

    /// Nothing more happens to the seat but credits and closing; it binds no stake any more.
    pub fn end(&mut self, state: SeatState) {
        self.state = state as u8;
        self.exposure = 0;
    }

    /// Whether a frozen vault keeps something of the seat from being paid or burned (job-settle-7).
    #[inline]
    pub fn has_dues(&self) -> bool {
        self.fee_due > 0 || self.burn_due > 0
    }

    /// Takes what waits for a frozen vault: the fee, and what burns.
    pub fn take_dues(&mut self) -> (u64, u64) {
        (core::mem::take(&mut self.fee_due), core::mem::take(&mut self.burn_due))
    }

    /// Takes the credit to pay it.
    pub fn take_credit(&mut self) -> u64 {
        core::mem::take(&mut self.credit)
    }

    /// Refuses to close a seat with credit or dues, or whose result can still be disputed: approval pays at
    /// once, but the fault stays (job-settle-2).
    pub fn require_closable(&self, work_ts: WorkTs) -> Result<(), E> {
        let is_over = self.state().is_final()
            && self.credit == 0
            && !self.has_dues()
            && self.open_disputes == 0
            && work_ts.has_reached(self.settles_at_work_ts());
        if is_over { Ok(()) } else { Err(E::JobNotOver) }
    }

    /// What cancelling costs: nothing until the seed slot, then the class's part of the fee (job-cancel-1).
    pub fn cancel_fee(&self, job: &Job, slot: u64) -> u64 {
        if slot < job.seed_slot && !job.has(job_flags::REARMED) {
            return 0;
        }
        cancel_fee(Amount(self.fee), Bps(job.rules.cancel_fee_bps)).0
    }
}
