//! What disputes do to a provider: claims, frozen rewards, convictions, jail.

use core::{cmp::Reverse, ops::RangeInclusive};

use super::{Offence, Provider, ProviderState, Reservation, VestingEntry};
use crate::{
    WorkTokenError as E,
    limits::{ARBITER_EPOCHS, CLAIM_ENTRIES, MAX_CLAIMS, REPEAT_EPOCHS},
    math::{
        Amount, Epoch, RECORD_RING,
        dispute::{Departed, Kept},
        mul_div::mul_div_floor,
        snapshot::slot,
        unbonding::part_of_claim,
    },
    state::{KeptState, PoolKind, TicketClaim, Unbonding},
};

/// What a slash takes of one pool, and what becomes of the dispute's claim on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlashPart {
    /// To be executed now, of stake that stayed and of stake that left since.
    pub amount: Amount,
    /// What of the dispute's claim is used up by it.
    pub used: Amount,
    /// What the pool had kept when the dispute joined.
    pub joined: Kept,
    /// The dispute's entry in its claim.
    pub entry: usize,
}

/// The number before those of the claims, and of the disputes about conduct, of a provider that registers in
/// an epoch: one that registers again at a closed one's address never meets the accounts of the closed one's.
pub const fn first_number(registered_epoch: u32) -> u32 {
    registered_epoch.saturating_mul(4_096)
}

impl Offence {
    /// Whether it was upheld in the last 90 epochs.
    fn is_remembered(&self, now: Epoch) -> bool {
        self.epoch_plus_one != 0 && now.next().0.saturating_sub(self.epoch_plus_one) < REPEAT_EPOCHS
    }
}

impl Reservation {
    /// Whether own rewards of an epoch are frozen by it.
    pub fn covers(&self, epoch: u32) -> bool {
        self.claim != 0 && self.frozen_from_epoch <= epoch && epoch <= self.frozen_until_epoch
    }

    /// Whether own rewards of any of these epochs are frozen by it.
    fn covers_any(&self, epochs: &RangeInclusive<u32>) -> bool {
        self.claim != 0 && self.frozen_from_epoch <= *epochs.end() && *epochs.start() <= self.frozen_until_epoch
    }

    /// What it claims of a pool, and what of it was executed, by entries of their own and by the last one.
    fn books_mut(&mut self, kind: PoolKind) -> [&mut u64; 3] {
        match kind {
            PoolKind::Own => [&mut self.own, &mut self.own_executed, &mut self.own_last_executed],
            PoolKind::Delegated => {
                [&mut self.delegated, &mut self.delegated_executed, &mut self.delegated_last_executed]
            }
        }
    }

    /// A ticket leaves with `shares` of `all`: it takes its part of the claim along, and notes its share of
    /// what was executed.
    fn depart(&mut self, kind: PoolKind, shares: u64, all: u64) -> TicketClaim {
        let (number, joined) = (self.claim, u32::from(self.joined.min(ENTRIES)));
        let [claimed, executed, last_executed] = self.books_mut(kind);
        let part = part_of_claim(crate::math::Shares(shares), Amount(*claimed), crate::math::Shares(all));
        *claimed = claimed.saturating_sub(part.0);
        let leave = |books: &mut u64| {
            if *books == 0 {
                return 0;
            }
            let taken = mul_div_floor(*books, shares, all).unwrap_or(0);
            *books = books.saturating_sub(taken);
            taken
        };
        let (executed, last_executed) = (leave(executed), leave(last_executed));
        TicketClaim { number, joined, part: part.0, executed, last_executed }
    }
}

/// Entries of a claim; see `CLAIM_ENTRIES`.
const ENTRIES: u16 = {
    assert!(CLAIM_ENTRIES == 15);
    15
};

