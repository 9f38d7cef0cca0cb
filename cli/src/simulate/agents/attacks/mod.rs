//! Those who attack the rules, one file each, and what came of it.
//!
//! Each attack runs in a small network of its own, twice through the same epochs: once with the attacker
//! being honest, once with it attacking. The formulas are the ones that the program calls; the rule that
//! stops the attack is passed in, so that the attack's tests can pass in the one that did not, and see it
//! gain.

mod court;
mod delayer;
mod dodger;
mod double_disputer;
mod economy;
mod false_claimer;
mod fee_taker;
mod front_runner;
mod idle_stake;
mod joiner;
mod junk_jobs;
mod last_second_displacer;
mod meter_stopper;
mod newcomer;
mod retirer;
mod self_client;
mod silent_attester;
#[cfg(test)]
mod tests;
mod unit_inflator;
mod unit_splitter;
mod wash_trader;
mod whale;

use {
    super::{
        claims::{Claim, tokens},
        setting::Rules,
    },
    crate::reply::facts,
};

/// All of them.
pub static ATTACKS: [Attack; 19] = [
    junk_jobs::ATTACK,
    dodger::ATTACK,
    fee_taker::ATTACK,
    silent_attester::ATTACK,
    self_client::ATTACK,
    meter_stopper::ATTACK,
    retirer::ATTACK,
    last_second_displacer::ATTACK,
    newcomer::ATTACK,
    whale::ATTACK,
    double_disputer::ATTACK,
    false_claimer::ATTACK,
    joiner::ATTACK,
    front_runner::ATTACK,
    delayer::ATTACK,
    wash_trader::ATTACK,
    unit_inflator::ATTACK,
    unit_splitter::ATTACK,
    idle_stake::ATTACK,
];

/// An attack, and the promise that it must not break.
pub struct Attack {
    /// For machines.
    pub name: &'static str,
    /// Who attacks.
    pub attacker: &'static str,
    /// What it does.
    pub attack: &'static str,
    /// Who would lose by it.
    pub victims: &'static str,
    /// Runs it under the rules as they are.
    pub run: fn(&Stage) -> Outcome,
}

/// What all attacks are given.
#[derive(Clone, Copy, Debug)]
pub struct Stage<'a> {
    /// The rules.
    pub rules: &'a Rules,
    /// How many epochs to attack.
    pub epochs: u32,
    /// Everything left to chance follows from it.
    pub seed: u64,
}

/// What was gained in one of the two runs. Base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Books {
    /// By the attacker, all that it spent taken off.
    pub attacker: i128,
    /// What it spent on the attack: fees and fines.
    pub spent: u64,
    /// By the victims.
    pub victims: i128,
}

/// Both runs.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// The attacker was honest.
    pub honest: Books,
    /// It attacked.
    pub attacking: Books,
}

impl Outcome {
    /// Of a run that is told whether to attack.
    pub fn of(run: impl Fn(bool) -> Books) -> Self {
        Self { honest: run(false), attacking: run(true) }
    }

    /// What the attacker gained over honesty: less than nothing when the attack cost it something, income
    /// forgone included.
    pub fn gained(&self) -> i128 {
        self.attacking.attacker - self.honest.attacker
    }

    /// What the victims lost by the attack.
    pub fn lost(&self) -> i128 {
        self.honest.victims - self.attacking.victims
    }

    /// Whether the attacker earned no more than by honesty, and the attack cost the victims no more than the
    /// attacker.
    pub fn is_harmless(&self) -> bool {
        self.gained() <= 0 && self.lost() <= -self.gained()
    }
}

impl Attack {
    /// Attacks.
    pub fn attempt(&'static self, stage: &Stage) -> Attempt {
        Attempt { attack: self, outcome: (self.run)(stage) }
    }
}

/// An attack, and what came of it.
pub struct Attempt {
    /// The attack.
    pub attack: &'static Attack,
    /// What came of it.
    pub outcome: Outcome,
}

impl Attempt {
    /// What came of it, held against the promise.
    pub fn claim(&self) -> Claim {
        let Self { attack, outcome } = self;
        let difference = match outcome.gained() {
            0 => "gained as much as by honesty".to_owned(),
            gained if gained > 0 => format!("gained {} more than by honesty", tokens(gained)),
            gained => format!("gained {} less than by honesty", tokens(-gained)),
        };
        let theirs = match outcome.lost() {
            0 => "lost nothing".to_owned(),
            lost if lost > 0 => format!("lost {}", tokens(lost)),
            lost => format!("gained {}", tokens(-lost)),
        };
        Claim {
            name: attack.name,
            promise: format!("{} gains nothing over honesty, and costs others no more than itself", attack.attacker),
            holds: outcome.is_harmless(),
            found: format!("it {}, and {difference}; {} {theirs}", attack.attack, attack.victims),
            numbers: facts!({
                "honest_net": outcome.honest.attacker,
                "attacking_net": outcome.attacking.attacker,
                "gained": outcome.gained(),
                "spent": outcome.attacking.spent,
                "victims_lost": outcome.lost(),
            }),
        }
    }
}
