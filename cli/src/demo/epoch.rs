//! Epoch after epoch: what keepers do in each, with what every crank must pay.

use {
    super::{earned::Emitted, world::World},
    crate::{
        failure::{Failure, Result},
        keeper::{Batches, Snapshot, Step, Work, plan},
    },
    work_token_localnet::Scenario,
    work_token_sdk::{
        Client, Instruction,
        math::{Amount, Epoch},
        state::{Ledger, VaultKind, Vaults},
    },
};

/// Slots after which an armed seed can be captured.
pub const SEED_SLOTS: u64 = 12;

impl World<'_> {
    /// The next epoch: what is due for the one before it, what attesters do, and results whose challenge
    /// window is over are paid.
    pub fn next_epoch(&mut self) -> Result<()> {
        self.give_signs()?;
        self.scenario.next_epoch();
        let epoch = self.scenario.epoch();
        self.reveal(epoch - 1)?;
        self.crank()?;
        self.commit(epoch)?;
        self.settle_due()?;
        (self.watch)(self);
        Ok(())
    }

    /// Lets epochs pass, one after the other, until a time.
    pub fn until(&mut self, ts: i64) -> Result<()> {
        loop {
            let next = self.scenario.epoch() + 1;
            if ts < self.starts_at_ts(next) {
                self.scenario.wait_until(ts);
                return Ok(());
            }
            self.next_epoch()?;
        }
    }

    /// When an epoch begins. Unix seconds.
    pub fn starts_at_ts(&self, epoch: u32) -> i64 {
        self.scenario.network_state().clock().starts_at_ts(Epoch(epoch)).unwrap_or(i64::MAX)
    }

    /// Does everything that is due for epochs, scores and stake, waiting for windows. Jobs, challenges and
    /// disputes are brought further by those who take part.
    pub fn crank(&mut self) -> Result<()> {
        loop {
            let (snapshot, steps) = due(&self.scenario, Work::keeps_epochs)?;
            for step in &steps {
                self.step(&snapshot, step)?;
            }
            if steps.is_empty() {
                // A seed that is armed is captured before its slot leaves the list of hashes.
                if snapshot.network.beacon.is_armed(snapshot.network.epoch_at(snapshot.now_ts)) {
                    self.scenario.chain.advance_slots(SEED_SLOTS);
                    continue;
                }
                match snapshot.next_window_of_this_epoch_ts() {
                    Some(ts) => self.scenario.chain.set_now(ts),
                    None => return Ok(()),
                }
            }
        }
    }

    /// Sweeps and closes what is over, and nothing else.
    pub fn sweep_and_close(&mut self) -> Result<()> {
        let is_old = |work: &Work| matches!(work, Work::Sweep | Work::Close(_));
        loop {
            let (snapshot, steps) = due(&self.scenario, is_old)?;
            if steps.is_empty() {
                return Ok(());
            }
            for step in &steps {
                self.step(&snapshot, step)?;
            }
        }
    }

    /// One crank, with what it must pay: the keepers' part of an emission, the bounty that the epoch's
    /// account adds up, and the bounty that an activated lot pays itself.
    fn step(&mut self, snapshot: &Snapshot, step: &Step) -> Result<()> {
        let before = self.bounties_of(step.epoch)?;
        match &step.work {
            Work::Finalize => {
                if let Some((to_keepers, returned, emitted)) = foretold(&self.scenario, snapshot, step.epoch) {
                    self.tally.to_keepers += to_keepers;
                    self.tally.returned += returned;
                    self.tally.epochs += 1;
                    self.emissions.push(emitted);
                }
            }
            Work::Activate(_) | Work::Restake(_) => self.tally.activations += snapshot.network.activation_bounty(),
            _ => {}
        }
        let crank: Vec<Instruction> = step.instruction(snapshot, self.scenario.paid_keeper()).into_iter().collect();
        let sent = self.scenario.send(&crank, &[]);
        sent.map_err(|error| Failure::Failed(format!("{} {}: {error}", step.work.name(), step.epoch)))?;
        self.tally.epoch_bounties += self.bounties_of(step.epoch)?.saturating_sub(before);
        Ok(())
    }

    fn bounties_of(&self, epoch: u32) -> Result<u64> {
        let found = Client::new(&self.scenario.chain).epoch(&self.scenario.network.network, epoch)?;
        Ok(found.map_or(0, |epoch| epoch.keeper_paid))
    }
}

/// What a keeper sees, and what of it is due and `wanted`.
pub fn due(scenario: &Scenario, wanted: impl Fn(&Work) -> bool) -> Result<(Snapshot, Vec<Step>)> {
    let snapshot = Snapshot::read_all(&scenario.chain, &scenario.network.network)?;
    let mut steps = plan(&snapshot, Batches::of(true));
    steps.retain(|step| wanted(&step.work));
    Ok((snapshot, steps))
}

/// What finalizing an epoch that has weight will emit to keepers, what of burned fees comes back, and the
/// whole, by the network's own rule on copies.
fn foretold(scenario: &Scenario, snapshot: &Snapshot, epoch: u32) -> Option<(u64, u64, Emitted)> {
    let mut pool = *snapshot.pools.get(&epoch).filter(|pool| pool.total_weight > 0)?;
    let supply = scenario.supply(&scenario.network.mint);
    let treasury = Amount(scenario.chain.token_balance(&scenario.network.vault(VaultKind::Treasury)));
    let ledger = Ledger { supply: Amount(supply), reserve: Amount::ZERO, treasury, vaults: Vaults::OPEN };
    let mut network = snapshot.network;
    let now_ts = scenario.now();
    let finalized = network.finalize(&mut pool, true, &ledger, (network.epoch_at(now_ts), now_ts));
    let plan = network.plan_emission(&pool, &ledger, now_ts);
    let emitted = Emitted {
        whole: plan.whole.0,
        less_fees: plan.less_fees.0,
        emitted: finalized.emitted.total().0,
        fees_taken: finalized.fees_taken,
    };
    Some((finalized.emitted.keepers.0, finalized.burn_back, emitted))
}
