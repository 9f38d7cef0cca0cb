//! What epochs do to a provider: records at their beginning, weights, settlements in order.

use super::{
    EpochRecord, Provider, ProviderState, ProviderWeighed, SettleTerms, Settled, Terms, Touched, first_number,
    record_flags,
};
use crate::{
    limits::UNSCORED_GRACE_EPOCHS,
    math::{
        Amount, Bps, Epoch, INDEX_RING, Ppm, RECORD_RING, Shares,
        mul_div::mul_checked,
        reward::{self, Split},
        snapshot::{Snapshot, oldest_kept, slot},
        weight::{Stake, less_maintenance, weigh},
        work_pay::{burn_back, counted},
    },
    state::{EpochRules, Network, PaidWork, WeighTerms, WorkPay, pool_flags},
};

/// How long own rewards of an epoch take to become free: its own length times the number of epochs, in
/// seconds.
pub fn vesting_secs(starts_at_ts: i64, ends_at_ts: i64, epochs: u32) -> u32 {
    let length = u64::try_from(ends_at_ts.saturating_sub(starts_at_ts)).unwrap_or(0);
    u32::try_from(mul_checked(length, u64::from(epochs)).unwrap_or(u64::MAX)).unwrap_or(u32::MAX)
}

impl Provider {
    /// Begins the memory of a provider registered in `epoch`: an empty record of it, and nothing before it to
    /// settle.
    pub fn begin(&mut self, network: &Network, epoch: Epoch) {
        self.registered_epoch = epoch.0;
        self.last_touched_epoch = epoch.0;
        self.rewards.unsettled_epoch = epoch.0;
        // Numbers of an earlier life at this address are not met again: their accounts may still exist.
        (self.disputes.claims, self.disputes.conduct) = (first_number(epoch.0), first_number(epoch.0));
        let rules = network.rules_of(epoch);
        if let Some(record) = self.records.get_mut(slot(epoch, RECORD_RING)) {
            record.epoch = epoch.0;
            record.commission_bps = self.commission_bps;
            record.flags = record_flags::KEPT;
            record.keep_rules(&rules);
        }
    }

    /// Brings the books up to the present epoch. Runs first in every instruction that reads or changes stake,
    /// before any change.
    ///
    /// Writes the records of the epochs that began since the last touch, from the live values; passes the
    /// epochs that leave the ring; folds an announced commission whose epoch has come. Cost is bounded by the
    /// rings, whatever was missed. Each record gets the rules that its epoch began with, so that who comes
    /// late finds what who came in time would have found.
    #[inline(never)]
    pub fn touch(&mut self, network: &Network, terms: &Terms) -> Touched {
        let now = terms.epoch;
        if now.0 <= self.last_touched_epoch {
            return Touched::default();
        }
        let oldest = oldest_kept(now);
        let touched = self.pass_until(oldest, terms);
        let snapshot = Snapshot::of(&self.own, &self.delegated, Bps(self.commission_bps));
        let is_active = self.state == ProviderState::Active as u8;
        let tier = self.reputation.tier;
        let mut epoch = Epoch(self.last_touched_epoch).next().max(oldest);
        while epoch <= now {
            let live;
            let rules = if let Some(noted) = network.noted_rules(epoch) {
                noted
            } else {
                live = network.live_rules(epoch, &terms.clock);
                &live
            };
            self.fold_commission(rules.starts_at_ts);
            let is_eligible = !self.is_underbonded(snapshot.own_staked, network, rules, terms) && is_active;
            let (commission_bps, place_plus_one) = (self.commission_bps, self.place.place_plus_one_in(epoch));
            // Written where it lies: a record is twenty words.
            if let Some(record) = self.records.get_mut(slot(epoch, RECORD_RING)) {
                *record = EpochRecord {
                    epoch: epoch.0,
                    commission_bps,
                    flags: record_flags::KEPT | if is_eligible { record_flags::ELIGIBLE } else { 0 },
                    own_total: snapshot.own_total.0,
                    delegated_total: snapshot.delegated_total.0,
                    own_staked: snapshot.own_staked.0,
                    own_kept: snapshot.own_staked.0,
                    delegated_staked: snapshot.delegated_staked.0,
                    delegated_shares: snapshot.delegated_shares.0,
                    place_plus_one,
                    tier,
                    ..bytemuck::Zeroable::zeroed()
                };
                record.keep_rules(rules);
            }
            epoch = epoch.next();
        }
        self.last_touched_epoch = now.0;
        touched
    }

