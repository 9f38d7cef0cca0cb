//! One life of a network in which every instruction is sent once, in a state that makes it work: pools
//! slashed once, so that a share is not a token; an epoch since the last touch; lots that are due; keepers
//! that are paid.

use anyhow::Result;
use work_token_localnet::{Localnet, Scenario, ScenarioOptions, TokenProgram};
use work_token_xtask::bench::measure::{Costs, Tokens};

use crate::{dispute, epoch, job, life::Life, network, place, position, provider, score, vote};

/// Lives it and returns what each operation cost.
pub fn live(tokens: Tokens, key_set: u64) -> Result<Costs> {
    let program = match tokens {
        Tokens::SplToken => TokenProgram::Spl,
        Tokens::Token2022 => TokenProgram::Token2022,
    };
    let options = ScenarioOptions { seed: key_set + 1, program, ..ScenarioOptions::default() };
    let scenario = Scenario::before_creation(Localnet::start(options.now_ts)?, &options);
    let mut life = Life::of(scenario);
    let admin = life.scenario.actor("admin again", 0);
    let creator = life.admin();
    life.measure("create_network", life.scenario.create_network(&options), &creator)?;
    let (provider, owner) = provider::found(&mut life)?;
    position::stake(&mut life, &provider)?;
    provider::terms(&mut life, &provider, &owner)?;
    epoch::crank(&mut life)?;
    network::govern(&mut life, &creator, &admin, &options.params)?;
    provider::leave_for_good(&mut life)?;
    let mut costs = life.costs;
    costs.join(place::live(&options)?.costs)?;
    costs.join(job::live(&options)?.costs)?;
    costs.join(score::live(&options)?.costs)?;
    costs.join(dispute::live(&options)?.costs)?;
    costs.join(vote::live(&options)?.costs)?;
    Ok(costs)
}
