//! Who stakes, leaves, and becomes a juror.

use {
    super::{Temper, somebody},
    crate::{
        chain::STAKE,
        model::{Kind, Model},
        op::{At, FIRST_CHALLENGER, FIRST_HOLDER, FIRST_JUROR, OWN, Op, PEOPLE, PROVIDERS, Standing, Step},
        rules::LEAST_LOCK,
    },
    rand::{
        Rng,
        seq::{IndexedRandom, IteratorRandom},
    },
    rand_chacha::ChaCha8Rng,
};

/// How a history begins: who stands behind whom, who has asked to leave in time, and how old the jurors' tree
/// is.
pub fn prelude(rng: &mut ChaCha8Rng, temper: &Temper, model: &Model) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut behind = Vec::new();
    for provider in 0..PROVIDERS {
        for holder in FIRST_HOLDER..FIRST_CHALLENGER {
            if rng.random_ratio(1, 2) {
                let amount = amount(rng);
                behind.push(((provider, holder), amount));
                steps.push(vec![Op::Delegate { at: (provider, holder), amount }]);
            }
        }
    }
    steps.push(vec![Op::Pass { secs: model.time.anchor.1 }]);
    behind.extend((0..PROVIDERS).map(|provider| ((provider, OWN), STAKE)));
    if temper.leavers > 0 {
        for (at, has) in behind {
            steps.extend(tickets(rng, at, has).into_iter().map(|op| vec![op]));
        }
        steps.push(vec![Op::Pass { secs: model.rules.own_unbonding_secs.into() }]);
    }
    if rng.random_ratio(1, 2) {
        steps.push(vec![Op::Pass { secs: 2 * model.longest_dispute() }]);
    }
    steps.extend(super::owners::prelude(rng));
    if rng.random_ratio(1, 2) {
        steps.push(vec![Op::Pass { secs: model.rules.unbonding_secs.into() }]);
    }
    steps
}

/// Tickets for parts of a position, for all of it, or for all but dust.
fn tickets(rng: &mut ChaCha8Rng, at: At, has: u64) -> Vec<Op> {
    let mut left = has;
    let mut tickets = Vec::new();
    for _ in 0..rng.random_range(0..4) {
        let shares = left / rng.random_range(2..6);
        left -= shares;
        tickets.push(Op::Request { at, shares });
    }
    match rng.random_range(0..4) {
        0 => tickets.push(Op::Request { at, shares: left }),
        1 => tickets.push(Op::Request { at, shares: left.saturating_sub(1 << 20) }),
        _ => {}
    }
    tickets
}

/// What somebody does with its stake.
pub fn step(rng: &mut ChaCha8Rng, temper: &Temper, model: &Model) -> Option<Step> {
    let provider = if temper.floods { 0 } else { rng.random_range(0..PROVIDERS) };
    let holder = somebody(rng, FIRST_HOLDER..FIRST_CHALLENGER);
    let at = (provider, if rng.random_ratio(1, 5) { OWN } else { holder });
    let op = match rng.random_range(0..40) {
        0..3 => Op::StakeSelf { provider, amount: amount(rng) },
        3..11 => Op::Delegate { at: (provider, holder), amount: amount(rng) },
        11..19 => Op::Request { at, shares: shares(rng, temper, model, at)? },
        19..21 => Op::Cancel { at, ticket: ticket(rng, model, at)? },
        21..31 => return withdraw(rng, model),
        31..35 => return settle(rng, model),
        35 => Op::ClaimRewards { at },
        36 => Op::ClaimOwn { provider },
        37 => Op::Unjail { provider: jailed(model).unwrap_or(provider) },
        38 => Op::Forgive { provider, amount: model.providers[provider].debt / 2 + 1 },
        _ => rare(rng, provider, at),
    };
    Some(vec![op])
}

fn rare(rng: &mut ChaCha8Rng, provider: usize, at: At) -> Op {
    match rng.random_range(0..8) {
        0 => Op::Retire { provider },
        1..4 => Op::ClosePosition { at },
        4 => Op::CloseProvider { provider },
        _ => Op::ClaimCounterBond { provider },
    }
}

fn jailed(model: &Model) -> Option<usize> {
    model.providers.iter().position(|provider| provider.standing == Standing::Jailed)
}

