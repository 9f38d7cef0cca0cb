//! What keepers do: an epoch's cranks, one by one or all at once.

use {
    crate::world::{Owner, World, done},
    work_token_sdk::{Instruction, Pubkey, state::EpochPool},
};

impl World {
    /// Opens an ended epoch.
    pub fn open(&self, epoch: u32) {
        self.send(&[self.open_ix(epoch)], &[]);
    }

    /// The instruction that weighs providers, the keeper being paid.
    pub fn weigh_ix(&self, epoch: u32, owners: &[&Owner]) -> Instruction {
        self.scenario.weigh_ix(epoch, &keys(owners))
    }

    /// The instruction that settles providers, the keeper being paid.
    pub fn settle_ix(&self, epoch: u32, owners: &[&Owner]) -> Instruction {
        self.scenario.settle_ix(epoch, &keys(owners))
    }

    /// Opens an epoch unless it is open, and weighs providers for it, waiting for the window.
    pub fn weigh(&self, epoch: u32, owners: &[&Owner]) -> EpochPool {
        done(self.scenario.weigh(epoch, &keys(owners)))
    }

    /// Weighs providers for an epoch and finalizes it, waiting for its windows. Earlier epochs are finalized
    /// as they are.
    pub fn finalize(&self, epoch: u32, owners: &[&Owner]) -> EpochPool {
        let next = self.network().next_to_finalize(self.now_epoch()).0;
        for earlier in next..epoch {
            done(self.scenario.finalize(earlier, &[]));
        }
        done(self.scenario.finalize(epoch, &keys(owners)))
    }

    /// Settles providers for a finalized epoch.
    pub fn settle(&self, epoch: u32, owners: &[&Owner]) -> EpochPool {
        done(self.scenario.settle(epoch, &keys(owners)))
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

pub(crate) fn keys(owners: &[&Owner]) -> Vec<Pubkey> {
    owners.iter().map(|owner| owner.at.provider).collect()
}