impl Provider {
    /// Number of the claim that a dispute opened now belongs to, and whether it is a new one: the first free
    /// place, else the newest claim that has an entry left or can still be shared, else the newest
    /// (dispute-claim-2). None is ever refused.
    pub fn next_claim(&self, now_ts: i64) -> (u32, bool) {
        if self.reservations.iter().any(|claim| claim.claim == 0) {
            return (self.disputes.claims.saturating_add(1), true);
        }
        let takes = |claim: &&Reservation| claim.opened < ENTRIES || now_ts < claim.joinable_until_ts;
        let newest = self.reservations.iter().filter(takes).map(|claim| claim.claim).max();
        (newest.unwrap_or_else(|| self.newest_claim()), false)
    }

    fn newest_claim(&self) -> u32 {
        self.reservations.iter().map(|claim| claim.claim).max().unwrap_or(0)
    }

    /// Begins a claim, or widens the one that is joined: own rewards of the fault's epochs stop vesting from
    /// now on (dispute-claim-1).
    pub fn open_claim(
        &mut self,
        number: u32,
        is_new: bool,
        epochs: (Epoch, Epoch),
        (now_ts, joinable_until_ts): (i64, i64),
    ) {
        if self.open_claims() == 0 {
            (self.own_kept, self.delegated_kept) = (KeptState::of(Kept::ALL), KeptState::of(Kept::ALL));
        }
        let wanted = if is_new { 0 } else { number };
        let Some(place) = self.reservations.iter_mut().find(|claim| claim.claim == wanted) else { return };
        place.opened = place.opened.saturating_add(1);
        if is_new {
            self.disputes.claims = number;
            place.claim = number;
            place.frozen_from_epoch = epochs.0.0;
            place.frozen_until_epoch = epochs.1.0;
            place.frozen_since_ts = now_ts;
            place.joinable_until_ts = joinable_until_ts;
        } else {
            place.frozen_from_epoch = place.frozen_from_epoch.min(epochs.0.0);
            place.frozen_until_epoch = place.frozen_until_epoch.max(epochs.1.0);
        }
    }

    /// What is left of a pool since claims began to be held against it.
    #[inline]
    pub fn kept(&self, kind: PoolKind) -> Kept {
        match kind {
            PoolKind::Own => self.own_kept.get(),
            PoolKind::Delegated => self.delegated_kept.get(),
        }
    }

    /// A dispute begins to hold stake: it is the claim's next. Returns which, from 1.
    pub fn join_claim(&mut self, number: u32) -> u16 {
        let Some(place) = self.reservation_mut(number) else { return 0 };
        place.joined = place.joined.saturating_add(1);
        place.joined
    }

    /// How many disputes have joined a claim that is open; 0 once it is not.
    pub fn joined_claim(&self, number: u32) -> u16 {
        let place = self.reservations.iter().find(|claim| claim.claim == number && number != 0);
        place.map_or(0, |place| place.joined)
    }

    fn reservation_mut(&mut self, number: u32) -> Option<&mut Reservation> {
        self.reservations.iter_mut().find(|claim| claim.claim == number && number != 0)
    }

    /// Adds to a claim, in full, even beyond what the pools hold.
    pub fn reserve(&mut self, number: u32, own: Amount, delegated: Amount) {
        if let Some(place) = self.reservation_mut(number) {
            place.own = place.own.saturating_add(own.0);
            place.delegated = place.delegated.saturating_add(delegated.0);
        }
    }

    /// A dispute has ended: what it still claimed holds nobody back any more.
    pub fn unreserve(&mut self, number: u32, own: Amount, delegated: Amount) {
        if let Some(place) = self.reservation_mut(number) {
            place.own = place.own.saturating_sub(own.0);
            place.delegated = place.delegated.saturating_sub(delegated.0);
        }
    }

    /// Somebody leaves a pool with `shares` of `all`: every open claim lists its part in the ticket. Returns
    /// their sum.
    #[inline]
    pub(super) fn depart(&mut self, kind: PoolKind, ticket: &mut Unbonding, shares: u64, all: u64) -> Amount {
        if self.reservations.iter().all(|claim| claim.claim == 0) {
            return Amount::ZERO;
        }
        self.depart_claimed(kind, ticket, shares, all)
    }

