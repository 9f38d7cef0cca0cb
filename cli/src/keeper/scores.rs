//! Which cranks of scores are due.

use {
    super::{Batches, SEED_SLOTS, Snapshot, Step, Work},
    std::collections::BTreeMap,
    work_token_sdk::{
        Pubkey,
        limits::SHARD_PROVIDERS,
        math::{Epoch, draw::CAPACITY},
        state::{Attester, AttesterRoster, EpochPool, EpochState, pool_flags},
    },
};

/// The providers of an ended epoch that can be scored now, shard by shard, whether its attesters were seated
/// or not.
pub fn score(snapshot: &Snapshot, pool: &EpochPool, batches: Batches) -> Vec<Work> {
    if !pool.has(pool_flags::SCORED) {
        return Vec::new();
    }
    let is_attested = pool.has(pool_flags::ATTESTED);
    let mut groups: BTreeMap<Option<u16>, Vec<Pubkey>> = BTreeMap::new();
    for (key, provider) in &snapshot.providers {
        let mut provider = *provider;
        provider.touch(&snapshot.network, &snapshot.network.terms(snapshot.now_ts));
        let place = provider.place_in(Epoch(pool.epoch));
        if let (true, Some(place)) = (provider.awaits_score(Epoch(pool.epoch)), place) {
            groups.entry(is_attested.then(|| place / places())).or_default().push(*key);
        }
    }
    let batch = |(shard, keys): (Option<u16>, Vec<Pubkey>)| -> Vec<Work> {
        keys.chunks(batches.score).map(|keys| Work::Score(shard, keys.to_vec())).collect()
    };
    groups.into_iter().flat_map(batch).collect()
}

fn places() -> u16 {
    u16::try_from(SHARD_PROVIDERS).unwrap_or(u16::MAX)
}

/// The present epoch's seed and attesters, while they can still be drawn: in its first half, once it is open.
pub fn attest(snapshot: &Snapshot) -> Vec<Work> {
    let now = snapshot.network.epoch_at(snapshot.now_ts);
    let is_seatable = |pool: &EpochPool| pool.require_seatable(snapshot.now_ts).is_ok();
    let can_be_drawn = |roster: &AttesterRoster| roster.draw(now).next(&[0; 32]).is_some();
    let has_attesters = snapshot.work.roster.as_deref().is_some_and(can_be_drawn);
    if !has_attesters || !snapshot.pools.get(&now.0).is_some_and(is_seatable) {
        return Vec::new();
    }
    let beacon = &snapshot.network.beacon;
    if beacon.seed_of(now).is_none() {
        let waits = beacon.is_armed(now) && snapshot.slot < beacon.slot + SEED_SLOTS;
        return if waits { Vec::new() } else { vec![Work::Beacon] };
    }
    let shards = u16::try_from(CAPACITY.div_ceil(SHARD_PROVIDERS)).unwrap_or(0);
    let missing = |number: &u16| snapshot.shard(now.0, *number).is_none() && snapshot.network.shard_has_places(*number);
    (0..shards).filter(missing).map(Work::SeatAttesters).collect()
}

/// Attesters that can take the place that they aim at, or whose aim falls.
pub fn displace(snapshot: &Snapshot) -> Vec<Work> {
    let time = snapshot.network.roster_time(snapshot.now_ts);
    let least = snapshot.network.params.attester_bond;
    let Some(roster) = snapshot.work.roster.as_deref() else { return Vec::new() };
    if snapshot.network.require_open(snapshot.now_ts).is_err() {
        return Vec::new();
    }
    let is_due = |attester: &&Attester| attester.require_aim_due(time).is_ok();
    let holder = |attester: &Attester| attester.place_to_take(least, roster, time).and_then(|(_, holder)| holder);
    let due = snapshot.work.waiting.iter().filter(is_due);
    due.map(|attester| Work::Displace(attester.owner, holder(attester))).collect()
}

/// Attesters to be paid or fined once their time to reveal has passed, and shards to be closed.
pub fn settle(snapshot: &Snapshot) -> Vec<Step> {
    let work_ts = snapshot.work_ts();
    let mut steps = Vec::new();
    for (_, shard) in &snapshot.work.shards {
        let step = |work| Step { epoch: shard.epoch, work };
        let is_due =
            |pool: &EpochPool| pool.state != EpochState::Open as u8 && work_ts.has_reached(shard.reveal_until_work_ts);
        if shard.is_settled() {
            steps.push(step(Work::CloseShard(shard.shard, shard.payer)));
        } else if snapshot.pools.get(&shard.epoch).is_some_and(is_due) {
            let open = shard.drawn().iter().filter(|seat| !seat.is_settled());
            let attesters = open.map(|seat| snapshot.attester(&seat.attester)).collect();
            steps.push(step(Work::SettleAttesters(shard.shard, attesters)));
        }
    }
    steps
}
