//! Places, the minimum stake, the beacon, and time lost to outages.

use super::{Beacon, Network};
use crate::{
    Address, WorkTokenError as E,
    limits::{RANDOMNESS_SECS, SEED_DELAY_SLOTS, SHARD_PROVIDERS},
    math::{
        Amount, Epoch, UnixTs, WorkTs,
        draw::CAPACITY,
        outage::{LEAST_OUTAGE_SECS, MOST_OUTAGE_SECS_PER_WEEK, OUTAGE_WEEK_SECS, gain_secs},
        places::{MinimumInputs, ema14, ema20, next_cap, next_minimum},
    },
    state::{PlaceRules, TreeKind, provider::windows_touched},
};

/// Length of the week over which outages are limited.
const WEEK_SECS: i64 = OUTAGE_WEEK_SECS.cast_signed();
/// The least outage, as a span of time.
const LEAST_OUTAGE: i64 = LEAST_OUTAGE_SECS.cast_signed();

/// What a finalized epoch says about work and rewards.
#[derive(Clone, Copy, Debug)]
pub struct EpochWork {
    /// Providers with a weight.
    pub weighted: u32,
    /// Providers that burned fees of strangers' jobs.
    pub working: u32,
    /// What those fees burned.
    pub burned: Amount,
    /// What the providers share.
    pub emission: Amount,
    /// Tokens in existence.
    pub supply: Amount,
    /// The epoch in which it is finalized.
    pub now: Epoch,
}

impl Network {
    /// Work time: unix time less the recorded outages, so that every open deadline moves by them
    /// (network-outage-1).
    #[inline]
    pub fn work_ts(&self, now_ts: i64) -> WorkTs {
        UnixTs(now_ts).less_outages(self.outages.secs)
    }

    /// Work time as if what is recordable had been recorded: nobody loses a deadline because nobody has
    /// recorded an outage yet (network-outage-2).
    #[inline]
    pub fn work_now(&self, slot: u64, now_ts: i64) -> WorkTs {
        let recordable = i64::try_from(self.recordable_secs(slot, now_ts)).unwrap_or(0);
        UnixTs(now_ts).less_outages(self.outages.secs.saturating_add(recordable))
    }

    /// The unix time at which it was a work time, as far as outages recorded since then tell.
    pub fn unix_ts(&self, work_ts: WorkTs) -> i64 {
        work_ts.with_outages(self.outages.secs).0
    }

    /// When an epoch ends for those who still owe it something. Work time.
    pub fn ends_at_work_ts(&self, epoch: Epoch) -> i64 {
        let rules = self.rules_of(epoch);
        UnixTs(rules.ends_at_ts).less_outages(rules.outage_secs).0
    }

    /// Notes a slot and its time, from which the next outage is measured.
    pub fn note(&mut self, slot: u64, now_ts: i64) {
        self.outages.noted_slot = slot;
        self.outages.noted_ts = now_ts;
    }

    /// What the clock has gained since the last note.
    #[inline]
    fn gained_secs(&self, slot: u64, now_ts: i64) -> u64 {
        gain_secs((self.outages.noted_slot, self.outages.noted_ts), (slot, now_ts))
    }

    /// Refreshes the note while no more than 600 ms a slot have passed since the last, so that no gain is
    /// forgotten: ordinary slots earn slack that hides a later halt (network-outage-3). Refuses otherwise.
    pub fn refresh_note(&mut self, slot: u64, now_ts: i64) -> Result<(), E> {
        if self.gained_secs(slot, now_ts) > 0 {
            return Err(E::ClockHasGained);
        }
        self.note(slot, now_ts);
        Ok(())
    }

    /// By how much every open deadline would move if the outage were recorded now: what the clock has gained,
    /// from half an hour on, as far as the week's limit leaves room; 0 when there is nothing to record.
    #[inline]
    pub fn recordable_secs(&self, slot: u64, now_ts: i64) -> u64 {
        // The common case: too little time has passed for any outage.
        if now_ts.saturating_sub(self.outages.noted_ts) < LEAST_OUTAGE {
            return 0;
        }
        self.recordable_after_all(slot, now_ts)
    }

