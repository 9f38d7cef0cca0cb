//! What the owner of a provider does, and what others do to it.

use anyhow::Result;
use work_token_localnet::Actor;
use work_token_sdk::{ProviderAddresses, ix};
use work_token_xtask::bench::measure::within;

use crate::life::{Life, TOKEN};

/// A provider with own stake.
pub fn found(life: &mut Life) -> Result<(ProviderAddresses, Actor)> {
    let owner = life.scenario.actor("owner", 10_000_000 * TOKEN);
    let provider = ProviderAddresses::derive(life.scenario.network, owner.address());
    let register = ix::register_provider(
        &provider,
        ix::RegisterProvider {
            operator: life.scenario.keeper.address(),
            reward_destination: owner.tokens,
            metadata_hash: [7; 32],
            commission_bps: 1_000,
        },
    );
    life.measure(within(10_000, "register_provider"), register, &owner)?;
    life.measure("stake_self", ix::stake_self(&provider, owner.tokens, 100_000 * TOKEN), &owner)?;
    life.scenario.send(&[ix::take_place(&provider, 0)], &[&owner])?;
    Ok((provider, owner))
}

/// What the owner sets and takes, and what strangers send.
pub fn terms(life: &mut Life, provider: &ProviderAddresses, owner: &Actor) -> Result<()> {
    life.measure("claim_provider_rewards", ix::claim_provider_rewards(provider, owner.tokens), owner)?;
    life.scenario.next_epoch();
    life.measure("announce_commission", ix::announce_commission(provider, 1_400), owner)?;
    life.measure("set_operator", ix::set_operator(provider, life.scenario.admin.address()), owner)?;
    life.measure("set_reward_destination", ix::set_reward_destination(provider, owner.tokens), owner)?;
    life.scenario.chain.give_tokens(&provider.stake_vault, 5 * TOKEN);
    let stranger = life.scenario.actor("stranger", 0);
    life.measure("sweep_surplus", ix::sweep_surplus(provider), &stranger)?;
    let network = life.scenario.network.network;
    life.scenario.next_epoch();
    life.measure("touch_provider", ix::touch_provider(&network, provider.provider), &stranger)?;
    life.scenario.go_to_epoch(life.scenario.epoch() + 501);
    life.measure(
        "touch_provider, after 500 missed epochs",
        ix::touch_provider(&network, provider.provider),
        &stranger,
    )?;
    life.scenario.next_epoch();
    life.measure("retire", ix::retire(provider), owner)
}

/// A provider that retires with nothing in it, and is closed 90 epochs later.
pub fn leave_for_good(life: &mut Life) -> Result<()> {
    let owner = life.scenario.actor("leaver", 0);
    let provider = life.scenario.register(&owner, 500, 0)?;
    life.scenario.send(&[ix::retire(&provider)], &[&owner])?;
    life.measure("close_delegation", ix::close_delegation(&provider.own(), owner.address()), &owner)?;
    life.scenario.go_to_epoch(life.scenario.epoch() + 90);
    let stranger = life.scenario.actor("stranger", 0);
    life.measure("close_provider", ix::close_provider(&provider), &stranger)
}
