//! The ballots of a jury: votes, their secrecy, and what became of them.

use super::{Dispute, dispute_flags};
use crate::{
    WorkTokenError as E,
    math::{
        Amount, WorkTs,
        dispute::{Jury, Machine, Outcome, ballot_fee, quorum},
    },
    state::{Ballot, BallotState, Juror},
};

impl Dispute {
    /// Commits a ballot to a vote. With the last one the jury reveals.
    ///
    /// Refuses: a second time; a zero commitment; before the jury is complete, after the time to commit.
    pub fn commit_vote(&mut self, ballot: &mut Ballot, commitment: [u8; 32], work_ts: WorkTs) -> Result<(), E> {
        ballot.require(BallotState::Drawn, E::AlreadyVoted)?;
        if commitment == [0; 32] {
            return Err(E::ZeroCommitment);
        }
        self.note_commitment(ballot.jury, work_ts)?;
        ballot.state = BallotState::Committed as u8;
        ballot.commitment = commitment;
        Ok(())
    }

    /// Reveals a vote, whose hash with its salt is `sealed`. With the last one the jury's verdict is there.
    ///
    /// Refuses: a second time; a vote that was not committed, or not to this; before all have committed or
    /// their time has passed, after the time to reveal; a severity above the claim.
    pub fn reveal_vote(&mut self, ballot: &mut Ballot, vote: u8, sealed: &[u8; 32], work_ts: WorkTs) -> Result<(), E> {
        if ballot.is_revealed() {
            return Err(E::AlreadyVoted);
        }
        ballot.require(BallotState::Committed, E::NotCommitted)?;
        if *sealed != ballot.commitment {
            return Err(E::CommitmentBroken);
        }
        self.note_vote(ballot.jury, vote, work_ts)?;
        ballot.state = BallotState::Revealed as u8;
        ballot.vote = vote;
        Ok(())
    }

    /// Takes a juror out whose interest was shown. What its ballot binds burns when it is settled: it hid its
    /// interest when it was drawn, or acquired it afterwards to get away.
    ///
    /// Refuses: a juror that has revealed or was taken out; no interest; a jury that no longer votes.
    pub fn exclude_juror(&mut self, ballot: &mut Ballot, is_interested: bool, work_ts: WorkTs) -> Result<(), E> {
        let has_committed = ballot.state == BallotState::Committed as u8;
        if !has_committed {
            ballot.require(BallotState::Drawn, E::AlreadyVoted)?;
        }
        if !is_interested {
            return Err(E::NoInterest);
        }
        self.exclude(ballot.jury, has_committed, work_ts)?;
        ballot.state = BallotState::Excluded as u8;
        Ok(())
    }

    /// Settles a ballot: what its juror is paid, in proportion to what the ballot binds, and what it loses.
    /// What a ballot that binds less is not paid burns, as does what is lost, unless jurors who revealed in a
    /// jury without a quorum are paid out of it: they are settled last, and paid as far as it suffices.
    ///
    /// Rounds: pay down. Refuses: before the outcome is applied; to pay jurors of a jury without a quorum
    /// before those that did not reveal are settled.
    pub fn settle_ballot(&mut self, ballot: &Ballot, juror: &mut Juror) -> Result<(u64, u64), E> {
        if !self.has(dispute_flags::FINISHED) {
            return Err(E::DisputeNotDecided);
        }
        let machine = *self.machine;
        let place = usize::from(ballot.jury);
        let jury = machine.juries.get(place).copied().ok_or(E::WrongDispute)?;
        let (whole_fee, lock) = self.ballot_terms(ballot.jury);
        let earned = ballot_fee(whole_fee, Amount(ballot.lock), lock).0;
        let had_chance = had_its_chance(&machine, ballot.jury, &jury);
        let is_first = ballot.is_first != 0;
        if ballot.is_revealed() {
            let mut fee = 0;
            if jury.is_decided() && is_coherent(&machine, ballot.vote) {
                fee = earned;
                self.burn_due = self.burn_due.saturating_add(whole_fee.0.saturating_sub(earned));
            } else if !jury.is_decided() && pays_from_forfeits(&jury) && had_chance {
                let absent = self.machine.juries.get(place).map_or(0, |jury| jury.absent);
                if absent < jury.filled.saturating_sub(jury.revealed) {
                    return Err(E::AbsentNotSettled);
                }
                if let Some(pot) = self.forfeits.get_mut(place) {
                    fee = earned.min(*pot);
                    *pot = pot.saturating_sub(fee);
                }
            }
            juror.stand_up(is_first, 0, fee);
            self.end_ballot();
            return Ok((fee, 0));
        }
        let is_excluded = ballot.state == BallotState::Excluded as u8;
        let at_stake = if is_excluded || had_chance { ballot.lock } else { 0 };
        let lost = juror.stand_up(is_first, at_stake, 0);
        if let Some(settled) = self.machine.juries.get_mut(place).filter(|_| !is_excluded) {
            settled.absent = settled.absent.saturating_add(1);
        }
        let pot = if pays_from_forfeits(&jury) && !is_excluded { self.forfeits.get_mut(place) } else { None };
        let to = pot.unwrap_or(&mut self.burn_due);
        *to = to.saturating_add(lost);
        self.end_ballot();
        Ok((0, lost))
    }

    /// What jurors lost and nobody was paid out of burns with the last ballot.
    fn end_ballot(&mut self) {
        self.ballots = self.ballots.saturating_sub(1);
        if self.ballots == 0 {
            let left = core::mem::take(&mut self.forfeits);
            self.burn_due = left.into_iter().fold(self.burn_due, u64::saturating_add);
        }
    }
}

fn is_coherent(machine: &Machine, vote: u8) -> bool {
    machine.is_tied() || (vote > 0) == (machine.verdict > 0)
}

/// Whether a jury's members could vote: all ballots were drawn, enough of them filled, and nobody withdrew
/// before the votes.
#[inline(never)]
fn had_its_chance(machine: &Machine, index: u8, jury: &Jury) -> bool {
    let conceded = machine.outcome() == Outcome::Conceded && index == machine.jury;
    jury.size > 0 && jury.drawn >= jury.size && quorum(jury.size, jury.filled) && !conceded
}

/// Jurors that revealed in a jury without a quorum are paid out of the locks of those that did not, if they
/// suffice.
fn pays_from_forfeits(jury: &Jury) -> bool {
    !jury.is_decided() && jury.filled.saturating_sub(jury.revealed) >= jury.revealed
}