    /// Passes every epoch before `oldest`: their records leave the ring. Fees never get lost: an epoch that
    /// leaves with fees shares them by its own record (epoch-settle-2). A weight that was never settled is
    /// lost to the provider (epoch-settle-2).
    #[inline]
    fn pass_until(&mut self, oldest: Epoch, terms: &Terms) -> Touched {
        let mut touched = Touched::default();
        if self.rewards.unsettled_epoch >= oldest.0 {
            return touched;
        }
        let mut epoch = Epoch(self.rewards.unsettled_epoch);
        while epoch < oldest && epoch.0 <= self.last_touched_epoch {
            let (weight, fees) = self.record(epoch).map_or((0, 0), |record| (record.weight, record.fees));
            if weight > 0 {
                touched.lost_epochs = touched.lost_epochs.saturating_add(1);
            }
            if fees > 0 {
                touched.fees = touched.fees.saturating_add(Amount(fees));
                self.share_fees(epoch, terms);
            }
            self.rewards.close_epoch(epoch);
            epoch = epoch.next();
        }
        // Beyond the last record nothing happened: every end is the present index, and only the last 16 are
        // kept.
        let mut epoch = epoch.max(Epoch(oldest.0.saturating_sub(INDEX_RING)));
        while epoch < oldest {
            self.rewards.close_epoch(epoch);
            epoch = epoch.next();
        }
        self.rewards.unsettled_epoch = oldest.0;
        touched
    }

    #[inline(never)]
    fn share_fees(&mut self, epoch: Epoch, terms: &Terms) {
        let Some(record) = self.record(epoch) else { return };
        let (snapshot, fees) = (record.snapshot(), Amount(record.fees));
        let terms = SettleTerms {
            emission: Amount::ZERO,
            total_weight: 0,
            work: PaidWork::NONE,
            leverage: u32::from(record.leverage),
            ends_at_ts: record.ends_at_ts,
            vesting_secs: record.vesting_secs,
            now_ts: terms.now_ts,
        };
        self.distribute(epoch, &snapshot, (Amount::ZERO, fees), &terms);
    }

    /// The announced commission takes over with the first epoch that begins after its notice
    /// (provider-commission-2).
    #[inline]
    fn fold_commission(&mut self, starts_at_ts: i64) {
        if self.commission_effective_ts != 0 && starts_at_ts >= self.commission_effective_ts {
            self.commission_bps = self.commission_announced_bps;
            self.commission_effective_ts = 0;
        }
    }

