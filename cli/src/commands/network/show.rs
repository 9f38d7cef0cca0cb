//! What is read and shown of networks.

use {
    super::{emission, powers},
    crate::{
        chain::Session,
        failure::Result,
        keeper, params,
        reply::{Count, Map, Reply, Value, facts},
    },
    work_token_sdk::{
        Pubkey,
        math::WorkTs,
        state::{AnnouncedPayment, ChangeClass, Network, VaultKind},
        view,
    },
};

/// A network: authorities, clock, totals, vaults, parameters.
pub fn network(session: &Session) -> Result<Reply> {
    let key = session.network_key()?;
    let network = session.client().network(&key)?;
    let now_ts = session.chain.now_ts()?;
    let (status, powers) = (view::network_status(&network, now_ts), view::powers(&network, now_ts));
    Ok(Reply::of(facts!({
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
        "outages": facts!({
            "all_secs": network.outages.secs,
            "week_from_ts": network.outages.week_from_ts,
            "week_secs": Count(network.outages.week_secs),
        }),
        "juries": juries(&network, keeper::slot(session.chain)?, now_ts),
        "slash_room": network.slash_room(now_ts).0.0,
        "next_emission": emission::next(session, &network, now_ts)?,
        "announced_payments": facts!({
            "insurance": announced(&network.insurance),
            "treasury": announced(&network.treasury),
        }),
        "powers": powers::bounds(&powers),
        "convictions_without_a_drawn_jury": powers::convictions(&powers),
        "authorities": authorities(&network),
        "vaults": vaults(session, &network)?,
        "params": params::told(&status.params),
    })))
}

/// A payment that can be made three days after it was announced.
fn announced(payment: &AnnouncedPayment) -> Option<Value> {
    (payment.amount > 0)
        .then(|| facts!({ "to": payment.to.to_string(), "amount": payment.amount, "payable_from_ts": payment.from_ts }))
}

/// The jurors' tree: since when, whether it stands still, and what its youth means.
fn juries(network: &Network, slot: u64, now_ts: i64) -> Value {
    let (rules, is_adopted) = (&network.params.disputes, network.juror_tree != Pubkey::default());
    facts!({
        "tree_frozen_until_slot": network.frozen_until_slot(slot).map(Count),
        "drawn_until_ts": network.unix_ts(WorkTs(network.draws_until_work_ts)),
        "adopted_ts": is_adopted.then_some(network.juror_tree_from_ts),
        "a_lock_of_now_ripens_ts": is_adopted.then(|| network.ripe_at_ts(now_ts)),
        "longest_dispute_secs": Count(rules.longest_secs()),
        "randomness": (rules.randomness != Pubkey::default()).then(|| rules.randomness.to_string()),
        "randomness_change_secs": network.params.delay_secs(ChangeClass::Mode),
    })
}

/// Those that jobs of even and odd epochs are drawn from, and that of jurors.
fn trees(network: &Network) -> Value {
    let adopted = |key: &Pubkey| (*key != Pubkey::default()).then(|| key.to_string());
    let [even, odd] = network.work_trees.each_ref().map(adopted);
    facts!({ "even": even, "odd": odd, "jurors": adopted(&network.juror_tree) })
}

/// The seed that attesters are drawn with: of which epoch, and how far.
fn beacon(network: &Network) -> Value {
    let beacon = &network.beacon;
    facts!({
        "epoch": beacon.epoch_plus_one.checked_sub(1),
        "captured": beacon.is_captured != 0,
        "slot": Count(beacon.slot),
    })
}

fn authorities(network: &Network) -> Value {
    let pending = |key: &Pubkey| (*key != Pubkey::default()).then(|| key.to_string());
    facts!({
        "admin": network.authorities.admin.to_string(),
        "pending_admin": pending(&network.authorities.pending_admin),
        "guardian": network.authorities.guardian.to_string(),
        "pending_guardian": pending(&network.authorities.pending_guardian),
        "arbiter": network.authorities.arbiter.to_string(),
        "pending_arbiter": pending(&network.authorities.pending_arbiter),
    })
}

fn vaults(session: &Session, network: &Network) -> Result<Map<String, Value>> {
    let accounts = session.chain.accounts(&VaultKind::ALL.map(|kind| *network.vault(kind)))?;
    // A token account's balance stands in bytes 64 to 71, with either token program.
    let balance = |data: &[u8]| data.get(64..72)?.try_into().ok().map(u64::from_le_bytes);
    let balances = accounts.iter().map(|account| account.as_ref().and_then(|account| balance(&account.data)));
    let names = VaultKind::ALL.map(|kind| format!("{kind:?}").to_lowercase());
    Ok(names.into_iter().zip(balances).map(|(name, balance)| (name, facts!(balance))).collect())
}
