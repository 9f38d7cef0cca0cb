//! Runs a history, winds it down, and makes a failing one small.

use {
    crate::{
        model::{Counts, Model, assert_invariants},
        op::*,
        random::{self, Temper},
        system::*,
    },
    rand::SeedableRng,
    rand_chacha::ChaCha8Rng,
    std::{
        cell::Cell,
        panic::{AssertUnwindSafe, catch_unwind},
        sync::{
            Once,
            atomic::{AtomicU64, Ordering},
        },
    },
    work_token_sdk::{WorkTokenError as E, state::EpochState},
};

/// What a set of histories did; a test that refuses everything proves nothing.
#[derive(Debug, Default)]
pub struct Statistics {
    pub done: AtomicU64,
    pub refused: AtomicU64,
    pub settled: AtomicU64,
    pub wiped: AtomicU64,
    pub transferred: AtomicU64,
    pub restaked: AtomicU64,
    pub directed: AtomicU64,
    pub owners: OwnersDone,
}

/// What owners and beneficiaries did.
#[derive(Debug, Default)]
pub struct OwnersDone {
    /// Providers that passed to somebody else; of them with open claims, with an own ticket that is held for
    /// these, with debt, in jail, behind which somebody was agreed as beneficiary.
    pub passed: [AtomicU64; 6],
    /// Proposals that were withdrawn or replaced.
    pub withdrawn: AtomicU64,
    /// Claims that paid a beneficiary; of them those in which its quota ended and the owner had the rest.
    pub shared: [AtomicU64; 2],
    /// Claims after the end of a quota that was not used up.
    pub lapsed: AtomicU64,
    /// Claims in which one of the two could not receive what was its.
    pub waited: AtomicU64,
    /// Claims out of which debt was paid.
    pub repaid: AtomicU64,
}

impl OwnersDone {
    fn add(&self, done: &Counts) {
        let add = |to: &AtomicU64, count: u64| {
            to.fetch_add(count, Ordering::Relaxed);
        };
        self.passed.iter().zip(done.passed).for_each(|(to, count)| add(to, count));
        self.shared.iter().zip(done.shared).for_each(|(to, count)| add(to, count));
        add(&self.withdrawn, done.withdrawn);
        add(&self.lapsed, done.lapsed);
        add(&self.waited, done.waited);
        add(&self.repaid, done.repaid);
    }
}

/// A history under way.
struct History<S> {
    system: S,
    model: Model,
    state: State,
    ops: Vec<Op>,
}

impl<S: System> History<S> {
    fn new(system: S) -> Self {
        let state = system.state();
        Self { system, model: Model::new(&state), state, ops: Vec::new() }
    }

    fn step(&mut self, op: Op) -> Result<(), E> {
        self.ops.push(op.clone());
        let result = self.system.act(&op);
        let after = self.system.state();
        match result {
            Ok(()) => self.model.done(&op, &self.state, &after),
            Err(error) => self.model.refused(&op, error, &self.state, &after),
        }
        assert_invariants(&after);
        self.state = after;
        result
    }

    /// Everybody leaves: nobody can be kept, and nothing stays behind but what is held, donated, or dust.
    fn wind_down(&mut self) {
        for provider in 0..PROVIDERS {
            for slot in 0..4 {
                self.step(Op::EndClaim { provider, slot }).expect("given");
            }
        }
        for (at, position) in self.state.positions.clone() {
            let shares = position.total_shares().0;
            let present = position.generation == self.state.provider(at.0).pool(position.pool_kind()).generation;
            if shares > 0 && present {
                self.step(Op::Request { at, shares }).expect("everybody may leave altogether");
            }
        }
        self.step(Op::Pass { secs: 36 * DAY }).expect("given");
        for (at, number) in self.state.tickets.keys().copied().collect::<Vec<_>>() {
            if self.state.tickets[&(at, number)].shares > 0 {
                self.step(Op::Withdraw { at, ticket: number }).expect("a matured ticket is paid");
            }
        }
        for at in self.state.positions.keys().copied().collect::<Vec<_>>() {
            let claimed = self.step(Op::Claim { at });
            assert!(matches!(claimed, Ok(()) | Err(E::NothingToClaim)));
        }
        for provider in 0..PROVIDERS {
            if self.state.providers[provider].is_some_and(|provider| !provider.is_leaving()) {
                self.step(Op::Retire { provider }).expect("a provider may leave, jailed, indebted or sold");
            }
            // An owner's own token account that is frozen keeps its rewards from it, until it names another.
            if self.state.providers[provider].is_some() {
                let to = Account { of: self.state.owner(provider), other: false };
                self.step(Op::SetDestination { provider, to }).expect("an owner may");
            }
            let claimed = self.step(Op::ClaimOwn { provider });
            assert!(matches!(claimed, Ok(()) | Err(E::NothingToClaim | E::WrongAccountOwner)));
        }
        for epoch in self.state.epochs.keys().copied().collect::<Vec<_>>() {
            if self.state.epochs[&epoch].state != EpochState::Swept as u8 {
                self.step(Op::Sweep { epoch }).expect("an old epoch is swept, whatever became of it");
            }
            self.step(Op::CloseEpoch { epoch }).expect("a swept epoch closes");
        }
        self.close_everything();
    }

