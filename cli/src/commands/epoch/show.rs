//! What is read and shown of epochs.

use {
    crate::{
        chain::Session,
        failure::Result,
        keeper,
        reply::{Reply, Value, facts},
    },
    work_token_sdk::{
        state::{EpochPool, Network},
        view::{self, EpochPhase},
    },
};

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
    Ok(Reply::of(facts!({ "epoch": status.epoch, "next_to_finalize": status.next_to_finalize, "epochs": rows })))
}

fn epoch_facts(network: &Network, epoch: u32, pool: Option<&EpochPool>, now: (u64, i64)) -> Value {
    let progress = view::epoch_progress(network, epoch, pool, now);
    facts!({
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
        "unit_emission": pool.map_or(0, |pool| pool.work.emission),
        "units": pool.map_or(0, |pool| pool.work.units),
        "burn_back": progress.burn_back,
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
