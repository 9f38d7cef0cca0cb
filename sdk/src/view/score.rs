//! How far are the reports about a shard, and who has revealed?

use {
    super::recorded,
    crate::{
        Pubkey,
        limits::SHARD_PROVIDERS,
        math::WorkTs,
        state::{Network, Opinion, OpinionState, ScoreShard},
    },
};

/// Where a shard's reports stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShardPhase {
    /// Reports can be committed.
    Committing,
    /// Committed reports can be revealed.
    Revealing,
    /// Reveals are over: providers can be scored.
    Over,
}

/// A shard at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShardStatus {
    /// The epoch that is reported on.
    pub epoch: u32,
    /// Its number.
    pub shard: u16,
    /// The first of its 48 places of the active set.
    pub first_place: u16,
    /// Where it stands.
    pub phase: ShardPhase,
    /// Reports can be committed until then. Unix seconds.
    pub commit_until_ts: i64,
    /// Reports can be revealed until then. Unix seconds.
    pub reveal_until_ts: i64,
    /// Its attesters, in the order in which they were drawn.
    pub attesters: Vec<ShardAttester>,
    /// Bonds of all of them. Base units.
    pub bonds: u64,
    /// Bonds of those that have revealed. Base units.
    pub bonds_revealed: u64,
    /// Whether less than half of the bonds have revealed: then silence costs a quarter of the bond.
    pub is_minority: bool,
    /// Providers scored that reports had a value for.
    pub scored: u32,
}

/// An attester of a shard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShardAttester {
    /// Who attests.
    pub attester: Pubkey,
    /// Its bond when it was drawn: its weight. Base units.
    pub bond: u64,
    /// What it has done.
    pub state: OpinionState,
    /// Places of providers that it must not report on.
    pub masked: Vec<usize>,
    /// Of those providers, the ones that it reported on, or could not.
    pub reported: u16,
    /// Agreement with the medians so far.
    pub points: u32,
    /// Whether it is due pay for the providers scored so far; once settled it was paid or fined.
    pub has_earned: bool,
}

/// A shard's reports in a slot and at a time. Once an attester is settled it no longer says whether it had
/// revealed.
pub fn shard_status(network: &Network, shard: &ScoreShard, (slot, now_ts): (u64, i64)) -> ShardStatus {
    let network = &recorded(network, (slot, now_ts));
    let attesters: Vec<ShardAttester> = shard.drawn().iter().map(|opinion| attester(opinion, shard.scored)).collect();
    ShardStatus {
        epoch: shard.epoch,
        shard: shard.shard,
        first_place: shard.shard.saturating_mul(SHARD_PROVIDERS as u16),
        phase: phase(network, shard, now_ts),
        commit_until_ts: network.unix_ts(WorkTs(shard.commit_until_work_ts)),
        reveal_until_ts: network.unix_ts(WorkTs(shard.reveal_until_work_ts)),
        bonds: shard.drawn_bonds,
        bonds_revealed: shard.revealed_bonds,
        is_minority: shard.revealed_bonds < shard.drawn_bonds.saturating_sub(shard.revealed_bonds),
        attesters,
        scored: shard.scored,
    }
}

fn phase(network: &Network, shard: &ScoreShard, now_ts: i64) -> ShardPhase {
    let work_ts = network.work_ts(now_ts);
    if !work_ts.has_reached(shard.commit_until_work_ts) {
        ShardPhase::Committing
    } else if !work_ts.has_reached(shard.reveal_until_work_ts) {
        ShardPhase::Revealing
    } else {
        ShardPhase::Over
    }
}

fn attester(opinion: &Opinion, scored: u32) -> ShardAttester {
    ShardAttester {
        attester: opinion.attester,
        bond: opinion.bond,
        state: opinion.state(),
        masked: (0..SHARD_PROVIDERS).filter(|place| opinion.is_masked(*place)).collect(),
        reported: opinion.reported,
        points: opinion.points,
        has_earned: opinion.has_earned(scored),
    }
}