fn amount(rng: &mut ChaCha8Rng) -> u64 {
    let width = rng.random_range(20..35);
    (1u64 << width) + rng.random_range(0..1u64 << width)
}

/// How many shares somebody asks to leave with.
fn shares(rng: &mut ChaCha8Rng, temper: &Temper, model: &Model, at: At) -> Option<u64> {
    let has = model.positions.get(&at)?.shares;
    if has == 0 {
        return None;
    }
    if rng.random_range(0..10) < temper.leavers {
        let dust = *[0, 1 << 20, (1 << 20) + 1, 1 << 21].choose(rng).expect("some");
        return Some(has.saturating_sub(dust).max(1));
    }
    Some(match rng.random_range(0..8) {
        0 => has,
        1 => *[1, has - 1, has + 1, has / 2].choose(rng).expect("some"),
        _ => rng.random_range(1..=has),
    })
}

fn ticket(rng: &mut ChaCha8Rng, model: &Model, at: At) -> Option<u32> {
    model.tickets.range((at, 0)..=(at, u32::MAX)).map(|((_, number), _)| *number).choose(rng)
}

/// A ticket that has matured, or else any.
fn withdraw(rng: &mut ChaCha8Rng, model: &Model) -> Option<Step> {
    let now = model.time.now;
    let due = |ticket: &crate::model::Ticket| ticket.shares > 0 && ticket.matures_at <= now;
    let ready = model.tickets.iter().filter(|(_, ticket)| due(ticket)).map(|(key, _)| *key).choose(rng);
    let any = || model.tickets.keys().copied();
    let (at, ticket) = if rng.random_ratio(1, 20) { any().next() } else { ready }?;
    Some(vec![Op::Withdraw { at, ticket }])
}

/// A held ticket, one of its claims or several.
fn settle(rng: &mut ChaCha8Rng, model: &Model) -> Option<Step> {
    let held = model.tickets.iter().filter(|(_, ticket)| ticket.is_held());
    let ((at, ticket), state) = held.choose(rng)?;
    let listed = (0..4u8).filter(|place| state.claims[usize::from(*place)].is_some());
    let place = listed.clone().choose(rng)?;
    let all = listed.map(|place| 1 << place).sum();
    let places = if rng.random_ratio(1, 4) { all } else { 1 << place };
    Some(vec![Op::SettleTicket { at: *at, ticket: *ticket, places }])
}

/// What jurors do about their locks.
pub fn juror(rng: &mut ChaCha8Rng, model: &Model) -> Option<Step> {
    // Who has sold a provider may judge it like anybody.
    let former = model.providers.iter().flat_map(|provider| &provider.former).copied().choose(rng);
    let former = former.filter(|_| rng.random_ratio(1, 4));
    let who = former.unwrap_or_else(|| somebody(rng, FIRST_JUROR..PEOPLE));
    let op = match rng.random_range(0..10) {
        0..2 => Op::JoinJury { who, amount: LEAST_LOCK * rng.random_range(1..20) },
        2..6 => {
            let out = model.jury.all.iter().filter(|(_, juror)| juror.leaf.is_none() || juror.added > 0);
            let who = out.map(|(who, _)| *who).choose(rng).unwrap_or(who);
            Op::Sync { who, leaf: free_leaf(model) }
        }
        6 => Op::LeaveJury { who },
        _ => Op::ClaimJurorPay { who },
    };
    Some(vec![op])
}

/// The lowest leaf that nobody has.
pub fn free_leaf(model: &Model) -> u16 {
    (0..).find(|leaf| !model.jury.leaves.contains_key(leaf)).expect("few jurors")
}

/// All jurors enter the tree.
pub fn enter_tree(model: &Model) -> Option<Step> {
    let out = model.jury.all.iter().filter(|(_, juror)| juror.leaf.is_none()).map(|(who, _)| *who);
    let step: Step = out.zip(free_leaf(model)..).map(|(who, leaf)| Op::Sync { who, leaf }).collect();
    (!step.is_empty()).then_some(step)
}

/// Whether an own position has anything left.
pub fn has_shares(model: &Model, at: At) -> bool {
    let pool = model.pool(at.0, Kind::of(at));
    model.positions.get(&at).is_some_and(|position| position.shares > 0 && position.generation == pool.generation)
}