    #[inline(never)]
    fn depart_claimed(&mut self, kind: PoolKind, ticket: &mut Unbonding, shares: u64, all: u64) -> Amount {
        let mut parts = Amount::ZERO;
        // A ticket that leaves lists nothing yet.
        let mut free = ticket.claims.iter_mut();
        for claim in self.reservations.iter_mut().filter(|claim| claim.claim != 0) {
            let left = claim.depart(kind, shares, all);
            if left.part == 0 {
                continue;
            }
            parts = parts.saturating_add(Amount(left.part));
            if let Some(listed) = free.next() {
                *listed = left;
            }
        }
        let (kept, Departed { weight, halvings }) = self.kept(kind).leave(shares, all);
        (ticket.weight, ticket.halvings) = (weight, halvings);
        let state = match kind {
            PoolKind::Own => &mut self.own_kept,
            PoolKind::Delegated => &mut self.delegated_kept,
        };
        *state = KeptState::of(kept);
        parts
    }

    /// The claim has ended with its last dispute: the place is free, frozen rewards are the owner's again.
    /// All of them stay frozen where another claim covers any of their epochs: which epochs they are of is no
    /// longer known (provider-reward-4).
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

    /// Executes a part of a slash on one pool: one change of the pool, whatever the number of those in it.
    /// Stake that left since the dispute joined pays its part when its tickets are settled. Returns what was
    /// taken, and what the pool could not pay.
    #[inline(never)]
    pub fn execute_slash(&mut self, number: u32, kind: PoolKind, part: &SlashPart) -> (Amount, Amount) {
        let kept = self.kept(kind);
        let due = kept.of(part.amount, part.joined);
        let used = if part.used == part.amount { due } else { kept.of(part.used, part.joined) };
        let Some(place) = self.reservation_mut(number) else { return (Amount::ZERO, Amount::ZERO) };
        let [claimed, executed, last_executed] = place.books_mut(kind);
        *claimed = claimed.saturating_sub(used.0);
        let executed = if part.entry.saturating_add(1) < CLAIM_ENTRIES { executed } else { last_executed };
        *executed = executed.saturating_add(due.0);
        let taken = if due.is_zero() { Amount::ZERO } else { self.slash(kind, due) };
        (taken, due.saturating_sub(taken))
    }

    /// An entry of a frozen epoch is about to make room for a newer one: what of it has not vested stays
    /// frozen with its claim.
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

    /// Confiscates up to `most` of the own rewards that a claim has frozen: those of the faulty epochs are
    /// taken first, and burn (dispute-slash-7).
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

    /// The provider's side gets its part of a lost bond: it joins the fees of the present epoch, which the
    /// pools share (dispute-layer-4).
    pub fn compensate(&mut self, epoch: Epoch, amount: u64) {
        match self.record_mut(epoch) {
            Some(record) => record.fees = record.fees.saturating_add(amount),
            None => self.own_claimable = self.own_claimable.saturating_add(amount),
        }
    }

    /// Writes off at most `amount` of the debt. Returns how much it was. Refuses: zero; without debt.
    pub fn forgive_debt(&mut self, amount: u64) -> Result<u64, E> {
        let forgiven = amount.min(self.slash_debt);
        self.slash_debt = self.slash_debt.saturating_sub(forgiven);
        if forgiven > 0 { Ok(forgiven) } else { Err(E::ZeroAmount) }
    }

    /// How many faults at least as severe were upheld in the last 90 epochs before the epoch of this one
    /// began: only who was told and did it again repeats (dispute-slash-4).
    pub fn repeats(&self, severity: u8, fault: Epoch, now: Epoch) -> u32 {
        let counts = |offence: &&Offence| {
            offence.is_remembered(now) && offence.severity >= severity && offence.epoch_plus_one <= fault.0
        };
        u32::try_from(self.faults.offences.iter().filter(counts).count()).unwrap_or(u32::MAX)
    }

