//! The `work-token` command. Data goes to stdout, notes to stderr. Exit codes: 0 done, 1 failed, 2 wrong
//! usage, 75 try again, 76 sent and of unknown fate.

mod chain;
mod commands;
mod demo;
mod failure;
mod foreseen;
mod job_rules;
mod keeper;
mod options;
mod params;
mod piped;
mod reply;
mod secrecy;
mod simulate;
mod text;

use {
    chain::{Outbox, Session, config, keys, outbox::Sent},
    clap::{CommandFactory, FromArgMatches, Parser, Subcommand, error::ErrorKind},
    failure::{Failure, Result},
    options::{Format, Options},
    reply::Reply,
    std::{any::TypeId, collections::BTreeMap, ffi::OsString, io::Write, process::ExitCode},
    work_token_sdk::{Pubkey, Transport},
};

/// Stake-for-access networks: try them out, and do the daily work of providers, delegators and keepers.
///
/// Data goes to stdout, notes to stderr. Amounts are base units of the work token, strings in JSON; times
/// are unix seconds. Exit codes: 0 done, 1 failed, 2 wrong usage, 75 try again later, 76 sent and of unknown
/// fate: run the same command again, it asks what became of that before it sends anything.
#[derive(Parser, Debug)]
#[command(name = "work-token", version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
    /// The command's names.
    #[arg(skip)]
    name: String,
    /// Which option wants what is piped in.
    #[arg(skip)]
    piped: Option<String>,
}

/// What only reads, by the last of its names. Everything else signs.
const READS: [&str; 9] = ["address", "commitments", "defaults", "list", "pending", "risk", "show", "status", "verify"];

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

/// What a keeper finds due in a network, by the names of the steps: for whoever measures what it reads. `all`
/// looks for everything, as a keeper does when an epoch is turned and once an hour.
///
/// # Errors
///
/// When the chain cannot be asked, in a sentence.
pub fn due(
    chain: &dyn Transport,
    network: &Pubkey,
    all: bool,
) -> std::result::Result<BTreeMap<&'static str, usize>, String> {
    let ask = keeper::Ask { all, ..keeper::Ask::default() };
    let snapshot = keeper::Snapshot::look(chain, network, &ask).map_err(|failure| failure.to_string())?;
    let mut kinds = BTreeMap::new();
    for step in keeper::plan(&snapshot, keeper::Batches::of(true)) {
        *kinds.entry(step.work.name()).or_default() += 1;
    }
    Ok(kinds)
}

/// Does what the words of the process say.
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let cli = match Cli::typed(&words) {
        Ok(cli) => cli,
        Err(error) => return misused(&error, &words),
    };
    let format = cli.format();
    reply::speak(format);
    let outbox = cli.outbox();
    conclude(cli.run(&outbox), format, &outbox)
}

/// Writes the answer or the failure. Returns what the process returns.
fn conclude(ran: Result<Reply>, format: Format, outbox: &Outbox) -> ExitCode {
    match ran.and_then(|reply| print(&reply, format, outbox)) {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(failure)) | Err(failure) => {
            let failure = failure.after(outbox.has(Sent::Unknown), outbox.has(Sent::Refused));
            failed(&failure, format, Some(outbox))
        }
    }
}

/// The end of what landed or was refused is told now, as well as it can be: a script reads the code.
fn failed(failure: &Failure, format: Format, outbox: Option<&Outbox>) -> ExitCode {
    if format == Format::Display {
        failure::note(&format!("error: {failure}"));
        outbox.iter().flat_map(|outbox| outbox.lines()).for_each(|line| failure::note(&line));
    } else {
        failure::note(&failure.to_json(outbox.map(Outbox::to_json).unwrap_or_default()).to_string());
    }
    failure.exit_code()
}

/// Words that make no command, or ask for help: as the rest of the output is asked for, and without what may
/// be a secret among them.
fn misused(error: &clap::Error, words: &[OsString]) -> ExitCode {
    let words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    if !error.use_stderr() {
        return match error.print().and_then(|()| std::io::stdout().flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                failed(&Failure::Failed(format!("stdout: {error}")), Format::asked_for(&words), None)
            }
            _ => ExitCode::SUCCESS,
        };
    }
    let text = secrecy::redacted(&error.render().to_string(), &words);
    let format = Format::asked_for(&words);
    if format == Format::Display {
        failure::note(text.trim_end());
        return Failure::Usage(text).exit_code();
    }
    let is_help = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    let text =
        if is_help { "a command is missing; --help lists them" } else { text.trim().trim_start_matches("error: ") };
    failed(&Failure::Usage(text.to_owned()), format, None)
}

