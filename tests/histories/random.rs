//! Draws the next operation: mostly sensible, often at an edge, sometimes nonsense.

mod owners;

use {
    crate::{model::epochs_around, op::*, system::*},
    rand::{Rng, seq::IndexedRandom},
    rand_chacha::ChaCha8Rng,
    work_token_sdk::{
        math::Epoch,
        state::{Delegation, EpochState, PoolKind},
    },
};

/// A history's temper: how far time jumps, and how much of it is cranks.
#[derive(Clone, Copy, Debug)]
pub struct Temper {
    /// Of 20 jumps this many stay within an epoch or go to the next.
    patience: u32,
    /// Of 100 operations this many are cranks.
    cranks: u32,
    /// Of 100 operations this many are slashes and claims.
    faults: u32,
    /// Whether people leave in many small tickets and rarely withdraw them.
    hoards: bool,
    /// Whether providers change hands and their rewards are shared more often, and faults with it.
    sells: bool,
}

impl Temper {
    pub fn draw(rng: &mut ChaCha8Rng) -> Self {
        let sells = rng.random_ratio(1, 4);
        Self {
            patience: *[10, 18, 20].choose(rng).expect("some"),
            cranks: *[5, 30, 60].choose(rng).expect("some"),
            faults: if sells { 12 } else { *[0, 2, 8].choose(rng).expect("some") },
            hoards: rng.random_ratio(1, 4),
            sells,
        }
    }
}

pub fn next(rng: &mut ChaCha8Rng, temper: Temper, state: &State) -> Op {
    let kind = rng.random_range(0..100);
    if kind < temper.cranks {
        return crank(rng, state);
    }
    if kind < temper.cranks + temper.faults {
        let provider = rng.random_range(0..PROVIDERS);
        return match rng.random_range(0..5) {
            0..2 => slash(rng, state, provider),
            2..4 => claim(rng, state, provider),
            _ => owners::fault(rng, state, provider),
        };
    }
    person(rng, temper, state)
}

fn person(rng: &mut ChaCha8Rng, temper: Temper, state: &State) -> Op {
    let provider = rng.random_range(0..PROVIDERS);
    let holder = rng.random_range(0..HOLDERS);
    if temper.sells && rng.random_ratio(2, 5) {
        return if rng.random_ratio(1, 4) { owners::sale(rng, state) } else { owners::next(rng, state, provider) };
    }
    // The owner's own position is one of the positions.
    let at = (provider, if rng.random_ratio(1, 6) { OWNER } else { holder });
    match rng.random_range(0..104) {
        0..4 => Op::StakeSelf {
            provider,
            amount: amount(rng, state.providers[provider].map_or(0, |_| state.wallet(state.owner(provider)))),
        },
        4..16 => Op::Delegate { at: (provider, holder), amount: amount(rng, state.wallet(crate::op::person(holder))) },
        25..34 if temper.hoards && rng.random_ratio(9, 10) => hoard(rng, state),
        16..25 => Op::Request { at, shares: shares(rng, state, at) },
        25..28 => Op::Cancel { at, ticket: ticket(rng, state, at) },
        28..34 => Op::Withdraw { at, ticket: ticket(rng, state, at) },
        34..39 => Op::Claim { at },
        39..43 => Op::Restake { at },
        43..46 => Op::ClaimOwn { provider },
        46..48 => Op::Announce { provider, bps: commission(rng, state, provider) },
        48 => rare(rng, provider, at),
        49 => Op::Touch { provider },
        50..53 => Op::Activate { at },
        53 => Op::SweepSurplus { provider },
        54 => Op::Donate { provider, amount: rng.random_range(1..1 << 30) },
        55..57 => Op::EndClaim { provider, slot: rng.random_range(0..4) },
        57..60 => Op::Fees { provider, amount: 1 << rng.random_range(0..40) },
        60..64 => transfer(rng, state, at),
        64..66 => {
            let holding = positions(state, |position| position.total_shares().0 > 0);
            Op::SetAutoRestake { at: holding.choose(rng).copied().unwrap_or(at), on: rng.random_ratio(4, 5) }
        }
        66..71 => Op::RestakeFor { at: wanting(rng, state).unwrap_or(at) },
        71..77 => direct(rng, state, at),
        77..89 => owners::next(rng, state, provider),
        _ => pass(rng, temper, state),
    }
}

