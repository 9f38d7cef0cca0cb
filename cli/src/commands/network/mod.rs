//! What governs a network.

pub mod class;
mod draft;
mod emission;
mod powers;
mod setup;
mod show;

use {
    super::place::trees,
    crate::{
        chain::{Session, each_alone},
        failure::{Failure, Result},
        foreseen::{not_yet, refused_as},
        keeper, params,
        reply::{Count, Reply, Value, facts},
        text::{amount, preset},
    },
    clap::{Args, Subcommand, ValueEnum},
    std::path::PathBuf,
    work_token_sdk::{
        Instruction, NetworkAddresses, Pubkey, WorkTokenError as E,
        errors::explain,
        ix,
        limits::EXECUTION_WINDOW_SECS,
        parameters,
        presets::{self, Preset},
        state::{AuthorityRole, ChangeClass, Network, NetworkParams, ParamChange, Provider, VaultKind},
        transactions::Part,
    },
};

/// What is said of parameters without metrics.
pub const MEASURES_NOTHING: &str = "these parameters measure nothing: every score is neutral, and who does nothing \
                                    earns like who works; --preset names parameters that pay for performance";

/// `work-token network`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Print the addresses that a network of --creator and --network-id will have; its mint must name the
    /// network as mint authority
    Address,
    /// Print the default parameters as TOML, to be edited and passed to `create`
    Defaults {
        /// Those of a kind of network that pays for performance: inference, training, storage, compute or
        /// coverage [default: those of a plain network, which measures nothing]
        #[arg(long, value_name = "NAME", value_parser = preset)]
        preset: Option<Preset>,
    },
    /// Create a network with its six vaults
    Create(setup::Create),
    /// Show a network
    Show,
    /// Create the two trees that jobs are drawn from, about 1.14 SOL each, and let the network adopt them:
    /// anybody may
    AdoptTrees,
    /// Create the tree that jurors are drawn from, about 1.14 SOL, and let the network adopt it: anybody may
    AdoptJurorTree,
    /// Move every open deadline by the time that the chain has lost: anybody may
    RecordOutage,
    /// Note slot and time anew, so that a later outage is measured from now: anybody may, while the clock has
    /// gained nothing
    RefreshNote,
    /// Close the entrances: registering, delegating, restaking. Exits, claims and cranks go on
    Pause {
        /// For how many seconds; at most 604,800
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..=604_800))]
        secs: u32,
    },
    /// Open the entrances before the pause is over
    Unpause,
    /// Propose who shall hold an authority
    ProposeAuthority {
        /// Which
        #[arg(long, value_enum)]
        role: Role,
        /// Who; leave out to withdraw the proposal
        #[arg(long)]
        to: Option<Pubkey>,
    },
    /// Take over an authority that you were proposed for
    AcceptAuthority {
        /// Which
        #[arg(long, value_enum)]
        role: Role,
    },
    /// Write a parameter set to the chain, so that somebody else proposes it: a multisig or a vote signs its
    /// hash
    Draft {
        /// TOML or JSON; parameters that it does not name stay
        #[arg(long, value_name = "FILE")]
        params: PathBuf,
    },
    /// Close a draft that nobody used; a complete one after 45 days
    CloseDraft {
        /// The file that it was written from
        #[arg(long, value_name = "FILE")]
        params: PathBuf,
    },
    /// Propose a change of parameters; shows what changes, its class and delay, and whether one step may go
    /// so far
    ProposeParams {
        /// TOML or JSON; parameters that it does not name stay
        #[arg(long, value_name = "FILE")]
        params: PathBuf,
        /// Who has drafted it [default: you, and it is drafted now]
        #[arg(long)]
        author: Option<Pubkey>,
    },
    /// Put a proposed change in force once its delay has passed, and open the epochs that are due: anybody
    /// may
    ExecuteParams {
        /// Its number; `propose-params` printed it
        #[arg(long)]
        number: u32,
    },
    /// Withdraw a proposed change; once it has expired anybody may, and its rent returns to its payer
    CancelParams {
        /// Its number
        #[arg(long)]
        number: u32,
    },
    /// Announce a payment out of the treasury, and make it by the same command three days later. An amount of
    /// zero withdraws the announcement
    PayTreasury {
        #[command(flatten)]
        payment: Payment,
    },
    /// Announce a payment out of the insurance, and make it by the same command three days later. An amount
    /// of zero withdraws the announcement
    PayInsurance {
        #[command(flatten)]
        payment: Payment,
    },
    /// Write off part of what slashes could not take of a provider
    ForgiveDebt {
        /// The provider
        #[arg(long)]
        provider: Pubkey,
        /// Base units
        #[arg(long, value_parser = amount)]
        amount: u64,
    },
}