/// The same command line, whose addresses are refused in our own words, wherever one is an option.
fn with_plain_addresses(command: clap::Command) -> clap::Command {
    let is_address = |arg: &clap::Arg| arg.get_value_parser().type_id() == TypeId::of::<Pubkey>();
    let with_words = |arg: clap::Arg| if is_address(&arg) { arg.value_parser(text::address) } else { arg };
    command.mut_args(with_words).mut_subcommands(with_plain_addresses)
}

impl Cli {
    /// Reads the words of a command. A number is written without a sign: the standard library takes one.
    fn typed(words: &[OsString]) -> std::result::Result<Self, clap::Error> {
        let is_signed = |word: &str| {
            let value = word.split_once('=').map_or(word, |(_, value)| value);
            value.strip_prefix('+').is_some_and(|digits| digits.starts_with(|digit: char| digit.is_ascii_digit()))
        };
        let words_of = |word: &OsString| word.to_str().filter(|word| is_signed(word)).map(ToOwned::to_owned);
        if let Some(word) = words.iter().find_map(words_of) {
            return Err(Self::command().error(ErrorKind::InvalidValue, format!("{word}: a number has no sign here")));
        }
        let mut command = with_plain_addresses(Self::command());
        let matches = command.try_get_matches_from_mut(words)?;
        let mut readers = piped::readers(&command, &matches).into_iter();
        let (piped, other) = (readers.next(), readers.next());
        if let (Some(one), Some(other)) = (&piped, other) {
            return Err(command.error(ErrorKind::ArgumentConflict, piped::refusal(one, &other)));
        }
        let cli = Self::from_arg_matches(&matches)?;
        let mut at = &matches;
        let mut names = Vec::new();
        while let Some((name, below)) = at.subcommand() {
            names.push(name);
            at = below;
        }
        Ok(Self { name: names.join(" "), piped, ..cli })
    }

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
        Outbox::of(&self.name, &command, self.options.again).that_reads(self.only_reads())
    }

    fn only_reads(&self) -> bool {
        self.name.split(' ').next_back().is_some_and(|verb| READS.contains(&verb))
    }

    /// Refuses a key that was named and cannot be read, and that of the settings where the command signs.
    fn require_keys(&self, config: &config::Config) -> Result<()> {
        let Options { keypair, fee_payer, unsigned, authority, .. } = &self.options;
        if unsigned.is_some() || authority.is_some() {
            return Ok(());
        }
        let of_settings = (!self.only_reads() && keypair.is_none()).then_some(&config.keypair);
        if let (Some(one), true) = (&self.piped, of_settings.is_some_and(|named| piped::is_piped(named))) {
            return Err(Failure::Usage(piped::refusal(one, "the settings' keypair_path")));
        }
        let mut named = [keypair.as_ref(), fee_payer.as_ref(), of_settings].into_iter().flatten();
        named.try_for_each(|named| keys::require_readable(named))
    }

    fn run(&self, outbox: &Outbox) -> Result<Reply> {
        match &self.command {
            Command::Demo(demo) => demo.run(),
            Command::Simulate(simulate) => simulate.run(),
            Command::Daily(command) => {
                let mut config = config::Config::load(self.options.config.as_deref())?;
                config.url = config::resolve_url(self.options.url.as_deref().unwrap_or(&config.url))?;
                self.require_keys(&config)?;
                let chain = work_token_sdk::rpc::RpcTransport::with_options(&config.url, self.options.rpc());
                command.run(&Session { chain: &chain, options: &self.options, config: &config, outbox, tables: &[] })
            }
        }
    }
}

/// Writes the answer. What was sent is settled once the answer has gone out; until then the next run of the
/// command tells it again.
fn print(reply: &Reply, format: Format, outbox: &Outbox) -> Result<Option<Failure>> {
    let failed = reply::print(reply, format, outbox.only_reads())?;
    outbox.settle()?;
    Ok(failed)
}