/// Positions of a kind.
fn positions(state: &State, is_one: impl Fn(&Delegation) -> bool) -> Vec<At> {
    state.positions.iter().filter(|(_, position)| is_one(position)).map(|(at, _)| *at).collect()
}

/// Mostly one for which somebody may restake.
fn wanting(rng: &mut ChaCha8Rng, state: &State) -> Option<At> {
    let wanting = positions(state, Delegation::auto_restakes);
    if rng.random_ratio(9, 10) { wanting.choose(rng).copied() } else { None }
}

/// Mostly what can be given, mostly to another delegator.
fn transfer(rng: &mut ChaCha8Rng, state: &State, at: At) -> Op {
    let giving = positions(state, |position| position.pool == 1 && position.shares > 1 << 21);
    let from = if rng.random_ratio(3, 4) { giving.choose(rng).copied().unwrap_or(at) } else { at };
    let to = if rng.random_ratio(1, 12) { OWNER } else { rng.random_range(0..HOLDERS) };
    let active = state.positions.get(&from).map_or(0, |position| position.shares);
    let shares = match rng.random_range(0..6) {
        0..2 => active,
        2 => shares(rng, state, from),
        _ => rng.random_range(0..=active),
    };
    Op::Transfer { from, to, shares }
}

/// Mostly somebody that has shares; often the one whose return is under way, and then often by a stranger.
fn direct(rng: &mut ChaCha8Rng, state: &State, at: At) -> Op {
    let returning = positions(state, Delegation::is_returning);
    if rng.random_ratio(1, 3)
        && let Some(at) = returning.choose(rng)
    {
        return Op::SetDirect { at: *at, on: rng.random_ratio(1, 6), by_stranger: rng.random_ratio(1, 2) };
    }
    let holding = positions(state, |position| position.pool == 1 && position.total_shares().0 > 0);
    let at = if rng.random_ratio(9, 10) { holding.choose(rng).copied().unwrap_or(at) } else { at };
    let is_direct = state.positions.get(&at).is_some_and(Delegation::is_direct);
    let on = if rng.random_ratio(9, 10) { !is_direct } else { is_direct };
    Op::SetDirect { at, on, by_stranger: rng.random_ratio(1, 12) }
}

fn rare(rng: &mut ChaCha8Rng, provider: usize, at: At) -> Op {
    match rng.random_range(0..12) {
        0 => Op::Retire { provider },
        1..4 => Op::CloseDelegation { at },
        4..7 => Op::CloseDelegationByStranger { at },
        7 => Op::CloseProvider { provider },
        8..11 => Op::Pause { secs: rng.random_range(0..8 * DAY as u32) },
        _ => Op::Unpause,
    }
}

fn amount(rng: &mut ChaCha8Rng, most: u64) -> u64 {
    match rng.random_range(0..20) {
        0 => *[0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, most, most.saturating_add(1), u64::MAX, 1 << 60]
            .choose(rng)
            .expect("some"),
        1 => rng.random_range(0..=most),
        _ => {
            let width = rng.random_range(20..46);
            (1u64 << width) + rng.random_range(0..1u64 << width)
        }
    }
}

fn shares(rng: &mut ChaCha8Rng, state: &State, at: At) -> u64 {
    let has = state.positions.get(&at).map_or(0, |position| position.total_shares().0);
    match rng.random_range(0..10) {
        0..4 => has,
        4 => *[0, 1, has.saturating_sub(1), has.saturating_add(1), u64::MAX].choose(rng).expect("some"),
        _ => rng.random_range(0..=has),
    }
}

/// One more small ticket for whoever has most of them already.
fn hoard(rng: &mut ChaCha8Rng, state: &State) -> Op {
    let has = |at: &At| state.positions[at].total_shares().0;
    let most = state.positions.keys().filter(|at| has(at) > 1 << 24).max_by_key(|at| state.positions[*at].live_tickets);
    match most.copied() {
        Some(at) => Op::Request { at, shares: has(&at) / rng.random_range(4..64) },
        None => pass(rng, Temper { patience: 20, cranks: 0, faults: 0, hoards: true, sells: false }, state),
    }
}

fn ticket(rng: &mut ChaCha8Rng, state: &State, at: At) -> u32 {
    let tickets: Vec<u32> = state.tickets.range((at, 0)..=(at, u32::MAX)).map(|((_, number), _)| *number).collect();
    tickets.choose(rng).copied().unwrap_or(1)
}

