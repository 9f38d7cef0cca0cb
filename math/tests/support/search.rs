//! Every order of every action and of every deadline of a dispute, over small bounds: the machine as a graph,
//! searched to its ends.
//!
//! States are relative to now, so that one stands for all times. What a past jury counted is merged into
//! "dismisses" and "does not", because nothing reads more of it. The first jury acts one by one. In later
//! juries all but the last juror act at once, in blocs that agree or are divided in halves, and the last one
//! alone, because only the last one and the deadline are events. An outage that is recorded after a deadline
//! has passed sets the time back: before anybody has looked, so that the phase goes on, or after, so that the
//! next one lasts longer.

use std::{
    collections::HashSet,
    hash::{BuildHasherDefault, Hash, Hasher},
};

use work_token_math::{
    dispute::{Machine, MachineError, Phase, Side},
    mul_div::mul_wide,
};

use super::{
    dispute::{CLOCKS, Case, assert_settles, cost, half_work_ts},
    search_rules::{assert_parties_agree, assert_step_is_lawful, assert_time_alone_decides, is_lawful, longest},
};

/// The most that the arbiter confirms where no jury decided.
pub const ARBITER_SEVERITY: u8 = 3;

/// What somebody can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Answer,
    Raise(u8),
    Withdraw(u8),
    Seat(bool),
    Commit,
    Reveal(u8),
    Exclude(bool),
    Fund(Side, u64),
    Rule(u8),
}

/// Who pays for the appeals of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Funding {
    Nobody,
    Appellants,
    Everybody,
    /// In thirds, too.
    InParts,
}

/// How far a search goes.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Claims are raised up to this severity.
    pub severity: u8,
    /// Ballots filled beyond the quorum, by round.
    pub beyond_quorum: [u8; 3],
    /// Whether appeals are funded, by round.
    pub appeals: [Funding; 2],
    /// Juries, counted from the first, whose jurors act one by one.
    pub one_by_one: u8,
    /// Outages that are recorded, each of one of these lengths.
    pub outages: u8,
    pub outage_secs: [i64; 2],
}

/// Who acts one by one where nothing else is said; no outage.
pub const CALM: Bounds = Bounds {
    severity: 5,
    beyond_quorum: [0; 3],
    appeals: [Funding::Nobody; 2],
    one_by_one: 1,
    outages: 0,
    outage_secs: [2, 10],
};

/// A dispute, and how many outages were recorded in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct State {
    case: Case,
    outages: u8,
}

/// Two independent sums of products: states are remembered by 128 bits, which no two of 10^9 share but with a
/// chance of 10^-20.
struct Print([u64; 2]);

impl Default for Print {
    fn default() -> Self {
        Self([0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344])
    }
}

fn folded(one: u64, other: u64) -> u64 {
    let (high, low) = mul_wide(one, other);
    high ^ low
}

impl Hasher for Print {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..part.len()].copy_from_slice(part);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let [one, other] = &mut self.0;
        *one = folded(*one ^ number, 0xa409_3822_299f_31d1).rotate_left(29) ^ number;
        *other = folded(other.rotate_left(17) ^ number, 0x082e_fa98_ec4e_6c89) ^ 0x4528_21e6_38d0_1377;
    }

    fn finish(&self) -> u64 {
        self.0[0]
    }
}

/// Whether wider bounds are asked for: `MATH_SEARCH=deep`.
pub fn is_deep() -> bool {
    std::env::var("MATH_SEARCH").is_ok_and(|depth| depth == "deep")
}

/// What stands for a state.
pub fn print_of(state: &impl Hash) -> u128 {
    let mut print = Print::default();
    state.hash(&mut print);
    u128::from(print.0[0]) << 64 | u128::from(print.0[1])
}

/// A print needs no further hash.
#[derive(Default)]
pub struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        let mut word = [0; 8];
        word.copy_from_slice(&bytes[..8]);
        self.0 = u64::from_le_bytes(word);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// States that were seen.
pub type Seen = HashSet<u128, BuildHasherDefault<AsItIs>>;

/// What was found.
#[derive(Default)]
pub struct Search {
    seen: Seen,
    open: Vec<State>,
    pub transitions: u64,
    pub ends: [u64; 8],
    /// Juries that were not drawn in time, and time that was set back.
    pub unseated: u64,
    pub outages: u64,
}