    fn close_everything(&mut self) {
        for (at, position) in self.state.positions.clone() {
            if position.held_tickets == 0 {
                self.step(Op::CloseDelegation { at }).expect("an empty position closes");
            }
        }
        self.step(Op::Pass { secs: 91 * DAY }).expect("given");
        for provider in 0..PROVIDERS {
            let debt = self.state.providers[provider].map_or(0, |provider| provider.slash_debt);
            if debt > 0 {
                self.step(Op::Forgive { provider, amount: debt }).expect("the admin may");
            }
            if self.state.providers[provider].is_some_and(|provider| provider.live_positions == 0) {
                self.step(Op::CloseProvider { provider }).expect("an empty provider closes");
            }
        }
    }
}

/// Runs the history of a seed and its wind-down. A failure is made small and shown.
pub fn run<S: System>(start: impl Fn() -> S, seed: u64, steps: usize, statistics: &Statistics) {
    let mut history = History::new(start());
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let temper = Temper::draw(&mut rng);
    let result = catch_unwind(AssertUnwindSafe(|| {
        for _ in 0..steps {
            let op = random::next(&mut rng, temper, &history.state);
            let counter = if history.step(op).is_ok() { &statistics.done } else { &statistics.refused };
            counter.fetch_add(1, Ordering::Relaxed);
        }
        history.wind_down();
    }));
    statistics
        .settled
        .fetch_add(history.model.providers.iter().map(|provider| provider.settlements).sum(), Ordering::Relaxed);
    statistics
        .wiped
        .fetch_add(history.model.providers.iter().map(|p| u64::from(p.generations[1])).sum(), Ordering::Relaxed);
    statistics.transferred.fetch_add(history.model.transfers, Ordering::Relaxed);
    statistics.restaked.fetch_add(history.model.restakes, Ordering::Relaxed);
    statistics.directed.fetch_add(history.model.directs, Ordering::Relaxed);
    statistics.owners.add(&history.model.owners.counts);
    if result.is_err() {
        let ops = shrink(&start, history.ops);
        let list: Vec<_> = ops.iter().map(|op| format!("    {op:?}")).collect();
        eprintln!("seed {seed}, {} operations:\n{}", ops.len(), list.join("\n"));
        replay(&start, &ops);
        panic!("seed {seed} fails, but not again");
    }
}

/// Runs given operations.
pub fn replay<S: System>(start: impl Fn() -> S, ops: &[Op]) {
    let mut history = History::new(start());
    for op in ops {
        let _ = history.step(op.clone());
    }
}

/// Leaves out what the failure does not need.
fn shrink<S: System>(start: &impl Fn() -> S, mut ops: Vec<Op>) -> Vec<Op> {
    quietly();
    QUIET.set(true);
    let fails = |ops: &[Op]| catch_unwind(AssertUnwindSafe(|| replay(start, ops))).is_err();
    let mut chunk = ops.len().div_ceil(2).max(1);
    let mut tries = 0;
    while tries < 2_000 {
        let mut at = 0;
        let before = ops.len();
        while at < ops.len() && tries < 2_000 {
            tries += 1;
            let mut fewer = ops.clone();
            fewer.drain(at..(at + chunk).min(ops.len()));
            if fails(&fewer) { ops = fewer } else { at += chunk }
        }
        if chunk == 1 && ops.len() == before {
            break;
        }
        chunk = (chunk / 2).max(1);
    }
    QUIET.set(false);
    ops
}

thread_local! {
    /// Whether panics of this thread are attempts and not worth a message.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Lets threads that look for a shorter failure panic in silence.
fn quietly() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                hook(panic);
            }
        }));
    });
}
