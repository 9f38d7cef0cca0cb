//! What binds a juror, what did it earn, and what does a seat of a jury ask of it?

use crate::{
    WorkTokenError,
    math::{WorkTs, dispute::Phase},
    state::{Ballot, BallotState, Dispute, Juror, Network, dispute_flags},
};

/// A juror at a time. Base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JurorView {
    /// Everything locked.
    pub lock: u64,
    /// What of it seats bind.
    pub bound: u64,
    /// Seats for which the rest is enough, by the present rules.
    pub seats_left: u64,
    /// Seats that are not settled.
    pub seats: u32,
    /// Fees that can be claimed now.
    pub credit: u64,
    /// Its leaf of the tree, and what that holds.
    pub leaf: u16,
    /// See `leaf`.
    pub leaf_weight: u64,
    /// Whether the leaf holds another weight than the lock, so that `sync_juror` has something to do.
    pub needs_sync: bool,
    /// It judges disputes opened after that. Unix seconds.
    pub judges_after_ts: i64,
    /// Its term ends then. Unix seconds.
    pub term_until_ts: i64,
    /// While juries are drawn nobody joins or leaves; until then at the latest. Unix seconds.
    pub tree_frozen_until_ts: Option<i64>,
    /// Why `leave_jury` would be refused now; `None` when it would not.
    pub leave_refusal: Option<WorkTokenError>,
}

/// What a juror has to do for a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BallotDuty {
    /// Nothing now: the jury is still drawn, or others commit.
    Wait,
    /// Commit to a vote before then, or lose the lock. Unix seconds.
    Commit {
        /// Until when.
        until_ts: i64,
    },
    /// Reveal the vote before then, or lose the lock. Unix seconds.
    Reveal {
        /// Until when.
        until_ts: i64,
    },
    /// Nothing any more: the outcome decides.
    Done,
}

/// A seat of a jury at a time. Base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BallotView {
    /// What the juror has to do.
    pub duty: BallotDuty,
    /// The vote, once revealed.
    pub vote: Option<u8>,
    /// What the seat locks.
    pub lock: u64,
    /// Paid for a vote on the side that wins.
    pub fee: u64,
    /// What settling the seat brings and takes, once the dispute is decided.
    pub settles: Option<[u64; 2]>,
}

/// A juror at a time.
pub fn juror_view(network: &Network, juror: &Juror, now_ts: i64) -> JurorView {
    let work_ts = network.work_ts(now_ts);
    let is_frozen = network.juror_tree_is_frozen(work_ts);
    let free = juror.lock.saturating_sub(juror.bound);
    JurorView {
        lock: juror.lock,
        bound: juror.bound,
        seats_left: free.checked_div(network.params.disputes.juror_lock).unwrap_or(0),
        seats: juror.seats,
        credit: juror.credit,
        leaf: juror.leaf,
        leaf_weight: juror.leaf_weight,
        needs_sync: juror.leaf_weight != juror.lock,
        judges_after_ts: juror.since_ts,
        term_until_ts: juror.term_until_ts,
        tree_frozen_until_ts: is_frozen.then(|| network.unix_ts(WorkTs(network.juror_tree_frozen_until_work_ts()))),
        leave_refusal: juror.require_free(now_ts).and_then(|()| network.require_thawed(work_ts)).err(),
    }
}

/// A seat of a jury at a time.
pub fn ballot_view(network: &Network, dispute: &Dispute, ballot: &Ballot, now_ts: i64) -> BallotView {
    let mut dispute = *dispute;
    dispute.advance(network.work_ts(now_ts));
    let machine = dispute.machine.get();
    let until_ts = network.unix_ts(WorkTs(machine.until_work_ts));
    let is_present = machine.jury == ballot.jury;
    let is_in = |state: BallotState| is_present && ballot.state == state as u8;
    let duty = match machine.phase {
        Phase::Seating if is_in(BallotState::Drawn) => BallotDuty::Wait,
        Phase::Commit if is_in(BallotState::Drawn) => BallotDuty::Commit { until_ts },
        Phase::Reveal if is_in(BallotState::Committed) => BallotDuty::Reveal { until_ts },
        Phase::Commit if is_in(BallotState::Committed) => BallotDuty::Wait,
        _ => BallotDuty::Done,
    };
    let settles = dispute.has(dispute_flags::FINISHED).then(|| {
        let (fee, is_lost) = dispute.settle_ballot(ballot);
        [fee, if is_lost { ballot.lock } else { 0 }]
    });
    BallotView {
        duty,
        vote: ballot.is_revealed().then_some(ballot.vote),
        lock: ballot.lock,
        fee: dispute.juror_fee,
        settles,
    }
}