    /// Weighs the provider for an epoch, and takes the burned fees and the treasury's part out of its books.
    /// `None` when there is nothing to do: no record, already weighed, or already passed (epoch-weigh-6).
    ///
    /// The stake of every provider in a place is folded, with weight or without. One that nobody scored
    /// although it could be keeps its last score for two epochs and then has no weight; its leaf stays, so
    /// that work goes on when keepers fail. Epochs that measure nothing count for nothing.
    #[inline]
    pub fn weigh(&mut self, epoch: Epoch, terms: &WeighTerms) -> Option<ProviderWeighed> {
        if epoch.0 < self.rewards.unsettled_epoch {
            return None;
        }
        let last_score = Ppm(self.reputation.score_ppm);
        let is_measured = terms.has(pool_flags::SCORED);
        let is_in_grace = self.reputation.unscored_epochs < UNSCORED_GRACE_EPOCHS;
        let record = self.record_mut(epoch)?;
        if record.flags & record_flags::WEIGHED != 0 {
            return None;
        }
        record.flags |= record_flags::WEIGHED;
        let is_eligible = record.flags & record_flags::ELIGIBLE != 0;
        let is_scored = record.flags & record_flags::SCORED != 0;
        let place = record.place_plus_one.checked_sub(1);
        let mut weighed = ProviderWeighed { burned: record.burned, ..ProviderWeighed::default() };
        if is_eligible || place.is_some() {
            let score = match (is_measured, is_scored) {
                (false, _) => Ppm(1_000_000),
                (true, true) => Ppm(record.score_ppm),
                (true, false) => last_score,
            };
            let of_stake = weigh(&record.stake(), score, terms.tier(record.tier), &terms.rules);
            weighed.stake = of_stake.stake;
            if record.flags & record_flags::ATTESTED != 0 {
                weighed.stake_attested = of_stake.stake;
            }
            if is_eligible {
                weighed.leaf = place.map(|index| (index, of_stake.weight));
            }
            if is_eligible && (is_scored || !is_measured || is_in_grace) {
                let served = |of: u64| less_maintenance(of, record.maintenance_secs, terms.epoch_secs);
                weighed.weight = served(of_stake.weight);
                if weighed.weight > 0 {
                    weighed.stake_weighted = Amount(served(of_stake.earning.0));
                    if record.burned > 0 {
                        (weighed.burn_back, weighed.units) = record.paid_work(score, &terms.work_pay);
                    }
                }
                record.weight = weighed.weight;
            }
        }
        (record.burned, record.units) = (weighed.burn_back, weighed.units);
        if is_eligible && is_measured && !is_scored {
            self.reputation.unscored_epochs = self.reputation.unscored_epochs.saturating_add(1);
        }
        weighed.burn_due = self.take_burn_due();
        weighed.treasury_due = core::mem::take(&mut self.work.treasury_due);
        Some(weighed)
    }

    /// Takes the burned fees out of the books, but for those of strangers' jobs in epochs that can still be
    /// weighed: those burn with their own epoch, because a part of them comes back with it (epoch-work-1).
    #[inline]
    fn take_burn_due(&mut self) -> u64 {
        if self.work.burn_due == 0 {
            return 0;
        }
        let unsettled = self.rewards.unsettled_epoch;
        let waits = self.records.iter().filter(|record| {
            record.epoch >= unsettled
                && record.flags & (record_flags::KEPT | record_flags::WEIGHED) == record_flags::KEPT
        });
        let waits = waits.map(|record| record.burned).fold(0, u64::saturating_add);
        let due = self.work.burn_due.saturating_sub(waits);
        self.work.burn_due = self.work.burn_due.saturating_sub(due);
        due
    }

    /// Settles an epoch that was finalized. `None` when there is nothing to do or it is not its turn: an
    /// earlier epoch with weight or fees comes first, and a later one may not be paid before it
    /// (epoch-settle-1).
    #[inline]
    pub fn settle(&mut self, epoch: Epoch, terms: &SettleTerms) -> Option<Settled> {
        let mut earlier = Epoch(self.rewards.unsettled_epoch);
        if epoch < earlier {
            return None;
        }
        while earlier < epoch {
            if self.record(earlier).is_some_and(|record| record.weight > 0 || record.fees > 0) {
                return None;
            }
            earlier = earlier.next();
        }
        let record = self.record(epoch)?;
        let (mut settled, snapshot) = (record.earned(terms), record.snapshot());
        // The epochs between had neither and, finalized in order, cannot get any: their ends are written all
        // the same (epoch-settle-1).
        let mut passed = Epoch(self.rewards.unsettled_epoch);
        while passed < epoch {
            self.rewards.close_epoch(passed);
            passed = passed.next();
        }
        settled.split = self.distribute(epoch, &snapshot, (settled.emitted(), settled.fees), terms);
        if let Some(kept) = self.record_mut(epoch) {
            kept.fees = 0;
        }
        self.rewards.close_epoch(epoch);
        self.rewards.unsettled_epoch = epoch.next().0;
        Some(settled)
    }

