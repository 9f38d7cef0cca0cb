//! What the next epoch will emit, and why.

use {
    crate::{
        chain::Session,
        failure::Result,
        reply::{Value, facts},
    },
    work_token_sdk::{
        math::{Amount, emission::Cap},
        state::{Ledger, Network, VaultKind, Vaults},
        view,
    },
};

/// The emission of the epoch that is finalized next, with each cap that binds by its name.
pub fn next(session: &Session, network: &Network, now_ts: i64) -> Result<Value> {
    let (client, addresses) = (session.client(), session.network()?);
    let balance = |kind| client.token_balance(&addresses.vault(kind)).map(Amount);
    let ledger = Ledger {
        supply: Amount(client.supply(&network.mint)?),
        reserve: balance(VaultKind::Reserve)?,
        treasury: balance(VaultKind::Treasury)?,
        vaults: Vaults::OPEN,
    };
    let epoch = network.next_to_finalize(network.epoch_at(now_ts)).0;
    let pool = client.epoch(&addresses.network, epoch)?;
    let next = view::next_emission(network, pool.as_ref(), &ledger, now_ts);
    let name = |cap: &Cap| match cap {
        Cap::Room if network.mints() => "max_supply",
        Cap::Room => "reserve",
        Cap::Year => "year_cap",
        Cap::Window => "window",
    };
    Ok(facts!({
        "epoch": next.epoch,
        "law": if next.follows_stake { "target" } else { "fixed" },
        "rate_ppt": next.rate_ppt,
        "next_rate_ppt": next.next_rate_ppt,
        "stake_target_ppm": next.stake_target_ppm,
        "staked_ppm": next.staked_ppm,
        "whole": next.whole,
        "utilisation_ppm": next.utilisation_ppm,
        "less_fees": next.less_fees,
        "binding": next.binding.iter().map(name).collect::<Vec<_>>(),
        "room": next.room,
        "year_room": next.year_room,
        "window_room": next.window_room,
        "emits": next.emits,
        "to_providers": next.parts.providers.0,
        "to_work": next.parts.by_units.0,
        "to_keepers": next.parts.keepers.0,
        "to_attesters": next.parts.attesters.0,
        "to_treasury": next.parts.treasury.0,
    }))
}
