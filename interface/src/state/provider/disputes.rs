//! What disputes do to a provider: claims, frozen rewards, convictions, jail.

use core::ops::RangeInclusive;

use super::{Offence, Provider, ProviderState, Reservation, VestingEntry, record_flags};
use crate::{
    WorkTokenError as E,
    limits::{MAX_CLAIMS, REPEAT_EPOCHS},
    math::{Amount, Epoch, RECORD_RING, dispute::Claim, slash::Stakes, snapshot::slot},
    state::{Delegation, PoolKind, Unbonding},
};

/// A score that leaves the weight as it is.
const NEUTRAL_PPM: u32 = 1_000_000;

/// What a slash takes of one side, and of which part of which claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SlashPart {
    /// To be executed now.
    pub amount: Amount,
    /// All that is still to be executed, this included.
    pub left: Amount,
    /// The dispute's part of the claim.
    pub of_dispute: Amount,
}

impl Reservation {
    /// Whether own rewards of an epoch are frozen by it.
    pub fn covers(&self, epoch: u32) -> bool {
        self.dispute != 0 && self.frozen_from_epoch <= epoch && epoch <= self.frozen_until_epoch
    }

    /// Whether own rewards of any of these epochs are frozen by it.
    fn covers_any(&self, epochs: &RangeInclusive<u32>) -> bool {
        self.dispute != 0 && self.frozen_from_epoch <= *epochs.end() && *epochs.start() <= self.frozen_until_epoch
    }

    fn claim(&self, kind: PoolKind) -> Claim {
        match kind {
            PoolKind::Own => Claim { open: Amount(self.own_open), held: Amount(self.own) },
            PoolKind::Delegated => Claim { open: Amount(self.delegated_open), held: Amount(self.delegated) },
        }
    }

    fn set_claim(&mut self, kind: PoolKind, claim: Claim) {
        match kind {
            PoolKind::Own => (self.own_open, self.own) = (claim.open.0, claim.held.0),
            PoolKind::Delegated => (self.delegated_open, self.delegated) = (claim.open.0, claim.held.0),
        }
    }
}

impl Provider {
    /// Number of the claim that a dispute opened now belongs to, and whether it is a new one: the first free place, or the fourth claim (R C3).
    pub fn next_claim(&self) -> (u32, bool) {
        match self.reservations.iter().find(|claim| claim.dispute == 0) {
            Some(_) => (self.claims.saturating_add(1), true),
            None => (self.newest_claim(), false),
        }
    }

    fn newest_claim(&self) -> u32 {
        self.reservations.iter().map(|claim| claim.dispute).max().unwrap_or(0)
    }

    /// Begins a claim, or widens the one that is joined: own rewards of the fault's epochs stop vesting from now on (R H5).
    pub fn open_claim(&mut self, number: u32, is_new: bool, epochs: (Epoch, Epoch), now_ts: i64) {
        let wanted = if is_new { 0 } else { number };
        let Some(place) = self.reservations.iter_mut().find(|claim| claim.dispute == wanted) else { return };
        if is_new {
            self.claims = number;
            place.dispute = number;
            place.frozen_from_epoch = epochs.0.0;
            place.frozen_until_epoch = epochs.1.0;
            place.frozen_since_ts = now_ts;
        } else {
            place.frozen_from_epoch = place.frozen_from_epoch.min(epochs.0.0);
            place.frozen_until_epoch = place.frozen_until_epoch.max(epochs.1.0);
        }
    }

    fn reservation_mut(&mut self, number: u32) -> Option<&mut Reservation> {
        self.reservations.iter_mut().find(|claim| claim.dispute == number && number != 0)
    }

    /// Adds to a claim, in full, even beyond what the pools hold.
    pub fn reserve(&mut self, number: u32, own: Amount, delegated: Amount) {
        if let Some(place) = self.reservation_mut(number) {
            place.own = place.own.saturating_add(own.0);
            place.own_open = place.own_open.saturating_add(own.0);
            place.delegated = place.delegated.saturating_add(delegated.0);
            place.delegated_open = place.delegated_open.saturating_add(delegated.0);
        }
    }