    /// Shares emission and fees of one epoch: the owner's part vests, the delegators' part enters the index.
    #[inline(never)]
    fn distribute(
        &mut self,
        epoch: Epoch,
        snapshot: &Snapshot,
        (emission, fees): (Amount, Amount),
        terms: &SettleTerms,
    ) -> Split {
        let mut split = reward::split(emission, fees, snapshot, terms.leverage);
        if !split.delegated.is_zero() {
            match self.rewards.get().distribute(split.delegated, snapshot.delegated_shares) {
                Some(index) => self.rewards.set(index),
                None => {
                    split.reclaimed = split.reclaimed.saturating_add(split.delegated);
                    split.delegated = Amount::ZERO;
                }
            }
        }
        if !split.own.is_zero() {
            self.vest(epoch, split.own, terms);
        }
        split
    }

    fn vest(&mut self, epoch: Epoch, amount: Amount, terms: &SettleTerms) {
        let place = slot(epoch, RECORD_RING);
        let Some(old) = self.vesting.get(place).copied() else { return };
        let until_ts = self.vests_until(old.epoch, terms.now_ts);
        if until_ts < terms.now_ts {
            self.freeze_unvested(&old, until_ts);
        }
        if let Some(entry) = self.vesting.get_mut(place) {
            let (free, amount) = entry.get().replaced_by(amount, until_ts);
            *entry = super::VestingEntry {
                epoch: epoch.0,
                duration_secs: terms.vesting_secs,
                starts_at_ts: terms.ends_at_ts,
                amount: amount.0,
                taken: 0,
            };
            self.own_claimable = self.own_claimable.saturating_add(free.0);
        }
    }

    /// Takes shares that leave, if any do, out of the unsettled epochs from `from` on in which they counted
    /// (position-leave-1).
    #[inline(always)]
    pub(super) fn forfeit(&mut self, shares: Shares, from: Epoch) {
        if !shares.is_zero() {
            self.forfeit_in_records(shares, from);
        }
    }

    #[inline(never)]
    fn forfeit_in_records(&mut self, shares: Shares, from: Epoch) {
        let unsettled = self.rewards.unsettled_epoch.max(from.0);
        for record in &mut self.records {
            // Most are of epochs that were settled.
            if record.epoch >= unsettled && record.flags & record_flags::KEPT != 0 {
                record.delegated_shares = record.delegated_shares.saturating_sub(shares.0);
            }
        }
    }
}

impl EpochRecord {
    /// The stake that is weighed.
    #[inline]
    fn stake(&self) -> Stake {
        Stake {
            own: Amount(self.own_staked),
            own_kept: Amount(self.own_kept),
            delegated: Amount(self.delegated_staked),
        }
    }

    /// What a finalized epoch brings, not split yet. Rounds down.
    #[inline(always)]
    pub fn earned(&self, terms: &SettleTerms) -> Settled {
        let emission = reward::of_emission(terms.emission, self.weight, terms.total_weight);
        let mut earned = Settled { emission, fees: Amount(self.fees), weight: self.weight, ..Settled::default() };
        // Without a weight it may not have been weighed, and then its work is not yet what is paid for.
        if self.weight > 0 {
            earned.units = self.units;
            if self.units > 0 {
                earned.by_units = reward::of_emission(Amount(terms.work.emission), self.units, terms.work.units);
            }
            if terms.work.burn_back > 0 {
                earned.burn_back = Amount(self.burned);
            }
        }
        earned
    }

    /// What comes back of what its work burned, and which of its units count, by the score of its weight.
    #[inline(never)]
    fn paid_work(&self, score: Ppm, rules: &WorkPay) -> (u64, u64) {
        let burned = Amount(self.burned);
        let back = burn_back(burned, rules.burn_back(), score);
        (back.0, counted(self.units, Amount(self.own_kept), burned, score, &rules.unit_rules()))
    }

    /// Copies the epoch's rules.
    #[inline]
    fn keep_rules(&mut self, rules: &EpochRules) {
        self.ends_at_ts = rules.ends_at_ts;
        self.vesting_secs = rules.vesting_secs;
        self.leverage = rules.leverage;
    }

    /// The record's economics.
    #[inline]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            own_total: Amount(self.own_total),
            delegated_total: Amount(self.delegated_total),
            own_staked: Amount(self.own_staked),
            own_kept: Amount(self.own_kept),
            delegated_staked: Amount(self.delegated_staked),
            delegated_shares: Shares(self.delegated_shares),
            commission: Bps(self.commission_bps),
        }
    }
}
