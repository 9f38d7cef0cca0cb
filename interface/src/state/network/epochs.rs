//! The rules of the last epochs, kept as they were when each began.
//!
//! Whoever is late reads them here and not in the parameters in force: an epoch is never judged by a rule
//! that came after it.

use super::{EPOCH_RULES, EpochRules, Network};
use crate::{
    WorkTokenError as E,
    math::{
        Epoch, EpochClock,
        snapshot::{can_open, oldest_open, slot},
    },
    state::RosterTime,
};

impl Network {
    /// The rules of an epoch: as noted, or those in force, because nothing that they are made of changes
    /// before they are noted.
    pub fn rules_of(&self, epoch: Epoch) -> EpochRules {
        self.noted_rules(epoch).copied().unwrap_or_else(|| self.live_rules(epoch, &self.clock()))
    }

    /// The noted rules of an epoch, found by place and number.
    pub fn noted_rules(&self, epoch: Epoch) -> Option<&EpochRules> {
        self.epoch_rules.get(place(epoch)).filter(|rules| rules.epoch_plus_one == epoch.next().0)
    }

    /// Leverage cap of an epoch: as noted, or the one in force.
    #[inline]
    pub fn leverage_in(&self, epoch: Epoch) -> u16 {
        // At most 64, which `validate` holds.
        let live = || u16::try_from(self.params.leverage).unwrap_or(u16::MAX);
        self.noted_rules(epoch).map_or_else(live, |rules| rules.leverage)
    }

    /// The rules of an epoch as those in force make them, by the network's clock.
    #[inline]
    pub fn live_rules(&self, epoch: Epoch, clock: &EpochClock) -> EpochRules {
        let starts_at_ts = clock.starts_at_ts(epoch).unwrap_or(i64::MAX);
        let length = clock.length_in(epoch);
        let ends_at_ts = starts_at_ts.saturating_add(i64::from(length));
        EpochRules {
            epoch_plus_one: epoch.next().0,
            // At most 30 days times 7, which `validate` holds.
            vesting_secs: length.saturating_mul(self.params.vesting_epochs),
            // At most 64, which `validate` holds.
            leverage: u16::try_from(self.params.leverage).unwrap_or(u16::MAX),
            excused: 0,
            is_open: 0,
            starts_at_ts,
            ends_at_ts,
            minimum_stake: self.minimum_in(epoch).0,
            outage_secs: self.outages.secs,
        }
    }

    /// When a change of the roster of attesters is noted: in which half of which epoch, by unix time.
    pub fn roster_time(&self, now_ts: i64) -> RosterTime {
        let epoch = self.epoch_at(now_ts);
        RosterTime { epoch, is_second_half: now_ts >= self.rules_of(epoch).middle_ts() }
    }

    /// Notes the rules of the running epoch and of every earlier one that can still be opened, where they are
    /// not noted yet. Comes before every change of anything that they are made of: parameters, the minimum
    /// stake, the clock, the recorded outages.
    pub fn note_rules(&mut self, now: Epoch) {
        let mut epoch = oldest_open(now);
        while epoch <= now {
            if self.noted_rules(epoch).is_none() {
                let rules = self.live_rules(epoch, &self.clock());
                if let Some(noted) = self.epoch_rules.get_mut(place(epoch)) {
                    *noted = rules;
                }
            }
            epoch = epoch.next();
        }
    }

    /// Notes that an epoch's account was opened, with its rules. Refuses one that has not begun, or that
    /// ended more than eight epochs ago.
    pub fn open_epoch(&mut self, epoch: Epoch, now: Epoch) -> Result<EpochRules, E> {
        if !can_open(epoch, now) {
            return Err(E::EpochNotOpenable);
        }
        self.note_rules(now);
        let rules = self.epoch_rules.get_mut(place(epoch)).ok_or(E::EpochNotOpenable)?;
        rules.is_open = 1;
        Ok(*rules)
    }

    /// The running epoch and every earlier one that can still be opened, as far as they have no account yet.
    pub fn due_epochs(&self, now: Epoch) -> impl Iterator<Item = Epoch> + '_ {
        let openable = (oldest_open(now).0..=now.0).map(Epoch);
        openable.filter(|epoch| self.noted_rules(*epoch).is_none_or(|rules| rules.is_open == 0))
    }

    /// Refuses to change rules while the running epoch, or an earlier one that can still be opened, has no
    /// account that keeps the present ones.
    pub fn require_epochs_open(&self, now: Epoch) -> Result<(), E> {
        if self.due_epochs(now).next().is_some() { Err(E::EpochsNotOpen) } else { Ok(()) }
    }
}

fn place(epoch: Epoch) -> usize {
    slot(epoch, u32::try_from(EPOCH_RULES).unwrap_or(1))
}
