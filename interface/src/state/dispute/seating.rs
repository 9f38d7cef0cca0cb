//! Seating a jury: its seed, which nobody knows when the draw is armed, and the draw of seat after seat.

use super::{Dispute, JuryState, NO_LEAF};
use crate::{
    WorkTokenError as E,
    limits::{DRAW_SLOTS, RANDOMNESS_SECS, RANDOMNESS_SLOTS, SEED_DELAY_SLOTS, SPARE_JURORS},
    math::{Amount, WorkTs, dispute::Phase},
    state::{Juror, Tree, network::arming_end},
};

/// States of the seed, in [`Dispute::seed_state`].
const ARMED: u8 = 1;
const SEEDED: u8 = 2;

impl Dispute {
    /// Refuses unless a jury is being seated at a time.
    pub fn require_seating(&self, work_ts: WorkTs) -> Result<(), E> {
        let is_seating = self.machine.phase == Phase::Seating as u8 && !work_ts.has_reached(self.machine.until_work_ts);
        if is_seating { Ok(()) } else { Err(E::WrongPhase) }
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

    /// Whether the present jury's seed is known, and with it who is called. No longer, once its last seat is
    /// drawn.
    pub fn is_seeded(&self) -> bool {
        self.seed_is(SEEDED)
    }

    /// Arms the present jury's draw with a slot of the future, and with the present value of the account of
    /// randomness, which must change first. Where there is no usable value at it the slot alone decides (D4).
    pub fn arm(&mut self, slot: u64, now_ts: i64, randomness: Option<([u8; 32], [u8; 32])>, offset: u16) {
        let (source, value) = randomness.unwrap_or_default();
        self.seed_state = ARMED;
        self.seed_jury = self.machine.jury;
        self.draw.armed_ts = now_ts;
        (self.draw.source, self.draw.seed, self.randomness_offset) = (source, value, offset);
        self.draw.seed_slot = slot.saturating_add(SEED_DELAY_SLOTS);
        let slots = if source == [0; 32] { DRAW_SLOTS } else { RANDOMNESS_SLOTS };
        self.draw.armed_until_slot = arming_end(self.draw.seed_slot.saturating_add(slots));
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

    /// Whether a value is one that came after the draw was armed, of the same source: one that governance
    /// changed since could be known before.
    pub fn is_new(&self, (source, value): &([u8; 32], [u8; 32])) -> bool {
        self.draw.source == *source && self.draw.seed != *value
    }

    /// Keeps the present jury's seed, and draws at once who is called, in order: one leaf for each seat and
    /// the spares. From now on nothing that happens alters it (D4). `hash` is of the number of the draw.
    pub fn capture(&mut self, seed: [u8; 32], tree: &Tree, hash: impl Fn(&[u8; 32], u8) -> [u8; 32]) {
        self.draw.seed = seed;
        self.seed_state = SEEDED;
        self.draw.given = tree.given;
        self.called = 0;
        let seats = self.jury_at(self.machine.jury).map_or(0, |jury| jury.seats);
        self.drawn = 0;
        for (number, place) in (0..seats.saturating_add(SPARE_JURORS)).zip(&mut self.leaves) {
            let Some((leaf, _)) = tree.drawn(&hash(&seed, number)) else { break };
            *place = leaf;
            self.drawn = number.saturating_add(1);
        }
    }

    /// The leaf that is called next.
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

    /// How many seats of the present jury a juror has already.
    pub fn seats_of(&self, leaf: u16) -> u32 {
        let called = self.leaves.iter().take(usize::from(self.called));
        u32::try_from(called.filter(|called| **called == leaf).count()).unwrap_or(u32::MAX)
    }

    /// What a seat of the present jury binds of a juror's lock; nothing where it may not sit.
    pub fn bound_of(&self, juror: &Juror) -> Amount {
        let (_, lock) = self.seat_terms(self.machine.jury);
        juror.binds((self.committed_ts, self.draw.armed_ts), lock, self.seats_of(juror.leaf))
    }

    /// The juror called sits, or is called in vain. Returns whether no more can be called: then the seats
    /// that are left stay empty.
    pub fn call(&mut self, sits: bool) -> bool {
        if let Some(place) = self.leaves.get_mut(usize::from(self.called)).filter(|_| !sits) {
            *place = NO_LEAF;
        }
        self.called = self.called.saturating_add(1);
        self.called >= self.drawn
    }

    fn jury_at(&self, index: u8) -> Option<&JuryState> {
        self.machine.juries.get(usize::from(index))
    }

    /// The present jury, and the seat that is drawn for next.
    pub fn next_seat(&self) -> [u8; 2] {
        let jury = self.machine.jury;
        [jury, self.jury_at(jury).map_or(0, |jury| jury.seated)]
    }

    /// Books the bounty of a seat of the present jury. Nothing for a fresh jury, whose draw nobody has paid
    /// for.
    pub fn take_bounty(&mut self) -> u64 {
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
