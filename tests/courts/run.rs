//! Runs a history beside the model, winds it down, and makes a failing one small.

mod leave;
mod notes;
mod sales;
mod shrink;

pub use shrink::{replay, run};

use {
    crate::{
        chain::{Chain, Refused, Sight},
        check::{Touched, assert_agrees, assert_agrees_wholly},
        model::{Model, Phase},
        op::{Op, PROVIDERS, Step, Target},
        rules::Rules,
    },
    std::collections::BTreeMap,
    work_token_tests::assert_invariants,
};

/// Prints every step, and why the model refuses one.
const LOG: &str = "WORK_TOKEN_COURT_LOG";
/// All books are checked after so many steps, and everything of the model is compared.
const FULL_CHECK: usize = 40;

/// What a history did; a test that refuses everything proves nothing.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Instructions that were done, by name.
    pub done: BTreeMap<String, u64>,
    /// Instructions that were refused, by name.
    pub refused: BTreeMap<String, u64>,
    /// What happened around the program: time, for the most part.
    pub given: u64,
    /// Decided disputes, by outcome, and what else was noted.
    pub outcomes: BTreeMap<String, u64>,
    pub notes: BTreeMap<&'static str, u64>,
}

impl Counts {
    pub fn add(&mut self, other: &Self) {
        for (name, count) in &other.done {
            *self.done.entry(name.clone()).or_default() += count;
        }
        for (outcome, count) in &other.outcomes {
            *self.outcomes.entry(outcome.clone()).or_default() += count;
        }
        for (name, count) in &other.notes {
            *self.notes.entry(name).or_default() += count;
        }
        for (name, count) in &other.refused {
            *self.refused.entry(name.clone()).or_default() += count;
        }
        self.given += other.given;
    }

    pub fn refusals(&self) -> u64 {
        self.refused.values().sum()
    }

    /// What should have happened and did not.
    pub fn missing(&self) -> Vec<&'static str> {
        let expected = notes::EXPECTED.into_iter().chain(sales::EXPECTED);
        expected.filter(|note| !self.notes.contains_key(note)).collect()
    }

    pub fn operations(&self) -> u64 {
        self.done.values().sum::<u64>() + self.refusals()
    }
}

/// A history under way.
pub struct History<'a> {
    chain: &'a mut Chain,
    pub model: Model,
    pub steps: Vec<Step>,
    pub counts: Counts,
    sent: usize,
}

impl<'a> History<'a> {
    pub fn new(chain: &'a mut Chain, rules: Rules) -> Self {
        chain.reset();
        let mut model = Model::new(rules.params(), chain.time(), chain.money());
        model.jury.adopted_at = chain.world.network().juror_tree_from_ts;
        for number in 0..PROVIDERS {
            let provider = chain.provider(number).expect("a history begins with all providers");
            model.begin_provider(number, provider.own.tokens);
        }
        let mut history = Self { chain, model, steps: Vec::new(), counts: Counts::default(), sent: 0 };
        for step in Chain::first_steps() {
            history.act(&step);
        }
        let enter = crate::random::enter_tree(&history.model).expect("jurors locked");
        history.act(&enter);
        history
    }

    /// Does a step, if everything that it names exists. Returns whether it was done.
    pub fn step(&mut self, step: Step) -> bool {
        if !self.exists(&step) {
            return false;
        }
        self.steps.push(step.clone());
        // The books of own rewards are brought up to date first, so that what a step does to them can be
        // told.
        for provider in 0..PROVIDERS {
            if step.iter().any(|op| self.reads_rewards(op, provider)) && self.is_stale(provider) {
                self.act(&vec![Op::Touch { provider }]);
            }
        }
        self.act(&step)
    }

    fn is_stale(&self, provider: usize) -> bool {
        let known = &self.model.providers[provider];
        known.exists && known.touched < self.model.time.epoch()
    }

    /// Whether an operation moves own rewards of a provider.
    fn reads_rewards(&self, op: &Op, provider: usize) -> bool {
        match *op {
            Op::Advance { dispute } | Op::Veto { dispute, .. } => {
                self.model.disputes.get(&dispute).is_some_and(|dispute| dispute.provider == provider)
            }
            Op::ClaimOwn { provider: of } => of == provider,
            _ => false,
        }
    }

