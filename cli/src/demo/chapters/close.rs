//! Everybody takes the rest out of the provider that retired, and it closes.

use {
    super::plot::Plot,
    crate::{
        demo::{cast::Who, story::tokens, world::World},
        failure::Result,
    },
    work_token_sdk::{ix, limits::CLOSE_PROVIDER_EPOCHS},
};

pub const WHY: &str = "an exit has an end, and what is left of a provider is nothing.";

pub fn play(world: &mut World, plot: &mut Plot) -> Result<String> {
    let (mut withdrawn, mut claimed) = (0, 0);
    for (stake, ticket) in std::mem::take(&mut plot.retired) {
        // Meanwhile nobody sends what is due for epochs: no exit needs it.
        world.scenario.wait_until(world.ticket(stake, ticket).matures_at_ts);
        withdrawn += world.withdraw(stake, ticket)?;
        claimed += world.claim(stake)?;
        world.close(stake)?;
    }
    world.tell(format!(
        "Keepers rest; Ember and Dan withdraw {} and rewards of {}.",
        tokens(withdrawn),
        tokens(claimed)
    ));
    let provider = world.member(Who::Ember).at;
    let left = world.scenario.chain.token_balance(&provider.stake_vault);
    let closes_at_ts = world.starts_at_ts(plot.retired_epoch + CLOSE_PROVIDER_EPOCHS);
    world.scenario.wait_until(closes_at_ts);
    world.act(Who::Ember, ix::close_provider(&provider))?;
    let gone = !world.scenario.exists(&provider.provider) && !world.scenario.exists(&provider.stake_vault);
    world.promise("a provider that retired pays everybody out to the last base unit, and closes", left == 0 && gone);
    world.tell(format!("Ember closes, {CLOSE_PROVIDER_EPOCHS} epochs after it retired."));
    world.sweep_and_close()?;
    Ok(format!("They take out {}, and leave {}.", tokens(withdrawn + claimed), tokens(left)))
}
