//! Draws the next step: mostly sensible, often at an edge, sometimes nonsense.

mod cranks;
mod disputes;
mod owners;
mod stake;

pub use stake::{enter_tree, has_shares, prelude};

use {
    crate::{
        chain::Chain,
        model::{Model, Phase},
        op::{Op, PEOPLE, PROVIDERS, Step, Target, Who},
    },
    rand::{Rng, seq::IndexedRandom},
    rand_chacha::ChaCha8Rng,
};

/// Instructions of a step.
const MOST_AT_ONCE: usize = 16;

/// A history's temper: what happens in it more than in others. Weights.
#[derive(Clone, Copy, Debug)]
pub struct Temper {
    time: u32,
    /// Of so many times that pass while a jury acts one is long.
    patience: u32,
    disputes: u32,
    openings: u32,
    stake: u32,
    jurors: u32,
    owners: u32,
    cranks: u32,
    /// Of a hundred operations this many are at random, whatever the state.
    pub nonsense: u32,
    /// Whether one provider is flooded with disputes.
    floods: bool,
    /// Whether providers mostly stay silent.
    silent: bool,
    /// Of ten who leave this many leave altogether, or all but for dust.
    leavers: u32,
    /// Whether what is claimed is mostly grave.
    severe: bool,
}

impl Temper {
    pub fn draw(rng: &mut ChaCha8Rng) -> Self {
        let mut choose = |of: &[u32]| *of.choose(rng).expect("some");
        let severe = choose(&[0, 0, 1]) == 1;
        let floods = choose(&[0, 0, 0, 1]) == 1;
        Self {
            time: choose(&[4, 8, 16]),
            patience: choose(&[2, 5, 20]),
            disputes: choose(&[60, 120]),
            openings: if floods { 60 } else { choose(&[3, 8, 15]) },
            stake: choose(&[5, 15, 40]),
            jurors: choose(&[1, 3]),
            owners: choose(&[2, 5, 12]),
            // What others are convicted of raises a slash only where epochs with stake were finalized.
            cranks: if severe { 20 } else { choose(&[0, 5, 15]) },
            nonsense: choose(&[0, 2, 6]),
            floods,
            silent: choose(&[0, 0, 1]) == 1,
            leavers: choose(&[0, 3, 7]),
            severe,
        }
    }
}

/// Where keepers work they bring the epochs up to date before anything is disputed; nothing when they have.
pub fn crank(rng: &mut ChaCha8Rng, temper: &Temper, chain: &Chain, model: &Model) -> Option<Step> {
    let due = temper.cranks > 0 && !cranks::is_up_to_date(chain, model);
    if due { cranks::step(rng, chain, model) } else { None }
}

/// The next step.
pub fn next(rng: &mut ChaCha8Rng, temper: &Temper, chain: &Chain, model: &Model) -> Step {
    if rng.random_range(0..100) < temper.nonsense {
        return vec![nonsense(rng, model)];
    }
    let Temper { time, disputes, openings, stake, jurors, owners, cranks, .. } = *temper;
    let weights = [time, disputes, openings, stake, jurors, owners, cranks];
    for _ in 0..4 {
        let step = match weighted(rng, &weights) {
            0 => Some(vec![pass(rng, temper, model)]),
            1 => disputes::progress(rng, temper, model),
            2 => disputes::open(rng, temper, model),
            3 => stake::step(rng, temper, model),
            4 => stake::juror(rng, model),
            5 => owners::step(rng, model),
            _ => cranks::step(rng, chain, model),
        };
        if let Some(mut step) = step {
            // A transaction traces sixty-four instructions, those that the program calls included.
            step.truncate(MOST_AT_ONCE);
            return step;
        }
    }
    vec![pass(rng, temper, model)]
}

/// A place, in proportion to its weight.
fn weighted(rng: &mut ChaCha8Rng, weights: &[u32]) -> usize {
    let mut left = rng.random_range(0..weights.iter().sum());
    let holds = |weight: &u32| match left.checked_sub(*weight) {
        Some(rest) => {
            left = rest;
            false
        }
        None => true,
    };
    weights.iter().position(holds).expect("the weights sum up")
}

