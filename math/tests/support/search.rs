//! Every order of every action and of every deadline of a dispute, over small bounds: the machine as a graph, searched to its ends.
//!
//! States are relative to now, so that one stands for all times. What a past jury counted is merged into "dismisses" and "does not",
//! because nothing reads more of it. The first jury acts one by one. In later juries all but the last juror act at once, in blocs that
//! agree or are divided in halves, and the last one alone, because only the last one and the deadline are events.

use std::{
    collections::HashSet,
    hash::{BuildHasherDefault, Hasher},
};

use work_token_math::dispute::{Machine, MachineError, Phase, Side};

use super::{
    dispute::{CLOCKS, assert_settles, cost, half_work_ts},
    search_rules::{assert_step_is_lawful, assert_time_alone_decides, is_lawful},
};

/// What somebody can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Answer,
    Raise(u8),
    Withdraw,
    Seat(bool),
    Commit,
    Reveal(u8),
    Exclude(bool),
    Fund(Side, u64),
    Rule(u8),
}

pub const SIDES: [Side; 2] = [Side::Challenger, Side::Provider];

/// How far a search goes.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Claims are raised up to this severity.
    pub severity: u8,
    /// Seats filled beyond the quorum, by round.
    pub beyond_quorum: [u8; 3],
    /// Whether appeals are funded, by round.
    pub appeals: [bool; 2],
    /// Whether the first appeal is funded in parts, too.
    pub parts: bool,
    /// Juries, counted from the first, whose jurors act one by one.
    pub one_by_one: u8,
}

/// Mixes the machine's bytes; quality matters little, because states are compared in full.
#[derive(Default)]
pub struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..part.len()].copy_from_slice(part);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }

    fn write_usize(&mut self, _length: usize) {}

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

/// What was found.
#[derive(Default)]
pub struct Search {
    visited: HashSet<Machine, BuildHasherDefault<Mix>>,
    open: Vec<Machine>,
    pub transitions: u64,
    pub ends: [u64; 8],
}

/// Does something; a refusal changes nothing.
pub fn act(machine: &Machine, action: Action, now: i64) -> Result<Machine, MachineError> {
    let mut after = *machine;
    let next = cost(machine.claimed)(machine.present().round + 1);
    let done = match action {
        Action::Answer => after.answer(&CLOCKS, now),
        Action::Raise(severity) => after.raise(severity, now),
        Action::Withdraw => after.withdraw(now).map(drop),
        Action::Seat(filled) => after.seat(filled, &CLOCKS, now),
        Action::Commit => after.commit(&CLOCKS, now),
        Action::Reveal(vote) => after.reveal(vote, &CLOCKS, next, now),
        Action::Exclude(committed) => after.exclude(committed, &CLOCKS, next, now),
        Action::Fund(side, amount) => after.fund(side, amount, &CLOCKS, now),
        Action::Rule(severity) => after.rule(severity, now),
    };
    assert!(done.is_ok() || after == *machine, "a refusal changes nothing: {action:?} {machine:?}");
    done.map(|()| after)
}

/// Lets time pass.
pub fn wait(machine: &Machine, secs: i64) -> Machine {
    let mut after = *machine;
    after.advance(&CLOCKS, cost(machine.claimed), secs);
    after
}

/// The state relative to now, with what nothing reads any more merged.
pub fn merged(mut machine: Machine, now: i64) -> Machine {
    let voting = matches!(machine.phase, Phase::Seating | Phase::Commit | Phase::Reveal);
    for (index, jury) in machine.juries.iter_mut().enumerate() {
        if !voting || index != usize::from(machine.jury) {
            let dismissing = jury.tally[0];
            jury.tally = [dismissing, 0, 0, 0, 0, jury.revealed - dismissing];
            (jury.filled, jury.committed) = (jury.revealed, jury.revealed);
        }
    }
    machine.until_work_ts = if machine.phase == Phase::Decided { 0 } else { machine.until_work_ts - now };
    machine
}

/// Everything that anybody may try.
fn actions(machine: &Machine) -> Vec<Action> {
    let mut all = vec![Action::Answer, Action::Withdraw, Action::Commit];
    for flag in [false, true] {
        all.extend([Action::Seat(flag), Action::Exclude(flag)]);
    }
    for severity in 0..=6 {
        all.extend([Action::Raise(severity), Action::Reveal(severity), Action::Rule(severity)]);
    }
    for side in SIDES {
        let most = machine.fundable(side, &CLOCKS, 0);
        all.extend([0, most / 3, most, most + 1].map(|amount| Action::Fund(side, amount)));
    }
    all
}

impl Search {
    pub fn states(&self) -> usize {
        self.visited.len()
    }

    /// Searches everything that can follow an opening.
    pub fn from(&mut self, root: Machine, bounds: &Bounds) {
        self.visit(merged(root, 0));
        while let Some(machine) = self.open.pop() {
            self.try_all_actions(&machine, bounds);
            self.let_time_pass(&machine, bounds);
            if machine.jury >= bounds.one_by_one {
                self.act_in_blocs(&machine, bounds);
            }
        }
    }

