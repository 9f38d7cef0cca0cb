//! A seat of a job, and who may do what with it.

use {
    super::{JobAt, JobCrank},
    crate::{
        Pubkey,
        state::{Assignment, SeatState, assignment_flags, job_flags},
    },
};

/// Who may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The client.
    Client,
    /// The client or its hot key.
    ClientOrItsKey,
    /// The operator of the provider that has the seat: the one in office until acceptance, the one that
    /// accepted from then on.
    Operator,
    /// The client, its hot key or the operator.
    EitherSide,
    /// The operator of any eligible provider.
    AnyProvider,
    /// Anybody.
    Anybody,
}

/// What may be done with a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Cancel it.
    Cancel {
        /// Burned of the fee; the rest returns. Base units.
        burned: u64,
    },
    /// Extend its working time; once it was accepted the operator signs too.
    Extend {
        /// Seconds that can be added at most.
        most_secs: u32,
    },
    /// Draw its provider.
    Draw,
    /// Accept it, or take it when it is open to all.
    Accept,
    /// Decline it.
    Decline,
    /// Keep its meter running.
    KeepAlive,
    /// Stop its meter.
    Stop,
    /// Submit its result.
    Submit,
    /// Commit to its result.
    Commit,
    /// Reveal its result.
    Reveal,
    /// Pay its fee at once.
    Approve,
    /// Rate its result.
    Rate,
    /// Pay its fee; of a settled seat one that waits for a frozen vault.
    Settle,
    /// End it without a result; of an ended seat burn what waits for a frozen vault.
    Expire,
    /// Claim its credit.
    ClaimCredit,
}

/// Something that may be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// By whom.
    pub who: Who,
    /// What.
    pub what: Step,
    /// Only before then; `None` while nothing else happens. Unix seconds.
    pub until_ts: Option<i64>,
}

/// A seat at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatView {
    /// Its number.
    pub seat: u8,
    /// Its state.
    pub state: SeatState,
    /// The provider that has it, or had it to the end.
    pub provider: Option<Pubkey>,
    /// The operator that accepted it.
    pub operator: Option<Pubkey>,
    /// Whether draws are over and any eligible provider may take it.
    pub is_open_to_all: bool,
    /// Its fee: what a meter shows now, while one runs; 0 once it ended without a result. Base units.
    pub fee: u64,
    /// What returns to the client then, or has returned; 0 for a cancelled seat, whose refund only its event
    /// tells. Base units.
    pub refund: u64,
    /// Due to the client and not yet paid. Base units.
    pub credit: u64,
    /// Fee and burned part that a frozen vault keeps back. Base units.
    pub dues: u64,
    /// The drawn provider must accept until then. Unix seconds.
    pub accept_until_ts: Option<i64>,
    /// The result must be in until then; a meter ends then at the latest. Unix seconds.
    pub work_until_ts: Option<i64>,
    /// A meter ends then unless the client gives a sign. Unix seconds.
    pub meter_until_ts: Option<i64>,
    /// A dispute of the result can be committed to until then. Unix seconds.
    pub challenge_until_ts: Option<i64>,
    /// It can be settled without the client's word from then on: an hour later, so that what was committed to
    /// can be opened. Unix seconds.
    pub settles_at_ts: Option<i64>,
    /// Whether the client approved the result.
    pub is_approved: bool,
    /// Whether the result is a minority's, or was committed and never revealed.
    pub is_minority: bool,
    /// Who may do what now.
    pub allowed: Vec<Allowed>,
}

impl SeatView {
    /// Whether somebody may do something now.
    pub fn allows(&self, who: Who, what: Step) -> bool {
        self.allowed.iter().any(|allowed| allowed.who == who && allowed.what == what)
    }

    /// What anybody can do for it.
    pub(super) fn crank(&self) -> Option<JobCrank> {
        let seat = self.seat;
        self.allowed.iter().filter(|allowed| allowed.who == Who::Anybody).find_map(|allowed| match allowed.what {
            Step::Draw => Some(JobCrank::Draw { seat }),
            Step::Stop => Some(JobCrank::Stop { seat }),
            Step::Expire => Some(JobCrank::Expire { seat }),
            Step::Settle => Some(JobCrank::Settle { seat }),
            _ => None,
        })
    }
}

