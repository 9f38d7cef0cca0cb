//! What is read and shown.

use {
    crate::{
        chain::Session,
        failure::{Failure, Result},
        keeper::Snapshot,
        params,
        reply::Reply,
    },
    serde_json::{Value, json},
    work_token_sdk::{
        Pubkey,
        math::Epoch,
        state::{EpochPool, EpochState, Network, Provider, ProviderState, VaultKind},
    },
};

/// A network: authorities, clock, totals, vaults, parameters.
pub fn network(session: &Session) -> Result<Reply> {
    let (addresses, network) = session.network()?;
    let now_ts = session.chain.now_ts()?;
    let mut data = json!({
        "network": addresses.network.to_string(),
        "mint": network.mint.to_string(),
        "mint_decimals": network.mint_decimals,
        "token_program": network.token_program.to_string(),
        "emission_mode": if network.mints() { "mint" } else { "reserve" },
        "freeze_authority_accepted": network.flags != 0,
        "epoch": network.epoch_at(now_ts).0,
        "epoch_ends_at_ts": network.clock().starts_at_ts(network.epoch_at(now_ts).next()),
        "next_finalize_epoch": network.next_to_finalize(network.epoch_at(now_ts)).0,
        "paused_until_ts": (now_ts < network.paused_until_ts).then_some(network.paused_until_ts),
        "active_providers": network.active_providers,
        "stake_total": network.stake_total,
        "emitted_total": network.emitted_total,
        "carried": network.carried,
        "params_version": network.params_version,
        "param_changes": network.param_changes,
        "params": params::to_json(&network.params),
    });
    data["authorities"] = authorities(&network);
    data["vaults"] = vaults(session, &network)?;
    Ok(Reply::of(data))
}

fn authorities(network: &Network) -> Value {
    let pending = |key: &Pubkey| (*key != Pubkey::default()).then(|| key.to_string());
    json!({
        "admin": network.admin.to_string(),
        "pending_admin": pending(&network.pending_admin),
        "guardian": network.guardian.to_string(),
        "pending_guardian": pending(&network.pending_guardian),
        "arbiter": network.arbiter.to_string(),
        "pending_arbiter": pending(&network.pending_arbiter),
    })
}

fn vaults(session: &Session, network: &Network) -> Result<Value> {
    let keys = VaultKind::ALL.map(|kind| *network.vault(kind));
    let accounts = session.chain.accounts(&keys)?;
    let balances = accounts.iter().map(|account| account.as_ref().and_then(|account| token_balance(&account.data)));
    let names = VaultKind::ALL.map(|kind| format!("{kind:?}").to_lowercase());
    Ok(names.into_iter().zip(balances).map(|(name, balance)| (name, json!(balance))).collect::<serde_json::Map<_, _>>().into())
}

fn token_balance(data: &[u8]) -> Option<u64> {
    data.get(64..72)?.try_into().ok().map(u64::from_le_bytes)
}

fn state_name(state: u8) -> &'static str {
    const NAMES: [(ProviderState, &str); 5] = [
        (ProviderState::Candidate, "candidate"),
        (ProviderState::Active, "active"),
        (ProviderState::Jailed, "jailed"),
        (ProviderState::Retiring, "retiring"),
        (ProviderState::Tombstoned, "tombstoned"),
    ];
    NAMES.iter().find(|(known, _)| *known as u8 == state).map_or("unknown", |(_, name)| name)
}

/// One provider in full.
pub fn provider(session: &Session, key: &Pubkey) -> Result<Reply> {
    let (addresses, mut provider) = session.provider(key)?;
    let network: Network = session.read(&addresses.network.network)?;
    let now_ts = session.chain.now_ts()?;
    provider.touch(&network.terms(now_ts));
    let announced = (provider.commission_effective_ts != 0).then_some(provider.commission_announced_bps);
    Ok(Reply::of(json!({
        "provider": key.to_string(),
        "network": provider.network.to_string(),
        "owner": provider.owner.to_string(),
        "operator": provider.operator.to_string(),
        "reward_destination": provider.reward_destination.to_string(),
        "stake_vault": provider.stake_vault.to_string(),
        "state": state_name(provider.state),
        "score_ppm": provider.score_ppm,
        "tier": provider.tier,
        "commission_bps": provider.commission_bps,
        "commission_announced_bps": announced,
        "commission_effective_ts": announced.map(|_| provider.commission_effective_ts),
        "own_staked": provider.own.get().staked().0,
        "own_unbonding": provider.own.tokens.saturating_sub(provider.own.get().staked().0),
        "delegated_staked": provider.delegated.get().staked().0,
        "delegated_unbonding": provider.delegated.tokens.saturating_sub(provider.delegated.get().staked().0),
        "positions": provider.live_positions,
        "unsettled_epoch": provider.rewards.unsettled_epoch,
        "owed_to_delegators": provider.rewards.owed,
        "own_rewards": provider.own_rewards().0,
        "own_rewards_free": provider.free_own_rewards(now_ts).0,
        "claimed_by_disputes": provider.claimed_from_own().0.saturating_add(provider.claimed_from_delegated().0),
    })))
}

/// All providers of a network, one row each.
pub fn providers(session: &Session) -> Result<Reply> {
    let (addresses, _) = session.network()?;
    let snapshot = Snapshot::read(session.chain, &addresses)?;
    let row = |(key, provider): &(Pubkey, Provider)| {
        json!({
            "provider": key.to_string(),
            "owner": provider.owner.to_string(),
            "state": state_name(provider.state),
            "commission_bps": provider.commission_bps,
            "score_ppm": provider.score_ppm,
            "own_staked": provider.own.get().staked().0,
            "delegated_staked": provider.delegated.get().staked().0,
        })
    };
    let rows: Vec<Value> = snapshot.providers.iter().map(row).collect();
    Ok(Reply::of(json!({ "count": rows.len(), "providers": rows })))
}

/// One epoch in full, or a row for each that has an account.
pub fn epochs(session: &Session, only: Option<u32>) -> Result<Reply> {
    let (addresses, _) = session.network()?;
    let snapshot = Snapshot::read(session.chain, &addresses)?;
    if let Some(epoch) = only {
        let Some(pool) = snapshot.pools.get(&epoch) else {
            return Err(Failure::Failed(format!("epoch {epoch} has no account: it was not opened, or is closed")));
        };
        return Ok(Reply::of(epoch_facts(pool)));
    }
    let rows: Vec<Value> = snapshot.pools.values().map(epoch_facts).collect();
    let now = Epoch(snapshot.epoch());
    Ok(Reply::of(json!({
        "epoch": now.0,
        "next_finalize_epoch": snapshot.network.next_to_finalize(now).0,
        "next_window_ts": snapshot.next_window_ts(),
        "epochs": rows,
    })))
}

fn epoch_facts(pool: &EpochPool) -> Value {
    let states = [(EpochState::Open, "open"), (EpochState::Finalized, "finalized"), (EpochState::Swept, "swept")];
    let state = states.iter().find(|(state, _)| *state as u8 == pool.state).map_or("unknown", |(_, name)| name);
    json!({
        "epoch": pool.epoch,
        "state": state,
        "weighed": pool.weighed,
        "settled": pool.settled,
        "stake": pool.stake_folded,
        "total_weight": pool.total_weight,
        "emission": pool.emission,
        "distributed": pool.distributed,
        "keeper_paid": pool.keeper_paid,
        "finalizable_from_ts": pool.finalizable_from_ts(),
    })
}
