//! What is read and shown of providers.

use {
    crate::{
        chain::Session,
        commands::position::risk,
        failure::Result,
        reply::{Count, Map, Reply, Value, facts, joined},
        text::words,
    },
    work_token_sdk::{
        Pubkey,
        limits::MAX_JOB_CLASSES,
        state::{Network, Provider, ProviderState, SkipReason},
        view::{self, ProviderRisk},
    },
};

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
    let epochs = session.client().epochs(&addresses.network.network)?;
    let rewards = epochs.iter().filter_map(|epoch| view::epoch_reward(&provider, epoch));
    let shown = facts!({
        "provider": key.to_string(),
        "network": provider.network.to_string(),
        "owner": provider.owner.to_string(),
        "operator": provider.operator.to_string(),
        "reward_destination": provider.reward_destination.to_string(),
        "stake_vault": provider.stake_vault.to_string(),
        "state": state_name(&provider),
        "score_ppm": provider.reputation.score_ppm,
        "reputation_ppm": work.reputation_ppm,
        "tier": provider.reputation.tier,
        "place": work.place.map(|place| place.index),
        "place_from_epoch": work.place.map(|place| place.from_epoch),
        "place_challenge": work.challenge.map(|challenge| facts!({
            "incumbent": challenge.incumbent.to_string(),
            "swap_from_ts": challenge.swap_from_ts,
            "lapses_ts": challenge.lapses_ts,
        })),
        "without_weight": work.without_weight.map(|why| words(&format!("{why:?}"))),
        "epochs": work.counts.iter().map(counts).collect::<Vec<_>>(),
        "rewards": rewards.map(|reward| self::reward(&reward)).collect::<Vec<_>>(),
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
        "share_price_ppm": Count(pool.share_price_ppm),
        "positions": provider.live_positions,
        "unsettled_epoch": pool.unsettled_epoch,
        "unsettled_epochs": pool.unsettled_epochs,
        "owed_to_delegators": provider.rewards.owed,
        "own_rewards_free": own.free,
        "own_rewards_vesting": own.vesting,
        "own_rewards_all_free_at_ts": own.all_free_at_ts,
        "claimed_by_disputes": pool.claimed,
    });
    let shown = joined(shown, voice(&network, &provider, now_ts));
    let shown = joined(shown, terms(session, key, &network, &provider)?);
    Ok(Reply::of(joined(shown, disputes(&view::provider_risk(&network, &provider, now_ts)))))
}

/// What its owner votes with, and what its delegators vote with themselves.
fn voice(network: &Network, provider: &Provider, now_ts: i64) -> Value {
    let voice = view::owner_voice(network, provider, now_ts);
    facts!({
        "owner_voice": voice.voiced,
        "owner_voice_whole": voice.whole,
        "owner_silent_until_ts": voice.silent_until_ts,
        "delegated_direct": voice.direct,
    })
}

/// Who works for it in which classes, who shall own it, and who is paid its own rewards.
fn terms(session: &Session, key: &Pubkey, network: &Network, provider: &Provider) -> Result<Value> {
    let (client, now_ts) = (session.client(), session.chain.now_ts()?);
    let offer = client.offer(key)?;
    let of_class = |class: u8| {
        let operator = offer.as_ref()?.operator_of(class, &provider.owner)?;
        Some(facts!({ "class": class, "operator": operator.to_string() }))
    };
    let classes = 0..u8::try_from(MAX_JOB_CLASSES).unwrap_or(0);
    let handover = client.handover(key)?.map(|state| view::handover(&state, now_ts));
    let agreed = client.beneficiary(key)?.map(|state| view::beneficiary(network, provider, &state, now_ts));
    Ok(facts!({
        "class_operators": classes.filter_map(of_class).collect::<Vec<_>>(),
        "proposed_owner": handover.map(|status| facts!({
            "to": status.to.to_string(),
            "phase": words(&format!("{:?}", status.phase)),
            "accept_from_ts": status.from_ts,
            "accept_until_ts": status.until_ts,
        })),
        "beneficiary": agreed.map(|status| facts!({
            "beneficiary": status.beneficiary.map(|key| key.to_string()),
            "destination": status.beneficiary.map(|_| status.destination.to_string()),
            "quota_left": status.left,
            "until_ts": status.until_ts,
            "owed": status.owed,
            "paid": status.paid,
            "part_of_free": status.part_of_free,
            "proposed": status.proposed.map(|(to, quota, until_ts)| facts!({
                "to": to.to_string(),
                "quota": quota,
                "until_ts": until_ts,
            })),
        })),
    }))
}

/// What a provider was disputed for, and what is claimed of its stake.
fn disputes(risk: &ProviderRisk) -> Value {
    facts!({
        "open_disputes": risk.open_disputes,
        "answered_disputes": risk.answered_disputes,
        "counter_bond": risk.counter_bond,
        "counter_bonder": risk.counter_bonder.map(|bonder| bonder.to_string()),
        "slash_debt": risk.slash_debt,
        "repeats": risk.repeats.as_slice(),
        "jailed_until_epoch": risk.jail.as_ref().map(|jail| jail.until_epoch),
        "arbiter_convicts_again_from_epoch": risk.ruled_until_epoch,
        "claims": risk.claims.iter().map(risk::claim).collect::<Vec<_>>(),
        "faults": risk.faults.iter().map(risk::fault).collect::<Vec<_>>(),
    })
}

/// What a finalized epoch brings, and for what: readiness, units of work, burned fees that come back, fees.
fn reward(reward: &view::EpochReward) -> Value {
    facts!({
        "epoch": reward.epoch,
        "settled": reward.is_settled,
        "by_weight": reward.by_weight,
        "by_units": reward.by_units,
        "by_burn": reward.by_burn,
        "fees": reward.fees,
        "units": reward.units,
    })
}

/// What became of draws and seats in an epoch, by reason.
fn counts(counts: &view::SeatCounts) -> Value {
    let skipped = SkipReason::ALL.iter().zip(counts.skips).filter(|(_, count)| *count > 0);
    let skips: Map<String, Value> =
        skipped.map(|(reason, count)| (words(&format!("{reason:?}")), count.into())).collect();
    facts!({
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
        facts!({
            "provider": key.to_string(),
            "owner": provider.owner.to_string(),
            "state": state_name(provider),
            "commission_bps": provider.commission_bps,
            "score_ppm": provider.reputation.score_ppm,
            "own_staked": provider.own.staked().0,
            "delegated_staked": provider.delegated.staked().0,
            "without_weight": work.without_weight.map(|why| words(&format!("{why:?}"))),
            "epochs": work.counts.iter().map(counts).collect::<Vec<_>>(),
        })
    };
    Ok(Reply::of(facts!({ "count": providers.len(), "providers": providers.iter().map(row).collect::<Vec<_>>() })))
}
