//! One that measures providers, with a bond.

use crate::{
    Address, WorkTokenError as E,
    limits::ATTESTER_UNLOCK_EPOCHS,
    math::{Amount, Epoch, EpochClock},
    state::{AttesterRoster, CanarySets, Network, RosterTime},
};

/// The place of an attester that holds none.
pub const NO_PLACE: u16 = u16::MAX;

account! {
    /// An attester. Its bond lies in the escrow vault, its pay in the reward vault. Without a place in the
    /// roster it waits: for a free one, or for the one that it aims at.
    pub struct Attester {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Its place in the roster; 65,535 without one.
        pub place: u16,
        /// Epoch in which it aimed at a place, plus one: the only one in which it can take that over. 0
        /// without an aim.
        pub aimed_epoch_plus_one: u32,
        /// The network.
        pub network: Address,
        /// Who attests.
        pub owner: Address,
        /// The address that the owner's own provider has or would have: it is never reported on by its owner.
        pub own_provider: Address,
        /// Bond. Base units.
        pub bond: u64,
        /// Earned and not yet claimed. Base units.
        pub credit: u64,
        /// When it retired, or was displaced; 0 before. Unix seconds.
        pub retired_ts: i64,
        /// Last epoch for which it was drawn, or in which it left a place, plus one; 0 before the first.
        pub last_owed_epoch_plus_one: u32,
        /// Reports that it owed and did not reveal.
        pub missed: u32,
        /// Its bond when it aimed: what it added since does not count against the incumbent. Base units.
        pub aimed_bond: u64,
        /// The place that it aims at.
        pub aimed_place: u16,
        /// Unused.
        pub padding: [u8; 6],
        /// Hot key that commits for it, without power over its bond; zero for none.
        pub reporter: Address,
        /// Its sets of canaries.
        pub canaries: CanarySets,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Attester {
    /// Locks a bond in a fresh account, and takes a free place or aims at one.
    ///
    /// Refuses: less than the least bond; where no place is free, a bond that does not exceed the smallest by
    /// more than 5 %.
    pub fn begin(&mut self, bond: u64, network: &Network, roster: &mut AttesterRoster, now_ts: i64) -> Result<(), E> {
        self.bond = bond;
        self.place = NO_PLACE;
        self.seek(network.params.attester_bond, roster, network.roster_time(now_ts))
    }

    /// Takes a free place with a bond that waits, or aims anew.
    ///
    /// Refuses: while paused; one that has retired or holds a place; less than the least bond; where no place
    /// is free, a bond that does not exceed the smallest by more than 5 %.
    pub fn aim(&mut self, network: &Network, roster: &mut AttesterRoster, now_ts: i64) -> Result<(), E> {
        network.require_open(now_ts)?;
        self.seek(network.params.attester_bond, roster, network.roster_time(now_ts))
    }

    /// Names the hot key that commits for it; the zero address names none.
    pub fn set_reporter(&mut self, reporter: Address) {
        self.reporter = reporter;
    }

    /// Refuses to commit for it whoever is neither it nor its reporter.
    pub fn require_reporter(&self, signer: &Address) -> Result<(), E> {
        let is_reporter = self.reporter != Address::default() && self.reporter == *signer;
        if is_reporter || self.owner == *signer { Ok(()) } else { Err(E::WrongAttester) }
    }

    /// Commits to a set of canaries, which holds from the next epoch on; zero to none (score-canary-1).
    /// - Refuses: one that has retired.
    pub fn commit_canaries(&mut self, commitment: [u8; 32], now: Epoch) -> Result<(), E> {
        self.require_not_retired()?;
        self.canaries.commit(commitment, now);
        Ok(())
    }

    /// Takes what it has earned. Refuses where it has earned nothing.
    pub fn take_credit(&mut self) -> Result<u64, E> {
        if self.credit == 0 { Err(E::NothingToClaim) } else { Ok(core::mem::take(&mut self.credit)) }
    }

    /// Notes that it owes reports of an epoch.
    pub fn note_owed(&mut self, epoch: Epoch) {
        self.last_owed_epoch_plus_one = self.last_owed_epoch_plus_one.max(epoch.next().0);
    }

    /// When the bond of a retired attester is free: two epochs and a challenge window after the last report
    /// it can owe (score-roster-6). Who is silent notes nothing, so the epoch in which it left its place
    /// counts. One that never held a place owes nothing, nor one displaced before it could be drawn.
    pub fn unlocks_at_ts(&self, clock: &EpochClock, challenge_secs: u32) -> i64 {
        if self.last_owed_epoch_plus_one == 0 {
            return self.retired_ts;
        }
        let last = Epoch(self.last_owed_epoch_plus_one.saturating_add(ATTESTER_UNLOCK_EPOCHS));
        let epochs_ts = clock.starts_at_ts(last).unwrap_or(i64::MAX);
        epochs_ts.saturating_add(i64::from(challenge_secs))
    }

    /// Takes what it loses for reports that it owed. Below `least` it leaves its place.
    pub(super) fn fine(&mut self, fine: Amount, least: u64, roster: &mut AttesterRoster, now: Epoch) {
        self.bond = self.bond.saturating_sub(fine.0);
        self.missed = self.missed.saturating_add(1);
        if self.bond < least.max(1) {
            if self.leave_place(roster, now).is_some() {
                self.note_owed(now);
            }
        } else {
            roster.note_bond(self.place, &self.owner, self.bond, now);
        }
    }

    /// Adds to the bond; it is drawn by from the next epoch on. Refuses one that has retired.
    pub fn add(&mut self, amount: u64, roster: &mut AttesterRoster, now: Epoch) -> Result<(), E> {
        self.require_not_retired()?;
        self.bond = self.bond.checked_add(amount).ok_or(E::ArithmeticOverflow)?;
        roster.note_bond(self.place, &self.owner, self.bond, now);
        Ok(())
    }

    /// Retires: it leaves its place from the next epoch on, and owes what it is drawn for until then. A place
    /// that is left in the epoch it was taken in binds the bond all the same: else bonds for a moment, which
    /// return at once, would keep others out of every free place.
    /// - Refuses: one that has retired.
    pub fn retire(&mut self, roster: &mut AttesterRoster, now: Epoch, now_ts: i64) -> Result<(), E> {
        self.end(now_ts)?;
        if self.leave_place(roster, now).is_some() {
            self.note_owed(now);
        }
        Ok(())
    }

    /// Is displaced: as if it had retired, but a bond that was never drawn by is free at once.
    /// - Refuses: one that has retired.
    pub fn be_displaced(&mut self, roster: &mut AttesterRoster, now: Epoch, now_ts: i64) -> Result<(), E> {
        self.end(now_ts)?;
        if self.leave_place(roster, now) == Some(true) {
            self.note_owed(now);
        }
        Ok(())
    }

    fn end(&mut self, now_ts: i64) -> Result<(), E> {
        self.require_not_retired()?;
        self.retired_ts = now_ts;
        self.drop_aim();
        Ok(())
    }

    fn leave_place(&mut self, roster: &mut AttesterRoster, now: Epoch) -> Option<bool> {
        roster.leave(core::mem::replace(&mut self.place, NO_PLACE), &self.owner, now)
    }

    /// Takes a free place, or, where there is none, aims at the one with the smallest bond. Refuses one that
    /// holds a place or has retired, a bond below `least`, and where no place is free one that does not
    /// exceed the smallest by more than 5 %.
    ///
    /// Which place is not the caller's to say: whoever saw it say so could spoil it, by taking that place or
    /// by adding a unit to its bond.
    fn seek(&mut self, least: u64, roster: &mut AttesterRoster, time: RosterTime) -> Result<(), E> {
        self.require_not_retired()?;
        if self.place != NO_PLACE {
            return Err(E::AttesterNotWaiting);
        }
        if self.bond < least {
            return Err(E::BondTooSmall);
        }
        self.drop_aim();
        if let Some(free) = roster.free_place(time) {
            self.take_place(free, roster, time.epoch);
            return Ok(());
        }
        self.aimed_place = roster.place_to_aim_at(self.bond)?;
        self.aimed_epoch_plus_one = time.epoch.next().0;
        self.aimed_bond = self.bond;
        Ok(())
    }

    /// Takes a place that is free, or whose holder has left for it.
    pub fn take_place(&mut self, place: u16, roster: &mut AttesterRoster, now: Epoch) {
        roster.enter(place, self.owner, self.bond, now);
        self.place = place;
        self.drop_aim();
    }

    /// Whether it waits for the place that it aims at.
    pub fn aims(&self) -> bool {
        self.aimed_epoch_plus_one != 0
    }

    /// The aim falls.
    pub fn drop_aim(&mut self) {
        self.aimed_epoch_plus_one = 0;
    }

    /// Refuses to take over a place but in the second half of the epoch after the aim: so that the incumbent
    /// can add, and nobody can be drawn any more.
    fn require_aim_due(&self, time: RosterTime) -> Result<(), E> {
        if !self.aims() {
            return Err(E::AttesterNotWaiting);
        }
        let is_due = self.aimed_epoch_plus_one == time.epoch.0 && time.is_second_half;
        if is_due { Ok(()) } else { Err(E::DisplacementNotDue) }
    }

    /// The place that it takes over now, and who holds that; `None` when its aim has fallen.
    ///
    /// Refuses: while paused; one that does not aim; at any other time than the second half of the epoch
    /// after the aim.
    pub fn place_to_take(
        &self,
        network: &Network,
        roster: &AttesterRoster,
        now_ts: i64,
    ) -> Result<Option<(u16, Option<Address>)>, E> {
        network.require_open(now_ts)?;
        let time = network.roster_time(now_ts);
        self.require_aim_due(time)?;
        Ok(self.place_when_due(network, roster, time))
    }

    /// The same as if it were time. What it aimed with counts, as far as it still has it.
    pub fn place_when_due(
        &self,
        network: &Network,
        roster: &AttesterRoster,
        time: RosterTime,
    ) -> Option<(u16, Option<Address>)> {
        if self.bond < network.params.attester_bond {
            return None;
        }
        roster.place_to_take(self.aimed_place, self.aimed_bond.min(self.bond), time)
    }

    fn require_not_retired(&self) -> Result<(), E> {
        if self.retired_ts == 0 { Ok(()) } else { Err(E::AttesterRetired) }
    }

    /// Refuses to pay the bond out before its time.
    pub fn require_unlocked(&self, clock: &EpochClock, challenge_secs: u32, now_ts: i64) -> Result<(), E> {
        if self.retired_ts == 0 {
            return Err(E::AttesterNotRetired);
        }
        if now_ts < self.unlocks_at_ts(clock, challenge_secs) { Err(E::BondLocked) } else { Ok(()) }
    }
}
