//! The books of one provider's delegated pool, as the program keeps them with this crate: the rings of
//! position-generation-1, position-generation-2, position-generation-3, position-lot-2. A rule can be
//! switched off, so that a test can show what it prevents.

use work_token_math::{
    Amount, Bps, Epoch, GENERATION_RING, INDEX_RING, IndexHistory, IndexX64, Pool, Position, RECORD_RING, Shares,
    reward::RewardIndex,
    snapshot::{Snapshot, is_kept, oldest_kept, slot},
};

/// Rules that live outside this crate, in the books that use it.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// An epoch is settled only when no earlier one can be any more (epoch-settle-1).
    pub settle_in_order: bool,
    /// The index at which an epoch closed is written for epochs that are passed, too (position-lot-2).
    pub write_passed_ends: bool,
    /// Shares that leave, and lots that move, leave the unsettled records in which they count
    /// (position-lot-4).
    pub leave_records: bool,
    /// The index at which a generation ended is kept (position-generation-1).
    pub keep_generation_ends: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self { settle_in_order: true, write_passed_ends: true, leave_records: true, keep_generation_ends: true }
    }
}

/// What is remembered of an epoch.
#[derive(Clone, Copy, Debug, Default)]
pub struct Record {
    pub epoch: Epoch,
    pub kept: bool,
    pub weighed: bool,
    pub snapshot: Snapshot,
}

/// One provider's delegated pool.
#[derive(Clone, Debug, Default)]
pub struct Provider {
    pub rules: Rules,
    pub now: Epoch,
    pub pool: Pool,
    pub rewards: RewardIndex,
    pub unsettled: Epoch,
    pub ends: [IndexX64; INDEX_RING as usize],
    pub generation_ends: [Option<(u32, IndexX64)>; GENERATION_RING as usize],
    pub records: [Record; RECORD_RING as usize],
}

impl IndexHistory for Provider {
    fn index(&self) -> IndexX64 {
        self.rewards.index
    }

    fn unsettled_epoch(&self) -> Epoch {
        self.unsettled
    }

    fn end_of(&self, epoch: Epoch) -> IndexX64 {
        let oldest = Epoch(self.unsettled.0.saturating_sub(INDEX_RING));
        self.ends[slot(epoch.max(oldest), INDEX_RING)]
    }

    fn generation(&self) -> u32 {
        self.pool.generation
    }

    fn generation_end(&self, generation: u32) -> Option<IndexX64> {
        if !self.rules.keep_generation_ends {
            return Some(self.rewards.index);
        }
        let (kept, end) = self.generation_ends[slot(Epoch(generation), GENERATION_RING)]?;
        (kept == generation).then_some(end)
    }
}

impl Provider {
    /// A provider registered in epoch 0.
    pub fn new() -> Self {
        Self::with(Rules::default())
    }

    pub fn with(rules: Rules) -> Self {
        let mut provider = Self { rules, ..Self::default() };
        provider.records[0].kept = true;
        provider
    }

    /// Lets time pass to an epoch: passes what leaves the ring, then writes a record of every epoch that
    /// began.
    pub fn touch(&mut self, now: Epoch) {
        let oldest = oldest_kept(now);
        while self.unsettled < oldest {
            self.close(self.unsettled, true);
        }
        let snapshot = Snapshot::of(&Pool::default(), &self.pool, Bps(0));
        for epoch in (self.now.0 + 1).max(oldest.0)..=now.0 {
            let record = Record { epoch: Epoch(epoch), kept: true, weighed: false, snapshot };
            self.records[slot(Epoch(epoch), RECORD_RING)] = record;
        }
        self.now = self.now.max(now);
    }

    /// The record of an epoch, while it is kept.
    pub fn record(&mut self, epoch: Epoch) -> Option<&mut Record> {
        let record = &mut self.records[slot(epoch, RECORD_RING)];
        (record.kept && record.epoch == epoch && is_kept(epoch, self.now)).then_some(record)
    }

    /// Weighs an epoch: it will be settled. A weight for an epoch already passed is refused.
    pub fn weigh(&mut self, epoch: Epoch) -> bool {
        if self.rules.settle_in_order && epoch < self.unsettled {
            return false;
        }
        self.record(epoch).is_some_and(|record| !std::mem::replace(&mut record.weighed, true))
    }