    /// The claim has ended with its last dispute: the place is free, frozen rewards are the owner's again. All of them stay frozen where another
    /// claim covers any of their epochs: which epochs they are of is no longer known (E6).
    pub fn release_claim(&mut self, number: u32) {
        let Some(place) = self.reservation_mut(number) else { return };
        let ended = *place;
        *place = bytemuck::Zeroable::zeroed();
        let epochs = ended.frozen_from_epoch..=ended.frozen_until_epoch;
        match self.reservations.iter_mut().find(|claim| claim.covers_any(&epochs)) {
            Some(other) => other.frozen = other.frozen.saturating_add(ended.frozen),
            None => self.own_claimable = self.own_claimable.saturating_add(ended.frozen),
        }
    }

    /// The stake that answers for a claim: the pools, and what tickets that left took along for it.
    pub fn answering_stake(&self, number: u32) -> Stakes {
        let with_tickets = |kind: PoolKind| {
            let claim = self.reservations.iter().find(|claim| claim.dispute == number && number != 0);
            claim.map_or(Amount::ZERO, |claim| claim.claim(kind).left_with_tickets())
        };
        Stakes {
            own: Amount(self.own.tokens).saturating_add(with_tickets(PoolKind::Own)),
            delegated: Amount(self.delegated.tokens).saturating_add(with_tickets(PoolKind::Delegated)),
        }
    }

    /// Executes a part of a slash on one pool: one change of the pool, whatever the number of those in it. Returns what was taken, what of it the pool could
    /// not pay, and what is left of the dispute's part of the claim.
    #[inline(never)]
    pub fn execute_slash(&mut self, number: u32, kind: PoolKind, part: &SlashPart) -> (Amount, Amount, Amount) {
        let Some(place) = self.reservation_mut(number) else { return (Amount::ZERO, Amount::ZERO, Amount::ZERO) };
        let (step, of_dispute) = place.claim(kind).execute(part.amount, part.left, part.of_dispute);
        place.set_claim(kind, step.claim);
        let taken = if step.taken.is_zero() { Amount::ZERO } else { self.slash(kind, step.taken) };
        (taken, step.taken.saturating_sub(taken), of_dispute)
    }

    /// An entry of a frozen epoch is about to make room for a newer one: what of it has not vested stays frozen with its claim.
    pub(super) fn freeze_unvested(&mut self, old: &VestingEntry, until_ts: i64) {
        // An empty place has the number of the first epoch, and stands for no entry.
        if old.amount == 0 {
            return;
        }
        let vesting = old.get();
        let unvested = vesting.left().saturating_sub(vesting.free(until_ts));
        if let Some(place) = self.reservations.iter_mut().find(|claim| claim.covers(old.epoch)) {
            place.frozen = place.frozen.saturating_add(unvested.0);
        }
        let place = self.vesting.get_mut(slot(Epoch(old.epoch), RECORD_RING));
        if let Some(entry) = place.filter(|entry| entry.amount > 0 && entry.epoch == old.epoch) {
            entry.amount = entry.amount.saturating_sub(unvested.0);
            // Everything that is left has vested.
            entry.duration_secs = 0;
        }
    }

    /// Confiscates up to `most` of the own rewards that a claim has frozen: those of the faulty epochs are taken first, and burn (R H5).
    pub fn confiscate(&mut self, number: u32, most: Amount) -> Amount {
        let mut taken = Amount::ZERO;
        let Some(place) = self.reservation_mut(number) else { return taken };
        let from_frozen = most.min(Amount(place.frozen));
        place.frozen = place.frozen.saturating_sub(from_frozen.0);
        let (claim, since_ts) = (*place, place.frozen_since_ts);
        taken = taken.saturating_add(from_frozen);
        for entry in self.vesting.iter_mut().filter(|entry| entry.amount > 0 && claim.covers(entry.epoch)) {
            let vesting = entry.get();
            let unvested = vesting.left().saturating_sub(vesting.free(since_ts));
            let part = unvested.min(most.saturating_sub(taken));
            entry.amount = entry.amount.saturating_sub(part.0);
            taken = taken.saturating_add(part);
        }
        taken
    }

