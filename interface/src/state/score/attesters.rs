//! The attesters of a shard: how they are drawn, and what each is due in the end.

use crate::{
    WorkTokenError as E,
    limits::SHARD_ATTESTERS,
    math::{Amount, Epoch, WorkTs, attester::fine},
    state::{Attester, AttesterRoster, EpochPool, EpochState, Metric, Network, OpinionState, ScoreShard},
};

/// What an attester of a shard is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Pay for its points times its bond.
    Pay(u64),
    /// A fine: it owed its reports and did not reveal.
    Fine(Amount),
}

/// What settling an attester of a shard brought. Base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paid {
    /// Credited to it.
    pub pay: u64,
    /// Taken from its bond.
    pub fine: u64,
}

impl Network {
    /// The seed by which attesters of a shard of the present epoch are drawn.
    ///
    /// Refuses: another epoch than the present; one in which nothing is attested; in its second half, or
    /// whoever draws them late has them all fined; before the seed is captured; a shard without a taken
    /// place, for the same reason.
    pub fn seed_of_shard(&self, pool: &EpochPool, shard: u16, now_ts: i64) -> Result<&[u8; 32], E> {
        let epoch = self.epoch_at(now_ts);
        if pool.epoch != epoch.0 {
            return Err(E::WrongEpoch);
        }
        pool.require_drawable(now_ts)?;
        let seed = self.beacon.seed_of(epoch).ok_or(E::BeaconNotReady)?;
        if self.shard_has_places(shard) { Ok(seed) } else { Err(E::ShardOutOfRange) }
    }
}

impl ScoreShard {
    /// Draws its attesters in a fresh account: at most fifteen, by bond, without repetition, from the roster
    /// as it was when the epoch began (score-draw-1, score-roster-5). They owe their reports by the rules
    /// that the epoch began with (score-rules-1). `hash` is of the shard's number and that of the draw, with
    /// the epoch's seed.
    ///
    /// Refuses: when nobody can be drawn.
    #[inline(never)]
    pub fn draw(
        &mut self,
        pool: &mut EpochPool,
        roster: &AttesterRoster,
        hash: impl Fn(&[u8; 3]) -> [u8; 32],
    ) -> Result<(), E> {
        let units = Metric::units_place(&pool.score_rules.metrics);
        self.units_plus_one =
            units.and_then(|place| u8::try_from(place).ok()).map_or(0, |place| place.saturating_add(1));
        self.commit_until_work_ts = pool.ends_at_work_ts;
        self.reveal_until_work_ts = pool.weigh_from_work_ts;
        let mut draw = roster.draw(Epoch(self.epoch));
        let [low, high] = self.shard.to_le_bytes();
        for number in (0u8..).take(SHARD_ATTESTERS) {
            let Some((place, bond)) = draw.next(&hash(&[low, high, number])) else { break };
            if let Some(entry) = roster.entries.get(place) {
                self.enter(entry.attester, bond);
            }
        }
        if self.attesters == 0 {
            return Err(E::NoAttesters);
        }
        pool.open_shards = pool.open_shards.saturating_add(1);
        Ok(())
    }

    /// Keeps an attester's commitment; a second one replaces the first. Never once somebody has revealed: an
    /// outage moves the deadline back, and what was revealed could be copied.
    ///
    /// Refuses: one that was not drawn; after the epoch's end, or once somebody has revealed; a zero
    /// commitment.
    pub fn commit(&mut self, attester: &mut Attester, commitment: [u8; 32], work_ts: WorkTs) -> Result<(), E> {
        let index = self.opinion_of(&attester.owner).ok_or(E::AttesterNotDrawn)?;
        if work_ts.has_reached(self.commit_until_work_ts) || self.revealed_bonds > 0 {
            return Err(E::CommitHasPassed);
        }
        if commitment == [0; 32] {
            return Err(E::ZeroCommitment);
        }
        if let Some(opinion) = self.opinions.get_mut(index) {
            opinion.commitment = commitment;
            opinion.state = OpinionState::Committed as u8;
        }
        attester.note_owed(Epoch(self.epoch));
        Ok(())
    }