/// A payment out of the insurance or the treasury.
#[derive(Args, Debug)]
pub struct Payment {
    /// A token account
    #[arg(long)]
    to: Pubkey,
    /// Base units; 0 withdraws the announcement
    #[arg(long)]
    amount: u64,
}

/// An authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Governs parameters and authorities
    Admin,
    /// May pause the entrances
    Guardian,
    /// Last resort of disputes
    Arbiter,
}

impl From<Role> for AuthorityRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Admin => Self::Admin,
            Role::Guardian => Self::Guardian,
            Role::Arbiter => Self::Arbiter,
        }
    }
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Address => setup::addresses(session),
            Self::Defaults { preset } => {
                let defaults = preset.map_or(presets::NETWORK_PARAMS, Preset::params);
                if !defaults.is_scored() {
                    session.note(MEASURES_NOTHING);
                }
                let plain = Some(params::to_toml(&defaults).trim_end().to_owned());
                Ok(Reply { data: params::told(&defaults), plain, ..Reply::default() })
            }
            Self::Create(create) => create.run(session),
            Self::Show => show::network(session),
            Self::AdoptTrees => trees::adopt(session),
            Self::AdoptJurorTree => trees::adopt_of_jurors(session),
            Self::RecordOutage => record_outage(session),
            Self::RefreshNote => refresh_note(session),
            Self::Pause { secs } => {
                let (network, guardian) = (session.network_key()?, session.authority()?);
                session.submit(&[ix::pause(&network, guardian, *secs)], facts!({}))
            }
            Self::Unpause => {
                let (network, guardian) = (session.network_key()?, session.authority()?);
                session.submit(&[ix::unpause(&network, guardian)], facts!({}))
            }
            Self::ProposeAuthority { role, to } => {
                let (network, admin) = (session.network_key()?, session.authority()?);
                let proposed = to.unwrap_or_default();
                session.submit(&[ix::propose_authority(&network, admin, (*role).into(), proposed)], facts!({}))
            }
            Self::AcceptAuthority { role } => {
                let (network, authority) = (session.network_key()?, session.authority()?);
                session.submit(&[ix::accept_authority(&network, authority, (*role).into())], facts!({}))
            }
            Self::Draft { params } => draft::write(session, params),
            Self::CloseDraft { params } => draft::close(session, params),
            Self::ProposeParams { params, author } => propose(session, params, *author),
            Self::ExecuteParams { number } => execute(session, *number),
            Self::CancelParams { number } => {
                let (network, by) = (session.network_key()?, session.authority()?);
                let change = change(session, &network, *number)?;
                session.submit(&[ix::cancel_params(&network, by, *number, change.payer)], facts!({}))
            }
            Self::PayTreasury { payment } => pay_out(session, payment, (VaultKind::Treasury, ix::pay_treasury)),
            Self::PayInsurance { payment } => pay_out(session, payment, (VaultKind::Insurance, ix::pay_insurance)),
            Self::ForgiveDebt { provider, amount } => {
                let (network, admin) = (session.network_key()?, session.authority()?);
                let Provider { slash_debt, .. } = session.client().get(provider)?;
                if slash_debt == 0 {
                    return Err(Failure::Failed(format!("{provider} owes nothing: there is no debt to forgive")));
                }
                let forgive = ix::forgive_debt(&network, admin, *provider, *amount);
                let forgiven = slash_debt.min(*amount);
                session.submit(&[forgive], facts!({ "provider": provider.to_string(), "forgiven": forgiven }))
            }
        }
    }
}

/// Opens the epochs that are due and executes.
fn execute(session: &Session, number: u32) -> Result<Reply> {
    let (network, now_ts) = (session.network()?, session.chain.now_ts()?);
    let change = change(session, &network.network, number)?;
    if now_ts < change.executable_from_ts {
        return Err(Failure::TryAgain(format!("not due before {} (unix seconds)", change.executable_from_ts)));
    }
    let state = session.client().network(&network.network)?;
    let mut instructions = ix::open_due_epochs(&network.network, &state, session.authority()?, now_ts);
    instructions.push(ix::execute_params(&network, number, change.payer));
    session.submit_parts(&each_alone(instructions), facts!({}))
}

/// Builds a payment out of a vault.
type Pay = fn(&NetworkAddresses, Pubkey, Pubkey, u64) -> Instruction;

