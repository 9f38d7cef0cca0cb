//! Places: taking, leaving, challenging, and the grace below the minimum stake.

use super::{EpochRecord, Place, PlaceChallenge, Provider, ProviderState, Terms};
use crate::{
    Address, WorkTokenError as E,
    math::{
        Amount, Epoch, places,
        score::{REPUTATION_FRACTION_BITS, idle_decay},
    },
    state::{EpochRules, Network},
};

/// The epoch that never comes: until when a place is held that nobody has taken away.
pub const NEVER: u32 = u32::MAX;

impl Place {
    /// Whether the provider has it now, or will from the next epoch on.
    #[inline]
    pub fn is_held(&self) -> bool {
        self.until_epoch == NEVER
    }

    /// Its index plus one in an epoch, as records keep it; 0 where it was not the provider's.
    #[inline]
    pub fn place_plus_one_in(&self, epoch: Epoch) -> u16 {
        // An index is below 4,096.
        if self.is_held_in(epoch) { self.index.wrapping_add(1) } else { 0 }
    }

    /// Whether it was the provider's in an epoch.
    #[inline]
    pub fn is_held_in(&self, epoch: Epoch) -> bool {
        self.from_epoch <= epoch.0 && epoch.0 < self.until_epoch
    }
}

impl Provider {
    /// Own stake that is not leaving.
    #[inline]
    pub fn own_staked(&self) -> Amount {
        self.own.staked()
    }

    /// Stake that decides about places: the smaller of the epoch's snapshot and the present one, without what
    /// is leaving or pending (place-stake-1).
    pub fn place_stake(&self, epoch: Epoch, leverage: u32) -> Amount {
        let live = places::effective_stake(self.own_staked(), self.delegated.staked(), leverage);
        let of = |record: &EpochRecord| {
            places::effective_stake(Amount(record.own_staked), Amount(record.delegated_staked), leverage)
        };
        self.record(epoch).map_or(Amount::ZERO, of).min(live)
    }

    /// Refuses one that cannot have a place: not a candidate, or with less own stake than the minimum.
    pub fn require_candidate(&self, minimum: Amount) -> Result<(), E> {
        if self.state != ProviderState::Candidate as u8 {
            return Err(E::NotACandidate);
        }
        if self.own_staked() < minimum { Err(E::BelowMinimumStake) } else { Ok(()) }
    }

    /// Takes a free place.
    /// - Refuses: anyone but a candidate; less own stake than the minimum that the next epoch begins with;
    ///   while others wait in the queue; beyond the cap; a place that is taken or does not exist. A pause
    ///   does not stop it (place-take-1).
    pub fn take_free_place(&mut self, network: &mut Network, index: u16, now: Epoch) -> Result<(), E> {
        self.require_candidate(network.minimum_of_next(now))?;
        network.queue.require_empty()?;
        network.take_place(index)?;
        self.take_place(index, now);
        Ok(())
    }

    /// Takes a place: the provider is Active and has weight from the next epoch on. Reputation fades over the
    /// epochs without a place, and is the score until the first new one.
    pub fn take_place(&mut self, index: u16, now: Epoch) {
        if self.place.until_epoch != 0 {
            self.reputation.value_x12 = idle_decay(self.reputation.value_x12, now.since(Epoch(self.place.until_epoch)));
        }
        self.reputation.score_ppm = self.reputation.value_x12 >> REPUTATION_FRACTION_BITS;
        self.state = ProviderState::Active as u8;
        self.place = Place { index, padding: 0, from_epoch: now.next().0, until_epoch: NEVER, padding_2: 0 };
        self.place_challenge = PlaceChallenge { incumbent: Address::default(), due_grace_ts: 0, lapse_grace_ts: 0 };
        self.underbonded_since_ts = 0;
        self.lose_number();
    }

    /// Leaves the place after the present epoch. Returns its index, or `None` without one.
    pub fn leave_place(&mut self, now: Epoch) -> Option<u16> {
        if !self.place.is_held() {
            return None;
        }
        // A place that was to begin with the next epoch never does.
        self.place.until_epoch = now.next().0;
        Some(self.place.index)
    }

    /// Loses the place to a stronger one, and is a candidate again; one in jail stays there.
    pub fn be_displaced(&mut self, now: Epoch) -> Option<u16> {
        if self.state == ProviderState::Active as u8 {
            self.state = ProviderState::Candidate as u8;
        }
        self.leave_place(now)
    }

    /// Whether the place can be challenged: a newcomer is immune in its first epoch.
    pub fn is_immune(&self, now: Epoch) -> bool {
        now.0 <= self.place.from_epoch
    }

    /// Refuses a challenge of `incumbent`'s place that does not exceed its stake by more than the margin
    /// (place-challenge-1).
    fn require_stronger(&self, incumbent: &Provider, now: Epoch, leverage: u32) -> Result<(), E> {
        let holds = [ProviderState::Active as u8, ProviderState::Jailed as u8].contains(&incumbent.state);
        if !incumbent.place.is_held() || !holds {
            return Err(E::PlaceNotHeld);
        }
        if incumbent.is_immune(now) {
            return Err(E::PlaceImmune);
        }
        if places::exceeds_margin(self.place_stake(now, leverage), incumbent.place_stake(now, leverage)) {
            Ok(())
        } else {
            Err(E::PlaceMarginTooSmall)
        }
    }

    /// Refuses a candidate that cannot displace an incumbent.
    fn require_displaces(&self, incumbent: &Provider, network: &Network, now: Epoch) -> Result<(), E> {
        self.require_candidate(network.minimum_of_next(now))?;
        self.require_stronger(incumbent, now, u32::from(network.rules_of(now).leverage))
    }