    #[inline(never)]
    fn recordable_after_all(&self, slot: u64, now_ts: i64) -> u64 {
        let gained = self.gained_secs(slot, now_ts);
        if gained < LEAST_OUTAGE_SECS { 0 } else { gained.min(self.outage_room(now_ts)) }
    }

    fn outage_room(&self, now_ts: i64) -> u64 {
        let is_new_week = now_ts >= self.outages.week_from_ts.saturating_add(WEEK_SECS);
        MOST_OUTAGE_SECS_PER_WEEK.saturating_sub(if is_new_week { 0 } else { self.outages.week_secs })
    }

    /// Records an outage: what the clock has gained over 600 ms a slot since the last note, from 30 minutes
    /// on, at most 24 hours a week. Returns the seconds by which every open deadline moves.
    /// - Refuses: less than 30 minutes; what the week's limit has no room for.
    pub fn record_outage(&mut self, slot: u64, now_ts: i64) -> Result<u64, E> {
        if self.gained_secs(slot, now_ts) < LEAST_OUTAGE_SECS {
            return Err(E::NoOutage);
        }
        self.record_due(slot, now_ts).ok_or(E::OutageLimitReached)
    }

    /// Records what is recordable and fits the week's limit. Comes before everything that a passed deadline
    /// allows, so that nobody is late because nobody has recorded an outage; never refuses
    /// (network-outage-2).
    #[inline]
    pub fn record_due(&mut self, slot: u64, now_ts: i64) -> Option<u64> {
        let moved = self.recordable_secs(slot, now_ts);
        if moved == 0 {
            return None;
        }
        self.record(slot, now_ts, moved);
        Some(moved)
    }

    #[inline(never)]
    fn record(&mut self, slot: u64, now_ts: i64, moved: u64) {
        if now_ts >= self.outages.week_from_ts.saturating_add(WEEK_SECS) {
            self.outages.week_from_ts = now_ts;
            self.outages.week_secs = 0;
        }
        self.note_rules(self.epoch_at(now_ts));
        self.excuse(self.outages.noted_ts, now_ts);
        self.outages.week_secs = self.outages.week_secs.saturating_add(moved);
        self.outages.secs = self.outages.secs.saturating_add(i64::try_from(moved).unwrap_or(0));
        self.note(slot, now_ts);
    }

    /// Excuses the silence of every heartbeat window between a note and the record of an outage: the halt
    /// lies somewhere in it.
    fn excuse(&mut self, from_ts: i64, until_ts: i64) {
        for rules in self.epoch_rules.iter_mut().filter(|rules| rules.epoch_plus_one != 0) {
            rules.excused |= windows_touched((rules.starts_at_ts, rules.ends_at_ts), (from_ts, until_ts));
        }
    }

    /// The tree that jobs are drawn from in an epoch; zero until adopted.
    #[inline]
    pub fn work_tree(&self, epoch: Epoch) -> &Address {
        let [even, odd] = &self.work_trees;
        if TreeKind::of_epoch(epoch) == TreeKind::Even { even } else { odd }
    }

    /// Adopts a tree. Refuses where the network has one of its kind.
    pub fn adopt_tree(&mut self, kind: TreeKind, tree: &Address, now_ts: i64) -> Result<(), E> {
        let [even, odd] = &mut self.work_trees;
        let adopted = match kind {
            TreeKind::Even => even,
            TreeKind::Odd => odd,
            TreeKind::Jurors => &mut self.juror_tree,
        };
        if *adopted != Address::default() {
            return Err(E::TreeExists);
        }
        *adopted = *tree;
        if kind == TreeKind::Jurors {
            self.juror_tree_from_ts = now_ts;
        }
        Ok(())
    }

    /// How many places there may be now.
    pub fn places_allowed(&self) -> u32 {
        let cap = self.params.place_rules().cap();
        next_cap(cap, self.place_cap, self.working_mean_x12, Amount(self.stake_total)).min(most_places())
    }

