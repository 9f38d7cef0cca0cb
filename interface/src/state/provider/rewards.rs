//! The delegators' index and the owner's vesting rewards.

use super::{Provider, RewardState, VestingEntry};
use crate::math::{
    Amount, Epoch, GENERATION_RING, INDEX_RING, IndexHistory, IndexX64, reward::RewardIndex, snapshot::slot,
    vesting::Vesting,
};

impl RewardState {
    /// The index's economics.
    #[inline]
    pub fn get(&self) -> RewardIndex {
        RewardIndex {
            index: IndexX64::from_le_bytes(self.reward_index_x64),
            remainder: self.remainder_x64,
            owed: Amount(self.owed),
        }
    }

    /// Stores the index's economics.
    #[inline]
    pub fn set(&mut self, index: RewardIndex) {
        self.reward_index_x64 = index.index.to_le_bytes();
        self.remainder_x64 = index.remainder;
        self.owed = index.owed.0;
    }

    /// Writes the present index as the end of an epoch.
    #[inline]
    pub(super) fn close_epoch(&mut self, epoch: Epoch) {
        if let Some(end) = self.index_ends_x64.get_mut(slot(epoch, INDEX_RING)) {
            *end = self.reward_index_x64;
        }
    }
}

impl VestingEntry {
    /// The entry's economics.
    pub fn get(&self) -> Vesting {
        Vesting {
            starts_at_ts: self.starts_at_ts,
            duration_secs: self.duration_secs,
            amount: Amount(self.amount),
            taken: Amount(self.taken),
        }
    }
}

impl IndexHistory for Provider {
    #[inline]
    fn index(&self) -> IndexX64 {
        IndexX64::from_le_bytes(self.rewards.reward_index_x64)
    }

    #[inline]
    fn unsettled_epoch(&self) -> Epoch {
        Epoch(self.rewards.unsettled_epoch)
    }

    #[inline]
    fn end_of(&self, epoch: Epoch) -> IndexX64 {
        let oldest = Epoch(self.rewards.unsettled_epoch.saturating_sub(INDEX_RING));
        let end = self.rewards.index_ends_x64.get(slot(epoch.max(oldest), INDEX_RING));
        end.map_or(self.index(), |bytes| IndexX64::from_le_bytes(*bytes))
    }

    #[inline]
    fn generation(&self) -> u32 {
        self.delegated.generation
    }

    fn generation_end(&self, generation: u32) -> Option<IndexX64> {
        let entry = self.rewards.generation_ends.get(slot(Epoch(generation), GENERATION_RING))?;
        (entry.generation_plus_one == generation.wrapping_add(1))
            .then(|| IndexX64::from_le_bytes(entry.reward_index_x64))
    }
}

impl Provider {
    /// Own rewards in the reward vault: free, or still vesting.
    #[inline(never)]
    pub fn own_rewards(&self) -> Amount {
        let vesting = self.vesting.iter().map(|entry| entry.get().left());
        let frozen = self.reservations.iter().map(|claim| Amount(claim.frozen));
        vesting.chain(frozen).fold(Amount(self.own_claimable), Amount::saturating_add)
    }

    /// Own rewards that can be claimed at a time.
    pub fn free_own_rewards(&self, now_ts: i64) -> Amount {
        let free = self.vesting.iter().map(|entry| entry.get().free(self.vests_until(entry.epoch, now_ts)));
        free.fold(Amount(self.own_claimable), Amount::saturating_add)
    }

    /// The time up to which an epoch's own rewards have vested: an open dispute about the epoch stops it
    /// (provider-reward-3).
    #[inline(never)]
    pub(super) fn vests_until(&self, epoch: u32, now_ts: i64) -> i64 {
        let about = self.reservations.iter().filter(|claim| claim.covers(epoch));
        about.fold(now_ts, |until_ts, claim| until_ts.min(claim.frozen_since_ts))
    }

    /// Takes the own rewards that are free and returns their sum.
    #[inline(never)]
    pub fn take_free_rewards(&mut self, now_ts: i64) -> Amount {
        let mut free = Amount(self.own_claimable);
        self.own_claimable = 0;
        let until_ts = self.vesting.map(|entry| self.vests_until(entry.epoch, now_ts));
        for (entry, until_ts) in self.vesting.iter_mut().zip(until_ts) {
            let part = entry.get().free(until_ts);
            entry.taken = entry.taken.saturating_add(part.0);
            free = free.saturating_add(part);
        }
        free
    }

    /// Takes what is due of the slash debt out of own rewards that are about to be released; it burns
    /// (provider-reward-5). Returns what is left to release.
    pub fn pay_debt(&mut self, free: Amount) -> Amount {
        let paid = free.min(Amount(self.slash_debt));
        self.slash_debt = self.slash_debt.saturating_sub(paid.0);
        self.work.burn_due = self.work.burn_due.saturating_add(paid.0);
        free.saturating_sub(paid)
    }
}
