//! The `work-token` command. Data goes to stdout, notes to stderr. Exit codes: 0 done, 1 failed, 2 wrong
//! usage, 75 try again, 76 sent and of unknown fate.

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
    chain::{Outbox, Session, config, outbox::Sent},
    clap::{CommandFactory, Parser, Subcommand},
    failure::{Failure, Result},
    options::{Format, Options},
    reply::Reply,
    std::{io::Write, process::ExitCode},
};

/// Stake-for-access networks: try them out, and do the daily work of providers, delegators and keepers.
///
/// Data goes to stdout, notes to stderr. Amounts are base units of the work token, times are unix seconds.
/// Exit codes: 0 done, 1 failed, 2 wrong usage, 75 try again later, 76 sent and of unknown fate: run the same
/// command again, it asks what became of that before it sends anything.
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
    let outbox = cli.outbox();
    conclude(cli.run(&outbox), cli.format(), &outbox)
}

/// Writes the answer or the failure. Returns what the process returns.
fn conclude(ran: Result<Reply>, format: Format, outbox: &Outbox) -> ExitCode {
    match ran.and_then(|reply| print(&reply, format, outbox)) {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(failure)) | Err(failure) => {
            let failure = failure.after(outbox.has(Sent::Unknown), outbox.has(Sent::Refused));
            if format == Format::Display {
                failure::note(&format!("error: {failure}"));
                outbox.lines().iter().for_each(|line| failure::note(line));
            } else {
                failure::note(&failure.to_json(outbox.to_json()).to_string());
            }
            // The end of what landed or was refused is told now, as well as it can be: a script reads the
            // code.
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

    /// The outbox of this command, whoever runs it and however it is shown.
    fn outbox(&self) -> Outbox {
        let Options { network, creator, network_id, authority, fee_payer, .. } = &self.options;
        let command = format!("{:?} {network:?} {creator:?} {network_id:?} {authority:?} {fee_payer:?}", self.command);
        Outbox::of(&command, self.options.again)
    }

    fn run(&self, outbox: &Outbox) -> Result<Reply> {
        match &self.command {
            Command::Demo(demo) => demo.run(),
            Command::Simulate(simulate) => simulate.run(),
            Command::Daily(command) => {
                let config = config::Config::load(self.options.config.as_deref())?;
                let url = config::resolve_url(self.options.url.as_deref().unwrap_or(&config.url))?;
                let chain = work_token_sdk::rpc::RpcTransport::with_options(&url, self.options.rpc());
                command.run(&Session { chain: &chain, options: &self.options, config: &config, outbox })
            }
        }
    }
}

/// Writes the answer. An answer may carry the failure of a check: it is shown all the same. What was sent is
/// settled once the answer has gone out; until then the next run of the command tells it again.
fn print(reply: &Reply, format: Format, outbox: &Outbox) -> Result<Option<Failure>> {
    let mut text = reply.render(format);
    text.push('\n');
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => {
            outbox.settle()?;
            Ok(reply.failed.clone().map(Failure::Failed))
        }
        // Whoever read the output has seen enough, but for what was sent.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            outbox.lines().iter().for_each(|line| failure::note(line));
            outbox.settle()?;
            Ok(None)
        }
        Err(error) => Err(Failure::Failed(format!("stdout: {error}"))),
    }
}
