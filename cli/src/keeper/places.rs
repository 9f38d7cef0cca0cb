//! Which places change hands: those that are challenged, that nobody keeps up, that somebody waits for.

use {
    super::{Snapshot, Work},
    work_token_sdk::{
        Pubkey,
        state::{Provider, ProviderState},
        view,
    },
};

/// What is due, in the order in which to send it: a place that is vacated is the head's. One entry of the
/// queue at a time, because whose turn it is changes with each.
pub fn due(snapshot: &Snapshot) -> Vec<Work> {
    let mut steps: Vec<Work> = swaps(snapshot).collect();
    let vacated: Vec<Work> = vacancies(snapshot).collect();
    let frees = !vacated.is_empty();
    steps.extend(vacated);
    // What is vacated is given with the next look.
    if !frees {
        steps.extend(head(snapshot));
    }
    steps
}

/// Places whose challenge is due.
fn swaps(snapshot: &Snapshot) -> impl Iterator<Item = Work> {
    let is_due = move |(_, provider): &(&Pubkey, &Provider)| {
        let challenge = &provider.place_challenge;
        snapshot.provider(&challenge.incumbent).is_some()
            && provider.require_challenge_due(&challenge.incumbent, &snapshot.network, snapshot.now_ts).is_ok()
    };
    snapshot.providers.iter().filter(is_due).map(|(key, _)| Work::SwapPlace(*key))
}

/// Places that are not kept up. Who has the minimum and is not in jail need not be tried.
fn vacancies(snapshot: &Snapshot) -> impl Iterator<Item = Work> {
    let (network, now_ts) = (&snapshot.network, snapshot.now_ts);
    let now = network.epoch_at(now_ts);
    let minimum = network.rules_of(now).minimum_stake;
    let may_be = move |(_, provider): &(&Pubkey, &Provider)| {
        provider.place.is_held() && (provider.state == ProviderState::Jailed as u8 || provider.own_staked().0 < minimum)
    };
    let vacates = move |(key, provider): (&Pubkey, &Provider)| {
        view::vacate_place(network, provider, now_ts).ok().map(|()| Work::VacatePlace(*key))
    };
    snapshot.providers.iter().filter(may_be).filter_map(vacates)
}

/// What is due for the head of the queue: a place, or to be passed.
fn head(snapshot: &Snapshot) -> Option<Work> {
    let (key, entry) = snapshot.queue_head.as_ref()?;
    let (network, now_ts) = (&snapshot.network, snapshot.now_ts);
    let candidate = snapshot.provider(&entry.provider);
    if view::pass_head(network, entry, candidate, now_ts).is_ok() {
        return Some(Work::PassHead(*key));
    }
    let admits = view::admit_head(network, entry, candidate?, now_ts).is_ok();
    admits.then_some(Work::AdmitHead(*key))
}