/// Does something; a refusal changes nothing.
pub fn act(case: &Case, action: Action, now: i64) -> Result<Case, MachineError> {
    let mut after = *case;
    let machine = &mut after.machine;
    let next = cost(machine.claimed)(machine.present().round + 1);
    let below = machine.claimed;
    let done = match action {
        Action::Answer => machine.answer(&CLOCKS, now),
        Action::Raise(severity) => machine.raise(severity, now),
        Action::Withdraw(severity) => machine.withdraw(severity, now).map(|early| after.withdraw(severity, early)),
        Action::Seat(filled) => machine.end_draw(filled, &CLOCKS, now),
        Action::Commit => machine.commit(&CLOCKS, now),
        Action::Reveal(vote) => machine.reveal(vote, &CLOCKS, next, now),
        Action::Exclude(committed) => machine.exclude(committed, &CLOCKS, next, now),
        Action::Fund(side, amount) => machine.fund(side, amount, &CLOCKS, now),
        Action::Rule(severity) => machine.rule(severity, ARBITER_SEVERITY, now),
    };
    assert!(done.is_ok() || after == *case, "a refusal changes nothing: {action:?} {case:?}");
    if let (Ok(()), Action::Raise(severity), true) = (done, action, after.has_room()) {
        after.raise(severity, below);
    }
    done.map(|()| after)
}

/// Lets time pass.
pub fn wait(case: &Case, secs: i64) -> Case {
    let mut after = *case;
    after.machine.advance(&CLOCKS, cost(case.machine.claimed), secs);
    after
}

/// The state relative to now, with what nothing reads any more merged.
pub fn merged(mut case: Case, now: i64) -> Case {
    let machine = &mut case.machine;
    let highest = machine.highest_standing();
    let voting = matches!(machine.phase(), Phase::Draw | Phase::Commit | Phase::Reveal);
    for (index, jury) in machine.juries.iter_mut().enumerate() {
        if !voting || index != usize::from(machine.jury) {
            let dismissing = jury.tally[0];
            // The verdict stays what it is: whoever did not dismiss counts as if it had voted for it.
            let verdict = usize::from(jury.verdict().min(highest));
            jury.tally = [0; 6];
            jury.tally[if verdict == 0 { 5 } else { verdict }] = jury.revealed - dismissing;
            jury.tally[0] = dismissing;
            (jury.filled, jury.committed) = (jury.revealed, jury.revealed);
        }
    }
    machine.until_work_ts = if machine.phase() == Phase::Decided { 0 } else { machine.until_work_ts - now };
    case
}

/// Everything that anybody may try.
fn actions(machine: &Machine) -> Vec<Action> {
    let mut all = vec![Action::Answer, Action::Commit];
    for flag in [false, true] {
        all.extend([Action::Seat(flag), Action::Exclude(flag)]);
    }
    for severity in 0..=6 {
        let of =
            [Action::Raise(severity), Action::Withdraw(severity), Action::Reveal(severity), Action::Rule(severity)];
        all.extend(of);
    }
    for side in Side::ALL {
        let most = machine.fundable(side, &CLOCKS, 0);
        all.extend([0, most / 3, most, most + 1].map(|amount| Action::Fund(side, amount)));
    }
    all
}

impl Search {
    pub fn states(&self) -> usize {
        self.seen.len()
    }

    /// Searches everything that can follow an opening.
    pub fn from(&mut self, root: Machine, bounds: &Bounds) {
        self.visit(State { case: merged(Case::open(root), 0), outages: 0 });
        while let Some(state) = self.open.pop() {
            self.try_all_actions(&state, bounds);
            self.let_time_pass(&state, bounds);
            if state.case.machine.jury >= bounds.one_by_one {
                self.act_in_blocs(&state, bounds);
            }
        }
    }

    fn visit(&mut self, state: State) {
        if self.seen.insert(print_of(&state)) {
            assert!(self.seen.len() < 50_000_000, "the bounds are too wide for the memory of a test");
            assert_parties_agree(&state.case);
            assert_time_alone_decides(&state.case);
            if state.case.machine.phase() == Phase::Decided {
                self.ends[state.case.machine.outcome() as usize] += 1;
                assert_settles(&state.case);
            }
            self.open.push(state);
        }
    }

    fn reach(&mut self, before: &State, after: Case, now: i64, action: Option<Action>) {
        self.transitions += 1;
        assert_step_is_lawful(&before.case, &after, now, action);
        self.visit(State { case: merged(after, now), outages: before.outages });
    }

    fn try_all_actions(&mut self, state: &State, bounds: &Bounds) {
        let case = &state.case;
        for action in actions(&case.machine) {
            let Some(lawful) = is_lawful(case, action) else { continue };
            let done = act(case, action, 0);
            assert_eq!(done.is_ok(), lawful, "{action:?} {case:?}");
            assert!(!lawful || act(case, action, case.machine.until_work_ts).is_err(), "too late: {action:?} {case:?}");
            if let Ok(after) = done
                && explores(case, action, bounds)
            {
                self.reach(state, after, 0, Some(action));
            }
        }
    }

