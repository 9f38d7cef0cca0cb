//! What keepers do: an epoch's cranks, one by one or all at once.

use {
    crate::world::{Owner, World},
    work_token_sdk::{Instruction, Pubkey, ix, math, state::EpochPool},
};

impl World {
    /// Opens an ended epoch.
    pub fn open(&self, epoch: u32) {
        self.send(&[self.open_ix(epoch)], &[]);
    }

    /// The instruction that opens an ended epoch; the keeper pays the rent.
    pub fn open_ix(&self, epoch: u32) -> Instruction {
        ix::open_epoch(&self.scenario.network.network, self.scenario.keeper.address(), epoch)
    }

    /// The instruction that weighs providers, the keeper being paid.
    pub fn weigh_ix(&self, epoch: u32, owners: &[&Owner]) -> Instruction {
        let tree = self.scenario.work_tree(epoch);
        ix::weigh_providers(&self.scenario.network, epoch, self.scenario.paid_keeper(), tree, &keys(owners))
    }

    /// The instruction that finalizes an epoch, the keeper being paid.
    pub fn finalize_ix(&self, epoch: u32) -> Instruction {
        ix::finalize_epoch(&self.scenario.network, epoch, self.scenario.paid_keeper())
    }

    /// The instruction that settles providers, the keeper being paid.
    pub fn settle_ix(&self, epoch: u32, owners: &[&Owner]) -> Instruction {
        ix::settle_providers(&self.scenario.network, epoch, self.scenario.paid_keeper(), &keys(owners))
    }

    /// Opens an epoch unless it is open, and weighs providers for it, waiting for the window.
    pub fn weigh(&self, epoch: u32, owners: &[&Owner]) -> EpochPool {
        if !self.exists(&self.pool_key(epoch)) {
            self.open(epoch);
        }
        self.wait_until_work(self.pool(epoch).weigh_from_work_ts);
        for batch in owners.chunks(16) {
            self.send(&[self.weigh_ix(epoch, batch)], &[]);
        }
        self.pool(epoch)
    }

    /// Weighs providers for an epoch and finalizes it, waiting for its windows. Earlier epochs are finalized
    /// as they are.
    pub fn finalize(&self, epoch: u32, owners: &[&Owner]) -> EpochPool {
        let next = self.network().next_to_finalize(math::Epoch(self.epoch())).0;
        for earlier in next..epoch {
            self.finalize_one(earlier, &[]);
        }
        self.finalize_one(epoch, owners)
    }

    fn finalize_one(&self, epoch: u32, owners: &[&Owner]) -> EpochPool {
        self.wait_until_work(self.weigh(epoch, owners).finalizable_from_work_ts());
        self.send(&[self.finalize_ix(epoch)], &[]);
        self.pool(epoch)
    }

    /// Settles providers for a finalized epoch.
    pub fn settle(&self, epoch: u32, owners: &[&Owner]) -> EpochPool {
        for batch in owners.chunks(16) {
            self.send(&[self.settle_ix(epoch, batch)], &[]);
        }
        self.pool(epoch)
    }

    /// Everything that keepers do for an ended epoch up to its settlement.
    pub fn crank(&self, epoch: u32, owners: &[&Owner]) -> EpochPool {
        self.finalize(epoch, owners);
        self.settle(epoch, owners)
    }

    /// Turns to the next epoch and cranks the one that ended. Without any weight that is not yet possible:
    /// then it is only weighed.
    pub fn cycle(&self, owners: &[&Owner]) -> EpochPool {
        let ended = self.epoch();
        self.next_epoch();
        if self.weigh(ended, owners).total_weight == 0 {
            return self.pool(ended);
        }
        self.crank(ended, owners)
    }
}

fn keys(owners: &[&Owner]) -> Vec<Pubkey> {
    owners.iter().map(|owner| owner.at.provider).collect()
}
