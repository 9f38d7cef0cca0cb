//! A network with one provider, its owner and two delegators.

use {
    work_token_localnet::{Actor, Scenario, ScenarioOptions},
    work_token_sdk::{
        Instruction, PositionAddresses, ProviderAddresses, Refusal, WorkTokenError,
        client::{Client, PositionState},
        events::{self, Event},
        math::Amount,
        state::{PoolKind, Provider},
        transport::{Outcome, TransportError},
    },
};

/// The epoch in which every test begins.
pub const FIRST_EPOCH: u32 = 2;
/// One token in base units.
pub const TOKEN: u64 = 1_000_000;

pub struct World {
    pub scenario: Scenario,
    pub provider: ProviderAddresses,
    pub owner: Actor,
    pub alice: Actor,
    pub bob: Actor,
}

impl World {
    /// The provider staked 20,000 tokens in epoch 0 and keeps 10 %. Alice and Bob have 100,000 each and nothing at stake. It is
    /// [`FIRST_EPOCH`], and the epochs before it are settled.
    pub fn new() -> Self {
        let scenario = Scenario::start(&ScenarioOptions::default()).expect("the embedded chain starts");
        let owner = scenario.actor("owner", 100_000 * TOKEN);
        let provider = scenario.register(&owner, 1_000, 20_000 * TOKEN).expect("the provider registers");
        let alice = scenario.actor("alice", 100_000 * TOKEN);
        let bob = scenario.actor("bob", 100_000 * TOKEN);
        let world = Self { scenario, provider, owner, alice, bob };
        world.scenario.go_to_epoch(FIRST_EPOCH);
        world.crank_all();
        world
    }

    pub fn send(&self, instruction: Instruction, signer: &Actor) -> Outcome {
        self.try_send(instruction, signer).unwrap_or_else(|error| panic!("{error}"))
    }

    pub fn refusal(&self, instruction: Instruction, signer: &Actor) -> WorkTokenError {
        match self.try_send(instruction, signer) {
            Err(TransportError::Refused(refusal)) => known(&refusal),
            other => panic!("not refused: {other:?}"),
        }
    }

    /// The keeper pays; `signer` signs where the instruction names it.
    fn try_send(&self, instruction: Instruction, signer: &Actor) -> Result<Outcome, TransportError> {
        let signs = instruction.accounts.iter().any(|meta| meta.is_signer && meta.pubkey == signer.address());
        if signs { self.scenario.send(&[instruction], &[signer]) } else { self.scenario.send(&[instruction], &[]) }
    }

    pub fn delegate(&self, delegator: &Actor, tokens: u64) -> PositionAddresses {
        self.scenario.delegate(delegator, &self.provider, tokens * TOKEN).expect("the delegation is accepted")
    }

    /// Everything the views look at, now.
    pub fn state(&self, position: &PositionAddresses) -> PositionState {
        Client::new(&self.scenario.chain).position_state(position).expect("the position exists")
    }

    pub fn provider_state(&self) -> Provider {
        self.scenario.provider_state(&self.provider)
    }

    /// Changes the provider's account around every rule.
    pub fn edit_provider(&self, edit: impl FnOnce(&mut Provider)) {
        let mut provider = self.provider_state();
        edit(&mut provider);
        self.scenario.write(&self.provider.provider, &provider);
    }

    /// Slashes a pool, around every rule.
    pub fn slash(&self, kind: PoolKind, amount: u64) {
        self.edit_provider(|provider| {
            provider.slash(kind, Amount(amount));
        });
    }

    pub fn balance(&self, actor: &Actor) -> u64 {
        self.scenario.chain.token_balance(&actor.tokens)
    }

    /// How much an instruction moves into an actor's token account.
    pub fn paid(&self, instruction: Instruction, actor: &Actor) -> u64 {
        let before = self.balance(actor);
        self.send(instruction, actor);
        self.balance(actor) - before
    }

    /// Lets epochs begin, and cranks all that ended.
    pub fn pass_epochs(&self, epochs: u32) {
        for _ in 0..epochs {
            self.scenario.next_epoch();
            self.crank_all();
        }
    }

    fn crank_all(&self) {
        for epoch in self.scenario.network_state().next_finalize_epoch..self.scenario.epoch() {
            self.scenario.crank(epoch, &[self.provider.provider]).expect("the epoch is cranked");
        }
    }
}

pub fn known(refusal: &Refusal) -> WorkTokenError {
    refusal.work_token_error().unwrap_or_else(|| panic!("not the program's own: {refusal}"))
}

pub fn first_event(outcome: &Outcome) -> Event {
    let log = events::decode_logs(&outcome.logs);
    assert_eq!(log.unknown, 0);
    log.events.into_iter().next().expect("an event")
}
