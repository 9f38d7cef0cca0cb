//! A seat's steps up to its result: it is drawn, accepted and worked on. Who may take one and
//! when stands here once.
//!
//! A provider that a step changes is touched before. `latest` is work time as if what is recordable of an
//! outage had been recorded: by it nobody is late. Where a step profits from a deadline that has passed, the
//! outage was recorded first, and `work_ts` is what it says then.

use solana_address::address_eq;

use crate::state::{
    Assignment, Job, Network, Offer, Provider, SeatOutcome, SeatState, SkipReason, Terms, assignment_flags,
};
use crate::{
    Address, WorkTokenError as E,
    limits::MAX_RATING,
    math::{Amount, Epoch, UnixTs, WorkTs, job::exposure},
};

impl Assignment {
    /// Takes the place of a leaf that was drawn for the seat: its provider gets the seat and must accept
    /// within the class's time, or is skipped. Either is counted. Returns what the seat binds, or why it is
    /// skipped.
    /// - Refuses: whom [`Provider::seat_exposure`] refuses; that is counted, and the draw goes on.
    #[inline(always)]
    pub fn draw_leaf(
        &mut self,
        job: &mut Job,
        (address, provider): (&Address, &mut Provider),
        offer: Option<&Offer>,
        network: &Network,
        (terms, work_ts): (&Terms, WorkTs),
    ) -> Result<Amount, SkipReason> {
        let exposure = provider.seat_exposure(address, job, offer, network, terms);
        provider.note_draw(terms.epoch, exposure.err());
        self.leaves = self.leaves.saturating_add(1);
        match exposure {
            Ok(exposure) => {
                let accept_until_work_ts = work_ts.after_secs(job.rules.accept_secs);
                self.give(job, (address, provider), exposure, accept_until_work_ts);
            }
            Err(reason) if reason.uses_attempt() => self.attempts = self.attempts.saturating_add(1),
            Err(_) => {}
        }
        exposure
    }

    /// Gives the seat to a provider that may have it: its stake is bound from now on (job-exposure-1).
    fn give(
        &mut self,
        job: &mut Job,
        (address, provider): (&Address, &mut Provider),
        exposure: Amount,
        accept_until_work_ts: i64,
    ) {
        provider.bind(exposure);
        job.seat_provider(self.seat, address);
        self.draw(address, exposure.0, accept_until_work_ts);
    }

    /// Opens the seat again that its provider declined, or let pass; the attempt is used up.
    pub fn reopen(&mut self, job: &mut Job) {
        job.free_seat(self.seat);
        self.state = SeatState::Open as u8;
        self.attempts = self.attempts.saturating_add(1);
        self.exposure = 0;
    }

    /// Who has the seat now: an open one keeps the name of who had it last.
    pub fn holder(&self) -> Option<Address> {
        use SeatState::{Accepted, Committed, Drawn, Submitted};
        matches!(self.state(), Drawn | Accepted | Committed | Submitted).then_some(self.provider)
    }

    /// Whether the seat waits for any eligible provider to take it.
    #[inline]
    pub fn is_open_to_all(&self, job: &Job) -> bool {
        self.state == SeatState::Open as u8 && self.is_self_selected(job)
    }

    /// Asks whether a provider may accept the seat. Returns whether it would take it itself, because draws
    /// are over: then its offer decides, and [`Self::take`] comes before [`Self::accept`].
    /// - Refuses: a seat drawn for another, or not waiting for acceptance; after the time to accept, or to
    ///   seat; a drawn provider that is not Active, is below the minimum after its grace, or whose stake
    ///   that is not leaving no longer covers its open seats.
    pub fn require_acceptable(
        &self,
        job: &Job,
        (address, provider): (&Address, &Provider),
        network: &Network,
        (terms, latest): (&Terms, WorkTs),
    ) -> Result<bool, E> {
        match self.state() {
            SeatState::Drawn => {
                self.require_drawn_for(address)?;
                if latest.has_reached(self.accept_until_work_ts) {
                    return Err(E::AcceptanceHasPassed);
                }
                provider.require_fit(network, terms)?;
                Ok(false)
            }
            SeatState::Open if self.is_self_selected(job) => {
                if latest.has_reached(job.seat_until_work_ts) {
                    Err(E::SeatingHasPassed)
                } else {
                    Ok(true)
                }
            }
            _ => Err(E::NotDrawnForSeat),
        }
    }

    fn require_drawn_for(&self, provider: &Address) -> Result<(), E> {
        self.require(SeatState::Drawn, E::NotDrawnForSeat)?;
        if address_eq(&self.provider, provider) { Ok(()) } else { Err(E::NotDrawnForSeat) }
    }