    /// Settles a weighed epoch with the delegators' reward of it, passing earlier ones that were not weighed.
    /// Out of turn, or a second time, it changes nothing.
    pub fn settle(&mut self, epoch: Epoch, reward: Amount) -> bool {
        if epoch >= self.now || !self.record(epoch).is_some_and(|record| record.weighed) {
            return false;
        }
        if self.rules.settle_in_order {
            if epoch < self.unsettled {
                return false;
            }
            for earlier in self.unsettled.0..epoch.0 {
                if self.record(Epoch(earlier)).is_some_and(|record| record.weighed) {
                    return false;
                }
            }
            while self.unsettled < epoch {
                self.close(self.unsettled, true);
            }
        }
        let record = self.record(epoch).expect("looked up above");
        record.weighed = false;
        let shares = record.snapshot.delegated_shares;
        if let Some(rewards) = self.rewards.distribute(reward, shares) {
            self.rewards = rewards;
        }
        self.close(epoch, false);
        true
    }

    fn close(&mut self, epoch: Epoch, passed: bool) {
        if !passed || self.rules.write_passed_ends {
            self.ends[slot(epoch, INDEX_RING)] = self.rewards.index;
        }
        self.unsettled = self.unsettled.max(epoch.next());
    }

    /// Takes a slash; a pool that falls to zero ends its generation.
    pub fn slash(&mut self, amount: Amount) -> bool {
        let ended = self.pool.generation;
        let (pool, _, wiped) = self.pool.slash(amount);
        self.pool = pool;
        if wiped {
            let end = Some((ended, self.rewards.index));
            self.generation_ends[slot(Epoch(ended), GENERATION_RING)] = end;
            let unsettled = self.unsettled;
            for record in self.records.iter_mut().filter(|record| record.epoch >= unsettled) {
                record.snapshot.delegated_shares = Shares::ZERO;
            }
        }
        wiped
    }

    /// Places stake: a lot that earns from the next epoch on. `None` when the pool refuses it.
    pub fn deposit(&mut self, position: &mut Position, amount: Amount) -> Option<Shares> {
        position.harvest(self);
        let (pool, minted) = self.pool.deposit(amount).ok()?;
        self.pool = pool;
        self.add_lot(position, minted);
        Some(minted)
    }

    fn add_lot(&mut self, position: &mut Position, shares: Shares) {
        let moved = position.add_lot(self.now.next(), shares).expect("a pool's shares fit");
        self.forfeit(moved.shares, moved.from);
    }

    /// Asks to leave with some shares; they stop earning at once, in unsettled epochs too.
    pub fn request(&mut self, position: &mut Position, shares: Shares) {
        position.harvest(self);
        let taken = position.take(shares).expect("no more than there are");
        self.forfeit(taken.active, Epoch(0));
        for lot in taken.lots {
            self.forfeit(lot.shares, lot.activation);
        }
        self.pool = self.pool.begin_unbonding(shares);
    }

    /// Puts shares of a ticket back, as a lot.
    pub fn cancel(&mut self, position: &mut Position, shares: Shares) {
        position.harvest(self);
        self.add_lot(position, shares);
        self.pool = self.pool.cancel_unbonding(shares);
    }

    fn forfeit(&mut self, shares: Shares, from: Epoch) {
        if !self.rules.leave_records {
            return;
        }
        let from = from.max(self.unsettled);
        for record in self.records.iter_mut().filter(|record| record.epoch >= from) {
            let left = record.snapshot.delegated_shares.checked_sub(shares);
            record.snapshot.delegated_shares = left.expect("whoever leaves counted in the record");
        }
    }

    /// Pays a position's credited rewards out of what is owed.
    pub fn claim(&mut self, position: &mut Position) -> Amount {
        let (rewards, paid) = self.rewards.pay(position.credited);
        self.rewards = rewards;
        position.credited = Amount::ZERO;
        paid
    }
}

/// A "share" of the examples: 2^20, the least number that is rewarded.
pub const UNIT: u64 = 1 << 20;

/// Places some units.
pub fn deposit(provider: &mut Provider, position: &mut Position, units: u64) {
    provider.deposit(position, Amount(units * UNIT)).expect("accepted");
}

/// Lets epochs pass up to `now`, each weighed when it ends and settled with its reward at once.
pub fn earn(provider: &mut Provider, now: u32, reward: u64) {
    while provider.now.0 < now {
        let epoch = provider.now;
        assert!(provider.weigh(epoch));
        provider.touch(epoch.next());
        assert!(provider.settle(epoch, Amount(reward)));
    }
}

/// Lets epochs pass up to `now`, weighed but not settled: the keepers are late.
pub fn weigh(provider: &mut Provider, now: u32) {
    while provider.now.0 < now {
        assert!(provider.weigh(provider.now));
        provider.touch(provider.now.next());
    }
}

/// All that a position has earned so far.
pub fn harvested(provider: &Provider, position: &mut Position) -> u64 {
    position.harvest(provider);
    position.credited.0
}