    fn visit(&mut self, machine: Machine) {
        if self.visited.insert(machine) {
            assert!(self.visited.len() < 12_000_000, "the bounds are too wide for the memory of a test");
            assert_time_alone_decides(&machine);
            if machine.phase == Phase::Decided {
                self.ends[machine.outcome as usize] += 1;
                assert_settles(&machine);
            }
            self.open.push(machine);
        }
    }

    fn reach(&mut self, before: &Machine, after: Machine, now: i64, action: Option<Action>) {
        self.transitions += 1;
        assert_step_is_lawful(before, &after, now, action);
        self.visit(merged(after, now));
    }

    fn try_all_actions(&mut self, machine: &Machine, bounds: &Bounds) {
        for action in actions(machine) {
            let Some(lawful) = is_lawful(machine, action) else { continue };
            let done = act(machine, action, 0);
            assert_eq!(done.is_ok(), lawful, "{action:?} {machine:?}");
            assert!(act(machine, action, machine.until_work_ts).is_err(), "too late: {action:?} {machine:?}");
            if let Ok(after) = done
                && explores(machine, action, bounds)
            {
                self.reach(machine, after, 0, Some(action));
            }
        }
    }

    fn let_time_pass(&mut self, machine: &Machine, bounds: &Bounds) {
        if machine.phase == Phase::Decided {
            let mut after = *machine;
            assert!(!after.advance(&CLOCKS, cost(machine.claimed), i64::MAX) && after == *machine);
            return;
        }
        let half = if machine.phase == Phase::Appeal { half_work_ts(machine) } else { 0 };
        let alone = machine.jury < bounds.one_by_one;
        for secs in [half - 1, half, machine.until_work_ts - 1, machine.until_work_ts] {
            let last_moment = secs != half && secs != machine.until_work_ts;
            if secs > 0 && (alone || !last_moment) {
                self.reach(machine, wait(machine, secs), secs, None);
            }
        }
    }

    /// All but the last juror act; nothing but counts changes.
    fn act_in_blocs(&mut self, machine: &Machine, bounds: &Bounds) {
        let jury = machine.present();
        let quorum = jury.seats.div_ceil(3);
        match machine.phase {
            Phase::Seating if jury.seated == 0 => {
                for filled in [0, quorum - 1, limit(machine, bounds)] {
                    let seats = (1..jury.seats).map(|seat| Action::Seat(seat <= filled));
                    self.reach_by_all(machine, seats);
                }
            }
            Phase::Commit if jury.committed == 0 => {
                for committed in [quorum - 1, jury.filled - 1] {
                    self.reach_by_all(machine, (0..committed.min(jury.filled - 1)).map(|_| Action::Commit));
                }
            }
            Phase::Reveal if jury.revealed == 0 && jury.committed > 0 => {
                for (one, other) in [(0, 0), (1, 1), (machine.claimed, machine.claimed), (0, machine.claimed)] {
                    for votes in [quorum - 1, jury.committed - 1].map(|votes| votes.min(jury.committed - 1)) {
                        let bloc = (0..votes).map(|vote| Action::Reveal(if 2 * vote < votes { one } else { other }));
                        self.reach_by_all(machine, bloc);
                    }
                }
            }
            _ => {}
        }
    }

    fn reach_by_all(&mut self, machine: &Machine, actions: impl Iterator<Item = Action>) {
        let mut after = *machine;
        for action in actions {
            after = act(&after, action, 0).expect("not the last one");
            assert_eq!((after.phase, after.until_work_ts), (machine.phase, machine.until_work_ts));
        }
        if after != *machine {
            self.reach(machine, after, 0, Some(Action::Commit));
        }
    }
}

/// How many seats of the present jury are filled at most.
fn limit(machine: &Machine, bounds: &Bounds) -> u8 {
    let jury = machine.present();
    let beyond = bounds.beyond_quorum[usize::from(jury.round - 1)];
    (jury.seats.div_ceil(3) + beyond).min(jury.seats)
}

/// Which of the lawful actions a search follows.
fn explores(machine: &Machine, action: Action, bounds: &Bounds) -> bool {
    let jury = machine.present();
    let alone = machine.jury < bounds.one_by_one;
    match action {
        Action::Raise(severity) => severity <= bounds.severity,
        Action::Seat(filled) => {
            (alone || jury.seated + 1 == jury.seats) && (!filled || jury.filled < limit(machine, bounds))
        }
        Action::Commit => alone || jury.committed + 1 == jury.filled,
        Action::Reveal(vote) => {
            (alone || jury.revealed + 1 == jury.committed) && (vote <= 1 || vote == machine.claimed)
        }
        Action::Exclude(_) => alone || jury.filled == limit(machine, bounds),
        Action::Fund(side, amount) => {
            let whole = amount == machine.fundable(side, &CLOCKS, 0);
            let first = machine.pots[usize::from(jury.round - 1)][side as usize] == 0;
            bounds.appeals[usize::from(jury.round - 1)] && (whole || (bounds.parts && first && jury.round == 1))
        }
        _ => true,
    }
}
