//! Seats, the minimum stake, the beacon, and time lost to outages.

use super::{Beacon, Network};
use crate::{
    Address, WorkTokenError as E,
    limits::{SEED_DELAY_SLOTS, SHARD_PROVIDERS},
    math::{
        Amount, Epoch,
        draw::CAPACITY,
        outage::{LEAST_OUTAGE_SECS, MOST_OUTAGE_SECS_PER_WEEK, gain_secs},
        seats::{MinimumInputs, ema14, ema20, next_cap, next_minimum},
    },
    state::pool_flags,
};

/// Length of the week over which outages are limited.
const WEEK_SECS: i64 = 7 * 86_400;

/// What a finalized epoch says about work and rewards.
#[derive(Clone, Copy, Debug)]
pub struct EpochWork {
    /// Providers with a weight.
    pub weighted: u32,
    /// Providers that settled a seat.
    pub working: u32,
    /// Seats settled.
    pub jobs_done: u32,
    /// What the providers share.
    pub emission: Amount,
    /// Tokens in existence.
    pub supply: Amount,
}

impl Network {
    /// Work time: unix time less the recorded outages, so that every open deadline moves by them (R M22).
    #[inline]
    pub fn work_ts(&self, now_ts: i64) -> i64 {
        now_ts.saturating_sub(self.outage_secs)
    }

    /// The unix time at which it was a work time, as far as outages recorded since then tell.
    pub fn unix_ts(&self, work_ts: i64) -> i64 {
        work_ts.saturating_add(self.outage_secs)
    }

    /// Notes a slot and its time, from which the next outage is measured.
    pub fn note(&mut self, slot: u64, now_ts: i64) {
        self.noted_slot = slot;
        self.noted_ts = now_ts;
    }

    /// Records an outage: what the clock has gained over 600 ms a slot since the last note, if that is more than 30 minutes, at most 24 hours a
    /// week. Returns the seconds by which every open deadline moves.
    pub fn record_outage(&mut self, slot: u64, now_ts: i64) -> Result<u64, E> {
        let gained = gain_secs((self.noted_slot, self.noted_ts), (slot, now_ts));
        if gained <= LEAST_OUTAGE_SECS {
            return Err(E::NoOutage);
        }
        if now_ts >= self.outage_week_from_ts.saturating_add(WEEK_SECS) {
            self.outage_week_from_ts = now_ts;
            self.outage_week_secs = 0;
        }
        let room = MOST_OUTAGE_SECS_PER_WEEK.saturating_sub(self.outage_week_secs);
        let moved = gained.min(room);
        if moved == 0 {
            return Err(E::OutageLimitReached);
        }
        self.outage_week_secs = self.outage_week_secs.saturating_add(moved);
        self.outage_secs = self.outage_secs.saturating_add(i64::try_from(moved).unwrap_or(0));
        self.note(slot, now_ts);
        Ok(moved)
    }

    /// The flags of an epoch opened now.
    pub fn pool_flags(&self) -> u32 {
        let scored = if self.params.is_scored() { pool_flags::SCORED } else { 0 };
        let work_required = self.job_classes != 0 && !self.params.measures_availability();
        scored | if work_required { pool_flags::WORK_REQUIRED } else { 0 }
    }

    /// The tree that is drawn from in an epoch; zero until adopted.
    #[inline]
    pub fn work_tree(&self, epoch: Epoch) -> &Address {
        let [even, odd] = &self.work_trees;
        if epoch.0 & 1 == 0 { even } else { odd }
    }

    /// How many seats there may be now.
    pub fn seats_allowed(&self) -> u32 {
        next_cap(self.params.seat_cap(), self.seat_cap, self.working_mean_x12).min(most_seats())
    }

    /// Takes a free seat.
    pub fn take_seat(&mut self, index: u16) -> Result<(), E> {
        if self.seats_taken >= self.present_cap() {
            return Err(E::NoFreeSeat);
        }
        let (word, bit) = seat_bit(index);
        let word = self.seats.get_mut(word).ok_or(E::SeatOutOfRange)?;
        if *word & bit != 0 {
            return Err(E::SeatTaken);
        }
        *word |= bit;
        self.seats_taken = self.seats_taken.saturating_add(1);
        Ok(())
    }