    /// What an attester is due that has `bond` left, at a least fine. `None` once it is settled.
    pub fn due(&self, index: usize, least_fine: u64, bond: u64) -> Option<Due> {
        let opinion = self.opinions.get(index).filter(|opinion| !opinion.is_settled())?;
        if !opinion.has_revealed() {
            let shard = (Amount(self.revealed_bonds), Amount(self.drawn_bonds));
            return Some(Due::Fine(fine(Amount(least_fine), Amount(opinion.bond), Amount(bond), shard.0, shard.1)));
        }
        Some(Due::Pay(if opinion.has_earned(self.scored) { opinion.weighted_points() } else { 0 }))
    }

    /// Refuses to settle attesters of a shard of another epoch; before that is finalized or swept; while
    /// reports can still be revealed.
    pub fn require_due(&self, pool: &EpochPool, work_ts: WorkTs) -> Result<(), E> {
        if self.epoch != pool.epoch {
            return Err(E::WrongShard);
        }
        if pool.state == EpochState::Open as u8 {
            return Err(E::NotFinalized);
        }
        if work_ts.has_reached(self.reveal_until_work_ts) { Ok(()) } else { Err(E::RevealStillOpen) }
    }

    /// Settles an attester that is closed: its bond has left, and its pay has nowhere to go. It must not keep
    /// the epoch's account. Whether it was not settled yet.
    pub fn settle_gone(&mut self, index: usize, pool: &mut EpochPool) -> bool {
        let is_open = self.opinions.get(index).is_some_and(|opinion| !opinion.is_settled());
        if is_open {
            self.settle(index, pool);
        }
        is_open
    }

    /// Notes that an attester is paid or fined. With the last one the epoch waits for the shard no more.
    pub(super) fn settle(&mut self, index: usize, pool: &mut EpochPool) {
        if let Some(opinion) = self.opinions.get_mut(index).filter(|opinion| !opinion.is_settled()) {
            opinion.state = OpinionState::Settled as u8;
            self.settled = self.settled.saturating_add(1);
        }
        if self.require_closable().is_ok() {
            pool.open_shards = pool.open_shards.saturating_sub(1);
        }
    }

    /// Refuses to close it before all of its attesters are paid or fined.
    pub fn require_closable(&self) -> Result<(), E> {
        if self.settled == self.attesters { Ok(()) } else { Err(E::ShardNotSettled) }
    }
}

impl Attester {
    /// Is paid for its agreement with the medians of a shard that it was drawn for, or fined because it did
    /// not reveal. `None` where it is settled, and while a fine waits because it cannot be taken out of the
    /// vault (score-fine-2).
    ///
    /// Rounds: pay and fines down; after the sweep nothing is paid. Refuses: one that was not drawn.
    pub fn settle(
        &mut self,
        pool: &mut EpochPool,
        shard: &mut ScoreShard,
        roster: &mut AttesterRoster,
        (now, takes_fines): (Epoch, bool),
    ) -> Result<Option<Paid>, E> {
        let index = shard.opinion_of(&self.owner).ok_or(E::AttesterNotDrawn)?;
        let mut paid = Paid::default();
        match shard.due(index, pool.score_rules.attester_fine, self.bond) {
            None => return Ok(None),
            Some(Due::Fine(_)) if !takes_fines => return Ok(None),
            Some(Due::Fine(fine)) => {
                self.fine(fine, pool.score_rules.attester_bond, roster, now);
                paid.fine = fine.0;
            }
            Some(Due::Pay(points)) if pool.state == EpochState::Finalized as u8 => {
                paid.pay = pool.attester_pay(points);
                pool.attester_paid = pool.attester_paid.saturating_add(paid.pay);
                self.credit = self.credit.saturating_add(paid.pay);
            }
            Some(Due::Pay(_)) => (),
        }
        self.note_owed(Epoch(shard.epoch));
        shard.settle(index, pool);
        Ok(Some(paid))
    }
}
