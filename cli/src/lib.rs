//! The `work-token` command. Data goes to stdout, notes to stderr. Exit codes: 0 done, 1 failed, 2 wrong
//! usage, 75 try again.

mod chain;
mod commands;
mod demo;
mod failure;
mod job_rules;
mod keeper;
mod options;
mod params;
mod reply;
mod simulate;

use {
    chain::{Session, config},
    clap::{CommandFactory, Parser, Subcommand},
    failure::{Failure, Result},
    options::{Format, Options},
    reply::Reply,
    std::{io::Write, process::ExitCode},
};

/// Stake-for-access networks: try them out, and do the daily work of providers, delegators and keepers.
///
/// Data goes to stdout, notes to stderr. Amounts are base units of the work token, times are unix seconds.
/// Exit codes: 0 done, 1 failed, 2 wrong usage, 75 try again later.
#[derive(Parser, Debug)]
#[command(name = "work-token", version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Run a network on an embedded chain: stake, work, disputes, exits, in chapters, and every base unit
    /// counted
    Demo(demo::Demo),
    /// Replay a distribution of stake, performance and commission on an embedded chain and check every
    /// payout; or let agents, honest and not, live through 10,000 epochs
    Simulate(simulate::Simulate),
    #[command(flatten)]
    Daily(commands::Daily),
}

/// The definition of the command line, for whoever only wants to know whether it would take a command.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Does what the words of the process say.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    conclude(cli.run(), cli.format())
}

/// Writes the answer or the failure. Returns what the process returns.
fn conclude(ran: Result<Reply>, format: Format) -> ExitCode {
    match ran.and_then(|reply| print(&reply, format)) {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(failure)) | Err(failure) => {
            if format == Format::Display {
                eprintln!("error: {failure}");
            } else {
                eprintln!("{}", failure.to_json());
            }
            failure.exit_code()
        }
    }
}

impl Cli {
    fn format(&self) -> Format {
        let json = match &self.command {
            Command::Demo(demo) => demo.json,
            Command::Simulate(simulate) => simulate.wants_json(),
            Command::Daily(_) => false,
        };
        if json && self.options.output == Format::Display { Format::Json } else { self.options.output }
    }

    fn run(&self) -> Result<Reply> {
        match &self.command {
            Command::Demo(demo) => demo.run(),
            Command::Simulate(simulate) => simulate.run(),
            Command::Daily(command) => {
                let config = config::Config::load(self.options.config.as_deref())?;
                let url = config::resolve_url(self.options.url.as_deref().unwrap_or(&config.url))?;
                let chain = work_token_sdk::rpc::RpcTransport::new(&url);
                command.run(&Session { chain: &chain, options: &self.options, config: &config })
            }
        }
    }
}

/// Writes the answer. An answer may carry the failure of a check: it is shown all the same.
fn print(reply: &Reply, format: Format) -> Result<Option<Failure>> {
    let mut text = reply.render(format);
    text.push('\n');
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => Ok(reply.failed.clone().map(Failure::Failed)),
        // Whoever read the output has seen enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(None),
        Err(error) => Err(Failure::Failed(format!("stdout: {error}"))),
    }
}
