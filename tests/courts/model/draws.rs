//! Who is called for the ballots of a jury.

use {
    super::{
        ballot::{Ballot, BallotState, Draw, Seed},
        books::Model,
        court::Phase,
        dispute::Dispute,
        refuse::{Verdict, require},
    },
    crate::op::Who,
};

/// The hash of a slot so many after the arming draws.
const SEED_DELAY: u64 = 8;
/// An arming is good for so many slots more, to the end of a stretch of slots.
const DRAW_SLOTS: u64 = 512;
const STRETCH: u64 = 1_024;
/// Leaves drawn beside one for each ballot.
const SPARES: u8 = 16;
/// Juries that a lock may stand for at a time.
const MOST_JURIES: usize = 8;

impl Model {
    /// A jury is called: its draw is armed with a slot of the future, then the slot's hash draws all leaves
    /// at once.
    pub fn call(&mut self, number: usize, hash_of: impl Fn(usize, u8) -> [u8; 32]) -> Verdict {
        let work = self.time.cross();
        require(self.disputes.contains_key(&number), "no such dispute")?;
        self.walk(number, work);
        let slot = self.time.slot;
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        let court = &dispute.court;
        let is_open = court.phase == Phase::Draw && work < court.until;
        let seed = dispute.draw.seed(court);
        require(is_open && seed != Seed::Known, "no jury is to be drawn")?;
        let jury = court.juries.len();
        let (seed_slot, until) = match seed {
            Seed::Armed(seed_slot, until) if slot < until => (seed_slot, until),
            _ => {
                let seed_slot = slot + SEED_DELAY;
                let until = ((seed_slot + DRAW_SLOTS) / STRETCH + 1) * STRETCH;
                let (seed, armed_at) = (Seed::Armed(seed_slot, until), self.time.now);
                dispute.draw = Draw { of: jury, seed, armed_at, ..Draw::default() };
                self.jury.draws_until = self.jury.draws_until.max(court.until);
                *self.jury.armed.entry(until).or_default() += 1;
                return Ok(());
            }
        };
        match hashed(seed_slot, slot) {
            Hashed::NotYet => return Err("its slot has not come"),
            Hashed::Lost => dispute.draw.seed = Seed::Armed(slot + SEED_DELAY, until),
            Hashed::Is => {
                let size = court.juries.last().expect("a jury").size;
                let drawn = (0..size + SPARES).map_while(|draw| self.jury.drawn(&hash_of(jury - 1, draw)));
                dispute.draw.leaves = drawn.collect();
                dispute.draw.seed = Seed::Known;
                dispute.draw.given = self.jury.given;
                *self.jury.armed.get_mut(&until).expect("it was armed") -= 1;
            }
        }
        Ok(())
    }

    /// The next of those that were drawn is called, and sits if it may.
    pub fn draw_juror(&mut self, number: usize) -> Verdict {
        let work = self.time.cross();
        let dispute = self.disputes.get(&number).ok_or("no such dispute")?;
        let court = &dispute.court;
        let is_open = court.phase == Phase::Draw && work < court.until;
        require(is_open && dispute.draw.seed(court) == Seed::Known, "no jury is drawn")?;
        let (leaf, who) = *dispute.draw.leaves.get(dispute.draw.called).ok_or("all were called")?;
        let juror = self.jury.all.get(&who).ok_or("it has left")?;
        // One that left by now and came back is not the one that was drawn.
        let same = |(last, entered): (u16, u64)| last == leaf && entered <= dispute.draw.given;
        require(juror.last_leaf.is_some_and(same), "it has left")?;
        let jury = u8::try_from(court.juries.len() - 1).expect("at most four");
        let bound = self.binds(number, who, jury);
        let sits = bound > 0;
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        let present = dispute.court.juries.last().expect("a jury");
        let (index, round) = (present.drawn, present.round);
        if sits {
            let juror = self.jury.all.get_mut(&who).expect("a juror");
            *juror.ballots.entry((number, jury)).or_default() += 1;
            let is_first = juror.juries.insert((number, jury));
            let ballot = Ballot { juror: who, lock: bound, is_first, state: BallotState::Drawn };
            dispute.ballots.insert((jury, index), ballot);
        }
        dispute.draw.called += 1;
        let all_called = dispute.draw.called == dispute.draw.leaves.len();
        if sits || all_called {
            let is_fresh = dispute.court.juries.iter().filter(|jury| jury.round == round).count() > 1;
            if !is_fresh {
                let bounty = self.rules.job_bounty;
                dispute.bounties[usize::from(round) - 1] += bounty;
                self.money.escrow -= bounty;
                self.money.keeper += bounty;
            }
            dispute.court.end_draw(sits, work);
        }
        while all_called && dispute.draw.seed(&dispute.court) == Seed::Known {
            dispute.court.end_draw(false, work);
        }
        Ok(())
    }

    /// What a ballot of a jury would bind of a juror's lock; nothing where it may not sit.
    fn binds(&self, number: usize, who: Who, jury: u8) -> u64 {
        let dispute = &self.disputes[&number];
        let juror = &self.jury.all[&who];
        let is_party = self.is_party(dispute, who);
        let stake = self.positions.get(&(dispute.provider, who));
        let stands_behind = stake.is_some_and(|position| position.shares > 0 || position.live > 0 || position.held > 0);
        let has = juror.ballots.get(&(number, jury)).copied().unwrap_or(0);
        let is_free = has > 0 || juror.juries.len() < MOST_JURIES;
        // What ripened after the arming makes no lock younger.
        let since = if dispute.draw.armed_at < juror.ripened_at { juror.former_since } else { juror.since };
        let owns = who == self.providers[dispute.provider].owner;
        if is_party || owns || stands_behind || since >= dispute.committed_at || !is_free {
            return 0;
        }
        let (_, lock) = dispute.ballot_terms(jury, self.rules.disputes.juror_lock);
        juror.ripe().saturating_sub(u64::from(has).saturating_mul(lock)).min(lock)
    }

    /// Whether somebody is a challenger, or the client.
    pub fn is_party(&self, dispute: &Dispute, who: Who) -> bool {
        let is_client = dispute.client == Some(who);
        is_client || dispute.layers.iter().any(|layer| layer.who == who)
    }
}

/// What the chain's list says of the first slot with a block from one on.
enum Hashed {
    Is,
    NotYet,
    Lost,
}

/// The embedded chain has a block in every slot but one in sixteen, and remembers 512.
fn hashed(from: u64, slot: u64) -> Hashed {
    let exists = |slot: &u64| slot % 16 != 7;
    let recent: Vec<u64> = (0..slot).rev().filter(exists).take(512).collect();
    match recent.iter().rev().find(|recent| **recent >= from) {
        None => Hashed::NotYet,
        Some(found) if Some(found) == recent.last() => Hashed::Lost,
        Some(_) => Hashed::Is,
    }
}
