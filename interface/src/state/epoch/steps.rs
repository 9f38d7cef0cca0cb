//! An epoch's steps after it was opened: it is weighed, finalized, settled, swept. Anybody may bring them
//! about, late or twice; what is asked of them stands here once.

use crate::state::{
    EpochPool, EpochState, Network, Provider, WeighTerms, pool_flags,
    provider::{ProviderWeighed, SettleTerms, Settled},
};
use crate::{
    Address, WorkTokenError as E,
    math::{
        Amount, Epoch, WorkTs,
        reward::of_emission,
        snapshot::{can_sweep, is_kept},
    },
    state::{Finalized, Ledger},
};

/// How providers are weighed for an epoch at a time.
#[derive(Clone, Copy, Debug)]
pub struct Weighing {
    /// What weighing needs to know of the epoch.
    pub terms: WeighTerms,
    /// Now. Work time.
    pub work_ts: WorkTs,
    /// Whether a provider that awaits its score is weighed all the same: half of the weigh window belongs to
    /// the scores.
    pub unscored_too: bool,
}

/// What a swept epoch could not hand out, by reason (epoch-sweep-1). Base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// The part of weights that were never settled.
    pub expired: Amount,
    /// What had nobody to go to.
    pub reclaimed: Amount,
    /// What attesters did not earn.
    pub attesters: Amount,
    /// What roundings left.
    pub rounding: Amount,
}

impl ProviderWeighed {
    /// Whether a keeper is paid for it: it has stake in a place, with weight or without, and its stake is
    /// what the emission is measured by.
    #[inline]
    pub fn is_paid_for(&self) -> bool {
        !self.stake.is_zero()
    }
}

impl Settled {
    /// Whether a keeper is paid for it: it brought a reward.
    #[inline]
    pub fn is_paid_for(&self) -> bool {
        !self.emitted().is_zero() || !self.fees.is_zero()
    }
}

impl EpochPool {
    /// Begins to weigh at a time, or goes on. The first notes the stake that the share cap is measured by.
    /// That the epoch can be weighed was asked before: [`Self::require_weighable`].
    #[inline]
    pub fn begin_weighing(&mut self, network: &Network, work_ts: WorkTs) -> Weighing {
        if self.weighed == 0 {
            self.stake_before = network.largest_stake().0;
        }
        let terms = self.weigh_terms();
        let unscored_too = !terms.has(pool_flags::SCORED) || work_ts.has_reached(self.unscored_from_work_ts());
        Weighing { terms, work_ts, unscored_too }
    }

    /// Weighs a provider that was touched, and adds its weight. `None` when there is nothing to do: it is
    /// weighed, passed or without a record, or awaits its score.
    /// - Rounds: weights down.
    #[inline(always)]
    pub fn weigh(&mut self, provider: &mut Provider, weighing: &Weighing) -> Option<ProviderWeighed> {
        let epoch = Epoch(self.epoch);
        if !weighing.unscored_too && provider.awaits_score(epoch) {
            return None;
        }
        let weighed = provider.weigh(epoch, &weighing.terms)?;
        self.fold(&weighed, weighing.work_ts);
        Some(weighed)
    }

    /// What a settlement needs to know.
    /// - Refuses: before the epoch is finalized; after it was swept.
    #[inline]
    pub fn settle_terms(&self, now_ts: i64) -> Result<SettleTerms, E> {
        if self.state != EpochState::Finalized as u8 {
            return Err(E::NotFinalized);
        }
        Ok(SettleTerms {
            emission: Amount(self.emission),
            total_weight: self.total_weight,
            work: self.work,
            leverage: self.leverage,
            ends_at_ts: self.ends_at_ts,
            vesting_secs: self.vesting_secs,
            now_ts,
        })
    }

    /// Settles a provider that was touched: the owner's part vests, the delegators' part enters the index.
    /// `None` when it is settled, or its earlier epochs come first.
    /// - Rounds: rewards down.
    #[inline(always)]
    pub fn settle(&mut self, provider: &mut Provider, terms: &SettleTerms) -> Option<Settled> {
        let settled = provider.settle(Epoch(self.epoch), terms)?;
        let kept = settled.emitted().saturating_sub(settled.split.reclaimed);
        self.settled = self.settled.saturating_add(1);
        self.settled_weight = self.settled_weight.saturating_add(settled.weight);
        if settled.units > 0 {
            self.work.settled_units = self.work.settled_units.saturating_add(settled.units);
        }
        if !settled.burn_back.is_zero() {
            self.work.settled_burn_back = self.work.settled_burn_back.saturating_add(settled.burn_back.0);
        }
        self.distributed = self.distributed.saturating_add(kept.0);
        self.reclaimed = self.reclaimed.saturating_add(settled.split.reclaimed.0);
        Some(settled)
    }

