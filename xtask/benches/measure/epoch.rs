//! An epoch of many providers.

use anyhow::{Context as _, Result};
use work_token_sdk::{
    Pubkey, ix,
    state::{PoolKind, VaultKind},
};
use work_token_xtask::bench::measure::within;

use crate::life::{Life, TOKEN};

/// An epoch of 32 slashed providers with delegators, cranked for pay, and what is left of it.
pub fn crank(life: &mut Life) -> Result<()> {
    let delegator = life.scenario.actor("crowd", 1_000_000 * TOKEN);
    let mut providers = Vec::new();
    for index in 0..32 {
        let owner = life.scenario.actor(&format!("owner {index}"), 1_000_000 * TOKEN);
        let provider = life.scenario.register(&owner, 500, 50_000 * TOKEN)?;
        life.scenario.delegate(&delegator, &provider, 1_000 * TOKEN + index)?;
        life.slash(&provider.provider, PoolKind::Delegated, 9);
        providers.push(provider);
    }
    let first = providers.first().context("32 providers")?.position(delegator.address());
    let keys: Vec<Pubkey> = providers.iter().map(|provider| provider.provider).collect();
    let keeper = life.keeper();
    let (network, paid) = (life.scenario.network, life.scenario.paid_keeper());
    life.scenario.chain.give_tokens(&network.vault(VaultKind::Keeper), 1_000 * TOKEN);
    // The epochs that nobody cranked have left; the oldest that can be opened must be finalized next, so the
    // clock is told otherwise.
    life.scenario.next_epoch();
    let epoch = life.scenario.epoch();
    life.scenario.next_epoch();
    let mut state = life.scenario.network_state();
    state.next_finalize_epoch = epoch;
    life.scenario.write(&network.network, &state);

    life.measure("open_epoch", ix::open_epoch(&network.network, keeper.address(), epoch), &keeper)?;
    life.scenario.chain.advance(3_600);
    let (eight, more) = keys.split_at(8);
    life.measure(
        within(8 * 1_600, "weigh_providers, 8 with bounty"),
        ix::weigh_providers(&network, epoch, paid, None, eight),
        &keeper,
    )?;
    life.measure(
        within(24 * 1_600, "weigh_providers, 24 with bounty"),
        ix::weigh_providers(&network, epoch, paid, None, more),
        &keeper,
    )?;
    life.scenario.chain.advance(3_600);
    life.measure("finalize_epoch", ix::finalize_epoch(&network, epoch, paid), &keeper)?;
    life.measure(
        within(8 * 1_600, "settle_providers, 8 with bounty"),
        ix::settle_providers(&network, epoch, paid, eight),
        &keeper,
    )?;
    life.measure(
        within(24 * 1_600, "settle_providers, 24 with bounty"),
        ix::settle_providers(&network, epoch, paid, more),
        &keeper,
    )?;
    life.measure("activate_delegation, with bounty", ix::activate_delegation(&first, paid), &keeper)?;
    life.scenario.go_to_epoch(epoch + 9);
    life.measure("sweep_epoch", ix::sweep_epoch(&network.network, epoch), &keeper)?;
    let other = life.scenario.actor("closer", 0);
    life.measure("close_epoch", ix::close_epoch(&network.network, epoch, keeper.address()), &other)
}