    fn exists(&self, step: &Step) -> bool {
        let [mut openings, mut disputes, seats] = self.model.numbers;
        let mut kinds: BTreeMap<usize, bool> =
            self.model.openings.iter().map(|(number, opening)| (*number, opens(opening.target))).collect();
        step.iter().all(|op| {
            let exists = match *op {
                Op::Commit { target, .. } => {
                    kinds.insert(openings, opens(target));
                    openings += 1;
                    match target {
                        Target::Result { seat, .. } => seat < seats,
                        Target::Raise { dispute } => dispute < disputes,
                        Target::Conduct { .. } => true,
                    }
                }
                Op::Use { opening } => {
                    let known = kinds.get(&opening).copied();
                    disputes += usize::from(known == Some(true));
                    opening < openings
                }
                Op::Lapse { opening } => opening < openings,
                Op::Approve { seat } | Op::SettleSeat { seat } | Op::CloseJob { seat } => {
                    seat < seats && self.model.jobs.contains_key(&seat)
                }
                Op::Work { provider, client, fee, .. } => {
                    self.model.providers[provider].exists && self.model.money.wallets[client] >= fee
                }
                _ => true,
            };
            exists && crate::op::dispute_of(op).is_none_or(|dispute| dispute < disputes)
        })
    }

    fn act(&mut self, step: &Step) -> bool {
        if std::env::var(LOG).is_ok() {
            eprintln!("{step:?}");
        }
        let done = match step[0] {
            ref op if op.is_given() => {
                self.give(op);
                true
            }
            ref op if op.is_observed() => step.iter().all(|op| self.observe(op)),
            _ => self.send(step),
        };
        self.sent += 1;
        if self.sent.is_multiple_of(FULL_CHECK) {
            self.check_wholly();
        }
        done
    }

    pub fn check_wholly(&self) {
        assert_agrees_wholly(self.chain, &self.model);
        assert_invariants(&self.chain.world);
    }

    /// What happens around the program.
    fn give(&mut self, op: &Op) {
        let slot = self.chain.world.scenario.chain.slot();
        self.chain.give(op);
        let passed = self.chain.world.scenario.chain.slot() - slot;
        match *op {
            Op::Pass { secs } | Op::Halt { secs } => self.model.pass(secs, passed),
            Op::Work { provider, client, fee, missed } => {
                // A provider's stake is noted when an epoch is first touched, so it must be.
                let number = self.model.numbers[2];
                self.model.numbers[2] += 1;
                self.model.work(number, provider, client, fee, missed);
            }
            _ => unreachable!("nothing else is given"),
        }
        self.counts.given += 1;
    }

    /// Instructions that other histories predict: what they move is taken as it is, but for what they must
    /// not move.
    fn observe(&mut self, op: &Op) -> bool {
        let sent = self.chain.send(std::slice::from_ref(op));
        let is_done = sent.is_ok();
        let money = self.chain.money();
        if is_done {
            match *op {
                Op::ClosePosition { at } => self.model.close_position(at).expect("it closed"),
                Op::CloseProvider { provider } => self.model.close_provider(provider).expect("it closed"),
                _ => {}
            }
            self.model.observe(op, &money);
            self.adopt_network();
            *self.counts.done.entry(op.name()).or_default() += 1;
        } else {
            self.note_refused(op);
        }
        self.adopt_rewards(0..PROVIDERS);
        assert_agrees(self.chain, &self.model, &Touched::by(&vec![*op], &self.model));
        is_done
    }

    fn adopt_network(&mut self) {
        let began_with = std::mem::take(&mut self.model.time.began_with);
        self.model.time = self.chain.time();
        self.model.time.began_with = began_with;
        self.model.stakes = self.chain.folded(&self.chain.world.network());
    }

    fn adopt_rewards(&mut self, providers: impl IntoIterator<Item = usize>) {
        for number in providers {
            if let Some(provider) = self.chain.provider(number) {
                let known = &mut self.model.providers[number];
                known.rewards = self.chain.rewards(&provider);
                known.touched = provider.last_touched_epoch;
            }
        }
    }

