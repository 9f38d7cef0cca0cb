//! Attesters that must not report on a provider of their shard, because they own it or have stake behind it.

use {
    super::{Snapshot, Work, reader::Reader, snapshot::WorkSnapshot},
    crate::failure::Result,
    std::{
        collections::{BTreeMap, BTreeSet},
        mem::offset_of,
    },
    work_token_sdk::{
        Pubkey,
        math::Shares,
        state::{Delegation, EpochState, Opinion, OpinionState, ScoreShard},
    },
};

/// Up to so many positions of a network are read at once; beyond that, attester by attester.
const AT_ONCE: u64 = 4_096;
/// Where a position names its holder.
const HOLDER_AT: usize = 8 + offset_of!(Delegation, delegator);

/// Looks for the positions of the attesters whose reports are about to count. By holder and not by address:
/// a position can lie at another address than the usual one.
pub fn read(snapshot: &mut Snapshot, reader: &Reader, just_drawn: bool) -> Result<()> {
    let attesters: BTreeSet<Pubkey> = shards(snapshot, just_drawn)
        .flat_map(|shard| shard.drawn().iter().filter(|opinion| counts(shard, opinion, snapshot)))
        .map(|opinion| opinion.attester)
        .collect();
    if attesters.is_empty() {
        return Ok(());
    }
    if !snapshot.knows_providers {
        snapshot.read_providers(reader)?;
    }
    let positions: u64 = snapshot.providers.values().map(|provider| u64::from(provider.live_positions)).sum();
    let mut found: Vec<(Pubkey, Delegation)> = Vec::new();
    if positions <= AT_ONCE {
        found = reader.list::<Delegation>(&[])?;
    } else {
        for attester in &attesters {
            found.extend(reader.list::<Delegation>(&[(HOLDER_AT, attester.to_bytes().to_vec())])?);
        }
    }
    let mut interests: BTreeMap<Pubkey, Vec<(Pubkey, Delegation)>> =
        attesters.into_iter().map(|attester| (attester, Vec::new())).collect();
    for (key, position) in found {
        if let Some(of_attester) = interests.get_mut(&position.delegator) {
            of_attester.push((key, position));
        }
    }
    snapshot.work.interests = interests;
    Ok(())
}

/// What bars an attester from a provider, for every one that is not barred yet.
pub fn due(snapshot: &Snapshot) -> Vec<(u32, Work)> {
    let WorkSnapshot { interests, shards: Some(shards), .. } = &snapshot.work else { return Vec::new() };
    if interests.is_empty() {
        return Vec::new();
    }
    let mut owned: BTreeMap<Pubkey, Vec<Pubkey>> = BTreeMap::new();
    for (key, provider) in snapshot.providers.iter() {
        owned.entry(provider.owner).or_default().push(*key);
    }
    let mut found = Vec::new();
    for shard in shards.values().filter(|shard| is_open(snapshot, shard)) {
        for (index, opinion) in (0u8..).zip(shard.drawn()).filter(|(_, opinion)| counts(shard, opinion, snapshot)) {
            let Some(positions) = interests.get(&opinion.attester) else { continue };
            let own = owned.get(&opinion.attester).into_iter().flatten().map(|provider| (*provider, *provider));
            let staked = positions.iter().filter(|(_, position)| has_stake(position));
            let reasons = own.chain(staked.map(|(key, position)| (position.provider, *key)));
            let mut barred = BTreeSet::new();
            for (provider, interest) in reasons {
                let row = snapshot.provider(&provider).and_then(|provider| shard.row_in(provider));
                if row.is_some_and(|row| !opinion.is_masked(row)) && barred.insert(provider) {
                    found.push((shard.epoch, Work::Mask(shard.shard, index, provider, interest)));
                }
            }
        }
    }
    found
}

fn has_stake(position: &Delegation) -> bool {
    position.total_shares() > Shares::ZERO
}

/// The shards of epochs that have ended and are not finalized: their reports count soon. Those of the running
/// epoch too when they were just drawn.
fn shards(snapshot: &Snapshot, just_drawn: bool) -> impl Iterator<Item = &ScoreShard> {
    let has_ended = move |shard: &&ScoreShard| {
        let pool = snapshot.pools.get(&shard.epoch);
        pool.is_some_and(|pool| just_drawn || snapshot.work_ts().has_reached(pool.ends_at_work_ts))
    };
    let shards = snapshot.work.shards.iter().flat_map(BTreeMap::values);
    shards.filter(|shard| is_open(snapshot, shard)).filter(has_ended)
}

fn is_open(snapshot: &Snapshot, shard: &ScoreShard) -> bool {
    snapshot.pools.get(&shard.epoch).is_some_and(|pool| pool.state == EpochState::Open as u8)
}

/// Whether an attester's reports can still count: after the end of the epoch only what was committed to.
fn counts(shard: &ScoreShard, opinion: &Opinion, snapshot: &Snapshot) -> bool {
    match opinion.state() {
        OpinionState::Empty | OpinionState::Settled => false,
        OpinionState::Drawn => !snapshot.work_ts().has_reached(shard.commit_until_work_ts),
        OpinionState::Committed | OpinionState::Revealed => true,
    }
}