/// Time passes: a little while people act, else mostly to about the next deadline.
pub fn pass(rng: &mut ChaCha8Rng, temper: &Temper, model: &Model) -> Op {
    let (now, epoch) = (model.time.now, model.time.anchor.1);
    let acts = |phase: Phase| matches!(phase, Phase::Draw | Phase::Commit | Phase::Reveal | Phase::Appeal);
    let busy = model.disputes.values().any(|dispute| acts(dispute.court.phase));
    if busy && !rng.random_ratio(1, temper.patience) {
        return Op::Pass { secs: rng.random_range(1..120) };
    }
    let next = deadlines(model).into_iter().filter(|ts| *ts > now).min();
    let to_epoch = epoch - (now - model.time.anchor.0) % epoch;
    let secs = match rng.random_range(0..20) {
        0..10 => next.map_or(epoch / 2, |ts| ts - now + [0, 0, 0, 0, 1, -1, 60].choose(rng).expect("some")),
        10..13 => rng.random_range(1..epoch / 8),
        13..16 => to_epoch,
        16 => to_epoch - 1,
        17 => rng.random_range(epoch..4 * epoch),
        18 => return Op::Halt { secs: rng.random_range(600..2 * 86_400) },
        _ => rng.random_range(1..60),
    };
    Op::Pass { secs: secs.max(1) }
}

/// When something is due or over. Unix seconds.
fn deadlines(model: &Model) -> Vec<i64> {
    let lost = model.time.lost;
    let mut all: Vec<i64> = model.openings.values().map(|opening| opening.committed_work + 3_601 + lost).collect();
    for dispute in model.disputes.values() {
        let court = &dispute.court;
        if court.phase != Phase::Decided {
            all.push(court.until + lost);
        }
        if court.phase == Phase::Appeal {
            all.push(court.until - (court.clocks.appeal + 1) / 2 + lost);
        }
        if dispute.finished && !dispute.ended {
            let installments = 0..i64::try_from(dispute.installments).expect("few");
            all.extend(installments.map(|number| dispute.slash_from + number * dispute.interval + lost));
        }
    }
    all
}

/// Anything, whatever the state.
fn nonsense(rng: &mut ChaCha8Rng, model: &Model) -> Op {
    let (provider, who) = (rng.random_range(0..PROVIDERS), rng.random_range(0..PEOPLE));
    let at = (provider, who);
    let disputes = model.numbers[1];
    let dispute = if disputes > 0 { rng.random_range(0..disputes) } else { 0 };
    let (jury, index) = (rng.random_range(0..2), rng.random_range(0..4));
    let (severity, amount) = (rng.random_range(0..7), 1 << rng.random_range(0..40));
    match rng.random_range(0..28) {
        0 => Op::Answer { dispute, who, bond: amount },
        1 => Op::Concede { dispute, place: rng.random_range(0..3) },
        2 => Op::Advance { dispute },
        3 => Op::Call { dispute },
        4 => Op::DrawJuror { dispute },
        5 => Op::Exclude { dispute, jury, index },
        6 => Op::Vote { dispute, jury, index, vote: severity },
        7 => Op::Reveal { dispute, jury, index, vote: severity },
        8 => Op::Fund { dispute, who, side: rng.random_range(0..4), amount },
        9 => Op::Rule { dispute, severity },
        10 => Op::Veto { dispute, keep_bps: rng.random_range(0..10_001) },
        11 => Op::Execute { dispute },
        12 => Op::Distribute { dispute },
        13 => Op::SettleBallot { dispute, jury, index },
        14 => Op::ClaimCredit { dispute, place: *[0, 1, 255].choose(rng).expect("some") },
        15 => Op::ClaimAppeal { dispute, who, side: rng.random_range(0..4) },
        16 => Op::CloseDispute { dispute },
        17 => Op::ClaimCounterBond { provider },
        18 => Op::Unjail { provider },
        19 => Op::Forgive { provider, amount },
        20 => Op::Sync { who, leaf: rng.random_range(0..12) },
        21 => Op::LeaveJury { who },
        22 => {
            Op::Commit { who, target: Target::Conduct { provider, epoch: severity.into() }, severity, deposit: amount }
        }
        23 => Op::Delegate { at, amount },
        24 => Op::CloseFault { provider, epoch: rng.random_range(0..model.time.epoch() + 1) },
        25 => Op::ProposeOwner { provider, to: rng.random_ratio(1, 2).then_some(who) },
        26 => Op::AcceptOwner { provider, by: who, agreed: owners::as_it_is(model, provider) },
        _ => Op::CloseClaim { provider, number: rng.random_range(1..6) },
    }
}

/// One of the people from a number on, now and then anybody.
fn somebody(rng: &mut ChaCha8Rng, among: std::ops::Range<Who>) -> Who {
    if rng.random_ratio(1, 12) { rng.random_range(0..PEOPLE) } else { rng.random_range(among) }
}