    /// The provider's side gets its part of a lost bond: it joins the fees of the present epoch, which the pools share (R H14).
    pub fn compensate(&mut self, epoch: Epoch, amount: u64) {
        match self.record_mut(epoch) {
            Some(record) => record.fees = record.fees.saturating_add(amount),
            None => self.own_claimable = self.own_claimable.saturating_add(amount),
        }
    }

    /// A ticket's held part is settled: it leaves the books of provider and position.
    pub fn release_held(&mut self, position: &mut Delegation, ticket: &Unbonding) -> Amount {
        self.held = self.held.saturating_sub(ticket.held);
        position.held_tickets = position.held_tickets.saturating_sub(1);
        Amount(ticket.held)
    }

    /// Sets the score of an epoch to neutral, as if it had not been measured. Refuses once the provider was weighed with it.
    pub fn correct_score(&mut self, epoch: Epoch) -> Result<(), E> {
        let record = self.record_mut(epoch).filter(|record| record.flags & record_flags::WEIGHED == 0);
        let record = record.ok_or(E::EpochFinal)?;
        record.score_ppm = NEUTRAL_PPM;
        record.flags |= record_flags::SCORED;
        Ok(())
    }

    /// Writes off at most `amount` of the debt. Returns how much it was.
    pub fn forgive_debt(&mut self, amount: u64) -> u64 {
        let forgiven = amount.min(self.slash_debt);
        self.slash_debt = self.slash_debt.saturating_sub(forgiven);
        forgiven
    }

    /// How many faults at least as severe were upheld in the last 90 epochs (MD 5.2).
    pub fn repeats(&self, severity: u8, now: Epoch) -> u32 {
        let counts = |offence: &&Offence| {
            offence.epoch_plus_one != 0
                && offence.severity >= severity
                && now.next().0.saturating_sub(offence.epoch_plus_one) < REPEAT_EPOCHS
        };
        u32::try_from(self.offences.iter().filter(counts).count()).unwrap_or(u32::MAX)
    }

    /// A fault was upheld: it is remembered, the tier falls to the lowest, and from severity 1 on the score's record shows it. Severity 5 expels, others jail for
    /// their epochs. Returns the seat that an expelled provider leaves.
    pub fn convict(&mut self, severity: u8, jail_epochs: u16, now: Epoch) -> Option<u16> {
        if let Some(oldest) = self.offences.iter_mut().min_by_key(|offence| offence.epoch_plus_one) {
            *oldest = Offence { epoch_plus_one: now.next().0, severity, padding: [0; 3] };
        }
        self.last_fault_epoch_plus_one = now.next().0;
        self.tier = 0;
        let can_be_jailed = !self.is_leaving();
        if severity >= crate::math::dispute::MAX_SEVERITY {
            self.state = ProviderState::Tombstoned as u8;
            return self.leave_seat(now);
        }
        if jail_epochs > 0 && can_be_jailed {
            self.state = ProviderState::Jailed as u8;
            self.jailed_until_epoch = self.jailed_until_epoch.max(now.0.saturating_add(u32::from(jail_epochs)));
        }
        None
    }

    /// Leaves jail: to its seat, if it still has one, else among the candidates. Refuses before its time, with debt, or below the minimum stake.
    pub fn unjail(&mut self, minimum: Amount, now: Epoch) -> Result<(), E> {
        if self.state != ProviderState::Jailed as u8 {
            return Err(E::NotJailed);
        }
        if now.0 < self.jailed_until_epoch {
            return Err(E::JailNotOver);
        }
        if self.slash_debt > 0 {
            return Err(E::DebtUnpaid);
        }
        if self.own_staked() < minimum {
            return Err(E::BelowMinimumStake);
        }
        self.state = if self.seat.is_held() { ProviderState::Active } else { ProviderState::Candidate } as u8;
        Ok(())
    }

    /// Claims that are open.
    pub fn open_claims(&self) -> usize {
        self.reservations.iter().filter(|claim| claim.dispute != 0).count().min(MAX_CLAIMS)
    }
}
