//! An epoch of many providers.

use anyhow::{Context as _, Result};
use work_token_sdk::{
    Pubkey, addresses, ix,
    state::{EmissionLaw, EpochPool, PaidWork, PoolKind, Provider, VaultKind, pool_flags},
};
use work_token_xtask::bench::measure::within;

use crate::life::{Life, TOKEN};

/// The dearest end of an epoch: its rate moves, fees burn and pay the treasury, so does the emission, a year
/// of weeks is over, and the keeper is paid.
fn by_the_target_law(life: &mut Life, epoch: u32) -> Result<()> {
    let (network, paid, keeper) = (life.scenario.network, life.scenario.paid_keeper(), life.keeper());
    life.aside(|life| {
        let key = addresses::epoch_pool(&network.network, epoch);
        life.scenario.chain.give_tokens(&network.vault(VaultKind::Reward), 20 * TOKEN);
        life.scenario.change(&key, |pool: &mut EpochPool| {
            pool.emission_rules.policy.law = EmissionLaw::Target as u8;
            pool.emission_rules.policy.treasury_share_ppm = 200_000;
            (pool.burned, pool.burn_due, pool.treasury_due) = (9 * TOKEN, 10 * TOKEN, 10 * TOKEN);
            pool.flags |= pool_flags::UNITS;
            (pool.work_pay.work_share_ppm, pool.work_pay.units_baseline) = (300_000, 30_000_000);
            pool.work = PaidWork { burn_back: 8 * TOKEN, units: 9_000, ..PaidWork::NONE };
        });
        life.scenario.edit_network(|network| {
            network.emission.weeks = [1; 54];
            network.emission.last_week = network.emission.last_week.saturating_sub(40);
            network.emission.window.tokens = TOKEN;
        });
        let finalize = ix::finalize_epoch(&network, epoch, paid);
        life.measure(within(8_000, "finalize_epoch, target law with fees"), finalize, &keeper)
    })
}

/// Providers whose epoch is paid by work: fees that burned, and units that attesters reported.
fn that_worked(life: &Life, providers: &[Pubkey], epoch: u32) {
    for provider in providers {
        life.scenario.change(provider, |provider: &mut Provider| {
            let record = provider.records.iter_mut().find(|record| record.epoch == epoch);
            if let Some(record) = record {
                (record.burned, record.units) = (9 * TOKEN, 9_001);
            }
            provider.work.burn_due = 10 * TOKEN;
        });
    }
    let key = addresses::epoch_pool(&life.scenario.network.network, epoch);
    life.scenario.change(&key, |pool: &mut EpochPool| {
        (pool.work_pay.burn_back_ppm, pool.work_pay.work_share_ppm) = (900_000, 300_000);
        let work = PaidWork { burn_back: 100 * TOKEN, emission: 9_999 * TOKEN, units: 99_999, ..PaidWork::NONE };
        pool.work = if pool.total_weight > 0 { work } else { pool.work };
    });
}

fn weigh_workers(life: &mut Life, eight: &[Pubkey], epoch: u32) -> Result<()> {
    let (network, paid, keeper) = (life.scenario.network, life.scenario.paid_keeper(), life.keeper());
    life.aside(|life| {
        // Touched before: the first touch of an epoch is another row's.
        let touches: Vec<_> = eight.iter().map(|key| ix::touch_provider(&network.network, *key)).collect();
        life.scenario.send(&touches, &[])?;
        that_worked(life, eight, epoch);
        let weigh = ix::weigh_providers(&network, epoch, paid, None, eight);
        life.measure("weigh_providers, 8 that worked, with bounty", weigh, &keeper)
    })
}

fn settle_workers(life: &mut Life, eight: &[Pubkey], epoch: u32) -> Result<()> {
    let (network, paid, keeper) = (life.scenario.network, life.scenario.paid_keeper(), life.keeper());
    life.aside(|life| {
        that_worked(life, eight, epoch);
        let settle = ix::settle_providers(&network, epoch, paid, eight);
        life.measure(within(8 * 1_750, "settle_providers, 8 that worked, with bounty"), settle, &keeper)
    })
}

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
    weigh_workers(life, eight, epoch)?;
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
    by_the_target_law(life, epoch)?;
    life.measure("finalize_epoch", ix::finalize_epoch(&network, epoch, paid), &keeper)?;
    settle_workers(life, eight, epoch)?;
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
