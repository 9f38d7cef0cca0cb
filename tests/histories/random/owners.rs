//! What owners and beneficiaries do next.

use {
    crate::{op::*, system::*},
    rand::{Rng, seq::IndexedRandom},
    rand_chacha::ChaCha8Rng,
    work_token_sdk::state::{Beneficiary, Handover},
};

/// An operation of owners or beneficiaries: mostly what brings something forward that is under way.
pub fn next(rng: &mut ChaCha8Rng, state: &State, provider: usize) -> Op {
    if state.providers[provider].is_none() {
        return Op::ProposeOwner { provider, to: Some(rng.random_range(0..PEOPLE)) };
    }
    match rng.random_range(0..34) {
        0..4 => propose(rng, state, provider),
        4..11 => accept(rng, state, provider),
        11..14 => terms(rng, state, provider),
        14..19 => agree(rng, state, provider),
        19 => Op::EndBeneficiary { provider, by: beneficiary(rng, state, provider) },
        20 => Op::SetBeneficiaryDestination { provider, by: beneficiary(rng, state, provider), to: account(rng) },
        21 => Op::SetDestination { provider, to: account(rng) },
        22..24 => Op::Freeze { of: payee(rng, state, provider), on: rng.random_ratio(2, 3) },
        24 => Op::Unjail { provider },
        25 => Op::Forgive { provider, amount: 1 << rng.random_range(0..52) },
        _ => claim(rng, state, provider),
    }
}

/// The next step of the sale that is furthest, or of another one.
pub fn sale(rng: &mut ChaCha8Rng, state: &State) -> Op {
    let all = || (0..PROVIDERS).filter(|number| state.providers[*number].is_some());
    let begun = all().find(|number| state.handovers[*number].is_some_and(|found| state.now < found.until_ts));
    match begun {
        Some(provider) if rng.random_ratio(1, 10) => Op::ProposeOwner { provider, to: None },
        Some(provider) => accept(rng, state, provider),
        None => propose(rng, state, all().next().unwrap_or(0)),
    }
}

/// Mostly of a provider whose rewards somebody has a part in; sometimes that one can no longer receive.
fn claim(rng: &mut ChaCha8Rng, state: &State, provider: usize) -> Op {
    let provider = shared(rng, state).unwrap_or(provider);
    let agreed = state.beneficiaries[provider].filter(Beneficiary::is_agreed);
    match agreed.map(|agreed| state.people.account(&agreed.destination)) {
        Some(to) if to.other && state.people.receives(to) && rng.random_ratio(1, 3) => {
            Op::Freeze { of: to.of, on: true }
        }
        _ => Op::ClaimOwn { provider },
    }
}

/// Mostly somebody whose other token account is to be paid.
fn payee(rng: &mut ChaCha8Rng, state: &State, provider: usize) -> Person {
    let to = state.beneficiaries[provider].filter(Beneficiary::is_agreed).map(|found| found.destination);
    let to = to.or_else(|| state.providers[provider].map(|provider| provider.reward_destination));
    to.filter(|_| rng.random_ratio(3, 4)).map_or_else(|| rng.random_range(0..PEOPLE), |to| state.people.account(&to).of)
}

/// A provider whose rewards somebody has a part in.
fn shared(rng: &mut ChaCha8Rng, state: &State) -> Option<usize> {
    let has_part = |found: &Beneficiary| !found.quota_left(state.now).is_zero() || found.owed > 0;
    let all = (0..PROVIDERS).filter(|number| state.beneficiaries[*number].as_ref().is_some_and(has_part));
    all.collect::<Vec<_>>().choose(rng).copied()
}

/// A verdict jails a provider, or it owes more than there was to take.
pub fn fault(rng: &mut ChaCha8Rng, state: &State, provider: usize) -> Op {
    if rng.random_ratio(1, 2) {
        return Op::Jail { provider, epochs: rng.random_range(1..20) };
    }
    let earned = state.providers[provider].map_or(0, |provider| provider.own_rewards().0);
    Op::Owe { provider, amount: rng.random_range(0..=earned / 4) + 1 }
}