    /// The parts of those that were weighed and not settled. Rounds down.
    fn unsettled(&self) -> Amount {
        let weight = self.total_weight.saturating_sub(self.settled_weight);
        let units = self.work.units.saturating_sub(self.work.settled_units);
        let by_weight = of_emission(Amount(self.emission), weight, self.total_weight);
        let by_units = of_emission(Amount(self.work.emission), units, self.work.units);
        let burn_back = Amount(self.work.burn_back.saturating_sub(self.work.settled_burn_back));
        by_weight.saturating_add(by_units).saturating_add(burn_back)
    }

    /// Refuses to sweep a second time, and while something of the epoch can still be settled.
    pub fn require_sweepable(&self, now: Epoch) -> Result<(), E> {
        if self.state == EpochState::Swept as u8 {
            return Err(E::AlreadySwept);
        }
        if can_sweep(Epoch(self.epoch), now) { Ok(()) } else { Err(E::TooEarlyToSweep) }
    }
}

impl Network {
    /// The tree that the leaves of an epoch's weights are written to: that of the epoch after the next, only
    /// in the epoch between (place-tree-2). A keeper cannot weigh without it.
    #[inline]
    pub fn tree_to_write(&self, epoch: Epoch, now: Epoch) -> Option<&Address> {
        let adopted = self.work_tree(epoch);
        // `==`, because a call here makes each provider of a batch three units dearer.
        if *adopted == Address::default() || now != epoch.next() { None } else { Some(adopted) }
    }

    /// Refuses to finalize a second time, out of order, and too early.
    pub fn require_finalizable(&self, pool: &EpochPool, now: Epoch, work_ts: WorkTs) -> Result<(), E> {
        pool.require_open()?;
        if Epoch(pool.epoch) != self.next_to_finalize(now) {
            return Err(E::NotNextToFinalize);
        }
        pool.require_finalizable(work_ts)
    }

    /// Freezes an epoch's weights and emits its tokens by the rules that it began with. Without any weight,
    /// or when nothing can be settled any more, nothing is emitted.
    /// - Rounds: every part down.
    /// - Refuses: a second time; out of order; before the weigh window has passed, and as long again since
    ///   the first weight; before a whole epoch has passed when nobody has a weight.
    #[inline]
    pub fn finalize_epoch(
        &mut self,
        pool: &mut EpochPool,
        ledger: &Ledger,
        (now_ts, work_ts): (i64, WorkTs),
    ) -> Result<Finalized, E> {
        let now = self.epoch_at(now_ts);
        self.require_finalizable(pool, now, work_ts)?;
        Ok(self.finalize(pool, is_kept(Epoch(pool.epoch), now), ledger, (now, now_ts)))
    }

    /// Takes back what an epoch emitted and could not hand out, for the next emission. An epoch that was
    /// never finalized emitted nothing; the burned and the treasury's parts of fees that it was handed leave
    /// with the next epoch finalized (epoch-sweep-1).
    /// - Refuses: a second time; before nine epochs have passed.
    pub fn sweep(&mut self, pool: &mut EpochPool, now: Epoch) -> Result<Swept, E> {
        pool.require_sweepable(now)?;
        let undistributed = pool.undistributed();
        let expired = pool.unsettled().min(undistributed);
        let reclaimed = Amount(pool.reclaimed).min(undistributed.saturating_sub(expired));
        let attesters = Amount(pool.attester_emission.saturating_sub(pool.attester_paid));
        let rounding = undistributed.saturating_sub(expired).saturating_sub(reclaimed).saturating_sub(attesters);
        self.carried = self.carried.saturating_add(undistributed.0);
        if pool.state == EpochState::Open as u8 {
            // The providers no longer carry them, and a finalized epoch has already burned and paid its own.
            self.burn_due = self.burn_due.saturating_add(core::mem::take(&mut pool.burn_due));
            self.treasury_due = self.treasury_due.saturating_add(core::mem::take(&mut pool.treasury_due));
        }
        pool.state = EpochState::Swept as u8;
        Ok(Swept { expired, reclaimed, attesters, rounding })
    }
}