    /// Takes a free place.
    /// - Refuses: when as many are taken as there may be; an index beyond the last; a place that is taken.
    pub fn take_place(&mut self, index: u16) -> Result<(), E> {
        if self.places_taken >= self.present_cap() {
            return Err(E::NoFreePlace);
        }
        let (word, bit) = place_bit(index);
        let word = self.places.get_mut(word).ok_or(E::PlaceOutOfRange)?;
        if *word & bit != 0 {
            return Err(E::PlaceTaken);
        }
        *word |= bit;
        self.places_taken = self.places_taken.saturating_add(1);
        Ok(())
    }

    /// Frees a place.
    pub fn free_place(&mut self, index: u16) {
        let (word, bit) = place_bit(index);
        if let Some(word) = self.places.get_mut(word)
            && *word & bit != 0
        {
            *word &= !bit;
            self.places_taken = self.places_taken.saturating_sub(1);
        }
    }

    /// The first free place, if the cap leaves one.
    pub fn first_free_place(&self) -> Option<u16> {
        if self.places_taken >= self.present_cap() {
            return None;
        }
        let (word, taken) = self.places.iter().enumerate().find(|(_, taken)| **taken != u64::MAX)?;
        u16::try_from(word.checked_mul(64)?.checked_add(usize::try_from(taken.trailing_ones()).ok()?)?).ok()
    }

    /// Whether a place is taken.
    pub fn place_is_taken(&self, index: u16) -> bool {
        let (word, bit) = place_bit(index);
        self.places.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Whether a shard of the scores has a place that is taken.
    pub fn shard_has_places(&self, shard: u16) -> bool {
        let places = u16::try_from(SHARD_PROVIDERS).unwrap_or(u16::MAX);
        let first = shard.saturating_mul(places);
        (first..first.saturating_add(places)).any(|index| self.place_is_taken(index))
    }

    /// The cap in force. Only a dynamic one is remembered from epoch to epoch.
    pub fn present_cap(&self) -> u32 {
        if self.params.place_cap_mode == 2 && self.place_cap > 0 { self.place_cap } else { self.places_allowed() }
    }

    /// Moves the place cap, the minimum stake and the means they follow, once per finalized epoch that had
    /// any weight, by that epoch's own rules.
    pub fn fold_work(&mut self, work: &EpochWork, rules: &PlaceRules) {
        if work.weighted == 0 {
            return;
        }
        self.working_mean_x12 = ema14(self.working_mean_x12, work.working);
        let average = work.emission.0.checked_div(u64::from(work.weighted)).unwrap_or(0);
        self.reward_mean = if self.reward_mean == 0 { average } else { ema20(self.reward_mean, average) };
        let stake = Amount(self.stake_total);
        self.place_cap = next_cap(rules.cap(), self.place_cap, self.working_mean_x12, stake).min(most_places());
        self.pace.slashed_mean = ema20(self.pace.slashed_mean, core::mem::take(&mut self.pace.slashed));
        let inputs = MinimumInputs {
            average_reward: Amount(self.reward_mean),
            supply: work.supply,
            // Of all with weight, not of those who worked: else one that works alone, for itself, would set
            // the minimum of everybody.
            burned_per_provider: Amount(work.burned.0.checked_div(u64::from(work.weighted)).unwrap_or(0)),
            burned: work.burned,
            slashed: Amount(self.pace.slashed_mean),
            stake: self.largest_stake(),
        };
        if self.pace.decided_epoch < work.now.0 {
            self.pace.minimum_before = self.minimum_stake;
            self.pace.decided_epoch = work.now.0;
        }
        self.minimum_stake = next_minimum(Amount(self.minimum_stake), &rules.minimum(), &inputs).0;
        self.clamp_minimum();
    }

    /// The minimum stake that an epoch which has not begun will begin with, as far as is decided: what was
    /// decided before the epoch that is before it began, or less. A rise is known for a whole epoch before it
    /// counts (place-minimum-2).
    pub fn minimum_in(&self, epoch: Epoch) -> Amount {
        let is_known = self.pace.decided_epoch.saturating_add(1) < epoch.0 || self.pace.decided_epoch == 0;
        let before = if is_known { u64::MAX } else { self.pace.minimum_before };
        Amount(self.minimum_stake.min(before))
    }

    /// What a provider needs to begin with the epoch after this one.
    #[inline]
    pub fn minimum_of_next(&self, now: Epoch) -> Amount {
        self.minimum_in(now.next())
    }

    /// Keeps the minimum stake between its floor and its ceiling after a change of parameters.
    pub(super) fn clamp_minimum(&mut self) {
        let (floor, ceiling) = (self.params.minimum_self_stake, self.params.minimum_stake_ceiling);
        self.minimum_stake = self.minimum_stake.max(floor).min(ceiling);
        self.pace.minimum_before = self.pace.minimum_before.max(floor).min(ceiling);
    }
}

/// What brings the seed of an epoch a step further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BeaconStep {
    /// Arm a slot of the future, and with it the present value of the account of randomness.
    Arm,
    /// Keep this value of the account of randomness, which came after the beacon was armed.
    Value([u8; 32]),
    /// Keep the hash of the first slot that exists from this one on; arm another if it was lost.
    Slot(u64),
}

