//! Who takes part, and with how much: all of it follows from the seed.

use {
    super::world::{Flow, Person, Tally, Who, World},
    crate::failure::{Failure, Result},
    rand::{Rng, SeedableRng},
    rand_chacha::ChaCha8Rng,
    work_token_localnet::{Scenario, ScenarioOptions, TOKEN, TokenProgram},
    work_token_sdk::{ProviderAddresses, ix},
};

const PROVIDERS: [&str; 5] = ["Atlas", "Borealis", "Cascade", "Dynamo", "Ember"];
const DELEGATORS: [&str; 12] = ["Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gia", "Hugo", "Iris", "Jon", "Kim", "Leo"];

/// The delegator who comes during epoch 1.
pub const LATECOMER: Who = Who::Delegator(DELEGATORS.len() - 1);

/// A network with its providers and the delegators of the first hour; the latecomer has a wallet only.
pub fn assemble(seed: u64, program: TokenProgram) -> Result<World> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let scenario = Scenario::start(&ScenarioOptions { seed, program, ..ScenarioOptions::default() })
        .map_err(|error| Failure::Failed(error.to_string()))?;
    let mut world = World {
        scenario,
        providers: Vec::new(),
        owners: Vec::new(),
        delegators: Vec::new(),
        tally: Tally { transactions: 1, ..Tally::default() },
    };
    for name in PROVIDERS {
        enrol(&mut world, name, &mut random)?;
    }
    for (index, name) in DELEGATORS.into_iter().enumerate() {
        // The first five each choose another provider, so that nobody stands alone.
        let provider = if index < PROVIDERS.len() { index } else { random.random_range(0..PROVIDERS.len()) };
        let stake = random.random_range(1_000 * TOKEN..80_000 * TOKEN);
        let given = 2 * stake + random.random_range(0..1_000 * TOKEN);
        let actor = world.scenario.actor(name, given);
        let position = world.providers[provider].position(actor.address());
        world.delegators.push(Person { name, actor, provider, position, flow: Flow { given, ..Flow::default() } });
        if Who::Delegator(index) != LATECOMER {
            world.stake(Who::Delegator(index), stake)?;
        }
    }
    Ok(world)
}

/// Registers a provider and places its own stake.
fn enrol(world: &mut World, name: &'static str, random: &mut ChaCha8Rng) -> Result<()> {
    let stake = random.random_range(20_000 * TOKEN..200_000 * TOKEN);
    let given = stake + random.random_range(0..1_000 * TOKEN);
    // Between 4 % and 25 %, so that one can fall by half and one can rise.
    let commission_bps = 100 * random.random_range(4..=25);
    let actor = world.scenario.actor(name, given);
    let registered = world.scenario.register(&actor, commission_bps, 0);
    let provider: ProviderAddresses = registered.map_err(|error| Failure::Failed(format!("{name}: {error}")))?;
    world.tally.transactions += 1;
    let index = world.owners.len();
    world.providers.push(provider);
    let flow = Flow { given, ..Flow::default() };
    world.owners.push(Person { name, actor, provider: index, position: provider.own(), flow });
    world.stake(Who::Owner(index), stake)?;
    let place = world.scenario.network_state().first_free_place();
    let place = place.ok_or_else(|| Failure::Failed(format!("{name}: no place is free")))?;
    world.act(Who::Owner(index), ix::take_place(&provider, place))
}
