//! One seat of a job: the provider that has it, its deadlines, its fee and its result.

use crate::state::{Job, Provider, SeverityRule, job_flags};
use crate::{
    Address, WorkTokenError as E,
    limits::{MAX_ATTEMPTS, MAX_LEAVES, MAX_REOPENINGS, OPENING_SECS, REOPENED_SECS},
    math::{
        Amount, Epoch, UnixTs, WorkTs,
        job::{metered_fee, metered_secs},
    },
};

/// Life of a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum SeatState {
    /// Waits for a draw.
    Open = 0,
    /// A provider was drawn and may accept.
    Drawn = 1,
    /// The provider works.
    Accepted = 2,
    /// It committed to a result; redundant jobs only.
    Committed = 3,
    /// The result is in, or the meter stopped; it can be disputed.
    Submitted = 4,
    /// The fee was paid.
    Settled = 5,
    /// Not seated, not submitted or not revealed in time: refunded.
    Expired = 6,
    /// Cancelled by the client before acceptance.
    Cancelled = 7,
}

impl SeatState {
    /// From its byte; everything unknown is `Cancelled`.
    pub const fn from_byte(byte: u8) -> Self {
        match byte {
            0 => Self::Open,
            1 => Self::Drawn,
            2 => Self::Accepted,
            3 => Self::Committed,
            4 => Self::Submitted,
            5 => Self::Settled,
            6 => Self::Expired,
            _ => Self::Cancelled,
        }
    }

    /// Whether nothing more happens to the seat but credits and closing.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Settled | Self::Expired | Self::Cancelled)
    }
}

/// Bits of [`Assignment::flags`].
pub mod assignment_flags {
    /// The client approved the result.
    pub const APPROVED: u8 = 1;
    /// The result is shared by fewer than half of the revealed ones, or was never revealed: evidence for a
    /// dispute.
    pub const MINORITY: u8 = 2;
    /// A dispute found a fault: the fee returns to the client.
    pub const FAULTED: u8 = 4;
    /// A dispute ended undecided: the fee is divided as the class says.
    pub const DIVIDED: u8 = 8;
    /// Two contradictory results of the seat were shown.
    pub const PROVED: u8 = 16;
    /// The provider took the seat itself, once draws were over.
    pub const TAKEN: u8 = 32;
}

account! {
    /// A seat of a job. Deadlines are in work time: unix time less the network's recorded outages. What is
    /// paid by duration runs in unix time.
    pub struct Assignment {
        /// Layout version.
        pub version: u8,
        /// Bump of this account's address.
        pub bump: u8,
        /// The seat's number in its job.
        pub seat: u8,
        /// See `SeatState`.
        pub state: u8,
        /// Draws that were used up: not accepted in time, declined, or the drawn provider was not fit to
        /// work.
        pub attempts: u8,
        /// Leaves of the tree that were looked at: the next draw's number.
        pub leaves: u8,
        /// See `assignment_flags`.
        pub flags: u8,
        /// Unused.
        pub padding: u8,
        /// The network.
        pub network: Address,
        /// The job.
        pub job: Address,
        /// The provider that has the seat; the last one that had it once it is open again.
        pub provider: Address,
        /// The operator in office at acceptance; only it works on the seat (job-accept-1).
        pub operator: Address,
        /// Fee, or its ceiling until the meter stops. Base units.
        pub fee: u64,
        /// Own stake that the seat binds from draw to settlement: for the fee, or the ceiling until the meter
        /// stops. Base units.
        pub exposure: u64,
        /// Due to the client and not yet paid. In the escrow vault.
        pub credit: u64,
        /// Fee of a settled seat that a frozen vault keeps from being paid. In the escrow vault.
        pub fee_due: u64,
        /// To be burned, and kept from it by a frozen vault. In the escrow vault.
        pub burn_due: u64,
        /// Own principal, unbonding included, at acceptance: base of a slash for this job (job-accept-3).
        pub own_total: u64,
        /// Delegated principal, unbonding included, at acceptance.
        pub delegated_total: u64,
        /// The drawn provider must accept until then. Work time.
        pub accept_until_work_ts: i64,
        /// When it accepted. Work time.
        pub accepted_work_ts: i64,
        /// The result must be in until then; a meter ends then. Work time.
        pub work_until_work_ts: i64,
        /// When the meter started. Unix seconds. Metered jobs only.
        pub meter_from_ts: i64,
        /// The client's last sign. Unix seconds. Metered jobs only.
        pub keep_alive_ts: i64,
        /// When the result came in or the meter stopped. Work time.
        pub submitted_work_ts: i64,
        /// The result can be disputed until then. Work time.
        pub challenge_until_work_ts: i64,
        /// Epoch of acceptance: that of the seat's faults.
        pub accepted_epoch: u32,
        /// Seconds that extensions have added.
        pub extension_secs: u32,
        /// Commitment to the result. Redundant jobs only.
        pub commitment: [u8; 32],
        /// Hash of the result.
        pub result_hash: [u8; 32],
        /// What each severity costs; copied when the job was created.
        pub severities: [SeverityRule; 5],
        /// Disputes that were not decided: the fee stays in escrow.
        pub open_disputes: u32,
        /// Disputes that were ever opened.
        pub disputes: u32,
        /// Times that a dispute without a vote kept it disputable for longer.
        pub reopenings: u8,
        /// The highest severity that was found of its work: its jail is served, and twice its fee was taken.
        pub found_severity: u8,
        /// Unused.
        pub padding_2: [u8; 2],
        /// The most that slashes compensate its client with, all disputes together. Base units.
        pub compensated: u64,
    }
}