    /// Sends instructions whose effect the model predicts.
    fn send(&mut self, step: &Step) -> bool {
        let supply = self.model.money.supply;
        let sent = self.chain.send(step);
        let after = self.chain.world.scenario.chain.supply(&self.chain.world.scenario.network.mint);
        let sight = Sight { chain: self.chain, burned: supply - after };
        if let (Ok(_), Err(refused)) = (std::env::var(LOG), &sent) {
            eprintln!("   the chain refused {refused:?}");
        }
        let mut next = self.model.clone();
        let predicted = step.iter().enumerate().try_for_each(|(at, op)| next.act(op, &sight).map_err(|why| (at, why)));
        match (&sent, predicted) {
            (Ok(()), Ok(())) => self.done(step, next),
            (Err(refused), Err((at, why))) => {
                assert_eq!(refused.at, at, "{step:?} was refused ({}), the model: {why}", refused.why);
                if std::env::var(LOG).is_ok() {
                    eprintln!("   refused {why}");
                }
                if let Some(note) = sales::of_refusal(why) {
                    *self.counts.notes.entry(note).or_default() += 1;
                }
                self.note_refused(&step[at]);
            }
            // Where the first of several claims takes all that a ticket holds, the others are not listed any
            // more.
            (Err(_), Ok(())) if matches!(step[..], [Op::SettleTicket { places, .. }] if places.count_ones() > 1) => {
                self.note_refused(&step[0]);
            }
            (Ok(()), Err((at, why))) => panic!("{:?} of {step:?} was done, the model: {why}", step[at]),
            (Err(Refused { at, why }), Ok(())) => panic!("{:?} of {step:?} was refused: {why}", step[*at]),
        }
        let touched = Touched::by(step, &self.model);
        self.adopt_rewards(touched.providers.iter().copied().collect::<Vec<_>>());
        assert_agrees(self.chain, &self.model, &touched);
        sent.is_ok()
    }

    fn note_refused(&mut self, op: &Op) {
        *self.counts.refused.entry(op.name()).or_default() += 1;
    }

    fn done(&mut self, step: &Step, next: Model) {
        for op in step {
            *self.counts.done.entry(op.name()).or_default() += 1;
        }
        let before = std::mem::replace(&mut self.model, next);
        for (number, dispute) in &self.model.disputes {
            let was_open = before.disputes.get(number).is_some_and(|before| before.court.phase != Phase::Decided);
            if was_open && dispute.court.phase == Phase::Decided {
                *self.counts.outcomes.entry(format!("{:?}", dispute.court.outcome)).or_default() += 1;
            }
        }
        for note in notes::of_step(step, &before, &self.model) {
            *self.counts.notes.entry(note).or_default() += 1;
        }
        self.assert_rewards(step, &before);
    }

    /// Own rewards fall by what is confiscated or claimed, and rise by what a veto returns; by nothing else.
    fn assert_rewards(&self, step: &Step, before: &Model) {
        for number in 0..PROVIDERS {
            let (old, new) = (&before.providers[number], self.chain.provider(number));
            let Some(new) = new.filter(|new| old.exists && new.last_touched_epoch == old.touched) else { continue };
            let after = self.chain.rewards(&new).all();
            let mut expected = old.rewards.all();
            for op in step {
                match *op {
                    Op::ClaimOwn { provider } if provider == number => expected -= old.rewards.free(before.time.now),
                    Op::Advance { dispute } | Op::Veto { dispute, .. } => {
                        let confiscated = |model: &Model| {
                            let dispute = model.disputes.get(&dispute).filter(|dispute| dispute.provider == number);
                            dispute.map_or(0, |dispute| dispute.confiscated)
                        };
                        expected = expected + confiscated(before) - confiscated(&self.model);
                    }
                    _ => {}
                }
            }
            assert_eq!(after, expected, "own rewards of provider {number} after {step:?}");
        }
    }
}

fn opens(target: Target) -> bool {
    !matches!(target, Target::Raise { .. })
}

pub fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}