/// Tried on a copy first, to say what it does.
fn pay_out(session: &Session, payment: &Payment, (kind, pay): (VaultKind, Pay)) -> Result<Reply> {
    let (addresses, admin) = (session.network()?, session.authority()?);
    if payment.amount > 0 {
        session.require_takes_tokens("--to", &payment.to, &addresses)?;
    }
    let mut network = session.client().network(&addresses.network)?;
    let payable_from_ts = |network: &Network| network.announced(kind).map_or(0, |announced| announced.from_ts);
    let pays =
        network.pay_out(kind, &payment.to, payment.amount, session.chain.now_ts()?).map_err(|error| match error {
            E::ChangeNotDue => not_yet(error, &format!("from {} (unix seconds) on", payable_from_ts(&network))),
            _ => refused_as(error, &format!("treasury_step is {}", network.params.emission.treasury_step)),
        })?;
    let facts = facts!({ "pays": pays, "payable_from_ts": payable_from_ts(&network) });
    session.submit(&[pay(&addresses, admin, payment.to, payment.amount)], facts)
}

/// Tried on a copy first: a note of which the clock has gained must be kept.
fn refresh_note(session: &Session) -> Result<Reply> {
    let key = session.network_key()?;
    let mut network = session.client().network(&key)?;
    let (slot, now_ts) = (keeper::slot(session.chain)?, session.chain.now_ts()?);
    network.refresh_note(slot, now_ts).map_err(|error| not_yet(error, ""))?;
    session.submit(&[ix::refresh_note(&key)], facts!({ "noted_slot": Count(slot), "noted_ts": now_ts }))
}

/// Tried on a copy first: a chain that has lost nothing needs no transaction.
fn record_outage(session: &Session) -> Result<Reply> {
    let key = session.network_key()?;
    let mut network = session.client().network(&key)?;
    let moved = network.record_outage(keeper::slot(session.chain)?, session.chain.now_ts()?);
    let secs = moved.map_err(|error| not_yet(error, ""))?;
    session.submit(&[ix::record_outage(&key)], facts!({ "secs": Count(secs), "outage_secs": network.outages.secs }))
}

fn change(session: &Session, network: &Pubkey, number: u32) -> Result<ParamChange> {
    let change = session.client().param_change(network, number)?;
    change.ok_or_else(|| Failure::Failed(format!("change {number} was never proposed, or was executed or withdrawn")))
}

/// A set of parameters that is to be proposed: what it changes, by which class, and what is still to be
/// drafted.
pub struct Proposed {
    /// The number of the change.
    pub number: u32,
    /// The set.
    pub params: NetworkParams,
    /// What differs, and how it may change.
    pub changes: Value,
    /// What writes the draft, where it is the signer's.
    pub parts: Vec<Part>,
    class: ChangeClass,
    executable_from_ts: i64,
}

/// Reads a set that is to be proposed; refuses one that the network would not take.
pub fn proposed(session: &Session, file: &std::path::Path, author: Option<Pubkey>) -> Result<Proposed> {
    let key = session.network_key()?;
    let network = session.client().network(&key)?;
    let params = params::load(file, Some(&network.params))?;
    let changes = parameters::changes(&network.params, &params);
    params::require_steps(&changes)?;
    let (class, executable_from_ts) = network
        .propose_params(&params, session.chain.now_ts()?)
        .map_err(|error| Failure::Usage(format!("{}: {}", file.display(), explain(error))))?;
    let parts = match author {
        Some(author) => draft::require_complete(session, &author, &params)?,
        None => draft::missing(session, &key, &params)?,
    };
    let changes = params::told_changes(&changes, |class| network.params.delay_secs(class));
    let number = network.param_changes.saturating_add(1);
    Ok(Proposed { number, params, changes, parts, class, executable_from_ts })
}

fn propose(session: &Session, file: &std::path::Path, author: Option<Pubkey>) -> Result<Reply> {
    let Proposed { number, params, changes, mut parts, class, executable_from_ts } = proposed(session, file, author)?;
    let (key, admin) = (session.network_key()?, session.authority()?);
    let facts = facts!({
        "number": number,
        "class": params::class(class),
        "executable_from_ts": executable_from_ts,
        "expires_at_ts": executable_from_ts.saturating_add(EXECUTION_WINDOW_SECS),
        "changes": changes,
    });
    parts.push(Part::alone(ix::propose_params(&key, admin, admin, author.unwrap_or(admin), number, &params)));
    session.submit_parts(&parts, facts)
}