    /// A provider takes the seat itself.
    /// - Refuses: whatever skips a provider in a draw.
    pub fn take(
        &mut self,
        job: &mut Job,
        (address, provider): (&Address, &mut Provider),
        offer: Option<&Offer>,
        network: &Network,
        (terms, work_ts): (&Terms, WorkTs),
    ) -> Result<(), E> {
        let exposure = provider.seat_exposure(address, job, offer, network, terms).map_err(SkipReason::error)?;
        self.give(job, (address, provider), exposure, work_ts.0);
        self.flags |= assignment_flags::TAKEN;
        Ok(())
    }

    /// The drawn provider declines; the same as silence, but the next draw need not wait for it.
    /// - Refuses: a seat that is drawn for another, or not waiting for acceptance.
    pub fn decline(
        &mut self,
        job: &mut Job,
        (address, provider): (&Address, &mut Provider),
        now: Epoch,
    ) -> Result<(), E> {
        self.require_drawn_for(address)?;
        provider.lose_place(self, now, SeatOutcome::Declined);
        self.reopen(job);
        Ok(())
    }

    /// Refuses a seat in another state, and a signer that is not the operator that accepted it.
    fn require_worker(&self, state: SeatState, broken: E, signer: &Address) -> Result<(), E> {
        self.require(state, broken)?;
        if address_eq(&self.operator, signer) { Ok(()) } else { Err(E::OperatorsOnly) }
    }

    /// Commits to a result that is revealed once every seat has committed or ended.
    /// - Refuses: a job for one provider; a seat that is not accepted; another signer; after its working
    ///   time; a zero commitment.
    pub fn commit(
        &mut self,
        job: &mut Job,
        (signer, commitment): (&Address, &[u8; 32]),
        (work_ts, latest): (WorkTs, WorkTs),
    ) -> Result<(), E> {
        if job.seats() == 1 {
            return Err(E::NotRedundant);
        }
        self.require_worker(SeatState::Accepted, E::NotAccepted, signer)?;
        self.require_working(latest)?;
        if *commitment == [0; 32] {
            return Err(E::ZeroCommitment);
        }
        self.state = SeatState::Committed as u8;
        self.commitment = *commitment;
        job.commit_closed(work_ts);
        Ok(())
    }

    /// Refuses a result once the working time is over.
    pub fn require_working(&self, latest: WorkTs) -> Result<(), E> {
        if latest.has_reached(self.work_until_work_ts) { Err(E::SubmissionHasPassed) } else { Ok(()) }
    }

    /// Reveals a result, whose commitment is `opened`: it can be disputed from now on.
    /// - Refuses: a seat without a commitment; another signer; while another seat may still commit; after
    ///   the time to reveal; what does not hash to the commitment.
    pub fn reveal(
        &mut self,
        job: &mut Job,
        signer: &Address,
        [result_hash, opened]: [&[u8; 32]; 2],
        (work_ts, latest): (WorkTs, WorkTs),
    ) -> Result<(), E> {
        self.require_worker(SeatState::Committed, E::NotCommitted, signer)?;
        job.require_revealing(latest)?;
        if *opened != self.commitment {
            return Err(E::CommitmentBroken);
        }
        self.enter_result(job, result_hash, work_ts);
        Ok(())
    }

    /// Submits the result of a job for one provider: it can be disputed from now on. A meter stops; the
    /// provider of a metered seat is touched. Returns whether it stopped before it had ended, which is
    /// counted.
    /// - Rounds: a metered fee down.
    /// - Refuses: a redundant job; a seat that is not accepted; another signer; a fixed job after its
    ///   working time.
    pub fn submit_result(
        &mut self,
        job: &mut Job,
        provider: &mut Provider,
        (signer, result_hash): (&Address, &[u8; 32]),
        (now_ts, work_ts, latest): (UnixTs, WorkTs, WorkTs),
        now: Epoch,
    ) -> Result<bool, E> {
        if job.seats() != 1 {
            return Err(E::CommitFirst);
        }
        self.require_worker(SeatState::Accepted, E::NotAccepted, signer)?;
        let is_given_up = if job.rules.is_metered() {
            self.stop_meter(job, provider, true, (now_ts, latest), now)
        } else {
            self.require_working(latest)?;
            false
        };
        job.commit_closed(work_ts);
        self.enter_result(job, result_hash, work_ts);
        Ok(is_given_up)
    }

