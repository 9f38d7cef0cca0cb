//! How a candidate waits for a place, and how a provider loses one that it does not keep up.

use super::{PlaceWait, Provider, ProviderState, Terms};
use crate::{
    WorkTokenError as E,
    math::{Amount, Epoch},
    state::{Network, PlaceQueue, QueueEntry},
};

impl PlaceWait {
    /// Whether it has a number that it has not lost.
    #[inline]
    pub fn has(&self, number: u64) -> bool {
        self.number == number && number != 0 && self.is_lost == 0
    }
}

impl Provider {
    /// Joins the queue. Returns its number.
    /// - Refuses: anyone but a candidate; less own stake than the minimum that the next epoch begins with;
    ///   one whose number has not had its turn, lost or not: an identity is never in the queue twice. A pause
    ///   does not stop it (place-queue-1).
    pub fn join_queue(&mut self, network: &mut Network, now: Epoch) -> Result<u64, E> {
        self.require_candidate(network.minimum_of_next(now))?;
        if self.wait.number != 0 {
            return Err(E::AlreadyQueued);
        }
        self.wait.number = network.queue.give();
        self.wait.is_lost = 0;
        Ok(self.wait.number)
    }

    /// Own stake has asked to leave: with less than the minimum the number is lost, whatever comes back later
    /// (place-queue-2). Nothing is refused by it.
    #[inline]
    pub(super) fn note_wait(&mut self, network: &Network, staked: Amount, now: Epoch) {
        if self.wait.number != 0 && staked < network.minimum_of_next(now) {
            self.wait.is_lost = 1;
        }
    }

    /// Refuses a head that cannot have a place: that lost its number, or is not fit for one.
    pub fn require_admissible(&self, number: u64, network: &Network, now: Epoch) -> Result<(), E> {
        if !self.wait.has(number) {
            return Err(E::NumberLost);
        }
        self.require_candidate(network.minimum_of_next(now))
    }

    /// Gives the head of the queue the first free place, from the next epoch on. Returns its index.
    /// - Refuses: another entry than the head's; one that lost its number; anyone but a candidate; less own
    ///   stake than the minimum; while no place is free. A pause does not stop it (place-queue-3).
    pub fn admit(&mut self, entry: &QueueEntry, network: &mut Network, now: Epoch) -> Result<u16, E> {
        network.queue.require_head(entry.number)?;
        self.require_admissible(entry.number, network, now)?;
        let index = network.first_free_place().ok_or(E::NoFreePlace)?;
        network.take_place(index)?;
        network.queue.pass();
        self.wait.number = 0;
        self.take_place(index, now);
        Ok(index)
    }

    /// A stronger or luckier way to a place: the number is lost with it.
    #[inline]
    pub(super) fn lose_number(&mut self) {
        if self.wait.number != 0 {
            self.wait.is_lost = 1;
        }
    }

    /// Takes the place of a provider that does not keep it up, after the present epoch: below the minimum
    /// with its grace over, or in jail for longer than places are held (place-vacate-1). Returns the place.
    /// - Refuses: one without a place; one that keeps it up.
    pub fn vacate_place(&mut self, network: &mut Network, terms: &Terms) -> Result<u16, E> {
        self.require_unkept(network, terms)?;
        let index = self.be_displaced(terms.epoch).ok_or(E::PlaceNotHeld)?;
        network.free_place(index);
        Ok(index)
    }

    /// Refuses to take the place of one that has none, or that keeps it up. It is touched.
    pub fn require_unkept(&self, network: &Network, terms: &Terms) -> Result<(), E> {
        if !self.place.is_held() {
            return Err(E::PlaceNotHeld);
        }
        if self.has_minimum(network, terms) && !self.outstays_jail(network, terms.epoch) {
            return Err(E::PlaceKept);
        }
        Ok(())
    }

    /// Whether it is in jail for longer than its place is held.
    fn outstays_jail(&self, network: &Network, now: Epoch) -> bool {
        let is_jailed = self.state == ProviderState::Jailed as u8;
        let since = self.wait.jailed_epoch_plus_one.checked_sub(1).map(Epoch);
        is_jailed && since.is_some_and(|since| now.since(since) > network.params.place_hold_epochs)
    }

    /// From which epoch on its place can be taken because it is in jail.
    pub fn held_in_jail_until(&self, network: &Network) -> Option<Epoch> {
        let since = self.wait.jailed_epoch_plus_one.checked_sub(1)?;
        let is_jailed = self.state == ProviderState::Jailed as u8 && self.place.is_held();
        is_jailed.then(|| Epoch(since.saturating_add(network.params.place_hold_epochs)).next())
    }
}

impl PlaceQueue {
    /// Passes the head, whose candidate cannot have a place: it lost its number, is no candidate, is below
    /// the minimum, or is gone. `candidate` is what lies at its address.
    /// - Refuses: another entry than the head's; a head that is fit (place-queue-4).
    pub fn pass_head(
        network: &mut Network,
        entry: &QueueEntry,
        candidate: Option<&mut Provider>,
        now: Epoch,
    ) -> Result<(), E> {
        network.queue.require_head(entry.number)?;
        if let Some(candidate) = candidate {
            if candidate.require_admissible(entry.number, network, now).is_ok() {
                return Err(E::HeadIsFit);
            }
            // Another registration at the address has no number, or another one.
            if candidate.wait.number == entry.number {
                candidate.wait.number = 0;
                candidate.wait.is_lost = 0;
            }
        }
        network.queue.pass();
        Ok(())
    }
}