/// Somebody's usual token account, or the other one.
fn account(rng: &mut ChaCha8Rng) -> Account {
    Account { of: rng.random_range(0..PEOPLE), other: rng.random_ratio(1, 2) }
}

/// Seldom again while somebody is proposed already, which starts the notice anew.
fn propose(rng: &mut ChaCha8Rng, state: &State, provider: usize) -> Op {
    let lapsed = |proposed: &Handover| state.now >= proposed.until_ts;
    let is_waiting = state.handovers[provider].is_some_and(|proposed| !lapsed(&proposed));
    if is_waiting && rng.random_ratio(3, 4) {
        return accept(rng, state, provider);
    }
    if rng.random_ratio(2, 3)
        && let Some(first) = prepare(rng, state, provider)
    {
        return first;
    }
    let to = rng.random_ratio(9, 10).then(|| rng.random_range(0..PEOPLE));
    Op::ProposeOwner { provider, to }
}

/// Who sells has staked, takes out what it can, and lets that mature before somebody accepts.
fn prepare(rng: &mut ChaCha8Rng, state: &State, number: usize) -> Option<Op> {
    let provider = state.providers[number].as_ref().filter(|provider| !provider.is_leaving())?;
    if provider.own.tokens == 0 {
        return Some(Op::StakeSelf { provider: number, amount: 1 << rng.random_range(30..44) });
    }
    let Some((_, matures_at_ts)) = leaving(state, number) else {
        let has = state.positions.get(&(number, OWNER))?.total_shares().0;
        return Some(Op::Request { at: (number, OWNER), shares: has / rng.random_range(2..8) + 1 });
    };
    let secs = matures_at_ts - state.now - 15 * DAY;
    (secs > 0).then_some(Op::Pass { secs })
}

/// Mostly of a provider of which it can be accepted, by the one that may, on the terms that hold.
fn accept(rng: &mut ChaCha8Rng, state: &State, provider: usize) -> Op {
    let is_due = |number: &usize| {
        state.handovers[*number].is_some_and(|found| (found.from_ts..found.until_ts).contains(&state.now))
    };
    let due: Vec<usize> = (0..PROVIDERS).filter(is_due).collect();
    let waiting = state.handovers.iter().flatten().map(|found| found.from_ts).filter(|from_ts| *from_ts > state.now);
    // Half of the time somebody waits for the notice to end.
    if let Some(from_ts) = waiting.min().filter(|_| due.is_empty() && rng.random_ratio(1, 2)) {
        return Op::Pass { secs: from_ts - state.now };
    }
    let provider = due.choose(rng).copied().unwrap_or(provider);
    if let Some(first) = due.first().and_then(|_| burden(rng, state, provider)) {
        return first;
    }
    let Some(proposed) = state.handovers[provider] else { return propose_anew(rng, provider) };
    let proposed = state.people.keys.iter().position(|key| *key == proposed.to).expect("somebody is proposed");
    let anybody = rng.random_range(0..PEOPLE);
    // The owner itself has proposed it, and cannot be named twice in one instruction.
    let is_another = anybody != state.owner(provider) && rng.random_ratio(1, 10);
    let by = if is_another { anybody } else { proposed };
    Op::AcceptOwner { provider, by, agreed: agreed(rng, state, provider) }
}

/// What a buyer is to find, mostly: a claim on the own stake, and a ticket that is held for it.
fn burden(rng: &mut ChaCha8Rng, state: &State, number: usize) -> Option<Op> {
    let (found, proposed) = (state.providers[number].as_ref()?, state.handovers[number].as_ref()?);
    if found.own.tokens == 0 || !rng.random_ratio(3, 4) {
        return None;
    }
    if found.reservations.iter().all(|claim| claim.own == 0) {
        return Some(super::claim(rng, state, number));
    }
    let (ticket, matures_at_ts) = leaving(state, number)?;
    match matures_at_ts - state.now {
        ..=0 => Some(Op::Withdraw { at: (number, OWNER), ticket }),
        secs if matures_at_ts < proposed.until_ts => Some(Op::Pass { secs }),
        _ => None,
    }
}

