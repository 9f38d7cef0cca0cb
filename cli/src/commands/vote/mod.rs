//! Governing a network by votes, with SPL Governance.

mod cast;
mod propose;
mod realm;
mod room;
mod sheet;
mod show;
mod stake;
mod switch;
mod table;
mod terms;
mod voter;
mod weigh;
mod words;

use {
    crate::{chain::Session, failure::Result, reply::Reply},
    clap::{Args, Subcommand},
    work_token_sdk::{Pubkey, governance},
};

/// The instance of SPL Governance.
#[derive(Args, Clone, Copy, Debug)]
pub struct Instance {
    /// Another instance of SPL Governance than the one that Realms uses
    #[arg(long, value_name = "PUBKEY", default_value_t = governance::PROGRAM)]
    program: Pubkey,
}

/// `work-token governance`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Create a realm of the network's holders, its governance and its treasury, whose address can then be
    /// proposed as admin and arbiter; they vote with deposits, or with --stake where it lies
    CreateRealm(realm::Create),
    /// Join a realm to a network whose stake votes in it, or set on which terms
    #[command(subcommand)]
    Registrar(stake::Command),
    /// Let stake vote in a realm of deposits, as its authority: first what votes, and after a wait what
    /// thresholds are parts of. A realm that is its own authority proposes both: `governance propose
    /// switch-to-stake`
    SwitchToStake(stake::Join),
    /// Vote with stake: be entered in a realm, choose positions, see what they weigh
    #[command(subcommand)]
    Voter(voter::Command),
    /// Note what of a voter's stake waits and ripens; or write what it weighs, or the realm's maximum weight,
    /// for clients that do not write it with each vote: anybody may
    Update(stake::Update),
    /// Make room for more positions than fit beside a vote: create a lookup table of yours with what your
    /// votes in a realm name, or add to it what is new; or close it
    Table(table::Table),
    /// Deposit work tokens in a realm, to propose and vote with them
    Deposit(realm::Deposit),
    /// Take back all that you have deposited in a realm, once your votes are relinquished
    Withdraw(realm::Withdraw),
    /// Propose what the realm's treasury shall do
    #[command(subcommand)]
    Propose(propose::Command),
    /// Take a proposal of yours back before it is decided
    Cancel(cast::Chosen),
    /// Vote on a proposal
    Vote(cast::Vote),
    /// Take a vote back, or free its deposit after the vote
    Relinquish(cast::Chosen),
    /// Count a vote that is over, and execute what has won and is no longer held up: anybody may
    Execute(cast::Chosen),
    /// Show a proposal in words, who voted what on it and from when it can be executed; or a realm with its
    /// proposals
    Show(show::Show),
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::CreateRealm(create) => create.run(session),
            Self::Registrar(command) => command.run(session),
            Self::SwitchToStake(join) => switch::run(session, join),
            Self::Voter(command) => command.run(session),
            Self::Update(update) => update.run(session),
            Self::Table(table) => table.run(session),
            Self::Deposit(deposit) => deposit.run(session),
            Self::Withdraw(withdraw) => withdraw.run(session),
            Self::Propose(command) => command.run(session),
            Self::Cancel(chosen) => cast::cancel(session, chosen),
            Self::Vote(vote) => vote.run(session),
            Self::Relinquish(chosen) => cast::relinquish(session, chosen),
            Self::Execute(chosen) => cast::execute(session, chosen),
            Self::Show(show) => show.run(session),
        }
    }
}
