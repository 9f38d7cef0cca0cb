//! Ballots of juries, their votes, and what they earn or lose.

use super::{
    ballot::{Ballot, BallotState},
    books::Model,
    court::{Court, Outcome},
    dispute::Dispute,
    num::floor,
    pool::Position,
    refuse::{Verdict, require},
};

impl Model {
    /// A juror with an interest is taken out, until it has revealed.
    pub fn exclude(&mut self, number: usize, (jury, index): (u8, u8)) -> Verdict {
        let work = self.time.cross();
        let dispute = self.disputes.get(&number).ok_or("no such dispute")?;
        let ballot = *dispute.ballots.get(&(jury, index)).ok_or("no such ballot")?;
        let committed = match ballot.state {
            BallotState::Drawn => false,
            BallotState::Committed(_) => true,
            _ => return Err("it has voted"),
        };
        let position = self.positions.get(&(dispute.provider, ballot.juror));
        let has_stake = |position: &Position| position.shares > 0 || position.live > 0 || position.held > 0;
        let is_party = self.is_party(dispute, ballot.juror);
        let owns = ballot.juror == self.providers[dispute.provider].owner;
        require(is_party || owns || position.is_some_and(has_stake), "it has no interest")?;
        self.judge(number, work, jury, |court| court.exclude(committed, work))?;
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        dispute.ballots.get_mut(&(jury, index)).expect("its ballot").state = BallotState::Excluded;
        Ok(())
    }

    /// Something that a present jury does, after every deadline that has passed.
    fn judge(&mut self, number: usize, work: i64, jury: u8, action: impl FnOnce(&mut Court) -> Verdict) -> Verdict {
        self.walk(number, work);
        let bounty = self.rules.job_bounty;
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        require(usize::from(jury) + 1 == dispute.court.juries.len(), "another jury")?;
        let before = dispute.court.appeals;
        action(&mut dispute.court)?;
        dispute.fix_fees(&before, bounty);
        Ok(())
    }

    pub fn vote(&mut self, number: usize, (jury, index): (u8, u8), vote: u8) -> Verdict {
        let work = self.time.cross();
        let dispute = self.disputes.get(&number).ok_or("no such dispute")?;
        let ballot = dispute.ballots.get(&(jury, index)).ok_or("no such ballot")?;
        require(ballot.state == BallotState::Drawn, "it has voted")?;
        self.judge(number, work, jury, |court| court.commit(work))?;
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        dispute.ballots.get_mut(&(jury, index)).expect("its ballot").state = BallotState::Committed(vote);
        Ok(())
    }

    pub fn reveal(&mut self, number: usize, (jury, index): (u8, u8), vote: u8) -> Verdict {
        let work = self.time.cross();
        let dispute = self.disputes.get(&number).ok_or("no such dispute")?;
        let ballot = dispute.ballots.get(&(jury, index)).ok_or("no such ballot")?;
        require(ballot.state == BallotState::Committed(vote), "it did not commit to that")?;
        self.judge(number, work, jury, |court| court.reveal(vote, work))?;
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        dispute.ballots.get_mut(&(jury, index)).expect("its ballot").state = BallotState::Revealed(vote);
        Ok(())
    }

    /// Pays or fines the juror of a ballot.
    pub fn settle_ballot(&mut self, number: usize, (jury, index): (u8, u8)) -> Verdict {
        let lock = self.rules.disputes.juror_lock;
        let dispute = self.disputes.get_mut(&number).ok_or("no such dispute")?;
        let ballot = *dispute.ballots.get(&(jury, index)).ok_or("no such ballot")?;
        require(dispute.finished, "it is not decided")?;
        let (fee, at_stake) = dispute.ballot_pay(&ballot, jury, lock)?;
        let juror = self.jury.all.get_mut(&ballot.juror).expect("jurors stay while they have ballots");
        let size = juror.ballots.get_mut(&(number, jury)).expect("its ballot");
        *size -= 1;
        if *size == 0 {
            juror.ballots.remove(&(number, jury));
        }
        if ballot.is_first {
            juror.juries.remove(&(number, jury));
        }
        let lost = at_stake.min(juror.lock);
        juror.lock -= lost;
        juror.added = juror.added.min(juror.lock);
        juror.credit += fee;
        if dispute.pays_from_forfeits(jury) && ballot.state != BallotState::Excluded {
            dispute.dues.forfeits[usize::from(jury)] += lost;
        } else {
            dispute.dues.burn += lost;
        }
        dispute.ballots.remove(&(jury, index));
        if dispute.ballots.is_empty() {
            dispute.dues.burn += std::mem::take(&mut dispute.dues.forfeits).iter().sum::<u64>();
        }
        Ok(())
    }
}

impl Dispute {
    /// What a ballot earns of a whole ballot's fee.
    fn earned(&self, ballot: &Ballot, jury: u8, lock: u64) -> (u64, u64) {
        let (fee, whole) = self.ballot_terms(jury, lock);
        (fee, if ballot.lock >= whole { fee } else { floor(fee, ballot.lock, whole) })
    }

    /// Whether those who revealed in a jury without a quorum are paid out of the locks of those who did not.
    fn pays_from_forfeits(&self, jury: u8) -> bool {
        let jury = &self.court.juries[usize::from(jury)];
        !jury.decided && jury.filled.saturating_sub(jury.revealed()) >= jury.revealed()
    }

    /// Whether a jury could vote: its ballots were drawn, enough were filled, and nobody withdrew before.
    fn had_its_chance(&self, index: u8) -> bool {
        let jury = &self.court.juries[usize::from(index)];
        let conceded = self.court.outcome == Outcome::Conceded;
        let was_last = usize::from(index) + 1 == self.court.juries.len();
        jury.drawn >= jury.size && jury.is_quorum(jury.filled) && !(conceded && was_last)
    }

    /// The fee of a ballot, and what of its lock is lost.
    fn ballot_pay(&mut self, ballot: &Ballot, jury: u8, lock: u64) -> Result<(u64, u64), &'static str> {
        let place = usize::from(jury);
        let (whole, earned) = self.earned(ballot, jury, lock);
        let had_chance = self.had_its_chance(jury);
        let court = &self.court.juries[place];
        match ballot.state {
            BallotState::Excluded => Ok((0, ballot.lock)),
            BallotState::Revealed(vote) if court.decided && self.is_coherent(vote) => {
                self.dues.burn += whole - earned;
                Ok((earned, 0))
            }
            BallotState::Revealed(_) if self.pays_from_forfeits(jury) && had_chance => {
                require(self.absent[place] >= court.filled - court.revealed(), "the absent come first")?;
                let fee = earned.min(self.dues.forfeits[place]);
                self.dues.forfeits[place] -= fee;
                Ok((fee, 0))
            }
            BallotState::Revealed(_) => Ok((0, 0)),
            _ => {
                self.absent[place] += 1;
                Ok((0, if had_chance { ballot.lock } else { 0 }))
            }
        }
    }
}