    /// Remembers a fault: one entry for each faulty epoch, with its highest severity. The place is that of
    /// the epoch, else a free or an expired one, else the mildest, else the oldest: no number of small faults
    /// makes a large one forgotten (dispute-slash-4).
    fn remember(&mut self, severity: u8, fault: Epoch, verdict: Epoch, now: Epoch) {
        let same = |offence: &&mut Offence| offence.is_remembered(now) && offence.fault_epoch == fault.0;
        if let Some(known) = self.faults.offences.iter_mut().find(same) {
            if severity > known.severity {
                (known.severity, known.epoch_plus_one) = (severity, verdict.next().0);
            }
            return;
        }
        let rank = |offence: &&mut Offence| {
            (offence.is_remembered(now), offence.severity, offence.epoch_plus_one, Reverse(offence.fault_epoch))
        };
        if let Some(place) = self.faults.offences.iter_mut().min_by_key(rank) {
            let entry = Offence { epoch_plus_one: verdict.next().0, fault_epoch: fault.0, severity, padding: [0; 3] };
            let is_milder = place.is_remembered(now) && severity < place.severity;
            if !is_milder {
                *place = entry;
            }
        }
    }

    /// A fault was upheld: it is remembered, the tier falls to the lowest, and from severity 1 on the score's
    /// record shows it. Severity 5 expels, others jail for their epochs from now on. Returns the place that
    /// an expelled provider leaves.
    pub fn convict(
        &mut self,
        severity: u8,
        jail_epochs: u16,
        (fault, verdict): (Epoch, Epoch),
        now: Epoch,
    ) -> Option<u16> {
        self.remember(severity, fault, verdict, now);
        self.faults.last_epoch_plus_one = self.faults.last_epoch_plus_one.max(verdict.next().0);
        self.reputation.tier = 0;
        let can_be_jailed = !self.is_leaving();
        if severity >= crate::math::dispute::MAX_SEVERITY {
            self.state = ProviderState::Tombstoned as u8;
            return self.leave_place(now);
        }
        if jail_epochs > 0 && can_be_jailed {
            if self.state != ProviderState::Jailed as u8 {
                self.wait.jailed_epoch_plus_one = now.next().0;
            }
            self.state = ProviderState::Jailed as u8;
            self.disputes.jailed_until_epoch =
                self.disputes.jailed_until_epoch.max(now.0.saturating_add(u32::from(jail_epochs)));
        }
        None
    }

    /// The arbiter convicts it where no jury ever decided. Refuses a second time in 90 epochs
    /// (dispute-arbiter-1).
    pub fn note_ruling(&mut self, now: Epoch) -> Result<(), E> {
        let again = self.disputes.ruled_epoch_plus_one > 0
            && now.next().0.saturating_sub(self.disputes.ruled_epoch_plus_one) < ARBITER_EPOCHS;
        if again {
            return Err(E::RuledBefore);
        }
        self.disputes.ruled_epoch_plus_one = now.next().0;
        Ok(())
    }

    /// Leaves jail: to its place, if it still has one, else among the candidates. Refuses before its time,
    /// with debt, or below the minimum stake.
    pub fn unjail(&mut self, minimum: Amount, now: Epoch) -> Result<(), E> {
        if self.state != ProviderState::Jailed as u8 {
            return Err(E::NotJailed);
        }
        if now.0 < self.disputes.jailed_until_epoch {
            return Err(E::JailNotOver);
        }
        if self.slash_debt > 0 {
            return Err(E::DebtUnpaid);
        }
        if self.own_staked() < minimum {
            return Err(E::BelowMinimumStake);
        }
        self.wait.jailed_epoch_plus_one = 0;
        self.state = if self.place.is_held() { ProviderState::Active } else { ProviderState::Candidate } as u8;
        Ok(())
    }

    /// Claims that are open.
    pub fn open_claims(&self) -> usize {
        self.reservations.iter().filter(|claim| claim.claim != 0).count().min(MAX_CLAIMS)
    }
}
