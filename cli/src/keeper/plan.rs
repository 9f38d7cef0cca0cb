//! Which cranks are due.

use {
    super::{Batches, Snapshot, Step, Work, disputes, interests, jobs, lots, places, restakes, scores, voices, votes},
    std::collections::BTreeSet,
    work_token_sdk::{
        Pubkey,
        math::Epoch,
        state::{EpochPool, Provider, Weighing},
    },
};

/// A note of slot and time is refreshed when it is so old: of an hour's slack a halt of an hour is still
/// recordable.
pub const NOTE_SECS: i64 = 3_600;

/// Every crank that would change something now, in the order in which to send them. Later ones may be due
/// only after the earlier ones have landed, so a keeper reads and plans again until nothing is due.
pub fn plan(snapshot: &Snapshot, batches: Batches) -> Vec<Step> {
    let now = Epoch(snapshot.epoch());
    let work_ts = snapshot.work_ts();
    let present = |work| Step { epoch: now.0, work };
    // First, because it moves deadlines that would be missed otherwise.
    let mut steps: Vec<Step> = outage(snapshot).map(present).into_iter().collect();
    // Before the scores, in which a report that is barred does not count.
    steps.extend(interests::due(snapshot).into_iter().map(|(epoch, work)| Step { epoch, work }));
    for (epoch, pool) in &snapshot.pools {
        let step = |work| Step { epoch: *epoch, work };
        if pool.require_closable().is_ok() {
            steps.push(step(Work::Close(pool.payer)));
        } else if pool.require_sweepable(now).is_ok() {
            steps.push(step(Work::Sweep));
        } else if pool.require_weighable(work_ts).is_err() {
            steps.extend(chunks(unsettled(snapshot, pool), batches.settle).map(|batch| step(Work::Settle(batch))));
        } else if !snapshot.knows_providers {
            // Asked about a later time only: when an epoch is weighed now they are read.
            steps.push(step(Work::Weigh(Vec::new())));
        } else {
            let scored = scores::score(snapshot, pool, batches);
            let due = unweighed(snapshot, pool, &scored);
            if scored.is_empty() && due.is_empty() && finalizable(snapshot, pool) {
                steps.push(step(Work::Finalize));
            }
            steps.extend(scored.into_iter().map(step));
            steps.extend(chunks(due, batches.weigh).map(|batch| step(Work::Weigh(batch))));
        }
    }
    // The running epoch too, at once: its account keeps the rules that it began with, and nothing can be
    // changed before.
    let missing = snapshot.network.due_epochs(now).filter(|epoch| !snapshot.pools.contains_key(&epoch.0));
    steps.extend(missing.map(|epoch| Step { epoch: epoch.0, work: Work::Open }));
    steps.extend(scores::settle(snapshot));
    steps.extend(scores::attest(snapshot).into_iter().map(present));
    steps.extend(scores::displace(snapshot).into_iter().map(present));
    steps.extend(jobs::due(snapshot, batches).into_iter().map(present));
    steps.extend(disputes::due(snapshot).into_iter().map(present));
    steps.extend(places::due(snapshot).into_iter().map(present));
    steps.extend(lots::due(snapshot).map(|key| present(Work::Activate(key))));
    steps.extend(restakes::due(snapshot).map(|key| present(Work::Restake(key))));
    steps.extend(voices::due(snapshot).map(|key| present(Work::CompleteReturn(key))));
    steps.extend(votes::due(snapshot).into_iter().map(present));
    steps
}

/// Tried on a copy.
fn outage(snapshot: &Snapshot) -> Option<Work> {
    let (mut network, slot, now_ts) = (snapshot.network, snapshot.slot, snapshot.now_ts);
    if network.record_outage(slot, now_ts).is_ok() {
        return Some(Work::RecordOutage);
    }
    let is_old = now_ts >= snapshot.network.outages.noted_ts.saturating_add(NOTE_SECS);
    (is_old && network.refresh_note(slot, now_ts).is_ok()).then_some(Work::RefreshNote)
}

fn finalizable(snapshot: &Snapshot, pool: &EpochPool) -> bool {
    let now = Epoch(snapshot.epoch());
    snapshot.network.require_finalizable(pool, now, snapshot.work_ts()).is_ok()
}

/// One that awaits its score is passed over until half of the weigh window is over, unless it is `scored`
/// just before.
fn unweighed(snapshot: &Snapshot, pool: &EpochPool, scored: &[Work]) -> Vec<Pubkey> {
    let mut pool = *pool;
    let weighing = pool.begin_weighing(&snapshot.network, snapshot.work_ts());
    let batch = |work: &Work| if let Work::Score(_, batch) = work { batch.clone() } else { Vec::new() };
    let scored: BTreeSet<Pubkey> = scored.iter().flat_map(batch).collect();
    due(
        snapshot,
        |_| true,
        |key, provider| {
            let unscored_too = weighing.unscored_too || scored.contains(key);
            { pool }.weigh(provider, &Weighing { unscored_too, ..weighing }).is_some()
        },
    )
}

fn unsettled(snapshot: &Snapshot, pool: &EpochPool) -> Vec<Pubkey> {
    let Ok(terms) = pool.settle_terms(snapshot.now_ts) else { return Vec::new() };
    // What is settled already need not be tried.
    let is_left = |provider: &Provider| provider.rewards.unsettled_epoch <= pool.epoch;
    due(snapshot, is_left, |_, provider| { *pool }.settle(provider, &terms).is_some())
}

/// The providers that a crank would change, of those that it may: it is tried on a copy.
fn due(
    snapshot: &Snapshot,
    may_change: impl Fn(&Provider) -> bool,
    mut changes: impl FnMut(&Pubkey, &mut Provider) -> bool,
) -> Vec<Pubkey> {
    let terms = snapshot.network.terms(snapshot.now_ts);
    let changed = snapshot.providers.iter().filter(|(_, provider)| may_change(provider)).filter(|(key, provider)| {
        let mut copy = **provider;
        copy.touch(&snapshot.network, &terms);
        changes(key, &mut copy)
    });
    changed.map(|(key, _)| *key).collect()
}

fn chunks(due: Vec<Pubkey>, size: usize) -> impl Iterator<Item = Vec<Pubkey>> {
    let batches: Vec<Vec<Pubkey>> = due.chunks(size).map(<[Pubkey]>::to_vec).collect();
    batches.into_iter()
}
