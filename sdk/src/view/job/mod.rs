//! How far is a job, who may do what now, and where is its money?

mod quote;
mod seat;
#[cfg(test)]
mod tests;

pub use {
    quote::{JobQuote, JobTerms, quote_job},
    seat::{Allowed, SeatView, Step, Who},
};

use {
    crate::{
        Pubkey,
        limits::CLOSE_OBJECT_SECS,
        math::{UnixTs, WorkTs},
        state::{Assignment, Job, Network, SeatState, job_flags},
    },
    std::ops::ControlFlow,
};

/// A job at a time: what its view looks at.
#[derive(Clone, Copy, Debug)]
pub struct JobAt<'a> {
    /// The network.
    pub network: &'a Network,
    /// The job.
    pub job: &'a Job,
    /// All its seats, in any order.
    pub assignments: &'a [Assignment],
    /// The slot.
    pub slot: u64,
    /// The time. Unix seconds.
    pub now_ts: i64,
}

impl JobAt<'_> {
    /// As if what is recordable of an outage had been recorded: nobody is late before, and whatever crosses a
    /// deadline records it first.
    fn work_ts(&self) -> WorkTs {
        self.network.work_now(self.slot, self.now_ts)
    }

    /// Both clocks.
    fn now(&self) -> (UnixTs, WorkTs) {
        (UnixTs(self.now_ts), self.work_ts())
    }

    /// A deadline in unix seconds. A later outage moves it further.
    fn unix(&self, deadline_work_ts: i64) -> i64 {
        let outage_secs = self.now_ts.saturating_sub(self.work_ts().0);
        WorkTs(deadline_work_ts).with_outages(outage_secs).0
    }

    /// Whether there is still time to seat providers.
    fn is_drawing(&self) -> bool {
        !self.work_ts().has_reached(self.job.seat_until_work_ts)
    }
}

/// Where a job's seed stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeedView {
    /// It is the hash of the first existing slot from this one on, which has not come.
    Waits {
        /// The slot.
        slot: u64,
    },
    /// It can be captured, for about 500 slots.
    Capturable,
    /// It is captured.
    Captured,
    /// It was lost twice: any eligible provider may take a seat.
    GivenUp,
}

/// What of a job lies in the escrow vault. Base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JobEscrow {
    /// Fees of the seats that have not ended, each in full.
    pub fees: u64,
    /// Bounties that are not paid yet.
    pub bounties: u64,
    /// Burns with the last seat, beside what is left of the bounties.
    pub burn: u64,
    /// Refunds that could not be paid and wait to be claimed.
    pub credits: u64,
    /// Fees and burned parts of seats that have ended, held back by a frozen vault.
    pub dues: u64,
}

impl JobEscrow {
    /// All of it. Base units.
    pub fn total(&self) -> u64 {
        [self.fees, self.bounties, self.burn, self.credits, self.dues].into_iter().fold(0, u64::saturating_add)
    }
}

/// What anybody can do for a job now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobCrank {
    /// Capture the seed, before its hash is forgotten. Paid.
    CaptureSeed,
    /// Draw a seat. Paid once it is drawn or open to all.
    Draw {
        /// The seat.
        seat: u8,
    },
    /// Stop a meter that has run out by itself.
    Stop {
        /// The seat.
        seat: u8,
    },
    /// End a seat whose deadline has passed. Paid.
    Expire {
        /// The seat.
        seat: u8,
    },
    /// Pay a seat's fee.
    Settle {
        /// The seat.
        seat: u8,
    },
    /// Close the job.
    Close,
}

/// The model that a job shall run, as it was when the job named it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobModel {
    /// The model.
    pub model: Pubkey,
    /// Which of its versions; the model may have come to a later one.
    pub version: u32,
    /// Hash of that version.
    pub hash: [u8; 32],
}

impl JobModel {
    /// That of a job; `None` where its client named none.
    pub fn of(job: &Job) -> Option<Self> {
        let named = Self { model: job.model, version: job.model_version, hash: job.model_hash };
        (named.version > 0).then_some(named)
    }
}

