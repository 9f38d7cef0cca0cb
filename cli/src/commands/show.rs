//! What is read and shown of networks, providers and epochs.

use {
    super::{delegate_risk, show_powers, text::words},
    crate::{
        chain::Session,
        failure::Result,
        keeper, params,
        reply::{Reply, joined},
    },
    serde_json::{Map, Value, json},
    work_token_sdk::{
        Pubkey,
        math::WorkTs,
        state::{ChangeClass, EpochPool, Network, Provider, ProviderState, SkipReason, VaultKind},
        view::{self, EpochPhase, ProviderRisk},
    },
};

/// A network: authorities, clock, totals, vaults, parameters.
pub fn network(session: &Session) -> Result<Reply> {
    let key = session.network_key()?;
    let network = session.client().network(&key)?;
    let now_ts = session.chain.now_ts()?;
    let (status, powers) = (view::network_status(&network, now_ts), view::powers(&network, now_ts));
    Ok(Reply::of(json!({
        "network": key.to_string(),
        "mint": network.mint.to_string(),
        "mint_decimals": network.mint_decimals,
        "token_program": network.token_program.to_string(),
        "emission_mode": if status.mints { "mint" } else { "reserve" },
        "freeze_authority_accepted": status.freeze_authority_accepted,
        "epoch": status.epoch,
        "next_epoch_ts": status.next_epoch_ts,
        "next_to_finalize": status.next_to_finalize,
        "unfinalized_epochs": status.unfinalized_epochs,
        "paused_until_ts": status.paused_until_ts,
        "pause_allowed_from_ts": status.pause_allowed_from_ts,
        "active_providers": status.active_providers,
        "stake": status.stake,
        "emitted": status.emitted,
        "carried": status.carried,
        "params_version": status.params_version,
        "param_changes": network.param_changes,
        "trees": trees(&network),
        "beacon": beacon(&network),
        "outages": json!({
            "all_secs": network.outage_secs,
            "week_from_ts": network.outage_week_from_ts,
            "week_secs": network.outage_week_secs,
        }),
        "juries": juries(&network, keeper::slot(session.chain)?, now_ts),
        "slash_room": network.slash_room(now_ts).0.0,
        "powers": show_powers::bounds(&powers),
        "convictions_without_a_drawn_jury": show_powers::convictions(&powers),
        "authorities": authorities(&network),
        "vaults": vaults(session, &network)?,
        "params": params::to_json(&status.params),
    })))
}

/// The jurors' tree: since when, whether it stands still, and what its youth means.
fn juries(network: &Network, slot: u64, now_ts: i64) -> Value {
    let (rules, is_adopted) = (&network.params.disputes, network.juror_tree != Pubkey::default());
    json!({
        "tree_frozen_until_slot": network.frozen_until_slot(slot),
        "drawn_until_ts": network.unix_ts(WorkTs(network.seating_until_work_ts)),
        "adopted_ts": is_adopted.then_some(network.juror_tree_from_ts),
        "a_lock_of_now_ripens_ts": is_adopted.then(|| network.ripe_at_ts(now_ts)),
        "longest_dispute_secs": rules.longest_secs(),
        "randomness": (rules.randomness != Pubkey::default()).then(|| rules.randomness.to_string()),
        "randomness_change_secs": network.params.delay_secs(ChangeClass::Mode),
    })
}

/// Those that jobs of even and odd epochs are drawn from, and that of jurors.
fn trees(network: &Network) -> Value {
    let adopted = |key: &Pubkey| (*key != Pubkey::default()).then(|| key.to_string());
    let [even, odd] = network.work_trees.each_ref().map(adopted);
    json!({ "even": even, "odd": odd, "jurors": adopted(&network.juror_tree) })
}

