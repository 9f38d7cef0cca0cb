//! Draw a jury: its seed, which nobody knows when the draw is armed, and the draw of ballot after ballot.

use super::{Dispute, Jury, NO_LEAF};
use crate::{
    Address, WorkTokenError as E,
    limits::{DRAW_SLOTS, RANDOMNESS_SECS, RANDOMNESS_SLOTS, SEED_DELAY_SLOTS, SPARE_JURORS},
    math::{Amount, WorkTs, dispute::Phase},
    state::{Ballot, Delegation, Juror, Network, Provider, Tree, network::arming_end},
};

/// States of the seed, in [`Dispute::seed_state`].
const ARMED: u8 = 1;
const SEEDED: u8 = 2;

/// A source of randomness, as a hash of account, owner and offset, and its value.
pub type RandomValue = ([u8; 32], [u8; 32]);

/// What calling a jury does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JuryCall {
    /// Arms its draw.
    Arm,
    /// Makes the seed of the account of randomness, once its value has changed.
    OfRandomness,
    /// Makes it of the hash of the first slot that exists from the armed one on.
    OfSlot,
}

/// Why a juror that is called cannot sit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JurorRefusal {
    /// It is a challenger, or the client.
    Party,
    /// It owns the accused.
    Accused,
    /// It delegates to the accused, or has stake there that leaves or is held back.
    BehindAccused,
    /// Its lock is not older than the commitment to the dispute, is used up, or stands for eight juries.
    LockNotFree,
}

/// What calling a juror did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Called {
    /// Whether it sits.
    pub sits: bool,
    /// Whether no more can be called: then the ballots that are left stay empty.
    pub all_called: bool,
    /// What the keeper is paid for the ballot. Base units.
    pub bounty: u64,
}

impl Called {
    /// Whether the ballot's draw is over: with a juror, or empty because nobody else is left to be called.
    pub fn ends_draw(&self) -> bool {
        self.sits || self.all_called
    }
}

impl Delegation {
    /// Whether its holder stands behind the provider: with shares, or stake that leaves or is held back.
    pub fn stands_behind(&self) -> bool {
        !self.total_shares().is_zero() || self.live_tickets > 0 || self.held_tickets > 0
    }
}

impl Dispute {
    /// Brings it past its deadlines, and says what calling its present jury does then.
    ///
    /// Refuses: when no jury is to be drawn; once its seed is known.
    pub fn next_call(&mut self, slot: u64, (now_ts, work_ts): (i64, WorkTs)) -> Result<JuryCall, E> {
        self.advance(work_ts);
        self.require_drawing(work_ts)?;
        if self.is_seeded() {
            return Err(E::JuryArmed);
        }
        Ok(match self.is_armed_at(slot) {
            false => JuryCall::Arm,
            true if self.awaits_randomness(now_ts) => JuryCall::OfRandomness,
            true => JuryCall::OfSlot,
        })
    }

    /// Refuses unless a jury is being drawn at a time.
    pub fn require_drawing(&self, work_ts: WorkTs) -> Result<(), E> {
        let is_drawing = self.machine.phase() == Phase::Draw && !work_ts.has_reached(self.machine.until_work_ts);
        if is_drawing { Ok(()) } else { Err(E::WrongPhase) }
    }

    fn seed_is(&self, state: u8) -> bool {
        self.seed_state == state && self.seed_jury == self.machine.jury
    }

    /// Whether the present jury's draw is armed and its seed not known. It is not any more once the tree may
    /// have changed.
    pub fn is_armed_at(&self, slot: u64) -> bool {
        self.is_armed() && slot < self.draw.armed_until_slot
    }

    /// Whether the present jury's draw was armed and its seed was not captured.
    pub fn is_armed(&self) -> bool {
        self.seed_is(ARMED)
    }

    /// Whether the present jury's seed is known, and with it who is called. No longer, once its last ballot
    /// is drawn.
    pub fn is_seeded(&self) -> bool {
        self.seed_is(SEEDED)
    }