pub(super) fn seat_view(at: &JobAt, assignment: &Assignment) -> SeatView {
    let (state, job) = (assignment.state(), at.job);
    let is_running = matches!(state, SeatState::Accepted | SeatState::Committed);
    let is_metered = state == SeatState::Accepted && job.rules.is_metered();
    let fee = match state {
        SeatState::Expired | SeatState::Cancelled => 0,
        SeatState::Accepted if is_metered => assignment.metered_fee(job, at.now()),
        _ => assignment.fee,
    };
    let when = |holds: bool, work_ts: i64| holds.then(|| at.unix(work_ts));
    let meter_until_ts = assignment.keep_alive_ts.saturating_add(i64::from(job.rules.keep_alive_secs));
    let has_provider = !matches!(state, SeatState::Open | SeatState::Cancelled) && has_provider(assignment);
    SeatView {
        seat: assignment.seat,
        state,
        provider: has_provider.then_some(assignment.provider),
        operator: (assignment.accepted_work_ts != 0).then_some(assignment.operator),
        is_open_to_all: assignment.is_open_to_all(job),
        fee,
        refund: match state {
            SeatState::Cancelled => 0,
            _ => job.fee.saturating_sub(fee),
        },
        credit: assignment.credit,
        dues: dues(assignment),
        accept_until_ts: when(state == SeatState::Drawn, assignment.accept_until_work_ts),
        work_until_ts: when(is_running, assignment.work_until_work_ts),
        meter_until_ts: is_metered.then(|| meter_until_ts.min(at.unix(assignment.work_until_work_ts))),
        challenge_until_ts: when(assignment.challenge_until_work_ts != 0, assignment.challenge_until_work_ts),
        settles_at_ts: when(assignment.challenge_until_work_ts != 0, assignment.settles_at_work_ts()),
        is_approved: assignment.flags & assignment_flags::APPROVED != 0,
        is_minority: assignment.flags & assignment_flags::MINORITY != 0
            || (state == SeatState::Submitted && job.seats() > 1 && job.is_minority(assignment.seat)),
        allowed: allowed(at, assignment),
    }
}

/// What a frozen vault keeps back of a seat.
pub(super) fn dues(assignment: &Assignment) -> u64 {
    assignment.fee_due.saturating_add(assignment.burn_due)
}

/// Whether a provider has the seat, or had it to the end: one that was drawn and let its time pass has not.
fn has_provider(assignment: &Assignment) -> bool {
    assignment.state() == SeatState::Drawn || assignment.accepted_work_ts != 0
}

/// Who may do what: collected step by step.
struct Steps<'a> {
    at: &'a JobAt<'a>,
    assignment: &'a Assignment,
    found: Vec<Allowed>,
}

fn allowed(at: &JobAt, assignment: &Assignment) -> Vec<Allowed> {
    let mut steps = Steps { at, assignment, found: Vec::new() };
    match assignment.state() {
        SeatState::Open => steps.open(),
        SeatState::Drawn => steps.drawn(),
        SeatState::Accepted if at.job.rules.is_metered() => steps.metered(),
        SeatState::Accepted => steps.accepted(),
        SeatState::Committed => steps.committed(),
        SeatState::Submitted => steps.submitted(),
        SeatState::Settled => steps.add(Who::Client, Step::Rate, None),
        SeatState::Expired | SeatState::Cancelled => {}
    }
    if assignment.state().is_final() && assignment.has_dues() {
        let what = if assignment.state() == SeatState::Settled { Step::Settle } else { Step::Expire };
        steps.add(Who::Anybody, what, None);
    }
    if assignment.credit > 0 {
        steps.add(Who::Client, Step::ClaimCredit, None);
    }
    steps.found
}

