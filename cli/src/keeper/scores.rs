//! Which cranks of scores are due.

use {
    super::{Batches, Snapshot, Step, Work},
    std::collections::BTreeMap,
    work_token_sdk::{
        Pubkey,
        limits::SHARD_PROVIDERS,
        math::{Epoch, draw::CAPACITY, score::MAX_METRICS, snapshot::can_sweep},
        state::{EpochPool, EpochState, Provider, ScoreShard, ShardSeat},
    },
};

/// The providers of an ended epoch that can be scored now, shard by shard.
pub fn score(snapshot: &Snapshot, pool: &EpochPool, batches: Batches) -> Vec<Work> {
    if !snapshot.network.params.is_scored() {
        return Vec::new();
    }
    let is_attested = snapshot.network.params.is_attested();
    let mut groups: BTreeMap<Option<u16>, Vec<Pubkey>> = BTreeMap::new();
    for (key, provider) in &snapshot.providers {
        let shard = is_attested.then(|| shard_of(provider));
        if can_be_scored(snapshot, pool, provider, shard) {
            groups.entry(shard).or_default().push(*key);
        }
    }
    let batch = |(shard, keys): (Option<u16>, Vec<Pubkey>)| -> Vec<Work> {
        keys.chunks(batches.score).map(|keys| Work::Score(shard, keys.to_vec())).collect()
    };
    groups.into_iter().flat_map(batch).collect()
}

fn shard_of(provider: &Provider) -> u16 {
    provider.seat.index / places()
}

fn places() -> u16 {
    u16::try_from(SHARD_PROVIDERS).unwrap_or(u16::MAX)
}

/// Tried on copies.
fn can_be_scored(snapshot: &Snapshot, pool: &EpochPool, provider: &Provider, shard: Option<u16>) -> bool {
    let (epoch, params) = (Epoch(pool.epoch), &snapshot.network.params);
    let mut provider = *provider;
    provider.touch(&snapshot.network.terms(snapshot.now_ts));
    let mut medians = [None; MAX_METRICS];
    if let Some(number) = shard {
        let Some(shard) = snapshot.shard(pool.epoch, number).filter(|shard| shard_is_usable(snapshot, shard)) else {
            return false;
        };
        let mut shard = *shard;
        let place = shard.place_of(provider.seat.index).filter(|_| provider.seat.is_held_in(epoch));
        let judged = shard
            .panel()
            .zip(place)
            .and_then(|(panel, place)| shard.judge(&panel, place, &params.metrics, params.attester_tolerance_bps));
        let Some(found) = judged else { return false };
        medians = found;
    }
    provider.score(epoch, params, &medians).is_some()
}

fn shard_is_usable(snapshot: &Snapshot, shard: &ScoreShard) -> bool {
    snapshot.network.work_ts(snapshot.now_ts) >= shard.reveal_until_ts && shard.has_quorum()
}

/// The present epoch's seed and attesters, while they can still be drawn: in its first half.
pub fn attest(snapshot: &Snapshot) -> Vec<Work> {
    let now = snapshot.network.epoch_at(snapshot.now_ts);
    let can_be_drawn = |roster: &work_token_sdk::state::AttesterRoster| {
        roster.entries.iter().any(|entry| entry.bond > 0 && entry.locked_epoch < now.0)
    };
    let has_attesters = snapshot.work.roster.as_deref().is_some_and(can_be_drawn);
    if !snapshot.network.params.is_attested() || !has_attesters || !is_first_half(snapshot, now) {
        return Vec::new();
    }
    let beacon = &snapshot.network.beacon;
    if beacon.seed_of(now).is_none() {
        let waits = beacon.is_armed(now) && snapshot.work.slot < beacon.slot + 2;
        return if waits { Vec::new() } else { vec![Work::Beacon] };
    }
    let shards = u16::try_from(CAPACITY.div_ceil(SHARD_PROVIDERS)).unwrap_or(0);
    let missing = |number: &u16| snapshot.shard(now.0, *number).is_none() && snapshot.network.shard_has_seats(*number);
    (0..shards).filter(missing).map(Work::SeatAttesters).collect()
}

fn is_first_half(snapshot: &Snapshot, now: Epoch) -> bool {
    let clock = snapshot.network.clock();
    let (Some(starts_at_ts), Some(ends_at_ts)) = (clock.starts_at_ts(now), clock.starts_at_ts(now.next())) else {
        return false;
    };
    snapshot.now_ts < starts_at_ts + ((ends_at_ts - starts_at_ts) >> 1)
}

/// Attesters to be paid or fined, and shards to be closed.
pub fn settle(snapshot: &Snapshot) -> Vec<Step> {
    let now = snapshot.network.epoch_at(snapshot.now_ts);
    let mut steps = Vec::new();
    for (_, shard) in &snapshot.work.shards {
        let step = |work| Step { epoch: shard.epoch, work };
        let open: Vec<&ShardSeat> = shard.drawn().iter().filter(|seat| !seat.is_settled()).collect();
        if open.is_empty() || can_sweep(Epoch(shard.epoch), now) {
            steps.push(step(Work::CloseShard(shard.shard, shard.payer)));
        } else if snapshot.pools.get(&shard.epoch).is_some_and(|pool| pool.state != EpochState::Open as u8) {
            let attesters = open.iter().map(|seat| snapshot.attester(&seat.attester)).collect();
            steps.push(step(Work::SettleAttesters(shard.shard, attesters)));
        }
    }
    steps
}
