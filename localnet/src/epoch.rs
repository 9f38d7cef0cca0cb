//! Epochs of a scenario's network: the clock, and the cranks.

use {
    crate::Scenario,
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::{
        Instruction, ix,
        math::{Epoch, WorkTs},
        state::{EpochPool, EpochState},
        transport::{Transport, TransportError},
    },
};

impl Scenario {
    /// The epoch now.
    pub fn epoch(&self) -> u32 {
        self.network_state().epoch_at(self.chain.now()).0
    }

    /// The epoch now, as a type.
    pub fn now_epoch(&self) -> Epoch {
        Epoch(self.epoch())
    }

    /// The instructions that open every epoch that is due, for before what changes parameters or classes; the
    /// keeper pays the rent.
    pub fn open_due_ix(&self) -> Vec<Instruction> {
        ix::open_due_epochs(&self.network.network, &self.network_state(), self.keeper.address(), self.chain.now())
    }

    /// Turns the clock to the beginning of an epoch.
    pub fn go_to_epoch(&self, epoch: u32) {
        let network = self.network_state();
        let starts_at_ts = network.clock().starts_at_ts(Epoch(epoch)).expect("a time that exists");
        self.chain.set_now(starts_at_ts);
    }

    /// Turns the clock to the next epoch.
    pub fn next_epoch(&self) {
        self.go_to_epoch(self.epoch() + 1);
    }

    /// Opens, weighs, finalizes and settles an ended epoch for the given providers, waiting for its windows.
    /// Returns its account.
    pub fn crank(&self, epoch: u32, providers: &[Pubkey]) -> Result<EpochPool, TransportError> {
        let pool_key = work_token_sdk::addresses::epoch_pool(&self.network.network, epoch);
        if self.chain.account(&pool_key)?.is_none() {
            self.send(&[ix::open_epoch(&self.network.network, self.keeper.address(), epoch)], &[])?;
        }
        let pool: EpochPool = self.read(&pool_key);
        self.wait_until(self.unix(pool.weigh_from_work_ts));
        if pool.state == EpochState::Open as u8 {
            let tree = self.work_tree(epoch);
            for batch in providers.chunks(ix::WEIGH_BATCH) {
                self.send(&[ix::weigh_providers(&self.network, epoch, self.paid_keeper(), tree, batch)], &[])?;
            }
            let pool: EpochPool = self.read(&pool_key);
            self.wait_until(self.unix(pool.finalizable_from_work_ts()));
            self.send(&[ix::finalize_epoch(&self.network, epoch, self.paid_keeper())], &[])?;
        }
        for batch in providers.chunks(24) {
            self.send(&[ix::settle_providers(&self.network, epoch, self.paid_keeper(), batch)], &[])?;
        }
        Ok(self.read(&pool_key))
    }

    /// The unix time of a work time, as far as recorded outages tell.
    fn unix(&self, work_ts: i64) -> i64 {
        self.network_state().unix_ts(WorkTs(work_ts))
    }

    fn wait_until(&self, ts: i64) {
        if self.chain.now() < ts {
            self.chain.set_now(ts);
        }
    }
}