/// The seed that attesters are drawn with: of which epoch, and how far.
fn beacon(network: &Network) -> Value {
    let beacon = &network.beacon;
    json!({
        "epoch": beacon.epoch_plus_one.checked_sub(1),
        "captured": beacon.is_captured != 0,
        "slot": beacon.slot,
    })
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

fn vaults(session: &Session, network: &Network) -> Result<Map<String, Value>> {
    let accounts = session.chain.accounts(&VaultKind::ALL.map(|kind| *network.vault(kind)))?;
    // A token account's balance stands in bytes 64 to 71, with either token program.
    let balance = |data: &[u8]| data.get(64..72)?.try_into().ok().map(u64::from_le_bytes);
    let balances = accounts.iter().map(|account| account.as_ref().and_then(|account| balance(&account.data)));
    let names = VaultKind::ALL.map(|kind| format!("{kind:?}").to_lowercase());
    Ok(names.into_iter().zip(balances).map(|(name, balance)| (name, json!(balance))).collect())
}

fn state_name(provider: &Provider) -> &'static str {
    const NAMES: [(ProviderState, &str); 5] = [
        (ProviderState::Candidate, "candidate"),
        (ProviderState::Active, "active"),
        (ProviderState::Jailed, "jailed"),
        (ProviderState::Retiring, "retiring"),
        (ProviderState::Tombstoned, "tombstoned"),
    ];
    NAMES.iter().find(|(known, _)| *known as u8 == provider.state).map_or("unknown", |(_, name)| name)
}

/// One provider in full, as its owner and those who may delegate to it ask.
pub fn provider(session: &Session, key: &Pubkey) -> Result<Reply> {
    let addresses = session.provider(key)?;
    let provider = session.client().provider(key)?;
    let network = session.client().network(&addresses.network.network)?;
    let now_ts = session.chain.now_ts()?;
    let pool = view::pool_health(&network, &provider, now_ts);
    let own = view::owner_claim(&network, &provider, now_ts);
    let work = view::work_status(&network, &provider, now_ts);
    let shown = json!({
        "provider": key.to_string(),
        "network": provider.network.to_string(),
        "owner": provider.owner.to_string(),
        "operator": provider.operator.to_string(),
        "reward_destination": provider.reward_destination.to_string(),
        "stake_vault": provider.stake_vault.to_string(),
        "state": state_name(&provider),
        "score_ppm": provider.score_ppm,
        "reputation_ppm": work.reputation_ppm,
        "tier": provider.tier,
        "seat": work.seat.map(|seat| seat.index),
        "seat_from_epoch": work.seat.map(|seat| seat.from_epoch),
        "seat_challenge": work.challenge.map(|challenge| json!({
            "incumbent": challenge.incumbent.to_string(),
            "swap_from_ts": challenge.swap_from_ts,
            "lapses_ts": challenge.lapses_ts,
        })),
        "without_weight": work.without_weight.map(|why| words(&format!("{why:?}"))),
        "epochs": work.counts.iter().map(counts).collect::<Vec<_>>(),
        "open_seats": work.open_seats,
        "exposure_used": work.exposure_used,
        "exposure_free": work.exposure_free,
        "commission_bps": pool.commission_bps,
        "commission_announced_bps": pool.announced.map(|announced| announced.commission_bps),
        "commission_announced_from_epoch": pool.announced.map(|announced| announced.first_epoch),
        "commission_announced_from_ts": pool.announced.map(|announced| announced.first_epoch_ts),
        "own_staked": pool.own_staked,
        "own_unbonding": provider.own.tokens.saturating_sub(pool.own_staked),
        "delegated_staked": pool.staked,
        "delegated_unbonding": pool.tokens.saturating_sub(pool.staked),
        "delegated_counted": pool.counted,
        "delegated_room": pool.room,
        "share_price_ppm": pool.share_price_ppm,
        "positions": provider.live_positions,
        "unsettled_epoch": pool.unsettled_epoch,
        "unsettled_epochs": pool.unsettled_epochs,
        "owed_to_delegators": provider.rewards.owed,
        "own_rewards_free": own.free,
        "own_rewards_vesting": own.vesting,
        "own_rewards_all_free_at_ts": own.all_free_at_ts,
        "claimed_by_disputes": pool.claimed,
    });
    Ok(Reply::of(joined(shown, disputes(&view::provider_risk(&network, &provider, now_ts)))))
}

