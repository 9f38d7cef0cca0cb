//! The daily work of admins, providers, delegators and keepers, over any transport.

mod dispute;
mod epoch;
mod job;
mod jury;
mod network;
mod place;
mod position;
mod provider;
mod score;
#[cfg(test)]
mod tests;
mod tx;
mod vote;

use {
    crate::{
        chain::{Session, add_fates},
        failure::Result,
        reply::Reply,
    },
    clap::Subcommand,
};

/// Commands that talk to a chain.
#[derive(Subcommand, Debug)]
pub enum Daily {
    /// Create, watch and govern a network
    #[command(subcommand)]
    Network(network::Command),
    /// Register and run a provider
    #[command(subcommand)]
    Provider(provider::Command),
    /// Stake behind a provider, claim, leave. An owner's own stake leaves through the same commands
    #[command(subcommand)]
    Delegate(position::Command),
    /// Take, challenge and swap places of the active set
    #[command(subcommand)]
    Place(place::Command),
    /// Set and show classes of jobs
    #[command(subcommand)]
    Class(network::class::Command),
    /// Set and show what the names of models stand for
    #[command(subcommand)]
    Model(job::model::Command),
    /// Pay for jobs, work on them, crank and verify them
    #[command(subcommand)]
    Job(job::Command),
    /// Contest results and conduct for a bond, and follow a dispute to its end
    #[command(subcommand)]
    Dispute(dispute::Command),
    /// Judge disputes for a lock
    #[command(subcommand)]
    Jury(jury::Command),
    /// Measure providers for a bond
    #[command(subcommand)]
    Attester(score::Command),
    /// Ask providers what an attester knows the answers of, and grade them
    #[command(subcommand)]
    Canary(score::canary::Command),
    /// Govern a network by votes of its holders, with SPL Governance
    #[command(subcommand)]
    Governance(vote::Command),
    /// Crank epochs, scores and jobs: anybody may
    #[command(subcommand)]
    Epoch(epoch::Command),
    /// Ask what became of a transaction
    #[command(subcommand)]
    Tx(tx::Command),
}

impl Daily {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        if !matches!(self, Self::Tx(_))
            && let Some(ended) = session.finished_before()?
        {
            return Ok(ended);
        }
        if session.only_shows() {
            session.note_unsettled()?;
        }
        let mut done = match self {
            Self::Network(command) => command.run(session),
            Self::Provider(command) => command.run(session),
            Self::Delegate(command) => command.run(session),
            Self::Place(command) => command.run(session),
            Self::Class(command) => command.run(session),
            Self::Model(command) => command.run(session),
            Self::Job(command) => command.run(session),
            Self::Dispute(command) => command.run(session),
            Self::Jury(command) => command.run(session),
            Self::Attester(command) => command.run(session),
            Self::Canary(command) => command.run(session),
            Self::Governance(command) => command.run(session),
            Self::Epoch(command) => command.run(session),
            Self::Tx(command) => command.run(session),
        };
        if let (true, Ok(reply)) = (session.options.dry_run, &mut done) {
            add_fates(reply);
        }
        done.map_err(|failure| session.located(failure))
    }
}
