//! `work-token simulate agents`: who gains what under the protocol's economics, when not everybody is honest.

mod agent;
mod attacks;
mod attester;
mod attesters;
mod cast;
mod chance;
mod claims;
mod epoch;
mod jobs;
mod medians;
mod provider;
mod report;
mod setting;
#[cfg(test)]
mod tests;
mod world;

use {
    crate::{
        failure::{Failure, Result},
        reply::Reply,
        text::preset,
    },
    attacks::{ATTACKS, Attempt, Stage},
    clap::Args,
    setting::{Rules, Scene},
    work_token_sdk::presets::Preset,
    world::World,
};

/// Providers, attesters and clients, honest and not, live through epochs of jobs, reports, scores, weights
/// and emission, all of it computed by the functions that the program calls, without a chain: honest, lazy
/// and unreachable providers, one that splits its stake over eight identities and one that does not,
/// attesters that measure, copy, guess, forget, collude or split their bond.
///
/// In the end it is checked, among other things, that splitting an identity or a bond gained nothing, that
/// attesters below half of the weight moved no median outside the honest range, and that a copying attester
/// earned less than a measuring one. After each epoch every base unit is counted.
///
/// Then nineteen attackers live through as many epochs, each in a small network of its own, once honest and
/// once attacking. None of them may earn more than by honesty, or cost others more than itself.
#[derive(Args, Debug)]
pub struct Agents {
    /// How many epochs to run; with fewer than 100, luck in the draws would hide what the rules do
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(100..=10_000))]
    epochs: u32,
    /// Everything left to chance follows from it: the same seed, the same output
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The rules of a kind of network: inference, training, storage, compute or coverage [default: two
    /// qualities and uptime, which the documents describe]
    #[arg(long, value_name = "NAME", value_parser = preset)]
    preset: Option<Preset>,
    /// Writes JSON instead of tables
    #[arg(long)]
    pub json: bool,
}

impl Agents {
    /// Runs the command.
    pub fn run(&self) -> Result<Reply> {
        let bar = super::bar(u64::from(self.epochs), "running epochs");
        let mut world =
            World::begin(self.preset.map_or_else(Rules::default, Rules::of), Scene::default(), self.seed, self.epochs);
        for _ in 0..self.epochs {
            world.next_epoch().map_err(Failure::Failed)?;
            bar.inc(1);
        }
        bar.finish_and_clear();
        let stage = Stage { rules: &world.rules, epochs: self.epochs, seed: self.seed };
        let attempts: Vec<Attempt> = ATTACKS.iter().map(|attack| attack.attempt(&stage)).collect();
        Ok(report::report(self.seed, &world, &attempts))
    }
}