    /// Stops a meter: from now on the provider answers for what it shows and not for the ceiling
    /// (job-meter-2). Returns whether its operator stopped it before it had ended, which is counted; then it
    /// pays what it shows, else at least the class's least working time, or a stop at once would bind stake
    /// for nothing.
    pub(super) fn stop_meter(
        &mut self,
        job: &Job,
        provider: &mut Provider,
        by_operator: bool,
        now: (UnixTs, WorkTs),
        epoch: Epoch,
    ) -> bool {
        let is_given_up = by_operator && !self.meter_has_ended(job, now);
        let shown = self.metered_fee(job, now);
        self.fee = if is_given_up { shown } else { shown.max(job.least_metered_fee()) };
        let bound = exposure(Amount(self.fee), job.rules.exposure_factor).map_or(self.exposure, |bound| bound.0);
        provider.free(self.exposure.saturating_sub(bound));
        self.exposure = self.exposure.min(bound);
        if is_given_up {
            provider.note_outcome(epoch, SeatOutcome::Stopped);
        }
        is_given_up
    }

    fn enter_result(&mut self, job: &mut Job, result_hash: &[u8; 32], work_ts: WorkTs) {
        self.result_hash = *result_hash;
        job.reveal(self.seat, result_hash);
        self.submit(job, work_ts);
    }

    /// Refuses a fixed fee, and a seat that is not accepted.
    fn require_meter(&self, job: &Job) -> Result<(), E> {
        if !job.rules.is_metered() {
            return Err(E::NotMetered);
        }
        self.require(SeatState::Accepted, E::NotAccepted)
    }

    /// Gives the client's sign: the meter runs for another interval of unix time.
    /// - Refuses: a fixed fee; a seat that is not accepted; a signer that is not the client's; a meter that
    ///   has ended.
    pub fn keep_alive(&mut self, job: &Job, signer: &Address, now: (UnixTs, WorkTs)) -> Result<(), E> {
        self.require_meter(job)?;
        if !job.is_clients(signer) {
            return Err(E::WrongClient);
        }
        if self.meter_has_ended(job, now) {
            return Err(E::MeterEnded);
        }
        self.keep_alive_ts = now.0.0;
        Ok(())
    }

    /// Stops the meter: what it shows is the fee, which can be disputed from now on. Returns whether its
    /// operator stopped it before it had ended, which is counted.
    /// - Rounds: the fee down.
    /// - Refuses: a fixed fee; a seat that is not accepted; a stranger while the meter runs.
    pub fn stop(
        &mut self,
        job: &mut Job,
        provider: &mut Provider,
        signer: &Address,
        now: (UnixTs, WorkTs),
        epoch: Epoch,
    ) -> Result<bool, E> {
        self.require_meter(job)?;
        let by_client = job.is_clients(signer);
        let by_operator = !by_client && address_eq(&self.operator, signer);
        if !by_client && !by_operator && !self.meter_has_ended(job, now) {
            return Err(E::MeterRunning);
        }
        let is_given_up = self.stop_meter(job, provider, by_operator, now, epoch);
        job.commit_closed(now.1);
        self.submit(job, now.1);
        Ok(is_given_up)
    }

    /// Extends the working time: before acceptance that of every seat not yet accepted, after it that of the
    /// seat, with its operator (job-work-2). It binds nothing new: the ceiling allows for every extension.
    /// - Refuses: zero; beyond the class's bounds; once accepted without its operator; a working time that
    ///   has passed; a seat that has its result or ended.
    pub fn extend(&mut self, job: &mut Job, operator: Option<&Address>, secs: u32, latest: WorkTs) -> Result<(), E> {
        if secs == 0 {
            return Err(E::ZeroAmount);
        }
        match self.state() {
            SeatState::Open | SeatState::Drawn => job.extend(secs),
            SeatState::Accepted if operator != Some(&self.operator) => Err(E::OperatorsOnly),
            SeatState::Accepted => self.extend_work(job, secs, latest),
            _ => Err(E::NotAccepted),
        }
    }

    /// Refuses a rating above the highest, and of a seat without a result.
    pub fn require_ratable(&self, rating: u8) -> Result<(), E> {
        if rating > MAX_RATING {
            return Err(E::RatingOutOfBounds);
        }
        if self.has_result() { Ok(()) } else { Err(E::NotSubmitted) }
    }
}

impl Job {
    /// Whether a key is the client's: its own, or its hot one.
    pub fn is_clients(&self, key: &Address) -> bool {
        address_eq(&self.client, key) || address_eq(&self.operator, key)
    }

    /// Refuses a reveal while a seat may still commit, and after the time to reveal.
    pub fn require_revealing(&self, latest: WorkTs) -> Result<(), E> {
        if self.uncommitted_seats > 0 || self.reveal_until_work_ts == 0 {
            return Err(E::RevealNotOpen);
        }
        if latest.has_reached(self.reveal_until_work_ts) { Err(E::RevealHasPassed) } else { Ok(()) }
    }
}

impl Provider {
    /// Loses a seat that it did not do: what the seat bound is free, and what it did instead is counted.
    pub fn lose_place(&mut self, seat: &Assignment, now: Epoch, outcome: SeatOutcome) {
        self.release(seat);
        self.note_outcome(now, outcome);
    }
}