    /// Challenges a place: the swap may follow in the second epoch after this one, whose snapshot holds what
    /// the incumbent added in the next, and only in it (place-swap-1). Both are touched. Returns when it
    /// begins and ends, unless a pause comes between. Unix seconds.
    /// - Refuses: a pause; an incumbent of another network; while a place is free; anyone but a candidate;
    ///   less own stake than the network's minimum; an incumbent without a place or in its first epoch; stake
    ///   that does not exceed the incumbent's by more than 5 % (place-challenge-1).
    pub fn challenge_place(
        &mut self,
        (address, incumbent): (&Address, &Provider),
        network: &Network,
        terms: &Terms,
    ) -> Result<(i64, i64), E> {
        network.require_open(terms.now_ts)?;
        if incumbent.network != self.network {
            return Err(E::WrongNetwork);
        }
        if network.places_taken < network.present_cap() {
            return Err(E::PlacesFree);
        }
        self.require_displaces(incumbent, network, terms.epoch)?;
        let due = terms.epoch.next().next();
        let due_ts = terms.clock.starts_at_ts(due).ok_or(E::ArithmeticOverflow)?;
        let lapses_ts = terms.clock.starts_at_ts(due.next()).ok_or(E::ArithmeticOverflow)?;
        let pauses = terms.now_ts.saturating_sub(network.grace_ts(terms.now_ts));
        self.place_challenge = PlaceChallenge {
            incumbent: *address,
            due_grace_ts: due_ts.saturating_sub(pauses),
            lapse_grace_ts: lapses_ts.saturating_sub(pauses),
        };
        Ok((due_ts, lapses_ts))
    }

    /// Swaps a challenged place. If the candidate is no longer fit or no longer the stronger, its challenge
    /// falls instead. Both are touched. Returns whether it has the place now.
    /// - Refuses: without a challenge of this place; a pause; before it is due; after it has lapsed; an
    ///   incumbent of another network.
    pub fn swap_place(
        &mut self,
        (address, incumbent): (&Address, &mut Provider),
        network: &Network,
        terms: &Terms,
    ) -> Result<bool, E> {
        self.require_challenge_due(address, network, terms.now_ts)?;
        if incumbent.network != self.network {
            return Err(E::WrongNetwork);
        }
        let displaces = self.require_displaces(incumbent, network, terms.epoch).is_ok();
        let left = if displaces { incumbent.be_displaced(terms.epoch) } else { None };
        match left {
            Some(index) => self.take_place(index, terms.epoch),
            None => self.drop_challenge(),
        }
        Ok(left.is_some())
    }

    /// Refuses a swap that was not challenged, before it is due, and after it has lapsed. Time stands still
    /// in a pause.
    pub fn require_challenge_due(&self, incumbent: &Address, network: &Network, now_ts: i64) -> Result<(), E> {
        let challenge = &self.place_challenge;
        if challenge.due_grace_ts == 0 || challenge.incumbent != *incumbent {
            return Err(E::ChallengeFallen);
        }
        network.require_open(now_ts)?;
        let grace_ts = network.grace_ts(now_ts);
        if grace_ts < challenge.due_grace_ts {
            return Err(E::SwapNotDue);
        }
        if grace_ts >= challenge.lapse_grace_ts { Err(E::ChallengeLapsed) } else { Ok(()) }
    }

    /// A challenge falls, without refusing anything, when the candidate asks for its own stake before the
    /// swap (place-swap-3).
    #[inline]
    pub fn drop_challenge(&mut self) {
        self.place_challenge.due_grace_ts = 0;
    }

    /// Notes since when the own stake is below the minimum of the epochs, and says whether the grace was over
    /// when an epoch began (place-minimum-3).
    #[inline]
    pub(super) fn is_underbonded(
        &mut self,
        staked: Amount,
        network: &Network,
        rules: &EpochRules,
        terms: &Terms,
    ) -> bool {
        if staked >= Amount(rules.minimum_stake) {
            self.underbonded_since_ts = 0;
            return false;
        }
        self.was_underbonded(network, rules.starts_at_ts, terms)
    }

    /// The rarer half of it. Out of line, because the compiler takes the grace out of the loop over epochs
    /// and computes it for everybody: a hundred units in the first touch of an epoch.
    #[inline(never)]
    fn was_underbonded(&mut self, network: &Network, starts_at_ts: i64, terms: &Terms) -> bool {
        if self.underbonded_since_ts == 0 {
            self.underbonded_since_ts = network.grace_ts(terms.now_ts);
        }
        self.grace_is_over(network, starts_at_ts, terms.epoch)
    }

    /// Whether a provider that is below the minimum has had its grace at a time. Pauses are not counted.
    fn grace_is_over(&self, network: &Network, at_ts: i64, now: Epoch) -> bool {
        let below_secs = network.grace_ts(at_ts).saturating_sub(self.underbonded_since_ts);
        self.underbonded_since_ts != 0 && below_secs >= network.grace_secs(now)
    }

    /// Whether the own stake reaches the minimum of the present epoch, or its grace is not over: what makes a
    /// provider lose its weight makes it lose its draws, and nothing else does.
    #[inline]
    pub fn has_minimum(&self, network: &Network, terms: &Terms) -> bool {
        let minimum =
            network.noted_rules(terms.epoch).map_or(network.minimum_in(terms.epoch).0, |rules| rules.minimum_stake);
        self.own_staked() >= Amount(minimum) || !self.grace_is_over(network, terms.now_ts, terms.epoch)
    }
}
