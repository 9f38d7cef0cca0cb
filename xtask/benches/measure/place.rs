//! Two providers and one place in the active set.

use anyhow::Result;
use work_token_localnet::{Scenario, ScenarioOptions};
use work_token_sdk::{ix, state::NetworkParams};

use crate::life::{Life, TOKEN};

/// Lives it and returns what each operation cost.
pub fn live(options: &ScenarioOptions) -> Result<Life> {
    let params = NetworkParams { place_cap_mode: 1, most_places: 1, share_cap_ppm: 1_000_000, ..options.params };
    let mut life = Life::of(Scenario::start(&ScenarioOptions { params, ..options.clone() })?);
    let [first, second] = ["incumbent", "candidate"].map(|name| life.scenario.actor(name, 1_000_000 * TOKEN));
    let incumbent = life.scenario.register(&first, 500, 100_000 * TOKEN)?;
    let candidate = life.scenario.register(&second, 500, 200_000 * TOKEN)?;
    life.scenario.go_to_epoch(2);
    life.measure("challenge_place", ix::challenge_place(&candidate, incumbent.provider), &second)?;
    life.scenario.go_to_epoch(4);
    let (network, keeper) = (life.scenario.network.network, life.keeper());
    let swap = ix::swap_place(&network, keeper.address(), candidate.provider, incumbent.provider);
    life.measure("swap_place", swap, &keeper)?;
    Ok(life)
}