impl Assignment {
    /// Begins a seat of a job, open to a draw.
    pub fn begin(&mut self, (address, job): (&Address, &Job), seat: u8, severities: &[SeverityRule; 5]) {
        self.network = job.network;
        self.seat = seat;
        self.job = *address;
        self.fee = job.fee;
        self.severities = *severities;
    }

    /// The seat's state.
    #[inline]
    pub fn state(&self) -> SeatState {
        SeatState::from_byte(self.state)
    }

    /// Refuses a seat in another state.
    #[inline]
    pub fn require(&self, state: SeatState, error: E) -> Result<(), E> {
        if self.state == state as u8 { Ok(()) } else { Err(error) }
    }

    /// Whether draws are over for this seat, so that any eligible provider may take it (job-draw-6).
    #[inline]
    pub fn is_self_selected(&self, job: &Job) -> bool {
        job.has(job_flags::SELF_SELECTION) || self.attempts >= MAX_ATTEMPTS || self.leaves >= MAX_LEAVES
    }

    /// Whether the drawn provider let its time pass.
    pub fn accept_has_passed(&self, work_ts: WorkTs) -> bool {
        self.state == SeatState::Drawn as u8 && work_ts.has_reached(self.accept_until_work_ts)
    }

    /// Gives the seat to a provider that was drawn or took it.
    pub fn draw(&mut self, provider: &Address, exposure: u64, accept_until_work_ts: i64) {
        self.state = SeatState::Drawn as u8;
        self.provider = *provider;
        self.exposure = exposure;
        self.accept_until_work_ts = accept_until_work_ts;
    }

    /// The provider accepts: its time to work begins, and its principal of now is the base of a slash for
    /// this job (job-accept-3). The operator that signs works on it to the end (job-accept-1).
    pub fn accept(
        &mut self,
        job: &Job,
        (provider, operator): (&Provider, &Address),
        now: (UnixTs, WorkTs),
        epoch: Epoch,
    ) {
        let (UnixTs(now_ts), work_ts) = now;
        self.state = SeatState::Accepted as u8;
        self.operator = *operator;
        self.accepted_work_ts = work_ts.0;
        self.work_until_work_ts = work_ts.after_secs(job.work_secs);
        self.meter_from_ts = now_ts;
        self.keep_alive_ts = now_ts;
        self.accepted_epoch = epoch.0;
        self.own_total = provider.own.tokens;
        self.delegated_total = provider.delegated.tokens;
    }

    /// Why the seat expires at a time, or why it does not.
    /// - Refuses: before the deadline of its state; a seat that has ended or whose result is in.
    pub fn require_expired(&self, job: &Job, work_ts: WorkTs) -> Result<(), E> {
        let passed = match self.state() {
            SeatState::Open => work_ts.has_reached(job.seat_until_work_ts),
            SeatState::Drawn => {
                work_ts.has_reached(job.seat_until_work_ts) && work_ts.has_reached(self.accept_until_work_ts)
            }
            SeatState::Accepted => !job.rules.is_metered() && work_ts.has_reached(self.work_until_work_ts),
            SeatState::Committed => job.reveal_until_work_ts != 0 && work_ts.has_reached(job.reveal_until_work_ts),
            _ => return Err(E::SeatHasEnded),
        };
        if passed { Ok(()) } else { Err(E::NotExpired) }
    }

