//! Who waits for a place, whose turn is it, and who could lose one that it does not keep up?

use {
    super::touched,
    crate::{
        Pubkey, WorkTokenError as E,
        state::{Network, PlaceQueue, Provider, QueueEntry},
    },
};

/// A network's queue for a place at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueView {
    /// The number whose turn it is; nobody's while nobody waits.
    pub head: u64,
    /// How many wait.
    pub waiting: u64,
    /// Who waits, in order. Only the entries given are known.
    pub entries: Vec<Waiting>,
}

/// One that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its number.
    pub number: u64,
    /// The candidate.
    pub provider: Pubkey,
    /// How many are before it.
    pub ahead: u64,
    /// When it joined. Unix seconds.
    pub joined_ts: i64,
    /// Why it would be passed if its turn were now; `None` where it would not.
    pub unfit: Option<E>,
}

/// The queue at a time; `entries` are those of the network, `providers` who they are about, each by address.
pub fn queue_view(
    network: &Network,
    entries: &[QueueEntry],
    providers: &[(Pubkey, Provider)],
    now_ts: i64,
) -> QueueView {
    let now = network.epoch_at(now_ts);
    let unfit = |entry: &QueueEntry| {
        let found = providers.iter().find(|(key, _)| *key == entry.provider);
        let fit = found.map_or(Err(E::NumberLost), |(_, provider)| {
            touched(network, provider, now_ts).require_admissible(entry.number, network, now)
        });
        fit.err()
    };
    let waiting = |entry: &QueueEntry| Waiting {
        number: entry.number,
        provider: entry.provider,
        ahead: entry.number.saturating_sub(network.queue.head()),
        joined_ts: entry.joined_ts,
        unfit: unfit(entry),
    };
    let mut entries: Vec<Waiting> = entries.iter().map(waiting).collect();
    entries.sort_unstable_by_key(|entry| entry.number);
    QueueView { head: network.queue.head(), waiting: network.queue.waiting(), entries }
}

/// The number that a candidate gets which joins now.
///
/// # Errors
///
/// What the program would refuse it with.
pub fn join_queue(network: &Network, provider: &Provider, now_ts: i64) -> Result<u64, E> {
    let (mut network, mut provider) = (*network, touched(network, provider, now_ts));
    let now = network.epoch_at(now_ts);
    provider.join_queue(&mut network, now)
}

/// The place that the head of the queue would get now.
///
/// # Errors
///
/// What the program would refuse it with.
pub fn admit_head(network: &Network, entry: &QueueEntry, provider: &Provider, now_ts: i64) -> Result<u16, E> {
    let (mut network, mut provider) = (*network, touched(network, provider, now_ts));
    let now = network.epoch_at(now_ts);
    provider.admit(entry, &mut network, now)
}

/// Whether the head of the queue can be passed now; `provider` is what lies at its candidate's address.
///
/// # Errors
///
/// What the program would refuse it with.
pub fn pass_head(network: &Network, entry: &QueueEntry, provider: Option<&Provider>, now_ts: i64) -> Result<(), E> {
    let mut provider = provider.map(|provider| touched(network, provider, now_ts));
    let now = network.epoch_at(now_ts);
    PlaceQueue::pass_head(&mut { *network }, entry, provider.as_mut(), now)
}

/// Whether a provider's place can be taken now because it does not keep it up.
///
/// # Errors
///
/// What the program would refuse it with.
pub fn vacate_place(network: &Network, provider: &Provider, now_ts: i64) -> Result<(), E> {
    touched(network, provider, now_ts).require_unkept(network, &network.terms(now_ts))
}
