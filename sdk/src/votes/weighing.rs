//! What a voter weighs, before it is written.

use {
    super::{Look, Registrar, Voter, VoterAddresses, voice_of},
    crate::{
        Pubkey,
        state::{Delegation, Network, Provider, VoiceReading},
    },
    work_token_interface::math::{Amount, UnixTs},
};

/// Everything that a voter's weight is made of, read together.
#[derive(Clone, Debug)]
pub struct VoterState {
    /// Where it lies.
    pub at: VoterAddresses,
    /// The voter.
    pub voter: Voter,
    /// The registrar.
    pub registrar: Registrar,
    /// The network.
    pub network: Network,
    /// Its positions with their providers, in their order; `None` of one that was closed.
    pub positions: Vec<Option<(Delegation, Provider)>>,
    /// The chain's clock. Unix seconds.
    pub now_ts: i64,
}

/// One position of a voter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PositionWeight {
    /// The position.
    pub position: Pubkey,
    /// Its provider; `None` where the position was closed.
    pub provider: Option<Pubkey>,
    /// Its voice as if nothing of it were silent. Base units.
    pub whole: u64,
    /// What may vote of it now. Base units.
    pub voiced: u64,
    /// What counts of it, as an update by the holder would note it now. Base units.
    pub counts: u64,
    /// What waits, as that update would note it. Base units.
    pub waiting: u64,
    /// When that counts; `None` where nothing waits. Unix seconds.
    pub ripe_ts: Option<i64>,
    /// What it weighs: the lesser of what counts and what may vote. Base units.
    pub weight: u64,
    /// Whether that differs from what is noted: an update begins a wait, or ends one.
    pub is_news: bool,
}

impl VoterState {
    /// Its positions with their providers, as updates take them. One that was closed stands for its provider,
    /// which nobody looks at then.
    pub fn named(&self) -> Vec<[Pubkey; 2]> {
        let entries = self.voter.entries().iter().zip(&self.positions);
        let provider = |(found, entry): (&Option<(Delegation, Provider)>, Pubkey)| {
            found.as_ref().map_or(entry, |(position, _)| position.provider)
        };
        entries.map(|(entry, found)| [entry.position, provider((found, entry.position))]).collect()
    }

    /// What each of its positions weighs, in their order.
    pub fn weights(&self) -> Vec<PositionWeight> {
        let entries = self.voter.entries().iter().zip(&self.positions);
        let now = (self.now_ts, self.network.epoch_at(self.now_ts));
        let look = Look { now: UnixTs(self.now_ts), wait_secs: self.registrar.wait_secs(), is_holders: true };
        let weight = |(entry, found): (&super::VoterEntry, &Option<(Delegation, Provider)>)| {
            let heard = found.as_ref().and_then(|(position, provider)| {
                voice_of(&self.voter.holder, (position, provider, &self.network), now)
            });
            let mut noted = *entry;
            let Amount(weight) = noted.note(heard, &look);
            let VoiceReading { whole, voiced } = heard.map(|(voice, _)| voice).unwrap_or_default();
            PositionWeight {
                position: entry.position,
                provider: found.as_ref().map(|(position, _)| position.provider),
                whole: whole.0,
                voiced: voiced.0,
                counts: noted.inertia.counts,
                waiting: noted.inertia.waiting,
                ripe_ts: (noted.inertia.waiting > 0).then_some(noted.inertia.ripe_ts),
                weight,
                is_news: bytemuck::bytes_of(&noted) != bytemuck::bytes_of(entry),
            }
        };
        entries.map(weight).collect()
    }

    /// What all of them weigh. Base units.
    pub fn weight(&self) -> u64 {
        self.weights().iter().fold(0, |sum, position| sum.saturating_add(position.weight))
    }

    /// When more counts than now, if its updates are sent. Unix seconds.
    pub fn next_ripe_ts(&self) -> Option<i64> {
        self.weights().iter().filter_map(|position| position.ripe_ts).min()
    }
}