    fn let_time_pass(&mut self, state: &State, bounds: &Bounds) {
        let machine = &state.case.machine;
        if machine.phase() == Phase::Decided {
            let mut after = *machine;
            assert!(!after.advance(&CLOCKS, cost(machine.claimed), i64::MAX) && after == *machine);
            return;
        }
        let half = if machine.phase() == Phase::Appeal { half_work_ts(machine) } else { 0 };
        let alone = machine.jury < bounds.one_by_one;
        for secs in [half - 1, half, machine.until_work_ts - 1, machine.until_work_ts] {
            let last_moment = secs != half && secs != machine.until_work_ts;
            if secs > 0 && (alone || !last_moment) {
                let after = wait(&state.case, secs);
                self.unseated += u64::from(machine.phase() == Phase::Draw && after.machine.jury > machine.jury);
                self.reach(state, after, secs, None);
                if !last_moment && state.outages < bounds.outages {
                    self.set_back(state, after, secs, bounds);
                }
            }
        }
    }

    /// A deadline has passed; an outage is recorded before anybody has looked, or after.
    fn set_back(&mut self, state: &State, after: Case, secs: i64, bounds: &Bounds) {
        for outage in bounds.outage_secs {
            for case in [state.case, after] {
                self.transitions += 1;
                self.outages += 1;
                let (case, now) = (merged(case, secs - outage), secs - outage);
                let most = longest(&state.case.machine);
                assert!(now + longest(&case.machine) <= most, "an outage adds itself and no more: {state:?} {case:?}");
                self.visit(State { case, outages: state.outages + 1 });
            }
        }
    }

    /// All but the last juror act; nothing but counts changes.
    fn act_in_blocs(&mut self, state: &State, bounds: &Bounds) {
        let machine = &state.case.machine;
        let jury = machine.present();
        let quorum = jury.size.div_ceil(3);
        match machine.phase() {
            Phase::Draw if jury.drawn == 0 => {
                for filled in [0, quorum - 1, limit(machine, bounds)] {
                    let seats = (1..jury.size).map(|seat| Action::Seat(seat <= filled));
                    self.reach_by_all(state, seats);
                }
            }
            Phase::Commit if jury.committed == 0 => {
                for committed in [quorum - 1, jury.filled - 1] {
                    self.reach_by_all(state, (0..committed.min(jury.filled - 1)).map(|_| Action::Commit));
                }
            }
            Phase::Reveal if jury.revealed == 0 && jury.committed > 0 => {
                for (one, other) in [(0, 0), (1, 1), (machine.claimed, machine.claimed), (0, machine.claimed)] {
                    for votes in [quorum - 1, jury.committed - 1].map(|votes| votes.min(jury.committed - 1)) {
                        let bloc = (0..votes).map(|vote| Action::Reveal(if 2 * vote < votes { one } else { other }));
                        self.reach_by_all(state, bloc);
                    }
                }
            }
            _ => {}
        }
    }

    fn reach_by_all(&mut self, state: &State, actions: impl Iterator<Item = Action>) {
        let mut after = state.case;
        for action in actions {
            after = act(&after, action, 0).expect("not the last one");
            let (before, now) = (&state.case.machine, &after.machine);
            assert_eq!((now.phase(), now.until_work_ts), (before.phase(), before.until_work_ts));
        }
        if after != state.case {
            self.reach(state, after, 0, Some(Action::Commit));
        }
    }
}

/// How many ballots of the present jury are filled at most.
fn limit(machine: &Machine, bounds: &Bounds) -> u8 {
    let jury = machine.present();
    let beyond = bounds.beyond_quorum[usize::from(jury.round - 1)];
    (jury.size.div_ceil(3) + beyond).min(jury.size)
}

/// Which of the lawful actions a search follows.
fn explores(case: &Case, action: Action, bounds: &Bounds) -> bool {
    let machine = &case.machine;
    let jury = machine.present();
    let alone = machine.jury < bounds.one_by_one;
    match action {
        Action::Raise(severity) => severity <= bounds.severity,
        Action::Seat(filled) => {
            (alone || jury.drawn + 1 == jury.size) && (!filled || jury.filled < limit(machine, bounds))
        }
        Action::Commit => alone || jury.committed + 1 == jury.filled,
        Action::Reveal(vote) => {
            let is_of_interest = vote <= 1 || vote == machine.claimed || case.standing().any(|claim| claim == vote);
            (alone || jury.revealed + 1 == jury.committed) && is_of_interest
        }
        Action::Exclude(_) => alone || jury.filled == limit(machine, bounds),
        Action::Fund(side, amount) => {
            let round = usize::from(jury.round - 1);
            let whole = amount == machine.fundable(side, &CLOCKS, 0);
            let first = machine.pots[round][side as usize] == 0;
            match bounds.appeals[round] {
                Funding::Nobody => false,
                Funding::Appellants => whole && side == side.appellant(),
                Funding::Everybody => whole,
                Funding::InParts => whole || first,
            }
        }
        _ => true,
    }
}