    /// Arms the present jury's draw with a slot of the future, and with the present value of the account of
    /// randomness, which must change first. Where there is no usable value at it the slot alone decides
    /// (jury-draw-4). From now on the jurors' tree stands still.
    pub fn arm(&mut self, network: &mut Network, slot: u64, now_ts: i64, randomness: Option<RandomValue>) {
        let offset = network.params.disputes.randomness_offset;
        let (source, value) = randomness.unwrap_or_default();
        self.seed_state = ARMED;
        self.seed_jury = self.machine.jury;
        self.draw.armed_ts = now_ts;
        (self.draw.source, self.draw.seed, self.randomness_offset) = (source, value, offset);
        self.draw.seed_slot = slot.saturating_add(SEED_DELAY_SLOTS);
        let slots = if source == [0; 32] { DRAW_SLOTS } else { RANDOMNESS_SLOTS };
        self.draw.armed_until_slot = arming_end(self.draw.seed_slot.saturating_add(slots));
        network.arm_draw(slot, self.draw.armed_until_slot, self.machine.until_work_ts);
    }

    /// Arms another slot of the future, within the same arming: the account of randomness gets no more time
    /// by it, else it could be waited for without end.
    pub fn rearm(&mut self, slot: u64) {
        self.draw.seed_slot = slot.saturating_add(SEED_DELAY_SLOTS);
    }

    /// Whether the seed is to come from the account of randomness: there was a value to change when the draw
    /// was armed, and its time has not passed.
    pub fn awaits_randomness(&self, now_ts: i64) -> bool {
        self.draw.source != [0; 32] && now_ts < self.draw.armed_ts.saturating_add(RANDOMNESS_SECS)
    }

    /// The value that makes the seed. Refuses none, and one that did not come after the draw was armed, of
    /// the same source: one that governance changed since could be known before.
    pub fn new_value(&self, randomness: Option<RandomValue>) -> Result<[u8; 32], E> {
        let is_new = |(source, value): &RandomValue| self.draw.source == *source && self.draw.seed != *value;
        randomness.filter(is_new).map(|(_, value)| value).ok_or(E::RandomnessUnchanged)
    }

    /// Keeps the present jury's seed and draws who is called by [`Self::draw_jury`]: the jurors' tree stands
    /// still for it no more.
    pub fn capture(
        &mut self,
        network: &mut Network,
        seed: [u8; 32],
        tree: &Tree,
        hash: impl Fn(&[u8; 32], u8) -> [u8; 32],
    ) {
        self.draw_jury(seed, tree, hash);
        network.capture_draw(self.draw.armed_until_slot);
    }

    /// Keeps the present jury's seed, and draws at once who is called, in order: one leaf for each ballot and
    /// the spares. From now on nothing that happens alters it (jury-draw-3). `hash` is of the number of the
    /// draw.
    pub fn draw_jury(&mut self, seed: [u8; 32], tree: &Tree, hash: impl Fn(&[u8; 32], u8) -> [u8; 32]) {
        self.draw.seed = seed;
        self.seed_state = SEEDED;
        self.draw.given = tree.given;
        self.called = 0;
        let size = self.jury_at(self.machine.jury).map_or(0, |jury| jury.size);
        self.drawn = 0;
        for (number, place) in (0..size.saturating_add(SPARE_JURORS)).zip(&mut self.leaves) {
            let Some((leaf, _)) = tree.drawn(&hash(&seed, number)) else { break };
            *place = leaf;
            self.drawn = number.saturating_add(1);
        }
    }

    /// The leaf that is called next.
    /// - Refuses: before the seed is captured; once every leaf drawn was called.
    pub fn next_leaf(&self) -> Result<u16, E> {
        if !self.is_seeded() || self.called >= self.drawn {
            return Err(E::JuryNotArmed);
        }
        self.leaves.get(usize::from(self.called)).copied().ok_or(E::JuryNotArmed)
    }

    /// Refuses a juror that the seed did not draw: another leaf's, or one that had left the leaf before or
    /// took it later.
    pub fn require_called(&self, juror: &Juror) -> Result<(), E> {
        if juror.had_leaf(self.next_leaf()?, self.draw.given) { Ok(()) } else { Err(E::WrongJuror) }
    }

    /// How many ballots of the present jury a juror has already.
    pub fn ballots_of(&self, leaf: u16) -> u32 {
        let called = self.leaves.iter().take(usize::from(self.called));
        u32::try_from(called.filter(|called| **called == leaf).count()).unwrap_or(u32::MAX)
    }

