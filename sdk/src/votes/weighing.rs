//! What a voter weighs, before it is written.

use {
    super::{FoundVoice, Look, Registrar, Voter, VoterAddresses, VoterEntry, voice_of, worth_of},
    crate::{
        Pubkey,
        state::{Delegation, Network, Provider},
    },
    work_token_interface::math::UnixTs,
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
    /// Since when others find less than is noted, which takes away what none of them finds for a whole wait;
    /// `None` where none did. Unix seconds.
    pub low_since_ts: Option<i64>,
    /// What it weighs: the lesser of what counts and what may vote. Base units.
    pub weight: u64,
    /// Whether that differs from what is noted: an update begins a wait, or ends one, or what others found.
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
        let look = look(&self.registrar, self.now_ts, true);
        let entries = self.voter.entries().iter().zip(&self.positions);
        let weight = |(entry, found): (&VoterEntry, &Option<(Delegation, Provider)>)| {
            let found = found.as_ref().map(|(position, provider)| (position, provider));
            let (noted, voice, part) = noted(entry, &self.voter.holder, found, &self.network, &look);
            let worth = |part| found.map_or(0, |found| worth(part, found, &self.network, &look));
            PositionWeight {
                position: entry.position,
                provider: found.map(|(position, _)| position.provider),
                whole: worth(voice.whole),
                voiced: worth(voice.heard),
                counts: worth(noted.inertia.counts),
                waiting: worth(noted.inertia.waiting),
                ripe_ts: (noted.inertia.waiting > 0).then_some(noted.inertia.ripe_ts),
                low_since_ts: (entry.inertia.low_since_ts != 0).then_some(entry.inertia.low_since_ts),
                weight: worth(part),
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

/// Whether an update of all positions that the holder does not sign would note anything: what waited is ripe,
/// an increase begins to wait, or something is found gone, or back. `found` says what a position and its
/// provider are; `None` of one that was closed.
pub fn update_is_due<'a>(
    voter: &Voter,
    registrar: &Registrar,
    network: &Network,
    found: impl Fn(&Pubkey) -> Option<(&'a Delegation, &'a Provider)>,
    now_ts: i64,
) -> bool {
    let look = look(registrar, now_ts, false);
    voter.entries().iter().any(|entry| {
        let (noted, ..) = noted(entry, &voter.holder, found(&entry.position), network, &look);
        bytemuck::bytes_of(&noted) != bytemuck::bytes_of(entry)
    })
}

fn look(registrar: &Registrar, now_ts: i64, is_holders: bool) -> Look {
    Look { now: UnixTs(now_ts), wait_secs: registrar.wait_secs(), is_holders }
}

/// A position as an update would note it, what is heard of it, and what part of that weighs; all in the
/// voice's own measure.
fn noted(
    entry: &VoterEntry,
    holder: &Pubkey,
    found: Option<(&Delegation, &Provider)>,
    network: &Network,
    look: &Look,
) -> (VoterEntry, FoundVoice, u64) {
    let now = (look.now.0, network.epoch_at(look.now.0));
    let heard = found.and_then(|(position, provider)| voice_of(holder, (position, provider, network), now));
    let mut noted = *entry;
    let part = noted.note(heard, look);
    (noted, heard.unwrap_or_default(), part)
}

/// A part of a position's voice, in base units.
fn worth(part: u64, (position, provider): (&Delegation, &Provider), network: &Network, look: &Look) -> u64 {
    worth_of(part, (position, provider, network), network.epoch_at(look.now.0)).0
}
