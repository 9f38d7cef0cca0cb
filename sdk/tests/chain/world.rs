//! A network with one provider, its owner and two delegators.

use {
    std::ops::Deref,
    work_token_localnet::{Actor, Scenario, ScenarioOptions},
    work_token_sdk::{
        Instruction, PositionAddresses, ProviderAddresses, WorkTokenError,
        client::{Client, PositionState},
        events::{self, Event},
        math::Amount,
        state::{EpochPool, PoolKind, Provider, VaultKind},
        transport::{Outcome, TransportError},
        view,
    },
};

pub use work_token_localnet::TOKEN;

/// The epoch in which every test begins.
pub const FIRST_EPOCH: u32 = 2;

pub struct World {
    pub scenario: Scenario,
    pub provider: ProviderAddresses,
    pub owner: Actor,
    pub alice: Actor,
    pub bob: Actor,
}

impl Deref for World {
    type Target = Scenario;

    fn deref(&self) -> &Scenario {
        &self.scenario
    }
}

impl World {
    /// The provider staked 20,000 tokens in epoch 0 and keeps 10 %. Alice and Bob have 100,000 each and
    /// nothing at stake. It is [`FIRST_EPOCH`], and the epochs before it are settled.
    pub fn new() -> Self {
        let scenario = Scenario::start(&ScenarioOptions::default()).expect("the embedded chain starts");
        let owner = scenario.actor("owner", 100_000 * TOKEN);
        let provider = scenario.register(&owner, 1_000, 20_000 * TOKEN).expect("the provider registers");
        let alice = scenario.actor("alice", 100_000 * TOKEN);
        let bob = scenario.actor("bob", 100_000 * TOKEN);
        let world = Self { scenario, provider, owner, alice, bob };
        world.go_to_epoch(FIRST_EPOCH);
        world.crank_all();
        world
    }

    pub fn send(&self, instruction: Instruction, signer: &Actor) -> Outcome {
        self.send_named(instruction, &[signer]).unwrap_or_else(|error| panic!("{error}"))
    }

    pub fn refusal(&self, instruction: Instruction, signer: &Actor) -> WorkTokenError {
        refusal(self.send_named(instruction, &[signer]))
    }

    pub fn delegate(&self, delegator: &Actor, tokens: u64) -> PositionAddresses {
        self.scenario.delegate(delegator, &self.provider, tokens * TOKEN).expect("the delegation is accepted")
    }

    /// What leaving would do, with everybody in the network known.
    pub fn leave(&self, position: &PositionAddresses, shares: Option<u64>, epochs: &[EpochPool]) -> view::Leaving {
        leave(&self.scenario, position, shares, epochs)
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
        self.change(&self.provider.provider, edit);
    }

    /// Slashes a pool, around every rule.
    pub fn slash(&self, kind: PoolKind, amount: u64) {
        self.edit_provider(|provider| {
            provider.slash(kind, Amount(amount));
        });
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
        self.scenario.crank_all(&[self.provider.provider]).expect("the epochs are cranked");
    }
}

/// What leaving would do, with everybody in the network known.
pub fn leave(
    scenario: &Scenario,
    position: &PositionAddresses,
    shares: Option<u64>,
    epochs: &[EpochPool],
) -> view::Leaving {
    let (client, network) = (Client::new(&scenario.chain), &scenario.network);
    let providers = client.providers(&network.network).expect("they are read");
    let providers: Vec<_> = providers.into_iter().map(|(_, provider)| provider).collect();
    let field = view::Field {
        providers: &providers,
        supply: client.supply(&network.mint).expect("the mint exists"),
        reserve: client.token_balance(&network.vault(VaultKind::Reserve)).expect("the vault exists"),
        treasury: client.token_balance(&network.vault(VaultKind::Treasury)).expect("the vault exists"),
    };
    let state = client.position_state(position).expect("the position exists");
    view::leave(&state.at(), shares, epochs, &field)
}

/// What a position gets of an epoch that is cranked now for all, and what its view said before that leaving
/// would forfeit of it, from no account of an epoch but those at hand.
pub fn forfeited_and_paid(
    scenario: &Scenario,
    position: &PositionAddresses,
    epoch: u32,
    epochs: &[EpochPool],
) -> (u64, u64) {
    let client = Client::new(&scenario.chain);
    let claimable = || view::claim(&client.position_state(position).expect("the position exists").at()).amount;
    let shown = leave(scenario, position, None, epochs);
    let shown = shown.forfeits.iter().find(|one| one.epoch == epoch).expect("it is unsettled");
    assert!(shown.has_ended && !shown.is_final);
    let providers = client.providers(&scenario.network.network).expect("they are read");
    let providers: Vec<_> = providers.into_iter().map(|(key, _)| key).collect();
    let before = claimable();
    scenario.crank(epoch, &providers).expect("the epoch is cranked");
    (shown.reward, claimable() - before)
}

/// Why a provider has no weight in the present epoch.
pub fn without_weight(scenario: &Scenario, provider: &ProviderAddresses) -> Option<view::NoWeight> {
    let (network, state) = (scenario.network_state(), scenario.provider_state(provider));
    view::work_status(&network, &state, scenario.now()).without_weight
}

/// The rule by which the program refused.
pub fn refusal(sent: Result<Outcome, TransportError>) -> WorkTokenError {
    match sent {
        Err(TransportError::Refused(refusal)) => {
            refusal.work_token_error().unwrap_or_else(|| panic!("not the program's own: {refusal}"))
        }
        other => panic!("not refused: {other:?}"),
    }
}

pub fn first_event(outcome: &Outcome) -> Event {
    let log = events::decode_logs(&outcome.logs);
    assert_eq!(log.unknown, 0);
    log.events.into_iter().next().expect("an event")
}
