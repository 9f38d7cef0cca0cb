//! Two providers and one place in the active set.

use anyhow::Result;
use work_token_localnet::{Scenario, ScenarioOptions};
use work_token_sdk::{
    addresses::queue_entry,
    ix,
    state::{Network, NetworkParams, Provider},
};

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

    // Who was displaced waits, and gets the second place; its successor outstays the minimum.
    life.measure("join_queue", ix::join_queue(&incumbent, 1), &first)?;
    let entry = life.scenario.read(&queue_entry(&network, 1));
    life.scenario.change(&network, |network: &mut Network| network.params.most_places = 2);
    life.measure("admit_head", ix::admit_head(&entry), &keeper)?;
    let third = life.scenario.actor("latecomer", 1_000_000 * TOKEN);
    let latecomer = life.scenario.register(&third, 500, 100_000 * TOKEN)?;
    life.scenario.send(&[ix::join_queue(&latecomer, 2), ix::retire(&latecomer)], &[&third])?;
    let entry = life.scenario.read(&queue_entry(&network, 2));
    life.measure("pass_head", ix::pass_head(&entry), &keeper)?;
    let below = life.scenario.provider_state(&candidate).own_staked().0 + 1;
    life.scenario.change(&network, |network: &mut Network| {
        network.minimum_stake = below;
        network.epoch_rules.iter_mut().for_each(|rules| rules.minimum_stake = below);
    });
    life.scenario.change(&candidate.provider, |provider: &mut Provider| provider.underbonded_since_ts = 1);
    life.measure("vacate_place", ix::vacate_place(&network, candidate.provider), &keeper)?;
    Ok(life)
}