/// A job at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobView {
    /// The model that its client named.
    pub model: Option<JobModel>,
    /// Its seed.
    pub seed: SeedView,
    /// Seats must be drawn and accepted until then; what is not, expires. Unix seconds.
    pub seat_until_ts: i64,
    /// Committed results can be revealed until then; `None` while one may still be committed, and where
    /// nothing is committed. Unix seconds.
    pub reveal_until_ts: Option<i64>,
    /// Its seats, in order.
    pub seats: Vec<SeatView>,
    /// Its money.
    pub escrow: JobEscrow,
    /// The client can close it from then on; `None` while a seat lives, or credit or dues wait. Unix seconds.
    pub closable_from_ts: Option<i64>,
    /// Anybody can close it from then on. Unix seconds.
    pub closable_by_all_from_ts: Option<i64>,
    /// What anybody can do for it now, the most urgent first.
    pub cranks: Vec<JobCrank>,
}

impl JobView {
    /// The next useful crank, if there is one now.
    pub fn next_crank(&self) -> Option<JobCrank> {
        self.cranks.first().copied()
    }
}

/// A job at a time. Everything that it says may be done is what the program accepts then, as far as job,
/// seats and network say; whether a provider is fit is said by [`super::seat_refusal`].
pub fn job_view(at: &JobAt) -> JobView {
    let mut assignments: Vec<&Assignment> = at.assignments.iter().collect();
    assignments.sort_unstable_by_key(|assignment| assignment.seat);
    let seats: Vec<SeatView> = assignments.iter().map(|assignment| seat::seat_view(at, assignment)).collect();
    let closable_from_ts = closable_from_ts(at);
    let closable_by_all_from_ts =
        closable_from_ts.map(|from_ts| from_ts.max(at.job.ended_ts.saturating_add(CLOSE_OBJECT_SECS)));
    let mut cranks = Vec::new();
    let seed = seed_view(at);
    let needs_seed = seats.iter().any(|seat| matches!(seat.state, SeatState::Open | SeatState::Drawn));
    if seed == SeedView::Capturable && needs_seed && at.is_drawing() {
        cranks.push(JobCrank::CaptureSeed);
    }
    cranks.extend(seats.iter().filter_map(SeatView::crank));
    if closable_by_all_from_ts.is_some_and(|from_ts| at.now_ts >= from_ts) {
        cranks.push(JobCrank::Close);
    }
    JobView {
        model: JobModel::of(at.job),
        seed,
        seat_until_ts: at.unix(at.job.seat_until_work_ts),
        reveal_until_ts: (at.job.seats() > 1 && at.job.reveal_until_work_ts != 0)
            .then(|| at.unix(at.job.reveal_until_work_ts)),
        seats,
        escrow: escrow(at),
        closable_from_ts,
        closable_by_all_from_ts,
        cranks,
    }
}

fn seed_view(at: &JobAt) -> SeedView {
    if at.job.has(job_flags::SELF_SELECTION) {
        SeedView::GivenUp
    } else if at.job.has(job_flags::SEEDED) {
        SeedView::Captured
    } else if at.slot > at.job.seed_slot {
        SeedView::Capturable
    } else {
        SeedView::Waits { slot: at.job.seed_slot }
    }
}

fn escrow(at: &JobAt) -> JobEscrow {
    let live = at.assignments.iter().filter(|assignment| !assignment.state().is_final());
    JobEscrow {
        fees: live.map(|_| at.job.fee).fold(0, u64::saturating_add),
        bounties: at.job.bounties_left,
        burn: if at.job.live_seats > 0 { at.job.draw_burn() } else { 0 },
        credits: at.assignments.iter().map(|assignment| assignment.credit).fold(0, u64::saturating_add),
        dues: at.assignments.iter().map(seat::dues).fold(0, u64::saturating_add),
    }
}

/// When the client may close the job: all seats ended, no credit, no dues, no result about which a dispute
/// can still be opened.
fn closable_from_ts(at: &JobAt) -> Option<i64> {
    if at.job.live_seats > 0 {
        return None;
    }
    let latest = at.assignments.iter().try_fold(at.job.ended_ts, |latest, assignment| {
        if !assignment.state().is_final() || assignment.credit > 0 || assignment.has_dues() {
            return ControlFlow::Break(());
        }
        let settles_at_ts = match assignment.challenge_until_work_ts {
            0 => latest,
            _ => at.unix(assignment.settles_at_work_ts()),
        };
        ControlFlow::Continue(latest.max(settles_at_ts))
    });
    latest.continue_value()
}
