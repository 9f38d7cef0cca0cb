//! The daily work of admins, providers, delegators and keepers, over any transport.

mod delegate;
mod delegate_request;
mod epoch;
mod network;
mod network_setup;
mod provider;
mod show;
mod show_position;
#[cfg(test)]
mod tests;

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
    /// Crank epochs: anybody may
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
            Self::Epoch(command) => command.run(session),
        }
    }
}
