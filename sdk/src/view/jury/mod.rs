//! What binds a juror, what did it earn, and what does a ballot of a jury ask of it?

#[cfg(test)]
mod tests;

use crate::{
    WorkTokenError,
    math::{
        Amount, WorkTs,
        dispute::{Phase, ballot_fee},
    },
    state::{Ballot, BallotState, Dispute, Juror, Network},
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
    /// Ballots that are not settled.
    pub ballots: u32,
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

/// What a juror has to do for a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BallotDuty {
    /// Nothing now: the jury is still drawn, or others commit.
    Wait,
    /// Commit to a vote before then, or lose what the ballot binds. Unix seconds.
    Commit {
        /// Until when.
        until_ts: i64,
    },
    /// Reveal the vote before then, or lose what the ballot binds. Unix seconds.
    Reveal {
        /// Until when.
        until_ts: i64,
    },
    /// Nothing any more: the outcome decides.
    Done,
}

/// A ballot of a jury at a time. Base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BallotView {
    /// What the juror has to do.
    pub duty: BallotDuty,
    /// The vote, once revealed.
    pub vote: Option<u8>,
    /// What the ballot binds.
    pub lock: u64,
    /// Paid for a vote on the side that wins: in proportion to what it binds of a whole ballot.
    pub fee: u64,
    /// What settling the ballot brings and takes, once the dispute is decided, or why that is refused.
    pub settles: Option<Result<[u64; 2], WorkTokenError>>,
}

/// A juror at a slot and time.
pub fn juror_view(network: &Network, juror: &Juror, slot: u64, now_ts: i64) -> JurorView {
    let mut ripened = *juror;
    ripened.ripen(network, now_ts);
    let is_in_tree = juror.is_in_tree != 0;
    let work_ts = network.work_ts(now_ts);
    // What the tree notes of a leaf that is left changes nothing that is shown.
    let left = { *juror }.leave(network, slot, (now_ts, work_ts), |juror| {
        juror.go_out(juror.entered, network);
        Ok(())
    });
    JurorView {
        lock: juror.lock,
        ripe: ripened.ripe(),
        ripens_at_ts: (ripened.added > 0).then(|| network.ripe_at_ts(ripened.added_ts)),
        juries: juror.juries,
        ballots: juror.ballots,
        credit: juror.credit,
        is_leaving: juror.is_leaving != 0,
        leaf: is_in_tree.then_some(juror.leaf),
        leaf_weight: juror.leaf_weight,
        needs_sync: match is_in_tree {
            true => juror.leaf_weight != ripened.ripe(),
            false => ripened.require_ready(network, now_ts).is_ok(),
        },
        votes_after_ts: ripened.since_ts,
        term_until_ts: juror.term_until_ts,
        out_until_ts: (!is_in_tree && !work_ts.has_reached(juror.out_until_work_ts))
            .then(|| network.unix_ts(WorkTs(juror.out_until_work_ts))),
        tree_frozen_until_slot: network.frozen_until_slot(slot),
        leave_refusal: left.err(),
        leave_pays: left.ok().and_then(|left| left.pays).unwrap_or(0),
    }
}

/// A ballot of a jury at a time; `juror` is the ballot's.
pub fn ballot_view(network: &Network, dispute: &Dispute, ballot: &Ballot, juror: &Juror, now_ts: i64) -> BallotView {
    let mut dispute = *dispute;
    let work_ts = network.work_ts(now_ts);
    dispute.advance(work_ts);
    let until_ts = network.unix_ts(WorkTs(dispute.machine.until_work_ts));
    // Any commitment, and a vote that no jury can be too low for.
    let commits = { dispute }.commit_vote(&mut { *ballot }, [1; 32], work_ts).is_ok();
    let reveals = { dispute }.reveal_vote(&mut { *ballot }, 0, &ballot.commitment, work_ts).is_ok();
    let has_ballot = matches!(ballot.state(), BallotState::Drawn | BallotState::Committed);
    let votes_later = matches!(dispute.machine.phase(), Phase::Draw | Phase::Commit);
    let duty = if commits {
        BallotDuty::Commit { until_ts }
    } else if reveals {
        BallotDuty::Reveal { until_ts }
    } else if has_ballot && votes_later && dispute.machine.jury == ballot.jury {
        BallotDuty::Wait
    } else {
        BallotDuty::Done
    };
    let (fee, lock) = dispute.ballot_terms(ballot.jury);
    let settled = { dispute }.settle_ballot(ballot, &mut { *juror });
    let settles = match settled {
        Err(WorkTokenError::DisputeNotDecided) => None,
        settled => Some(settled.map(|(fee, lost)| [fee, lost])),
    };
    BallotView {
        duty,
        vote: ballot.is_revealed().then_some(ballot.vote),
        lock: ballot.lock,
        fee: ballot_fee(fee, Amount(ballot.lock), lock).0,
        settles,
    }
}