fn commission(rng: &mut ChaCha8Rng, state: &State, provider: usize) -> u16 {
    let now = state.providers[provider].map_or(0, |provider| provider.commission_bps);
    *[0, now, now.saturating_sub(1), now + 1, now + 500, now + 501, 5_000, 5_001, u16::MAX, rng.random_range(0..=5_000)]
        .choose(rng)
        .expect("some")
}

fn slash(rng: &mut ChaCha8Rng, state: &State, provider: usize) -> Op {
    let kind = if rng.random_ratio(1, 3) { PoolKind::Own } else { PoolKind::Delegated };
    let tokens = state.providers[provider].map_or(0, |provider| provider.pool(kind).tokens);
    let amount = match rng.random_range(0..12) {
        0 => tokens,
        1 => tokens.saturating_sub(1),
        2 => tokens - tokens / 16,
        3 => 1,
        4 => tokens / 2,
        _ => tokens / 1_000 * rng.random_range(0..300),
    };
    Op::Slash { provider, kind, amount }
}

fn claim(rng: &mut ChaCha8Rng, state: &State, provider: usize) -> Op {
    let pools = state.providers[provider].map_or((0, 0), |provider| (provider.own.tokens, provider.delegated.tokens));
    let part = |rng: &mut ChaCha8Rng, of: u64| match rng.random_range(0..4) {
        0 => of.saturating_mul(2),
        1 => of,
        2 => 0,
        _ => of / 100 * rng.random_range(0..50),
    };
    Op::OpenClaim { provider, slot: rng.random_range(0..4), own: part(rng, pools.0), delegated: part(rng, pools.1) }
}

fn crank(rng: &mut ChaCha8Rng, state: &State) -> Op {
    let now = state.epoch();
    let next = state.network.next_to_finalize(Epoch(now)).0;
    let finalized: Vec<u32> =
        state.epochs.values().filter(|pool| pool.state == EpochState::Finalized as u8).map(|pool| pool.epoch).collect();
    let epoch = match rng.random_range(0..10) {
        0 => rng.random_range(epochs_around(state)),
        1..4 => finalized.choose(rng).copied().unwrap_or(next),
        _ => next,
    };
    let providers = batch(rng);
    let Some(pool) = state.epochs.get(&epoch) else {
        // An epoch that has not ended: wait for its end, most of the time.
        return if epoch >= now && rng.random_ratio(9, 10) {
            to(state, state.now + DAY / 2)
        } else {
            Op::Open { epoch }
        };
    };
    match pool.state {
        0 if state.now < pool.weigh_from_work_ts => to(state, pool.weigh_from_work_ts),
        0 if pool.weighed == 0 || rng.random_ratio(1, 2) => Op::Weigh { epoch, providers },
        0 if state.now < pool.finalizable_from_work_ts() && rng.random_ratio(9, 10) => {
            to(state, pool.finalizable_from_work_ts())
        }
        0 => Op::Finalize { epoch },
        1 if now > epoch + 8 || rng.random_ratio(1, 20) => Op::Sweep { epoch },
        1 => Op::Settle { epoch, providers },
        _ => Op::CloseEpoch { epoch },
    }
}

fn batch(rng: &mut ChaCha8Rng) -> Vec<usize> {
    if rng.random_ratio(1, 2) {
        return (0..PROVIDERS).collect();
    }
    (0..rng.random_range(0..4)).map(|_| rng.random_range(0..PROVIDERS)).collect()
}

fn to(state: &State, ts: i64) -> Op {
    Op::Pass { secs: (ts - state.now).max(1) }
}

fn pass(rng: &mut ChaCha8Rng, temper: Temper, state: &State) -> Op {
    let to_next = DAY - (state.now - START) % DAY;
    let jumps = rng.random_range(0..20) >= temper.patience;
    let secs = match rng.random_range(if jumps { 13..20 } else { 0..13 }) {
        0..6 => rng.random_range(1..6 * HOUR),
        6..12 => to_next,
        12 => to_next - 1,
        13..16 => rng.random_range(1..3 * DAY),
        16 => rng.random_range(3 * DAY..8 * DAY),
        17 => rng.random_range(8 * DAY..12 * DAY),
        18 => 10 * DAY,
        _ => 35 * DAY,
    };
    Op::Pass { secs: secs.max(1) }
}
