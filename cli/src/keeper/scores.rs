//! Which cranks of scores are due.

use {
    super::{Batches, SEED_SLOTS, Snapshot, Step, Work},
    std::collections::{BTreeMap, BTreeSet},
    work_token_sdk::{
        Pubkey,
        limits::SHARD_PROVIDERS,
        math::{Epoch, draw::CAPACITY},
        state::{Attester, AttesterRoster, EpochPool, ScoreShard, pool_flags},
    },
};

/// The providers of an ended epoch that can be scored now, shard by shard, whether its attesters were seated
/// or not.
pub fn score(snapshot: &Snapshot, pool: &EpochPool, batches: Batches) -> Vec<Work> {
    if pool.require_scorable(snapshot.work_ts()).is_err() {
        return Vec::new();
    }
    let is_attested = pool.has(pool_flags::ATTESTED);
    let mut groups: BTreeMap<Option<u16>, Vec<Pubkey>> = BTreeMap::new();
    for (key, provider) in snapshot.providers.iter() {
        let mut provider = *provider;
        provider.touch(&snapshot.network, &snapshot.network.terms(snapshot.now_ts));
        let place = provider.place_in(Epoch(pool.epoch));
        if let (true, Some(place)) = (provider.awaits_score(Epoch(pool.epoch)), place) {
            groups.entry(is_attested.then(|| ScoreShard::number_of(place))).or_default().push(*key);
        }
    }
    let batch = |(shard, keys): (Option<u16>, Vec<Pubkey>)| -> Vec<Work> {
        keys.chunks(batches.score).map(|keys| Work::Score(shard, keys.to_vec())).collect()
    };
    groups.into_iter().flat_map(batch).collect()
}

/// The present epoch's seed and attesters, while they can still be drawn: in its first half, once it is open.
pub fn attest(snapshot: &Snapshot) -> Vec<Work> {
    let now = snapshot.network.epoch_at(snapshot.now_ts);
    let is_seatable = |pool: &EpochPool| pool.require_drawable(snapshot.now_ts).is_ok();
    let can_be_drawn = |roster: &AttesterRoster| roster.draw(now).next(&[0; 32]).is_some();
    let has_attesters = snapshot.work.roster.as_deref().is_some_and(can_be_drawn);
    let Some(pool) = snapshot.pools.get(&now.0).filter(|pool| has_attesters && is_seatable(pool)) else {
        return Vec::new();
    };
    let beacon = &snapshot.network.beacon;
    if beacon.seed_of(now).is_none() {
        let waits = beacon.is_armed(now) && snapshot.slot < beacon.slot + SEED_SLOTS;
        return if waits { Vec::new() } else { vec![Work::Beacon] };
    }
    let Some(known) = &snapshot.work.shards else { return Vec::new() };
    let missing = |number: &u16| {
        let can_be_drawn = snapshot.network.seed_of_shard(pool, *number, snapshot.now_ts).is_ok();
        can_be_drawn && !known.contains_key(&(now.0, *number))
    };
    shards().filter(missing).map(Work::DrawAttesters).collect()
}

/// The numbers of all shards that there can be.
pub fn shards() -> std::ops::Range<u16> {
    0..u16::try_from(CAPACITY.div_ceil(SHARD_PROVIDERS)).unwrap_or(0)
}

/// Attesters that can take the place that they aim at, or whose aim falls; of several at one place the first,
/// which the next has to outbid.
pub fn displace(snapshot: &Snapshot) -> Vec<Work> {
    let Some(roster) = snapshot.work.roster.as_deref() else { return Vec::new() };
    let mut places = BTreeSet::new();
    let work = |attester: &Attester| {
        let taken = attester.place_to_take(&snapshot.network, roster, snapshot.now_ts).ok()?;
        if taken.is_some_and(|(place, _)| !places.insert(place)) {
            return None;
        }
        Some(Work::Displace(attester.owner, taken.and_then(|(_, holder)| holder)))
    };
    snapshot.work.waiting.iter().filter_map(work).collect()
}

/// Attesters to be paid or fined once their time to reveal has passed, and shards to be closed.
pub fn settle(snapshot: &Snapshot) -> Vec<Step> {
    let work_ts = snapshot.work_ts();
    let mut steps = Vec::new();
    for shard in snapshot.work.shards.iter().flat_map(BTreeMap::values) {
        let step = |work| Step { epoch: shard.epoch, work };
        let is_due = |pool: &EpochPool| shard.require_due(pool, work_ts).is_ok();
        if shard.require_closable().is_ok() {
            steps.push(step(Work::CloseShard(shard.shard, shard.payer)));
        } else if snapshot.pools.get(&shard.epoch).is_some_and(is_due) {
            let open = shard.drawn().iter().filter(|seat| !seat.is_settled());
            let attesters = open.map(|seat| snapshot.attester(&seat.attester)).collect();
            steps.push(step(Work::SettleAttesters(shard.shard, attesters)));
        }
    }
    steps
}