impl Steps<'_> {
    /// `until_ts` in work time.
    fn add(&mut self, who: Who, what: Step, until_ts: Option<i64>) {
        self.found.push(Allowed { who, what, until_ts: until_ts.map(|ts| self.at.unix(ts)) });
    }

    fn expire(&mut self) {
        if self.assignment.require_expired(self.at.job, self.at.work_ts()).is_ok() {
            self.add(Who::Anybody, Step::Expire, None);
        }
    }

    /// What the client may do with a seat that nobody has accepted.
    fn unaccepted(&mut self) {
        let job = self.at.job;
        let burned = self.assignment.cancel_fee(job, self.at.slot);
        self.add(Who::Client, Step::Cancel { burned }, None);
        let most_secs = job.rules.work_secs.saturating_sub(job.work_secs);
        if most_secs > 0 {
            self.add(Who::Client, Step::Extend { most_secs }, None);
        }
    }

    fn open(&mut self) {
        let job = self.at.job;
        if self.at.is_drawing() {
            if self.assignment.is_self_selected(job) {
                self.add(Who::AnyProvider, Step::Accept, Some(job.seat_until_work_ts));
            } else if job.has(job_flags::SEEDED) {
                self.add(Who::Anybody, Step::Draw, Some(job.seat_until_work_ts));
            }
        }
        self.expire();
        self.unaccepted();
    }

    fn drawn(&mut self) {
        let has_passed = self.assignment.accept_has_passed(self.at.work_ts());
        if !has_passed {
            self.add(Who::Operator, Step::Accept, Some(self.assignment.accept_until_work_ts));
        } else if self.at.is_drawing() {
            self.add(Who::Anybody, Step::Draw, Some(self.at.job.seat_until_work_ts));
        }
        self.expire();
        self.add(Who::Operator, Step::Decline, None);
        self.unaccepted();
    }

    /// What client and operator may agree on while the working time runs.
    fn extension(&mut self) {
        let most_secs = self.at.job.rules.extension_secs.saturating_sub(self.assignment.extension_secs);
        if most_secs > 0 && !self.at.work_ts().has_reached(self.assignment.work_until_work_ts) {
            self.add(Who::Client, Step::Extend { most_secs }, Some(self.assignment.work_until_work_ts));
        }
    }

    fn accepted(&mut self) {
        let until_ts = self.assignment.work_until_work_ts;
        if self.assignment.require_working(self.at.work_ts()).is_ok() {
            let what = if self.at.job.seats() == 1 { Step::Submit } else { Step::Commit };
            self.add(Who::Operator, what, Some(until_ts));
        }
        self.expire();
        self.extension();
    }

    fn metered(&mut self) {
        self.add(Who::Operator, Step::Submit, None);
        if self.assignment.meter_has_ended(self.at.job, self.at.now()) {
            self.add(Who::Anybody, Step::Stop, None);
        } else {
            let keep_alive_secs = i64::from(self.at.job.rules.keep_alive_secs);
            let silent_from_ts = self.assignment.keep_alive_ts.saturating_add(keep_alive_secs);
            let until_ts = Some(silent_from_ts.min(self.at.unix(self.assignment.work_until_work_ts)));
            self.found.push(Allowed { who: Who::ClientOrItsKey, what: Step::KeepAlive, until_ts });
            self.add(Who::EitherSide, Step::Stop, None);
        }
        self.extension();
    }

    fn committed(&mut self) {
        let job = self.at.job;
        if job.require_revealing(self.at.work_ts()).is_ok() {
            self.add(Who::Operator, Step::Reveal, Some(job.reveal_until_work_ts));
        }
        self.expire();
    }

    fn submitted(&mut self) {
        if self.assignment.require_undisputed(self.at.job, self.at.work_ts()).is_ok() {
            self.add(Who::Anybody, Step::Settle, None);
        }
        if { *self.assignment }.approve().is_ok() {
            self.add(Who::Client, Step::Approve, None);
        }
        self.add(Who::Client, Step::Rate, None);
    }
}