    /// Whether a meter has run out by itself: the client gave no sign for an interval of unix time, or the
    /// working time is over.
    pub fn meter_has_ended(&self, job: &Job, (now_ts, work_ts): (UnixTs, WorkTs)) -> bool {
        let silent_from_ts = self.keep_alive_ts.saturating_add(i64::from(job.rules.keep_alive_secs));
        now_ts.has_reached(silent_from_ts) || work_ts.has_reached(self.work_until_work_ts)
    }

    /// The fee that a meter shows (job-meter-1): `min(ceiling, floor(price * seconds))`. Its seconds are unix
    /// time, so that no outage takes what it has run up; only the end of the work moves with outages
    /// (job-meter-1).
    pub fn metered_fee(&self, job: &Job, (now_ts, work_ts): (UnixTs, WorkTs)) -> u64 {
        let left_secs = self.work_until_work_ts.saturating_sub(work_ts.0);
        let secs = metered_secs(
            self.meter_from_ts,
            self.keep_alive_ts,
            job.rules.keep_alive_secs,
            now_ts.0.saturating_add(left_secs),
            now_ts.0,
        );
        metered_fee(job.price_per_sec, secs, Amount(self.fee)).0
    }

    /// The result came in, or the meter stopped: the challenge window begins.
    pub fn submit(&mut self, job: &Job, work_ts: WorkTs) {
        self.state = SeatState::Submitted as u8;
        self.submitted_work_ts = work_ts.0;
        self.challenge_until_work_ts = work_ts.after_secs(job.rules.challenge_secs);
    }

    /// Refuses to cancel a seat that was accepted, or has ended.
    pub fn require_cancellable(&self) -> Result<(), E> {
        match self.state() {
            SeatState::Open | SeatState::Drawn => Ok(()),
            SeatState::Accepted | SeatState::Committed | SeatState::Submitted => Err(E::AlreadyAccepted),
            _ => Err(E::SeatHasEnded),
        }
    }

    /// Adds to the working time of an accepted seat, within the class's bound and only while it runs
    /// (job-work-2).
    pub(super) fn extend_work(&mut self, job: &Job, secs: u32, work_ts: WorkTs) -> Result<(), E> {
        if work_ts.has_reached(self.work_until_work_ts) {
            return Err(E::SubmissionHasPassed);
        }
        let longer = self.extension_secs.checked_add(secs).filter(|longer| *longer <= job.rules.extension_secs);
        self.extension_secs = longer.ok_or(E::ExtensionTooLong)?;
        self.work_until_work_ts = self.work_until_work_ts.saturating_add(i64::from(secs));
        Ok(())
    }

    /// Refuses to settle a seat without a result, or one whose result can still be disputed, or still be
    /// compared with others.
    pub fn require_undisputed(&self, job: &Job, work_ts: WorkTs) -> Result<(), E> {
        self.require(SeatState::Submitted, E::NotSubmitted)?;
        self.require_no_dispute()?;
        if !work_ts.has_reached(self.settles_at_work_ts()) || (job.seats() > 1 && !job.reveals_are_over(work_ts)) {
            return Err(E::ChallengeOpen);
        }
        Ok(())
    }

    /// When it can be settled without the client's approval: an hour after its window, so that what was
    /// committed to in time can be opened (job-settle-1). Work time.
    pub fn settles_at_work_ts(&self) -> i64 {
        self.challenge_until_work_ts.saturating_add(i64::from(OPENING_SECS))
    }

    /// Refuses while a dispute about the seat is open: its fee is contested.
    pub fn require_no_dispute(&self) -> Result<(), E> {
        if self.open_disputes > 0 { Err(E::SeatDisputed) } else { Ok(()) }
    }

    /// Whether its result came in, or its meter stopped.
    pub fn has_result(&self) -> bool {
        matches!(self.state(), SeatState::Submitted | SeatState::Settled)
    }

    /// A dispute of the seat was decided.
    pub fn dispute_decided(&mut self, flag: u8) {
        self.open_disputes = self.open_disputes.saturating_sub(1);
        self.flags |= flag;
    }

    /// A dispute that ended without a vote leaves the seat disputable for two more days, twice at most
    /// (dispute-withdraw-2).
    pub fn reopen_window(&mut self, work_ts: WorkTs) {
        if self.reopenings < MAX_REOPENINGS {
            self.reopenings = self.reopenings.saturating_add(1);
            self.challenge_until_work_ts = self.challenge_until_work_ts.max(work_ts.0.saturating_add(REOPENED_SECS));
        }
    }
}