impl Beacon {
    /// Refuses another seed for an epoch that has one.
    pub fn require_pending(&self, epoch: Epoch) -> Result<(), E> {
        if self.seed_of(epoch).is_some() { Err(E::BeaconReady) } else { Ok(()) }
    }

    /// What brings the seed of an epoch that has none a step further, when the account of randomness has
    /// `value` now: what that is read from, and the value.
    /// - Refuses: before the value has changed, while the account of randomness decides.
    pub fn next_step(&self, epoch: Epoch, now_ts: i64, value: Option<([u8; 32], [u8; 32])>) -> Result<BeaconStep, E> {
        if !self.is_armed(epoch) {
            return Ok(BeaconStep::Arm);
        }
        if !self.awaits_randomness(now_ts) {
            return Ok(BeaconStep::Slot(self.slot));
        }
        let (_, value) = value.filter(|value| self.is_new(value)).ok_or(E::RandomnessUnchanged)?;
        Ok(BeaconStep::Value(value))
    }

    /// Whether the seed of an epoch is captured.
    pub fn seed_of(&self, epoch: Epoch) -> Option<&[u8; 32]> {
        (self.epoch_plus_one == epoch.0.wrapping_add(1) && self.is_captured == 1).then_some(&self.seed)
    }

    /// Whether a slot is armed for an epoch and its seed not captured yet.
    pub fn is_armed(&self, epoch: Epoch) -> bool {
        self.epoch_plus_one == epoch.0.wrapping_add(1) && self.is_captured == 0
    }

    /// Arms a slot that lies in the future, and with it the present value of the account of randomness, if it
    /// has a usable one: what that is read from, and the value, which must change first.
    pub fn arm(&mut self, epoch: Epoch, slot: u64, now_ts: i64, randomness: Option<([u8; 32], [u8; 32])>) {
        let (source, seed) = randomness.unwrap_or_default();
        *self = Self {
            epoch_plus_one: epoch.0.wrapping_add(1),
            is_captured: 0,
            slot: slot.saturating_add(SEED_DELAY_SLOTS),
            seed,
            armed_ts: now_ts,
            source,
        };
    }

    /// Arms another slot that lies in the future. The account of randomness gets no more time by it.
    pub fn rearm(&mut self, slot: u64) {
        self.slot = slot.saturating_add(SEED_DELAY_SLOTS);
    }

    /// Whether the account of randomness decides, because it had a usable value when the beacon was armed and
    /// its time has not passed; else the slot alone does.
    pub fn awaits_randomness(&self, now_ts: i64) -> bool {
        self.source != [0; 32] && now_ts < self.armed_ts.saturating_add(RANDOMNESS_SECS)
    }

    /// Whether a value is one that came after the beacon was armed, of the same source: one that governance
    /// changed since could be known before.
    pub fn is_new(&self, (source, value): &([u8; 32], [u8; 32])) -> bool {
        self.source == *source && self.seed != *value
    }

    /// Keeps the seed.
    pub fn capture(&mut self, seed: [u8; 32]) {
        self.seed = seed;
        self.is_captured = 1;
    }
}

fn most_places() -> u32 {
    u32::try_from(CAPACITY).unwrap_or(u32::MAX)
}

fn place_bit(index: u16) -> (usize, u64) {
    (usize::from(index >> 6), 1u64.checked_shl(u32::from(index & 63)).unwrap_or(0))
}
