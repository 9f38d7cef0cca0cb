//! A network with people in it, and what each of them did with tokens. What an action pays is foretold from
//! the program's own books before it is sent; the balances must agree in the end.

use {
    crate::{
        failure::{Failure, Result},
        keeper::{Batches, Snapshot, Step, Work, plan},
    },
    work_token_localnet::{Actor, Scenario},
    work_token_sdk::{
        Client, Instruction, PositionAddresses, ProviderAddresses, TransportError, WorkTokenError,
        math::Amount,
        state::{Delegation, Ledger, Provider, Vaults},
    },
};

/// Base units that went through somebody's hands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Held at the beginning.
    pub given: u64,
    /// Staked out of the wallet.
    pub staked: u64,
    /// Stake taken out again.
    pub withdrawn: u64,
    /// Rewards claimed into the wallet.
    pub claimed: u64,
    /// Rewards that became stake.
    pub restaked: u64,
    /// Sent away by mistake.
    pub lost: u64,
}

impl Flow {
    /// What the wallet must hold.
    pub fn wallet(&self) -> u64 {
        (self.given + self.withdrawn + self.claimed).saturating_sub(self.staked + self.lost)
    }
}

/// An owner or a delegator, with the one position it holds.
pub struct Person {
    /// Its name.
    pub name: &'static str,
    /// Its key and tokens.
    pub actor: Actor,
    /// Which provider it stands behind, or owns.
    pub provider: usize,
    /// Its position.
    pub position: PositionAddresses,
    /// What it did.
    pub flow: Flow,
}

/// What the whole network did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Transactions that landed.
    pub transactions: u64,
    /// Emitted into the keeper vault.
    pub to_keepers: u64,
    /// Bounties paid out of the keeper vault.
    pub bounties: u64,
    /// Bounties for activations, paid out of the activated lots' rewards.
    pub activations: u64,
    /// Swept into the treasury.
    pub swept: u64,
    /// Epochs finalized with an emission.
    pub epochs: u32,
}

/// The network and its people.
pub struct World {
    /// The chain and the network.
    pub scenario: Scenario,
    /// The providers, by index; a closed one keeps its place.
    pub providers: Vec<ProviderAddresses>,
    /// Their owners, in the same order.
    pub owners: Vec<Person>,
    /// The delegators.
    pub delegators: Vec<Person>,
    /// What the network did.
    pub tally: Tally,
}

/// Somebody, by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The owner of a provider.
    Owner(usize),
    /// A delegator.
    Delegator(usize),
}

impl World {
    /// Somebody.
    pub fn person(&self, who: Who) -> &Person {
        match who {
            Who::Owner(index) => &self.owners[index],
            Who::Delegator(index) => &self.delegators[index],
        }
    }

    /// Somebody's flow, to note an action in.
    pub fn flow(&mut self, who: Who) -> &mut Flow {
        match who {
            Who::Owner(index) => &mut self.owners[index].flow,
            Who::Delegator(index) => &mut self.delegators[index].flow,
        }
    }

    /// Sends an instruction signed by somebody.
    pub fn act(&mut self, who: Who, instruction: Instruction) -> Result<()> {
        let person = self.person(who);
        // What anybody may send needs nobody's signature but the fee payer's.
        let sent = self.scenario.send_named(instruction, &[&person.actor]);
        sent.map_err(|error| Failure::Failed(format!("{}: {error}", person.name)))?;
        self.tally.transactions += 1;
        Ok(())
    }

    /// Sends an instruction that the program must refuse, for this reason.
    pub fn is_refused(&self, who: Who, instruction: Instruction, reason: WorkTokenError) -> bool {
        match self.scenario.send(&[instruction], &[&self.person(who).actor]) {
            Err(TransportError::Refused(refusal)) => refusal.work_token_error() == Some(reason),
            _ => false,
        }
    }

    /// A position and its provider as the next instruction will see them: brought up to date on copies.
    pub fn foresee(&self, position: &PositionAddresses) -> (Provider, Delegation) {
        let mut provider = self.scenario.provider_state(&position.provider);
        let mut state = self.scenario.position_state(position);
        let network = self.scenario.network_state();
        provider.touch(&network, &network.terms(self.scenario.chain.now()));
        provider.harvest(&mut state);
        (provider, state)
    }

    /// What somebody's position could claim now.
    pub fn claimable(&self, who: Who) -> u64 {
        self.foresee(&self.person(who).position).1.credited
    }

    /// Lets the keeper do everything that is due, waiting for windows; with `only_old`, only sweeps and
    /// closes what is over.
    pub fn crank(&mut self, only_old: bool) -> Result<()> {
        loop {
            let is_old = |work: &Work| matches!(work, Work::Sweep | Work::Close(_));
            let (snapshot, steps) = due(&self.scenario, |work| !only_old || is_old(work))?;
            for step in &steps {
                self.step(&snapshot, step)?;
            }
            if steps.is_empty() {
                match snapshot.next_window_of_this_epoch_ts() {
                    Some(ts) if !only_old => self.scenario.chain.set_now(ts),
                    _ => return Ok(()),
                }
            }
        }
    }

    /// One crank, with what it must pay: the keepers' part of an emission, the bounty that the epoch's
    /// account adds up, and the bounty that an activated lot pays itself.
    fn step(&mut self, snapshot: &Snapshot, step: &Step) -> Result<()> {
        let before = self.bounties_of(step.epoch);
        match &step.work {
            Work::Finalize => {
                if let Some(to_keepers) = foretold_keepers(&self.scenario, snapshot, step.epoch) {
                    self.tally.to_keepers += to_keepers;
                    self.tally.epochs += 1;
                }
            }
            Work::Activate(_) => self.tally.activations += snapshot.network.params.activation_bounty,
            _ => {}
        }
        let crank: Vec<Instruction> = step.instruction(snapshot, self.scenario.paid_keeper()).into_iter().collect();
        self.scenario.send(&crank, &[])?;
        self.tally.transactions += 1;
        self.tally.bounties += self.bounties_of(step.epoch).saturating_sub(before);
        Ok(())
    }

    fn bounties_of(&self, epoch: u32) -> u64 {
        let found = Client::new(&self.scenario.chain).epoch(&self.scenario.network.network, epoch);
        found.ok().flatten().map_or(0, |epoch| epoch.keeper_paid)
    }
}

/// What a keeper sees, and what of it is due and `wanted`.
pub fn due(scenario: &Scenario, wanted: impl Fn(&Work) -> bool) -> Result<(Snapshot, Vec<Step>)> {
    let snapshot = Snapshot::read_all(&scenario.chain, &scenario.network.network)?;
    let mut steps = plan(&snapshot, Batches::of(true));
    steps.retain(|step| wanted(&step.work));
    Ok((snapshot, steps))
}

/// What finalizing an epoch that has weight will emit to keepers, by the network's own rule on copies.
pub fn foretold_keepers(scenario: &Scenario, snapshot: &Snapshot, epoch: u32) -> Option<u64> {
    let mut pool = *snapshot.pools.get(&epoch).filter(|pool| pool.total_weight > 0)?;
    let supply = scenario.supply(&scenario.network.mint);
    let ledger = Ledger { supply: Amount(supply), reserve: Amount::ZERO, vaults: Vaults::OPEN };
    let mut network = snapshot.network;
    let now = network.epoch_at(scenario.now());
    let finalized = network.finalize(&mut pool, true, &ledger, now);
    Some(finalized.emitted.keepers.0)
}
