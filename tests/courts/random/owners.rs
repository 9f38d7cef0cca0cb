//! Who sells a provider, to whom, and when that one accepts: mostly while something of it is disputed.

use {
    crate::{
        model::{Model, Phase, Proposal},
        op::{Agreed, FIRST_CHALLENGER, FIRST_JUROR, Op, PEOPLE, PROVIDERS, Step, Who},
        rules::LEAST_LOCK,
    },
    rand::{
        Rng,
        seq::{IndexedRandom, IteratorRandom},
    },
    rand_chacha::ChaCha8Rng,
};

/// Most are for sale before anything is disputed, some by an owner that judges, too.
pub fn prelude(rng: &mut ChaCha8Rng) -> Vec<Step> {
    let mut steps = Vec::new();
    for provider in 0..PROVIDERS {
        if rng.random_ratio(1, 3) {
            steps.push(vec![Op::JoinJury { who: provider, amount: 16 * LEAST_LOCK }]);
        }
        if rng.random_ratio(7, 10) {
            steps.push(vec![Op::ProposeOwner { provider, to: Some(buyer(rng)) }]);
        }
    }
    steps
}

/// The next step of a sale.
pub fn step(rng: &mut ChaCha8Rng, model: &Model) -> Option<Step> {
    let now = model.time.now;
    if let Some(provider) = (0..PROVIDERS).filter(|provider| is_for_sale(model, *provider)).choose(rng) {
        return accept(rng, model, provider);
    }
    let provider = rng.random_range(0..PROVIDERS);
    match model.providers[provider].proposal {
        // A new proposal starts the notice anew.
        Some(waiting) if waiting.from > now && !rng.random_ratio(1, 12) => {
            let early = Op::AcceptOwner { provider, by: waiting.to, agreed: as_it_is(model, provider) };
            rng.random_ratio(1, 16).then(|| vec![early])
        }
        Some(_) if rng.random_ratio(1, 6) => Some(vec![Op::ProposeOwner { provider, to: None }]),
        _ => Some(vec![Op::ProposeOwner { provider, to: Some(buyer(rng)) }]),
    }
}

/// Whether somebody may accept it now.
pub fn is_for_sale(model: &Model, provider: usize) -> bool {
    model.providers[provider].proposal.is_some_and(|proposed| proposed.is_due(model.time.now))
}

/// Mostly waits for a dispute, and for its appeal.
pub fn accept(rng: &mut ChaCha8Rng, model: &Model, provider: usize) -> Option<Step> {
    let known = &model.providers[provider];
    let Proposal { to, until, .. } = known.proposal?;
    let is_disputed = known.places.iter().any(Option::is_some);
    let mut disputes = model.disputes.values().filter(|dispute| dispute.provider == provider);
    let is_appealed = disputes.any(|dispute| dispute.court.round() > 1 && dispute.court.phase != Phase::Decided);
    let ends = until - model.time.now < model.time.anchor.1;
    let is_barred = model.require_disinterested(provider, to).is_err();
    if (is_barred || (!is_disputed && !ends)) && rng.random_ratio(5, 6) {
        return None;
    }
    if !is_appealed && !ends && rng.random_ratio(1, 2) {
        return None;
    }
    let by = if rng.random_ratio(1, 12) { buyer(rng) } else { to };
    let as_is = as_it_is(model, provider);
    let agreed = match rng.random_range(0..16) {
        0 => Agreed { staked: as_is.staked + 1, ..as_is },
        1 => Agreed { liabilities: as_is.liabilities.saturating_sub(1), ..as_is },
        2 => Agreed { seats: as_is.seats.saturating_sub(1), ..as_is },
        3 => Agreed { standing: model.providers[rng.random_range(0..PROVIDERS)].standing, ..as_is },
        4..8 => Agreed { staked: 0, liabilities: u64::MAX, seats: u32::MAX, ..as_is },
        _ => as_is,
    };
    Some(vec![Op::AcceptOwner { provider, by, agreed }])
}

/// Jurors above all, and challengers; owners and delegators too.
fn buyer(rng: &mut ChaCha8Rng) -> Who {
    let among = [FIRST_JUROR..PEOPLE, FIRST_JUROR..PEOPLE, FIRST_CHALLENGER..FIRST_JUROR, 0..PEOPLE];
    among.choose(rng).expect("some").clone().choose(rng).expect("somebody")
}

/// What a provider is now.
pub fn as_it_is(model: &Model, provider: usize) -> Agreed {
    let known = &model.providers[provider];
    Agreed {
        staked: known.pools[0].staked(),
        liabilities: model.own_liabilities(provider),
        seats: known.open_seats,
        standing: known.standing,
    }
}
