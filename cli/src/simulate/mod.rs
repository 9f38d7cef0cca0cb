//! `work-token simulate`: what a given distribution of stake, performance and commission earns, on the real
//! program; `work-token simulate agents`: who gains what when not everybody is honest; and `work-token
//! simulate policy`: what a law of emission does over years.

mod agents;
mod check;
mod cpu;
mod input;
mod policy;
mod report;
mod run;

use {
    crate::{
        failure::{Failure, Result},
        reply::{Reply, is_for_machines},
    },
    clap::{Args, Subcommand},
    indicatif::{ProgressBar, ProgressStyle},
    input::Input,
    run::Replay,
    std::path::PathBuf,
    work_token_sdk::math::MAX_SUPPLY,
};

/// Every row of the file becomes a provider on an embedded chain, by real transactions: its stake as own
/// stake, its commission (at most 50 %, the program's maximum), its score = floor(10^6 x credits / most
/// credits). Each epoch is opened, weighed, finalized and settled; then each payout must be floor(emission x
/// w / sum of w) with w = floor(stake x score / 10^6), and lie within 2 millionths of the whole reward from
/// reward x (stake x credits) / sum, the rule of Solana mainnet. Nobody earns by another's loss of weight:
/// the emission is the reward's part of the stake with weight, and mainnet's rule is applied to that of the
/// stake with credits.
///
/// The file: `vote_account,stake_lamports,credits,commission_percent` as header, one row a provider, `#`
/// begins a comment; `# total_rewards_lamports=N` gives the reward of an epoch. If a row is malformed, its
/// line is reported and nothing is run. All stake is own stake, so commission changes no payout here.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Simulate {
    #[command(subcommand)]
    mode: Option<Mode>,
    /// The providers
    #[arg(long, value_name = "FILE.csv", required = true)]
    providers: Option<PathBuf>,
    /// How many epochs to run
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    epochs: u32,
    /// What an epoch shares, in base units [default: total_rewards_lamports of the file]
    #[arg(long, value_name = "BASE_UNITS")]
    reward: Option<u64>,
    /// Writes JSON instead of a table; the same input gives the same bytes
    #[arg(long)]
    json: bool,
}

/// What is simulated without a file.
#[derive(Subcommand, Debug)]
enum Mode {
    /// Let agents, honest and not, live through epochs of the protocol's economics, and print who gained what
    Agents(agents::Agents),
    /// Let a law of emission meet years of demand, beside those of Livepeer and Cosmos, and draw what comes
    /// of it
    Policy(policy::Policy),
}

impl Simulate {
    /// Whether JSON was asked for with this command's own option.
    pub fn wants_json(&self) -> bool {
        match &self.mode {
            Some(Mode::Agents(agents)) => agents.json,
            Some(Mode::Policy(policy)) => policy.json,
            None => self.json,
        }
    }

    /// Runs the command.
    pub fn run(&self) -> Result<Reply> {
        match &self.mode {
            Some(Mode::Agents(agents)) => return agents.run(),
            Some(Mode::Policy(policy)) => return policy.run(),
            None => {}
        }
        let Some(providers) = &self.providers else {
            return Err(Failure::Usage("which providers? --providers FILE.csv".into()));
        };
        let input = Input::read(providers)?;
        let reward = self.reward(&input)?;
        let bar = bar(input.rows.len() as u64, "registering providers");
        let replay = Replay::begin(&input.rows, reward, &bar)?;
        bar.finish_and_clear();
        let bar = self::bar(u64::from(self.epochs), "cranking epochs");
        let mut epochs = Vec::new();
        for _ in 0..self.epochs {
            epochs.push(replay.epoch()?);
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(report::report(&input.rows, reward, &epochs, replay.books(&epochs)))
    }

    fn reward(&self, input: &Input) -> Result<u64> {
        let Some(reward) = self.reward.or(input.total_rewards) else {
            return Err(Failure::Usage(
                "how much does an epoch share? --reward, or total_rewards_lamports in the file".into(),
            ));
        };
        let stake: u64 = input.rows.iter().map(|row| row.stake).sum();
        let supply = reward.checked_mul(u64::from(self.epochs)).and_then(|emitted| emitted.checked_add(stake));
        if reward == 0 || supply.is_none_or(|supply| supply >= MAX_SUPPLY) {
            return Err(Failure::Usage(
                "the reward must be more than 0, and the stake with all rewards less than 2^60 base units".into(),
            ));
        }
        Ok(reward)
    }
}

fn bar(length: u64, what: &'static str) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{msg:24} {bar:40} {pos}/{len} {eta}").expect("the template is well-formed");
    let bar = if is_for_machines() { ProgressBar::hidden() } else { ProgressBar::new(length) };
    bar.with_style(style).with_message(what)
}
