//! Runs the history of a seed, and makes a failing one small.

use {
    super::{Counts, History, number},
    crate::{
        chain::Chain,
        op::{Op, Step},
        random::{self, Temper},
        rules::Rules,
    },
    rand::SeedableRng,
    rand_chacha::ChaCha8Rng,
    std::{
        cell::{Cell, RefCell},
        panic::{AssertUnwindSafe, catch_unwind},
        sync::Once,
    },
};

/// A failing history is tried this often in shorter forms; `WORK_TOKEN_COURT_TRIES` says otherwise.
const TRIES: u64 = 3_000;
/// Keepers who bring the epochs up to date at the beginning take so many steps at most.
const MOST_CRANKS: usize = 400;

/// Runs the history of a seed and its wind-down. A failure is made small and shown.
pub fn run(chain: &mut Chain, rules: Rules, seed: u64, steps: usize) -> Counts {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let temper = Temper::draw(&mut rng);
    note_panics();
    let mut history = History::new(chain, rules);
    let result = catch_unwind(AssertUnwindSafe(|| {
        for step in random::prelude(&mut rng, &temper, &history.model) {
            history.step(step);
        }
        // Where epochs without weight follow one another keepers never catch up.
        for _ in 0..MOST_CRANKS {
            let Some(step) = random::crank(&mut rng, &temper, history.chain, &history.model) else { break };
            history.step(step);
        }
        for _ in 0..steps {
            let step = random::next(&mut rng, &temper, history.chain, &history.model);
            history.step(step);
        }
        history.wind_down();
    }));
    let (counts, taken) = (history.counts.clone(), history.steps.clone());
    if result.is_err() {
        let small = shrink(chain, rules, taken, PLACE.take());
        let list: Vec<_> = small.iter().map(|step| format!("    &{step:?},")).collect();
        eprintln!("{rules:?}, seed {seed}, {temper:?}, {} steps:\n&[\n{}\n]", small.len(), list.join("\n"));
        replay(chain, rules, &small);
        panic!("seed {seed} fails, but not again");
    }
    counts
}

/// Runs given steps and winds them down.
pub fn replay(chain: &mut Chain, rules: Rules, steps: &[Step]) {
    let mut history = History::new(chain, rules);
    for step in steps {
        history.step(step.clone());
    }
    history.wind_down();
}

/// Leaves out what the failure does not need: steps, pauses between them, operations within them.
fn shrink(chain: &mut Chain, rules: Rules, mut steps: Vec<Step>, place: String) -> Vec<Step> {
    QUIET.set(true);
    let mut fails = |steps: &[Step]| {
        let failed = catch_unwind(AssertUnwindSafe(|| replay(chain, rules, steps))).is_err();
        // Another failure is another story.
        failed && PLACE.take() == place
    };
    let mut chunk = steps.len().div_ceil(2).max(1);
    let mut tries = 0;
    let most = number("WORK_TOKEN_COURT_TRIES", TRIES);
    while tries < most {
        let (mut at, before) = (0, steps.len());
        while at < steps.len() && tries < most {
            tries += 1;
            let mut fewer = steps.clone();
            fewer.drain(at..(at + chunk).min(steps.len()));
            if fails(&fewer) { steps = fewer } else { at += chunk }
        }
        if chunk == 1 && steps.len() == before {
            break;
        }
        chunk = (chunk / 2).max(1);
    }
    for at in (1..steps.len()).rev() {
        if let ([Op::Pass { secs: first }], [Op::Pass { secs: second }]) = (&steps[at - 1][..], &steps[at][..]) {
            let mut fewer = steps.clone();
            fewer.splice(at - 1..=at, [vec![Op::Pass { secs: first + second }]]);
            if fails(&fewer) {
                steps = fewer;
            }
        }
    }
    for at in 0..steps.len() {
        let mut op = 0;
        while op < steps[at].len() && steps[at].len() > 1 {
            let mut fewer = steps.clone();
            fewer[at].remove(op);
            if fails(&fewer) { steps = fewer } else { op += 1 }
        }
    }
    QUIET.set(false);
    steps
}

thread_local! {
    /// Whether panics of this thread are attempts and not worth a message.
    static QUIET: Cell<bool> = const { Cell::new(false) };
    /// Where this thread panicked last.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Lets threads that look for a shorter failure panic in silence, and notes where they do.
fn note_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            PLACE.set(panic.location().map(ToString::to_string).unwrap_or_default());
            if !QUIET.get() {
                hook(panic);
            }
        }));
    });
}