    /// Why somebody may not judge the accused, whatever its lock: it is a party, owns the accused, or stands
    /// behind it. `position` is its own at the accused.
    ///
    /// The operator is not asked for. The owner names any key as operator, at once and without that key's
    /// leave, and could so turn away each juror that it does not like; and the operator can judge under
    /// another key anyway.
    pub fn interest_of(
        &self,
        accused: &Provider,
        owner: &Address,
        position: Option<&Delegation>,
    ) -> Option<JurorRefusal> {
        if self.is_party(owner) {
            Some(JurorRefusal::Party)
        } else if solana_address::address_eq(&accused.owner, owner) {
            Some(JurorRefusal::Accused)
        } else if position.is_some_and(Delegation::stands_behind) {
            Some(JurorRefusal::BehindAccused)
        } else {
            None
        }
    }

    /// What a ballot of the present jury binds of a juror's lock, or why it may not sit. `position` is its
    /// owner's at the accused.
    /// - Refuses: a party, the owner of the accused, and whoever stands behind it; a lock that is not free.
    pub fn binds(
        &self,
        accused: &Provider,
        juror: &Juror,
        position: Option<&Delegation>,
    ) -> Result<Amount, JurorRefusal> {
        if let Some(refusal) = self.interest_of(accused, &juror.owner, position) {
            return Err(refusal);
        }
        let (_, lock) = self.ballot_terms(self.machine.jury);
        let bound = juror.binds((self.committed_ts, self.draw.armed_ts), lock, self.ballots_of(juror.leaf));
        if bound.is_zero() { Err(JurorRefusal::LockNotFree) } else { Ok(bound) }
    }

    /// Calls the next juror, who sits if its ballot binds anything: its ballot notes that. The last ballot
    /// ends the draw: the jury votes, or is called anew if too few sit. A keeper is paid for a ballot whose
    /// draw is over, if it `is_paid` at all (jury-bounty-1).
    ///
    /// Refuses: more ballots than can be counted. That the juror is the one called is the caller's to ask
    /// before, by [`Self::require_called`].
    pub fn call_juror(
        &mut self,
        juror: &mut Juror,
        ballot: Option<&mut Ballot>,
        bound: Amount,
        is_paid: bool,
        work_ts: WorkTs,
    ) -> Result<Called, E> {
        let sits = !bound.is_zero();
        if sits {
            let is_first = self.ballots_of(juror.leaf) == 0;
            juror.sit(is_first);
            self.ballots = self.ballots.checked_add(1).ok_or(E::ArithmeticOverflow)?;
            if let Some(ballot) = ballot {
                (ballot.lock, ballot.is_first) = (bound.0, u8::from(is_first));
            }
        }
        let mut called = Called { sits, all_called: self.call(sits), bounty: 0 };
        if called.ends_draw() {
            if is_paid {
                called.bounty = self.take_bounty();
            }
            self.end_draw(sits, work_ts)?;
        }
        while called.all_called && self.is_seeded() {
            self.end_draw(false, work_ts)?;
        }
        Ok(called)
    }

    /// The juror called sits, or is called in vain. Returns whether no more can be called.
    fn call(&mut self, sits: bool) -> bool {
        if let Some(place) = self.leaves.get_mut(usize::from(self.called)).filter(|_| !sits) {
            *place = NO_LEAF;
        }
        self.called = self.called.saturating_add(1);
        self.called >= self.drawn
    }

    fn jury_at(&self, index: u8) -> Option<&Jury> {
        self.machine.juries.get(usize::from(index))
    }

    /// The present jury, and the ballot that is drawn for next.
    pub fn next_ballot(&self) -> [u8; 2] {
        let jury = self.machine.jury;
        [jury, self.jury_at(jury).map_or(0, |jury| jury.drawn)]
    }

    /// Books the bounty of a ballot of the present jury. Nothing for a fresh jury, whose draw nobody has paid
    /// for.
    fn take_bounty(&mut self) -> u64 {
        let index = self.machine.jury;
        let round = self.jury_at(index).map_or(0, |jury| jury.round);
        let earlier = index.checked_sub(1).and_then(|index| self.jury_at(index));
        let is_fresh = earlier.is_some_and(|earlier| earlier.round == round);
        let paid = usize::from(round).checked_sub(1).and_then(|round| self.bounties.get_mut(round));
        match paid {
            Some(paid) if !is_fresh => {
                *paid = paid.saturating_add(self.costs.bounty);
                self.costs.bounty
            }
            _ => 0,
        }
    }
}
