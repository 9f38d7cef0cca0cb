//! Which places of the active set are free, and who could lose one?

use {
    super::touched,
    crate::{
        Pubkey, WorkTokenError as E,
        math::{Bps, mul_div::mul_div_floor, places::MARGIN_BPS},
        state::{Network, Provider, ProviderState},
    },
};

/// The places of a network at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacesView {
    /// How many there may be.
    pub cap: u32,
    /// How many are taken, by those too who have theirs from the next epoch on.
    pub taken: u32,
    /// How many can be taken.
    pub free: u32,
    /// The first that can be taken.
    pub first_free: Option<u16>,
    /// Least own stake of who takes, waits for or challenges one now. Base units.
    pub minimum_stake: u64,
    /// What is decided for later: where it is more, from the second epoch after that of the decision on. Base
    /// units.
    pub minimum_announced: u64,
    /// How many wait in the queue: a free place is its head's.
    pub waiting: u64,
    /// Who has one, the weakest first. Only the providers given are known.
    pub incumbents: Vec<Incumbent>,
}

/// One that has a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incumbent {
    /// The provider.
    pub provider: Pubkey,
    /// Its place.
    pub index: u16,
    /// Stake that is compared: the smaller of the epoch's snapshot and the present one, without what is
    /// leaving. Base units.
    pub stake: u64,
    /// The least such stake that displaces it. Base units.
    pub least_to_displace: u64,
    /// Whether it cannot be challenged yet: a newcomer in its first epoch.
    pub is_immune: bool,
}

/// The places of a network at a time; `providers` are those of the network, by address.
pub fn places_view(network: &Network, providers: &[(Pubkey, Provider)], now_ts: i64) -> PlacesView {
    let cap = network.present_cap();
    let mut incumbents: Vec<Incumbent> = providers
        .iter()
        .filter(|(_, provider)| provider.place.is_held() && provider.state == ProviderState::Active as u8)
        .map(|(key, provider)| incumbent(network, *key, provider, now_ts))
        .collect();
    incumbents.sort_unstable_by_key(|incumbent| (incumbent.stake, incumbent.index));
    PlacesView {
        cap,
        taken: network.places_taken,
        free: cap.saturating_sub(network.places_taken),
        first_free: network.first_free_place(),
        minimum_stake: network.minimum_of_next(network.epoch_at(now_ts)).0,
        minimum_announced: network.minimum_stake,
        waiting: network.queue.waiting(),
        incumbents,
    }
}

fn incumbent(network: &Network, key: Pubkey, provider: &Provider, now_ts: i64) -> Incumbent {
    let provider = touched(network, provider, now_ts);
    let now = network.epoch_at(now_ts);
    let stake = provider.place_stake(now, u32::from(network.rules_of(now).leverage)).0;
    let margin = Bps::ONE + u64::from(MARGIN_BPS);
    Incumbent {
        provider: key,
        index: provider.place.index,
        stake,
        least_to_displace: mul_div_floor(stake, margin, Bps::ONE).unwrap_or(u64::MAX).saturating_add(1),
        is_immune: provider.is_immune(now),
    }
}

/// The place that a provider can take now, or the rule that refuses it one.
///
/// # Errors
///
/// What the program would refuse it with.
pub fn free_place(network: &Network, provider: &Provider, now_ts: i64) -> Result<u16, E> {
    let index = network.first_free_place().unwrap_or(0);
    let (mut network, mut provider) = (*network, touched(network, provider, now_ts));
    let now = network.epoch_at(now_ts);
    provider.take_free_place(&mut network, index, now)?;
    Ok(index)
}

/// When a candidate that challenges an incumbent's place now can swap it: from when on, and until when,
/// unless a pause comes between. Unix seconds. Nothing is refused for good: the place is swapped in a later
/// epoch, if the same holds then.
///
/// # Errors
///
/// What the program would refuse it with.
pub fn challenge(
    network: &Network,
    candidate: &Provider,
    (key, incumbent): (&Pubkey, &Provider),
    now_ts: i64,
) -> Result<(i64, i64), E> {
    let incumbent = touched(network, incumbent, now_ts);
    touched(network, candidate, now_ts).challenge_place((key, &incumbent), network, &network.terms(now_ts))
}
