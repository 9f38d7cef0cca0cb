//! What binds a juror, what did it earn, and what does a seat of a jury ask of it?

#[cfg(test)]
mod tests;

use crate::{
    WorkTokenError,
    math::{
        Amount, WorkTs,
        dispute::{Phase, seat_fee},
    },
    state::{Ballot, BallotState, Dispute, Juror, Network, dispute_flags},
};

/// A juror at a time. Base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JurorView {
    /// Everything locked.
    pub lock: u64,
    /// What of it has ripened: with that it judges.
    pub ripe: u64,
    /// What was added and has not ripened enters the tree from then on; `None` when there is none. Unix
    /// seconds.
    pub ripens_at_ts: Option<i64>,
    /// Juries that it sits on; with eight it is called in vain.
    pub juries: u8,
    /// Seats that are not settled.
    pub seats: u32,
    /// Fees that can be claimed now.
    pub credit: u64,
    /// Whether it asked to leave: then it does not come back to the tree.
    pub is_leaving: bool,
    /// Its leaf of the tree; `None` while it has none.
    pub leaf: Option<u16>,
    /// What that holds.
    pub leaf_weight: u64,
    /// Whether `sync_juror` has something to do: what has ripened is not what the leaf holds, or would take
    /// one.
    pub needs_sync: bool,
    /// It judges disputes that were committed to after that. Unix seconds.
    pub votes_after_ts: i64,
    /// Its term ends then. Unix seconds.
    pub term_until_ts: i64,
    /// Out of the tree, it can still be called until then. Unix seconds.
    pub out_until_ts: Option<i64>,
    /// While the seed of a jury may be known the tree stands still; until that slot at the latest, sooner
    /// once the seed is captured.
    pub tree_frozen_until_slot: Option<u64>,
    /// Why `leave_jury` would be refused now; `None` when it would not.
    pub leave_refusal: Option<WorkTokenError>,
    /// What `leave_jury` would pay now: lock and fees, or nothing where a second call pays them later.
    pub leave_pays: u64,
}

/// What a juror has to do for a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BallotDuty {
    /// Nothing now: the jury is still drawn, or others commit.
    Wait,
    /// Commit to a vote before then, or lose what the seat binds. Unix seconds.
    Commit {
        /// Until when.
        until_ts: i64,
    },
    /// Reveal the vote before then, or lose what the seat binds. Unix seconds.
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
    /// What the seat binds.
    pub lock: u64,
    /// Paid for a vote on the side that wins: in proportion to what it binds of a whole seat.
    pub fee: u64,
    /// What settling the seat brings and takes, once the dispute is decided, or why that is refused.
    pub settles: Option<Result<[u64; 2], WorkTokenError>>,
}

/// A juror at a slot and time.
pub fn juror_view(network: &Network, juror: &Juror, slot: u64, now_ts: i64) -> JurorView {
    let mut ripened = *juror;
    ripened.ripen(network, now_ts);
    let is_in_tree = juror.is_in_tree != 0;
    let work_ts = network.work_ts(now_ts);
    let (leave_refusal, leave_pays) = match leave(network, juror, (slot, now_ts)) {
        Ok(paid) => (None, paid),
        Err(refusal) => (Some(refusal), 0),
    };
    let covers_a_seat = ripened.ripe() > 0 && ripened.ripe() >= network.params.disputes.juror_lock;
    JurorView {
        lock: juror.lock,
        ripe: ripened.ripe(),
        ripens_at_ts: (ripened.added > 0).then(|| network.ripe_at_ts(ripened.added_ts)),
        juries: juror.juries,
        seats: juror.seats,
        credit: juror.credit,
        is_leaving: juror.is_leaving != 0,
        leaf: is_in_tree.then_some(juror.leaf),
        leaf_weight: juror.leaf_weight,
        needs_sync: if is_in_tree {
            juror.leaf_weight != ripened.ripe()
        } else {
            covers_a_seat && juror.is_leaving == 0 && work_ts.has_reached(juror.out_until_work_ts)
        },
        votes_after_ts: ripened.since_ts,
        term_until_ts: juror.term_until_ts,
        out_until_ts: (!is_in_tree && !work_ts.has_reached(juror.out_until_work_ts))
            .then(|| network.unix_ts(WorkTs(juror.out_until_work_ts))),
        tree_frozen_until_slot: network.frozen_until_slot(slot),
        leave_refusal,
        leave_pays,
    }
}

/// What `leave_jury` would pay, by the program's own checks.
fn leave(network: &Network, juror: &Juror, (slot, now_ts): (u64, i64)) -> Result<u64, WorkTokenError> {
    juror.require_term_over(now_ts)?;
    let mut left = *juror;
    if juror.is_in_tree != 0 {
        network.require_thawed(slot)?;
        left.go_out(juror.entered, network);
    }
    match left.is_free(network.work_ts(now_ts)) {
        true => Ok(juror.lock.saturating_add(juror.credit)),
        false if juror.is_leaving == 0 => Ok(0),
        false => Err(WorkTokenError::JurorBound),
    }
}

/// A seat of a jury at a time; `juror` is the ballot's.
pub fn ballot_view(network: &Network, dispute: &Dispute, ballot: &Ballot, juror: &Juror, now_ts: i64) -> BallotView {
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
    let (fee, lock) = dispute.seat_terms(ballot.jury);
    let settles = dispute.has(dispute_flags::FINISHED).then(|| {
        let settled = { dispute }.settle_ballot(ballot, &mut { *juror });
        settled.map(|(fee, lost)| [fee, lost])
    });
    BallotView {
        duty,
        vote: ballot.is_revealed().then_some(ballot.vote),
        lock: ballot.lock,
        fee: seat_fee(fee, Amount(ballot.lock), lock).0,
        settles,
    }
}