    /// Frees a seat.
    pub fn free_seat(&mut self, index: u16) {
        let (word, bit) = seat_bit(index);
        if let Some(word) = self.seats.get_mut(word)
            && *word & bit != 0
        {
            *word &= !bit;
            self.seats_taken = self.seats_taken.saturating_sub(1);
        }
    }

    /// The first free seat, if the cap leaves one.
    pub fn first_free_seat(&self) -> Option<u16> {
        if self.seats_taken >= self.present_cap() {
            return None;
        }
        let (word, taken) = self.seats.iter().enumerate().find(|(_, taken)| **taken != u64::MAX)?;
        u16::try_from(word.checked_mul(64)?.checked_add(usize::try_from(taken.trailing_ones()).ok()?)?).ok()
    }

    /// Whether a seat is taken.
    pub fn seat_is_taken(&self, index: u16) -> bool {
        let (word, bit) = seat_bit(index);
        self.seats.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Whether a shard of the scores has a seat that is taken.
    pub fn shard_has_seats(&self, shard: u16) -> bool {
        let seats = u16::try_from(SHARD_PROVIDERS).unwrap_or(u16::MAX);
        let first = shard.saturating_mul(seats);
        (first..first.saturating_add(seats)).any(|index| self.seat_is_taken(index))
    }

    /// The cap in force. Only a dynamic one is remembered from epoch to epoch.
    pub fn present_cap(&self) -> u32 {
        if self.params.seat_cap_mode == 2 && self.seat_cap > 0 { self.seat_cap } else { self.seats_allowed() }
    }

    /// Moves the seat cap, the minimum stake and the means they follow, once per finalized epoch that had any weight.
    pub fn fold_work(&mut self, work: &EpochWork) {
        if work.weighted == 0 {
            return;
        }
        self.working_mean_x12 = ema14(self.working_mean_x12, work.working);
        let average = work.emission.0.checked_div(u64::from(work.weighted)).unwrap_or(0);
        self.reward_mean = if self.reward_mean == 0 { average } else { ema20(self.reward_mean, average) };
        self.seat_cap = self.seats_allowed();
        let inputs = MinimumInputs {
            average_reward: Amount(self.reward_mean),
            supply: work.supply,
            units_per_provider: work.jobs_done.checked_div(work.working).unwrap_or(0),
            units_total: work.jobs_done,
        };
        self.minimum_stake = next_minimum(Amount(self.minimum_stake), &self.params.minimum_rules(), &inputs).0;
    }

    /// Keeps the minimum stake between its floor and its ceiling after a change of parameters.
    pub(super) fn clamp_minimum(&mut self) {
        let (floor, ceiling) = (self.params.minimum_self_stake, self.params.minimum_stake_ceiling);
        self.minimum_stake = self.minimum_stake.max(floor).min(ceiling);
    }
}

impl Beacon {
    /// Whether the seed of an epoch is captured.
    pub fn seed_of(&self, epoch: Epoch) -> Option<&[u8; 32]> {
        (self.epoch_plus_one == epoch.0.wrapping_add(1) && self.is_captured == 1).then_some(&self.seed)
    }

    /// Whether a slot is armed for an epoch and its seed not captured yet.
    pub fn is_armed(&self, epoch: Epoch) -> bool {
        self.epoch_plus_one == epoch.0.wrapping_add(1) && self.is_captured == 0
    }

    /// Arms a slot that lies in the future.
    pub fn arm(&mut self, epoch: Epoch, slot: u64) {
        *self = Self {
            epoch_plus_one: epoch.0.wrapping_add(1),
            is_captured: 0,
            slot: slot.saturating_add(SEED_DELAY_SLOTS),
            seed: [0; 32],
        };
    }

    /// Keeps the seed.
    pub fn capture(&mut self, seed: [u8; 32]) {
        self.seed = seed;
        self.is_captured = 1;
    }
}

fn most_seats() -> u32 {
    u32::try_from(CAPACITY).unwrap_or(u32::MAX)
}

fn seat_bit(index: u16) -> (usize, u64) {
    (usize::from(index >> 6), 1u64.checked_shl(u32::from(index & 63)).unwrap_or(0))
}
