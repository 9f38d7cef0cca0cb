//! Epochs of a scenario's network: the clock, and the cranks.

use {
    crate::Scenario,
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::{
        Instruction, addresses, ix,
        math::{Epoch, WorkTs},
        state::{EpochPool, EpochState},
        transport::TransportError,
    },
};

/// Providers that are settled in one transaction.
const SETTLE_BATCH: usize = 24;

impl Scenario {
    /// The epoch now.
    pub fn epoch(&self) -> u32 {
        self.network_state().epoch_at(self.now()).0
    }

    /// The epoch now, as a type.
    pub fn now_epoch(&self) -> Epoch {
        Epoch(self.epoch())
    }

    /// The address of an epoch's account.
    pub fn pool_key(&self, epoch: u32) -> Pubkey {
        addresses::epoch_pool(&self.network.network, epoch)
    }

    /// An epoch's account.
    pub fn pool(&self, epoch: u32) -> EpochPool {
        self.read(&self.pool_key(epoch))
    }

    /// Turns the clock to the beginning of an epoch.
    pub fn go_to_epoch(&self, epoch: u32) {
        let network = self.network_state();
        self.set_now(network.clock().starts_at_ts(Epoch(epoch)).expect("a time that exists"));
    }

    /// Turns the clock to the next epoch.
    pub fn next_epoch(&self) {
        self.go_to_epoch(self.epoch() + 1);
    }

    /// Turns the clock forward to a work time, as far as recorded outages tell, unless it has passed.
    pub fn wait_until_work(&self, work_ts: i64) {
        self.wait_until(self.network_state().unix_ts(WorkTs(work_ts)));
    }

    /// The instruction that opens an epoch; the keeper pays the rent.
    pub fn open_ix(&self, epoch: u32) -> Instruction {
        ix::open_epoch(&self.network.network, self.keeper.address(), epoch)
    }

    /// The instructions that open every epoch that is due, for before what changes parameters or classes; the
    /// keeper pays the rent.
    pub fn open_due_ix(&self) -> Vec<Instruction> {
        ix::open_due_epochs(&self.network.network, &self.network_state(), self.keeper.address(), self.now())
    }

    /// The instruction that weighs providers, the keeper being paid.
    pub fn weigh_ix(&self, epoch: u32, providers: &[Pubkey]) -> Instruction {
        ix::weigh_providers(&self.network, epoch, self.paid_keeper(), self.work_tree(epoch), providers)
    }

    /// The instruction that finalizes an epoch, the keeper being paid.
    pub fn finalize_ix(&self, epoch: u32) -> Instruction {
        ix::finalize_epoch(&self.network, epoch, self.paid_keeper())
    }

    /// The instruction that settles providers, the keeper being paid.
    pub fn settle_ix(&self, epoch: u32, providers: &[Pubkey]) -> Instruction {
        ix::settle_providers(&self.network, epoch, self.paid_keeper(), providers)
    }

    /// Opens an epoch unless it is open.
    pub fn open(&self, epoch: u32) -> Result<(), TransportError> {
        if !self.exists(&self.pool_key(epoch)) {
            self.send(&[self.open_ix(epoch)], &[])?;
        }
        Ok(())
    }

    /// Opens an epoch unless it is open, and weighs providers for it, waiting for the window.
    pub fn weigh(&self, epoch: u32, providers: &[Pubkey]) -> Result<EpochPool, TransportError> {
        self.open(epoch)?;
        self.wait_until_work(self.pool(epoch).weigh_from_work_ts);
        for batch in providers.chunks(ix::WEIGH_BATCH) {
            self.send(&[self.weigh_ix(epoch, batch)], &[])?;
        }
        Ok(self.pool(epoch))
    }

    /// Weighs providers for an epoch and finalizes it, waiting for its windows.
    pub fn finalize(&self, epoch: u32, providers: &[Pubkey]) -> Result<EpochPool, TransportError> {
        self.wait_until_work(self.weigh(epoch, providers)?.finalizable_from_work_ts());
        self.send(&[self.finalize_ix(epoch)], &[])?;
        Ok(self.pool(epoch))
    }

    /// Settles providers for a finalized epoch.
    pub fn settle(&self, epoch: u32, providers: &[Pubkey]) -> Result<EpochPool, TransportError> {
        for batch in providers.chunks(SETTLE_BATCH) {
            self.send(&[self.settle_ix(epoch, batch)], &[])?;
        }
        Ok(self.pool(epoch))
    }

    /// Opens, weighs, finalizes and settles an ended epoch for the given providers, as far as that is not
    /// done, waiting for its windows. Returns its account.
    pub fn crank(&self, epoch: u32, providers: &[Pubkey]) -> Result<EpochPool, TransportError> {
        self.open(epoch)?;
        if self.pool(epoch).state == EpochState::Open as u8 {
            self.finalize(epoch, providers)?;
        }
        self.settle(epoch, providers)
    }

    /// Cranks every ended epoch that is not finalized.
    pub fn crank_all(&self, providers: &[Pubkey]) -> Result<(), TransportError> {
        (self.network_state().next_finalize_epoch..self.epoch())
            .try_for_each(|epoch| self.crank(epoch, providers).map(|_| ()))
    }
}
