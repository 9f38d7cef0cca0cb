//! Rewards are claimed and restaked, the first exits mature, and a provider retires.

use {
    super::plot::Plot,
    crate::{
        demo::{
            cast::Who,
            story::{percent, tokens},
            world::{Stake, World},
        },
        failure::{Failure, Result},
    },
    work_token_sdk::{ix, math::Epoch},
};

pub const WHY: &str = "what was earned waits in a vault and is paid when it is free, to the second.";

/// Sent away by mistake. Base units.
const MISTAKE: u64 = 12_345_678;

pub fn play(world: &mut World, plot: &mut Plot) -> Result<String> {
    let before = [claimed(world), withdrawn(world)];
    commission(world, plot);
    exits(world, plot)?;
    let restaked = world.restake(world.stake_of(Who::Eva)?)?;
    world.tell(format!("Eva turns her rewards of {} into stake.", tokens(restaked)));
    let rewards = world.provider(Who::Atlas).own_rewards().0;
    let free = world.claim(Stake { who: Who::Atlas, behind: Who::Atlas })?;
    world.promise("own rewards become free over seven epochs, not at once", free > 0 && free < rewards);
    world.tell(format!("Atlas earned {}; of it {} is free by now, and claimed.", tokens(rewards), tokens(free)));
    world.donate_and_sweep(Who::Cleo, Who::Cascade, MISTAKE)?;
    world.tell(format!("Cleo sends {} to a vault by mistake; it is swept into the treasury.", tokens(MISTAKE)));
    world.next_epoch()?;
    retire(world, plot)?;
    Ok(format!(
        "Rewards of {} left their vault, and stake of {} the providers' vaults.",
        tokens(claimed(world) - before[0]),
        tokens(withdrawn(world) - before[1])
    ))
}

/// Withdrawn so far, by anybody.
fn withdrawn(world: &World) -> u64 {
    world.people.iter().map(|person| person.flow.withdrawn).sum()
}

/// Claimed or restaked so far, by anybody.
fn claimed(world: &World) -> u64 {
    world.people.iter().map(|person| person.flow.claimed + person.flow.restaked).sum()
}

fn commission(world: &mut World, plot: &Plot) {
    let (provider, _) = world.foresee(Stake { who: Who::Cascade, behind: Who::Cascade });
    let bps = |epoch| provider.record(Epoch(epoch)).map(|record| record.commission_bps);
    let [raised, before] = plot.raise;
    let as_announced = bps(plot.raise_epoch - 1) == Some(before) && bps(plot.raise_epoch) == Some(raised);
    world.promise("an announced raise holds from the first epoch after its notice, not before", as_announced);
    world.tell(format!(
        "Cascade's commission is {} since epoch {}, and was {} before.",
        percent(raised),
        plot.raise_epoch,
        percent(before)
    ));
}

/// What asked to leave ten days ago leaves.
fn exits(world: &mut World, plot: &mut Plot) -> Result<()> {
    let [(ada, adas), (cleo, cleos)] = plot.exits[..] else {
        return Err(Failure::Failed("two have asked to leave".into()));
    };
    let withdrawn = world.withdraw(ada, adas)?;
    let claimed = world.claim(ada)?;
    world.close(ada)?;
    world.tell(format!(
        "Ada withdraws {} and rewards of {}, and closes her account.",
        tokens(withdrawn),
        tokens(claimed)
    ));
    let (withdrawn, refused) = world.withdraw_on_time(cleo, cleos)?;
    world.promise("an exit cannot be withdrawn one second before it matures", refused);
    let claimed = world.claim(cleo)?;
    world.tell(format!("Cleo withdraws {}, to the second, and rewards of {}.", tokens(withdrawn), tokens(claimed)));
    Ok(())
}

fn retire(world: &mut World, plot: &mut Plot) -> Result<()> {
    let provider = world.member(Who::Ember).at;
    world.act(Who::Ember, ix::retire(&provider))?;
    plot.retired_epoch = world.scenario.epoch();
    let stakes = world.stakes_behind(Who::Ember);
    for stake in &stakes {
        plot.retired.push((*stake, world.request(*stake, 1, 1)?));
    }
    let matures_at_ts = plot.retired.iter().map(|(stake, ticket)| world.ticket(*stake, *ticket).matures_at_ts);
    let days = matures_at_ts.map(|ts| (ts - world.scenario.now()) / 86_400).collect::<Vec<_>>();
    let (longest, shortest) = (days.iter().max().copied(), days.iter().min().copied());
    world.tell(format!(
        "Ember retires; it and Dan ask to leave, which takes {} and {} days.",
        longest.unwrap_or(0),
        shortest.unwrap_or(0),
    ));
    Ok(())
}
