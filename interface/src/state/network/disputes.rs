//! What disputes share across a network: correlated convictions, the slashing limit, the jurors' tree.

use super::{ARMED_WINDOWS, CONVICTED_RING, Convicted, Network};
use crate::{
    WorkTokenError as E,
    limits::{ARMING_SLOTS, CORRELATED_SEVERITY, CORRELATION_EPOCHS},
    math::{
        Amount, Bps, Epoch,
        bucket::Bucket,
        mul_div::mul_checked,
        slash::{correlation_bps, part},
        snapshot::slot,
    },
    state::{LastConviction, Provider},
};

/// Windows of slots, as many as are told apart.
const WINDOWS: u64 = ARMED_WINDOWS as u64;

fn window_of(slot: u64) -> u64 {
    slot.checked_div(ARMING_SLOTS).unwrap_or(0)
}

fn place_of(window: u64) -> usize {
    usize::try_from(window.checked_rem(WINDOWS).unwrap_or(0)).unwrap_or(0)
}

/// Where the arming of a draw ends that holds until a slot at least: all that end in one window end with it,
/// so that they can be counted together.
pub fn arming_end(slot: u64) -> u64 {
    window_of(slot).saturating_add(1).saturating_mul(ARMING_SLOTS)
}

impl Convicted {
    fn is_of(&self, epoch: Epoch) -> bool {
        self.epoch_plus_one == epoch.next().0
    }
}

impl Network {
    /// Notes that a provider with `stake` was convicted by a verdict of `epoch`, and says by how much the
    /// convictions of *other* providers in the last 7 epochs raise what its severity costs: from severity 3
    /// on, faults of one severity (dispute-slash-5). Each provider counts once, with what it added last.
    pub fn convict(&mut self, provider: &mut Provider, severity: u8, stake: Amount, epoch: Epoch) -> Bps {
        let Some(class) = severity.checked_sub(CORRELATED_SEVERITY).map(usize::from) else { return Bps::ZERO };
        let Some(last) = provider.faults.convictions.get_mut(class) else { return Bps::ZERO };
        let ring = u32::try_from(CONVICTED_RING).unwrap_or(1);
        // A verdict that comes to be applied after a later one leaves that where it is, which is no earlier
        // one's other.
        let is_latest = last.epoch_plus_one <= epoch.next().0;
        if let Some(own) = last.epoch_plus_one.checked_sub(1).map(Epoch).filter(|_| is_latest)
            && let Some(entry) = self.convicted.get_mut(slot(own, ring)).filter(|entry| entry.is_of(own))
            && let Some(total) = entry.stake.get_mut(class)
        {
            *total = total.saturating_sub(last.stake);
        }
        // A verdict that comes to be applied late counts none that came after it (dispute-slash-6).
        let is_recent = |entry: &&Convicted| {
            let age = epoch.next().0.checked_sub(entry.epoch_plus_one);
            entry.epoch_plus_one != 0 && age.is_some_and(|age| age < CORRELATION_EPOCHS)
        };
        let recent = self.convicted.iter().filter(is_recent).filter_map(|entry| entry.stake.get(class));
        let others = recent.copied().map(Amount).fold(Amount::ZERO, Amount::saturating_add);
        if is_latest {
            *last = LastConviction { epoch_plus_one: 0, padding: 0, stake: 0 };
        }
        if let Some(entry) = self.convicted.get_mut(slot(epoch, ring)).filter(|_| is_latest) {
            if entry.epoch_plus_one < epoch.next().0 {
                *entry = Convicted { epoch_plus_one: epoch.next().0, padding: 0, stake: [0; 3] };
            }
            // A verdict that comes to be applied when its epoch has left the ring is forgotten with it.
            if entry.is_of(epoch) {
                if let Some(total) = entry.stake.get_mut(class) {
                    *total = total.saturating_add(stake.0);
                }
                *last = LastConviction { epoch_plus_one: epoch.next().0, padding: 0, stake: stake.0 };
            }
        }
        if self.largest_stake().is_zero() { Bps::ZERO } else { correlation_bps(others, self.largest_stake()) }
    }

    /// Most that may be slashed at once, a part of the largest stake of eight epochs (dispute-execute-3);
    /// everything before the first epoch with stake was finalized, because nothing is known to take a part
    /// of.
    fn slash_capacity(&self) -> Amount {
        let stake = self.largest_stake();
        if stake.is_zero() { Amount(u64::MAX) } else { part(stake, Bps(self.params.disputes.slash_cap_bps)) }
    }