/// What a provider was disputed for, and what is claimed of its stake.
fn disputes(risk: &ProviderRisk) -> Value {
    json!({
        "open_disputes": risk.open_disputes,
        "answered_disputes": risk.answered_disputes,
        "counter_bond": risk.counter_bond,
        "counter_bonder": risk.counter_bonder.map(|bonder| bonder.to_string()),
        "slash_debt": risk.slash_debt,
        "repeats": risk.repeats.as_slice(),
        "jailed_until_epoch": risk.jail.as_ref().map(|jail| jail.until_epoch),
        "arbiter_convicts_again_from_epoch": risk.ruled_until_epoch,
        "claims": risk.claims.iter().map(delegate_risk::claim).collect::<Vec<_>>(),
        "faults": risk.faults.iter().map(delegate_risk::fault).collect::<Vec<_>>(),
    })
}

/// What became of draws and seats in an epoch, by reason.
fn counts(counts: &view::SeatCounts) -> Value {
    let skipped = SkipReason::ALL.iter().zip(counts.skips).filter(|(_, count)| *count > 0);
    let skips: Map<String, Value> =
        skipped.map(|(reason, count)| (words(&format!("{reason:?}")), count.into())).collect();
    json!({
        "epoch": counts.epoch,
        "drawn": counts.drawn,
        "skips": skips,
        "done": counts.done,
        "declined": counts.declined,
        "passed": counts.passed,
        "failed": counts.failed,
        "stopped": counts.stopped,
    })
}

/// All providers of a network, one row each.
pub fn providers(session: &Session) -> Result<Reply> {
    let key = session.network_key()?;
    let (providers, network) = (session.client().providers(&key)?, session.client().network(&key)?);
    let now_ts = session.chain.now_ts()?;
    let row = |(key, provider): &(Pubkey, Provider)| {
        let work = view::work_status(&network, provider, now_ts);
        json!({
            "provider": key.to_string(),
            "owner": provider.owner.to_string(),
            "state": state_name(provider),
            "commission_bps": provider.commission_bps,
            "score_ppm": provider.score_ppm,
            "own_staked": provider.own.get().staked().0,
            "delegated_staked": provider.delegated.get().staked().0,
            "without_weight": work.without_weight.map(|why| words(&format!("{why:?}"))),
            "epochs": work.counts.iter().map(counts).collect::<Vec<_>>(),
        })
    };
    Ok(Reply::of(json!({ "count": providers.len(), "providers": providers.iter().map(row).collect::<Vec<_>>() })))
}

/// One epoch in full, or a row for each that has an account.
pub fn epochs(session: &Session, only: Option<u32>) -> Result<Reply> {
    let key = session.network_key()?;
    let network = session.client().network(&key)?;
    let now = (keeper::slot(session.chain)?, session.chain.now_ts()?);
    if let Some(epoch) = only {
        let pool = session.client().epoch(&key, epoch)?;
        return Ok(Reply::of(epoch_facts(&network, epoch, pool.as_ref(), now)));
    }
    let epochs = session.client().epochs(&key)?;
    let rows: Vec<Value> = epochs.iter().map(|pool| epoch_facts(&network, pool.epoch, Some(pool), now)).collect();
    let status = view::network_status(&network, now.1);
    Ok(Reply::of(json!({ "epoch": status.epoch, "next_to_finalize": status.next_to_finalize, "epochs": rows })))
}

fn epoch_facts(network: &Network, epoch: u32, pool: Option<&EpochPool>, now: (u64, i64)) -> Value {
    let progress = view::epoch_progress(network, epoch, pool, now);
    json!({
        "epoch": epoch,
        "phase": phase_name(progress.phase),
        "ends_at_ts": progress.ends_at_ts,
        "weigh_from_ts": progress.weigh_from_ts,
        "finalizable_from_ts": progress.finalizable_from_ts,
        "sweepable_from_ts": progress.sweepable_from_ts,
        "weighed": progress.weighed,
        "settled": progress.settled,
        "total_weight": pool.map_or(0, |pool| pool.total_weight),
        "emission": progress.emission,
        "distributed": progress.distributed,
        "bounties_paid": progress.bounties_paid,
        "scored": pool.map_or(0, |pool| pool.scored),
        "attester_emission": pool.map_or(0, |pool| pool.attester_emission),
        "attester_paid": pool.map_or(0, |pool| pool.attester_paid),
    })
}

fn phase_name(phase: EpochPhase) -> String {
    let mut name = String::new();
    for letter in format!("{phase:?}").chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push(' ');
        }
        name.extend(letter.to_lowercase());
    }
    name
}
