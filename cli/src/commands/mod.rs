//! The daily work of admins, providers, delegators and keepers, over any transport.

mod attester;
mod attester_reports;
mod class;
mod delegate;
mod delegate_request;
mod delegate_risk;
mod dispute;
mod dispute_claim;
mod dispute_commit;
mod dispute_open;
mod dispute_raise;
mod dispute_show;
mod epoch;
mod job;
mod job_crank;
mod job_create;
mod job_show;
mod job_verify;
mod jury;
mod jury_lock;
mod jury_vote;
mod network;
mod network_setup;
mod network_trees;
mod provider;
mod provider_work;
mod seat;
mod show;
mod show_position;
mod show_powers;
#[cfg(test)]
mod tests;
mod text;

pub use text::words;

use {
    crate::{chain::Session, failure::Result, reply::Reply},
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
    Delegate(delegate::Command),
    /// Take, challenge and swap seats of the active set
    #[command(subcommand)]
    Seat(seat::Command),
    /// Set and show classes of jobs
    #[command(subcommand)]
    Class(class::Command),
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
    Attester(attester::Command),
    /// Crank epochs, scores and jobs: anybody may
    #[command(subcommand)]
    Epoch(epoch::Command),
}

impl Daily {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Network(command) => command.run(session),
            Self::Provider(command) => command.run(session),
            Self::Delegate(command) => command.run(session),
            Self::Seat(command) => command.run(session),
            Self::Class(command) => command.run(session),
            Self::Job(command) => command.run(session),
            Self::Dispute(command) => command.run(session),
            Self::Jury(command) => command.run(session),
            Self::Attester(command) => command.run(session),
            Self::Epoch(command) => command.run(session),
        }
    }
}
