//! Seating a jury: its seed, which nobody knows when the draw is armed, and the draw of seat after seat.

use super::{Dispute, JuryState};
use crate::{
    WorkTokenError as E,
    limits::{RANDOMNESS_SECS, SEED_DELAY_SLOTS},
    math::{WorkTs, dispute::Phase},
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

    /// Whether the present jury's draw is armed and its seed not known.
    pub fn is_armed(&self) -> bool {
        self.seed_is(ARMED)
    }

    /// Whether the present jury's seed is known. No longer, once its last seat is drawn.
    pub fn is_seeded(&self) -> bool {
        self.seed_is(SEEDED)
    }

    /// The present jury's seed.
    pub fn jury_seed(&self) -> Result<&[u8; 32], E> {
        if self.is_seeded() { Ok(&self.seed) } else { Err(E::JuryNotArmed) }
    }

    /// Arms the present jury's draw with a slot of the future, and with the present value of the account of randomness, which must change first;
    /// zero without one.
    pub fn arm(&mut self, slot: u64, now_ts: i64, randomness: [u8; 32]) {
        self.seed_state = ARMED;
        self.seed_jury = self.machine.jury;
        self.armed_ts = now_ts;
        self.seed = randomness;
        self.rearm(slot);
    }

    /// Arms another slot of the future. The account of randomness gets no more time by it: else it could be waited for without end.
    pub fn rearm(&mut self, slot: u64) {
        self.seed_slot = slot.saturating_add(SEED_DELAY_SLOTS);
    }

    /// Whether the seed is to come from the account of randomness: there was a value to change when the draw was armed, and its time has not
    /// passed.
    pub fn awaits_randomness(&self, now_ts: i64) -> bool {
        self.seed != [0; 32] && now_ts < self.armed_ts.saturating_add(RANDOMNESS_SECS)
    }

    /// Keeps the present jury's seed.
    pub fn capture(&mut self, seed: [u8; 32]) {
        self.seed = seed;
        self.seed_state = SEEDED;
    }

    fn jury_at(&self, index: u8) -> Option<&JuryState> {
        self.machine.juries.get(usize::from(index))
    }

    /// What the next draw is for: the jury, its seat, and how often the seat was drawn in vain.
    pub fn next_draw(&self) -> [u8; 3] {
        let jury = self.machine.jury;
        [jury, self.jury_at(jury).map_or(0, |jury| jury.seated), self.redraws]
    }

    /// Books the bounty of a seat of the present jury. Nothing for a fresh jury, whose draw nobody has paid for.
    pub fn take_bounty(&mut self) -> u64 {
        let index = self.machine.jury;
        let round = self.jury_at(index).map_or(0, |jury| jury.round);
        let earlier = index.checked_sub(1).and_then(|index| self.jury_at(index));
        let is_fresh = earlier.is_some_and(|earlier| earlier.round == round);
        let paid = usize::from(round).checked_sub(1).and_then(|round| self.bounties.get_mut(round));
        match paid {
            Some(paid) if !is_fresh => {
                *paid = paid.saturating_add(self.bounty);
                self.bounty
            }
            _ => 0,
        }
    }
}