    /// The slashing limit as it is at a time: what was slashed and has not leaked away, how much may be at
    /// once, and in how many seconds that refills (dispute-execute-3).
    pub fn slash_limit(&self, now_ts: i64, now: Epoch) -> (Bucket, Amount, u64) {
        let epochs = u64::from(self.params.disputes.slash_refill_epochs);
        let refill_secs = mul_checked(epochs, u64::from(self.clock().length_in(now))).unwrap_or(u64::MAX);
        let capacity = self.slash_capacity();
        (self.slashing.bucket().at(capacity, refill_secs, now_ts), capacity, refill_secs)
    }

    /// What may be slashed at a time, and in how many seconds the limit refills.
    pub fn slash_room(&self, now_ts: i64) -> (Amount, u64) {
        let (bucket, capacity, refill_secs) = self.slash_limit(now_ts, self.epoch_at(now_ts));
        (bucket.room(capacity), refill_secs)
    }

    /// The longest dispute, with an outage: until then the jurors' tree is young, and a lock ripens as long.
    /// Seconds.
    fn longest_dispute_secs(&self) -> i64 {
        i64::try_from(self.params.disputes.longest_secs()).unwrap_or(i64::MAX)
    }

    /// When a lock made at a time enters the jurors' tree: once it is as old as the longest dispute; at once
    /// for one longest dispute from the tree's adoption (jury-lock-3).
    pub fn ripe_at_ts(&self, locked_ts: i64) -> i64 {
        let young_until_ts = self.juror_tree_from_ts.saturating_add(self.longest_dispute_secs());
        if locked_ts < young_until_ts { locked_ts } else { locked_ts.saturating_add(self.longest_dispute_secs()) }
    }

    /// Whether juries of a dispute that was committed to at a time need the arbiter's word for more than
    /// severity 2: for two longest disputes from the tree's adoption (jury-lock-3).
    pub fn is_cautious(&self, committed_ts: i64) -> bool {
        committed_ts < self.cautious_until_ts()
    }

    /// Until when disputes are committed to whose juries need it. Unix seconds.
    pub fn cautious_until_ts(&self) -> i64 {
        let twice = self.longest_dispute_secs().saturating_add(self.longest_dispute_secs());
        self.juror_tree_from_ts.saturating_add(twice)
    }

    /// Whether the seed of a draw may be known and is not captured: whoever could change the tree then would
    /// choose the jury.
    pub fn juror_tree_is_frozen(&self, slot: u64) -> bool {
        self.frozen_until_slot(slot).is_some()
    }

    /// Until which slot the tree stands still, if the seeds that it waits for are not captured before.
    pub fn frozen_until_slot(&self, slot: u64) -> Option<u64> {
        let last = self.armed_window.saturating_add(WINDOWS);
        let is_awaited = |window: &u64| self.armed_draws.get(place_of(*window)).is_some_and(|draws| *draws > 0);
        let window = (window_of(slot)..last).rev().find(is_awaited)?;
        Some(window.saturating_add(1).saturating_mul(ARMING_SLOTS))
    }

    /// Refuses to change the jurors' tree while it stands still. Anybody may capture the seeds that it waits
    /// for.
    pub fn require_thawed(&self, slot: u64) -> Result<(), E> {
        if self.juror_tree_is_frozen(slot) { Err(E::JurorTreeFrozen) } else { Ok(()) }
    }

    /// A draw is armed, until a slot at most; its jury is drawn by `until_work_ts`. However many are, and
    /// whatever became of others, the tree stands still for none beyond its own end.
    pub fn arm_draw(&mut self, slot: u64, until_slot: u64, until_work_ts: i64) {
        let now = window_of(slot);
        for window in (self.armed_window..now).take(ARMED_WINDOWS) {
            if let Some(draws) = self.armed_draws.get_mut(place_of(window)) {
                *draws = 0;
            }
        }
        self.armed_window = now;
        if let Some(draws) = self.draws_until(until_slot) {
            *draws = draws.saturating_add(1);
        }
        self.draws_until_work_ts = self.draws_until_work_ts.max(until_work_ts);
    }

    /// The seed of a draw that was armed until a slot is captured. Where more were armed than can be counted,
    /// the tree stands still until that slot.
    pub fn capture_draw(&mut self, until_slot: u64) {
        if let Some(draws) = self.draws_until(until_slot).filter(|draws| **draws < u16::MAX) {
            *draws = draws.saturating_sub(1);
        }
    }

    fn draws_until(&mut self, until_slot: u64) -> Option<&mut u16> {
        self.armed_draws.get_mut(place_of(window_of(until_slot.saturating_sub(1))))
    }
}
