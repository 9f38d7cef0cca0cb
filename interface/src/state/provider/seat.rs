//! Seats: taking, leaving, challenging, and the grace below the minimum stake.

use super::{EpochRecord, Provider, ProviderState, Seat, SeatChallenge, Terms};
use crate::{
    Address, WorkTokenError as E,
    math::{
        Amount, Epoch,
        score::{REPUTATION_FRACTION_BITS, idle_decay},
        seats,
    },
};

/// The epoch that never comes: until when a seat is held that nobody has taken away.
pub const NEVER: u32 = u32::MAX;

impl Seat {
    /// Whether the provider has it now, or will from the next epoch on.
    #[inline]
    pub fn is_held(&self) -> bool {
        self.until_epoch == NEVER
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
        self.own.get().staked()
    }

    /// Stake that decides about seats: the smaller of the epoch's snapshot and the present one, without what is leaving or pending (R M12).
    pub fn seat_stake(&self, epoch: Epoch, leverage: u32) -> Amount {
        let live = seats::effective_stake(self.own_staked(), self.delegated.get().staked(), leverage);
        let of = |record: &EpochRecord| {
            seats::effective_stake(Amount(record.own_staked), Amount(record.delegated_staked), leverage)
        };
        self.record(epoch).map_or(Amount::ZERO, of).min(live)
    }

    /// Refuses one that cannot have a seat: not a candidate, or with less own stake than the minimum.
    pub fn require_candidate(&self, minimum: Amount) -> Result<(), E> {
        if self.state != ProviderState::Candidate as u8 {
            return Err(E::NotACandidate);
        }
        if self.own_staked() < minimum { Err(E::BelowMinimumStake) } else { Ok(()) }
    }

    /// Takes a seat: the provider is Active and has weight from the next epoch on. Reputation fades over the epochs without a seat, and is the
    /// score until the first new one.
    pub fn take_seat(&mut self, index: u16, now: Epoch) {
        if self.seat.until_epoch != 0 {
            self.reputation_x12 = idle_decay(self.reputation_x12, now.since(Epoch(self.seat.until_epoch)));
        }
        self.score_ppm = self.reputation_x12 >> REPUTATION_FRACTION_BITS;
        self.state = ProviderState::Active as u8;
        self.seat = Seat { index, padding: 0, from_epoch: now.next().0, until_epoch: NEVER, padding_2: 0 };
        self.seat_challenge = SeatChallenge { incumbent: Address::default(), epoch_plus_one: 0, padding: 0 };
        self.underbonded_since_ts = 0;
    }

    /// Leaves the seat after the present epoch. Returns its index, or `None` without one.
    pub fn leave_seat(&mut self, now: Epoch) -> Option<u16> {
        if !self.seat.is_held() {
            return None;
        }
        // A seat that was to begin with the next epoch never does.
        self.seat.until_epoch = now.next().0;
        Some(self.seat.index)
    }

    /// Loses the seat to a stronger one, and is a candidate again; one in jail stays there.
    pub fn be_displaced(&mut self, now: Epoch) -> Option<u16> {
        if self.state == ProviderState::Active as u8 {
            self.state = ProviderState::Candidate as u8;
        }
        self.leave_seat(now)
    }

    /// Whether the seat can be challenged: a newcomer is immune in its first epoch.
    pub fn is_immune(&self, now: Epoch) -> bool {
        now.0 <= self.seat.from_epoch
    }

    /// Refuses a challenge of `incumbent`'s seat that does not exceed its stake by more than the margin (MD 8.2).
    pub fn require_stronger(&self, incumbent: &Provider, now: Epoch, leverage: u32) -> Result<(), E> {
        let holds = [ProviderState::Active as u8, ProviderState::Jailed as u8].contains(&incumbent.state);
        if !incumbent.seat.is_held() || !holds {
            return Err(E::SeatNotHeld);
        }
        if incumbent.is_immune(now) {
            return Err(E::SeatImmune);
        }
        if seats::exceeds_margin(self.seat_stake(now, leverage), incumbent.seat_stake(now, leverage)) {
            Ok(())
        } else {
            Err(E::SeatMarginTooSmall)
        }
    }

    /// Challenges a seat: the swap may follow from the next epoch on.
    pub fn challenge_seat(&mut self, incumbent: &Address, now: Epoch) {
        self.seat_challenge = SeatChallenge { incumbent: *incumbent, epoch_plus_one: now.next().0, padding: 0 };
    }

    /// Refuses a swap that was not challenged, or in the epoch of its challenge.
    pub fn require_challenge_due(&self, incumbent: &Address, now: Epoch) -> Result<(), E> {
        let challenge = &self.seat_challenge;
        if challenge.epoch_plus_one == 0 || challenge.incumbent != *incumbent {
            return Err(E::ChallengeFallen);
        }
        if now.0 < challenge.epoch_plus_one { Err(E::SwapNotDue) } else { Ok(()) }
    }

    /// A challenge falls, without refusing anything, when the candidate asks for its own stake before the swap (R M12).
    #[inline]
    pub fn drop_challenge(&mut self) {
        self.seat_challenge.epoch_plus_one = 0;
    }

    /// Notes since when the own stake is below the minimum, and says whether the grace is over (MD 8.3).
    #[inline]
    pub(super) fn is_underbonded(&mut self, own_staked: Amount, terms: &Terms) -> bool {
        if own_staked >= terms.minimum_stake {
            self.underbonded_since_ts = 0;
            return false;
        }
        if self.underbonded_since_ts == 0 {
            self.underbonded_since_ts = terms.grace_ts;
        }
        terms.grace_ts.saturating_sub(self.underbonded_since_ts) >= terms.grace_secs
    }
}