/// The first ticket of a provider's own stake that is to leave, and when it may.
fn leaving(state: &State, number: usize) -> Option<(u32, i64)> {
    let at = (number, OWNER);
    let mut tickets = state.tickets.range((at, 0)..=(at, u32::MAX)).filter(|(_, ticket)| ticket.shares > 0);
    tickets.next().map(|((_, number), ticket)| (*number, ticket.matures_at_ts))
}

fn propose_anew(rng: &mut ChaCha8Rng, provider: usize) -> Op {
    Op::ProposeOwner { provider, to: Some(rng.random_range(0..PEOPLE)) }
}

/// What the provider is now; sometimes more than it is, and sometimes anything.
fn agreed(rng: &mut ChaCha8Rng, state: &State, number: usize) -> Agreed {
    let Some(provider) = &state.providers[number] else {
        return Agreed { min_own_staked: 0, max_liabilities: 0, max_quota: 0, state: 0, operator: None };
    };
    let quota = state.beneficiaries[number].map_or(0, |agreed| agreed.quota_left(state.now).0);
    let (own, liabilities) = (provider.own_staked().0, provider.own_liabilities().0);
    let operator = rng.random_ratio(1, 4).then(|| rng.random_range(0..PEOPLE));
    let as_is =
        Agreed { min_own_staked: own, max_liabilities: liabilities, max_quota: quota, state: provider.state, operator };
    match rng.random_range(0..12) {
        0 => Agreed { min_own_staked: own + 1, ..as_is },
        1 => Agreed { max_liabilities: liabilities.saturating_sub(1), ..as_is },
        2 => Agreed { max_quota: quota.saturating_sub(1), ..as_is },
        3 => Agreed { state: rng.random_range(0..6), ..as_is },
        4..7 => Agreed { min_own_staked: 0, max_liabilities: u64::MAX, max_quota: u64::MAX, ..as_is },
        _ => as_is,
    }
}

/// A quota that ends within a claim as often as not, and an end within days.
fn terms(rng: &mut ChaCha8Rng, state: &State, provider: usize) -> Op {
    let earned = state.providers[provider].map_or(0, |provider| provider.own_rewards().0);
    let quota = match rng.random_range(0..12) {
        0 => *[0, 1, (1 << 60) - 1, 1 << 60, u64::MAX].choose(rng).expect("some"),
        1..7 => earned / 4 + rng.random_range(0..=earned / 2) + 1,
        _ => 1 << rng.random_range(20..58),
    };
    let until = match rng.random_range(0..8) {
        0 => state.now,
        1 => state.now + 1,
        _ => state.now + rng.random_range(1..40 * DAY),
    };
    let terms = rng.random_ratio(11, 12).then(|| (rng.random_range(0..PEOPLE), quota, until));
    Op::ProposeBeneficiary { provider, terms }
}

/// Mostly whoever is proposed, to what is proposed.
fn agree(rng: &mut ChaCha8Rng, state: &State, provider: usize) -> Op {
    let is_proposed = |found: &Beneficiary| state.people.keys.contains(&found.proposed);
    let open: Vec<usize> =
        (0..PROVIDERS).filter(|number| state.beneficiaries[*number].as_ref().is_some_and(is_proposed)).collect();
    let provider = open.choose(rng).copied().unwrap_or(provider);
    let Some(found) = state.beneficiaries[provider] else { return terms(rng, state, provider) };
    let proposed = state.people.keys.iter().position(|key| *key == found.proposed).unwrap_or(0);
    let by = if rng.random_ratio(11, 12) { proposed } else { rng.random_range(0..PEOPLE) };
    let quota = found.proposed_quota + u64::from(rng.random_ratio(1, 12));
    let to = Account { of: by, other: rng.random_ratio(3, 4) };
    let terms = (by, quota, found.proposed_until_ts);
    Op::AcceptBeneficiary { provider, terms, to, with_present: rng.random_ratio(1, 2) }
}

/// Mostly the one that is agreed.
fn beneficiary(rng: &mut ChaCha8Rng, state: &State, provider: usize) -> Person {
    let found = state.beneficiaries[provider];
    let agreed = found.and_then(|found| state.people.keys.iter().position(|key| *key == found.beneficiary));
    agreed.filter(|_| rng.random_ratio(9, 10)).unwrap_or_else(|| rng.random_range(0..PEOPLE))
}
