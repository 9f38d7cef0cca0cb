//! What governs a network.

use {
    super::{network_setup, network_trees, show},
    crate::{
        chain::Session,
        failure::{Failure, Result},
        keeper, params,
        reply::Reply,
    },
    clap::{Subcommand, ValueEnum},
    serde_json::json,
    std::path::PathBuf,
    work_token_sdk::{
        Pubkey, ix,
        state::{AuthorityRole, ChangeClass, ParamChange},
    },
};

/// `work-token network`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Print the addresses that a network of --creator and --network-id will have; its mint must name the network as mint authority
    Address,
    /// Print the default parameters as TOML, to be edited and passed to `create`
    Defaults,
    /// Create a network with its six vaults
    Create(network_setup::Create),
    /// Show a network
    Show,
    /// Create the two trees that jobs are drawn from, about 1.14 SOL each, and let the network adopt them: anybody may
    AdoptTrees,
    /// Create the tree that jurors are drawn from, about 1.14 SOL, and let the network adopt it: anybody may
    AdoptJurorTree,
    /// Move every open deadline by the time that the chain has lost: anybody may
    RecordOutage,
    /// Close the entrances: registering, delegating, restaking. Exits, claims and cranks go on
    Pause {
        /// For how many seconds; at most 604,800
        #[arg(long)]
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
    /// Propose a change of parameters
    ProposeParams {
        /// TOML or JSON; parameters that it does not name stay
        #[arg(long, value_name = "FILE")]
        params: PathBuf,
    },
    /// Put a proposed change in force once its delay has passed: anybody may
    ExecuteParams {
        /// Its number; `propose-params` printed it
        #[arg(long)]
        number: u32,
    },
    /// Withdraw a proposed change
    CancelParams {
        /// Its number
        #[arg(long)]
        number: u32,
    },
    /// Pay out of the treasury
    PayTreasury {
        /// A token account
        #[arg(long)]
        to: Pubkey,
        /// Base units
        #[arg(long)]
        amount: u64,
    },
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
            Self::Address => network_setup::addresses(session),
            Self::Defaults => {
                let defaults = work_token_localnet::default_params();
                let plain = Some(params::to_toml(&defaults).trim_end().to_owned());
                Ok(Reply { data: params::to_json(&defaults), plain, failed: None })
            }
            Self::Create(create) => create.run(session),
            Self::Show => show::network(session),
            Self::AdoptTrees => network_trees::adopt(session),
            Self::AdoptJurorTree => network_trees::adopt_of_jurors(session),
            Self::RecordOutage => record_outage(session),
            Self::Pause { secs } => {
                let (network, guardian) = (session.network_key()?, session.authority()?);
                session.submit(&[ix::pause(&network, guardian, *secs)], json!({}))
            }
            Self::Unpause => {
                let (network, guardian) = (session.network_key()?, session.authority()?);
                session.submit(&[ix::unpause(&network, guardian)], json!({}))
            }
            Self::ProposeAuthority { role, to } => {
                let (network, admin) = (session.network_key()?, session.authority()?);
                let proposed = to.unwrap_or_default();
                session.submit(&[ix::propose_authority(&network, admin, (*role).into(), proposed)], json!({}))
            }
            Self::AcceptAuthority { role } => {
                let (network, authority) = (session.network_key()?, session.authority()?);
                session.submit(&[ix::accept_authority(&network, authority, (*role).into())], json!({}))
            }
            Self::ProposeParams { params } => propose(session, params),
            Self::ExecuteParams { number } => {
                let network = session.network_key()?;
                let change = change(session, &network, *number)?;
                if session.chain.now_ts()? < change.executable_from_ts {
                    return Err(Failure::TryAgain(format!(
                        "not due before {} (unix seconds)",
                        change.executable_from_ts
                    )));
                }
                session.submit(&[ix::execute_params(&network, *number, change.payer)], json!({}))
            }
            Self::CancelParams { number } => {
                let (network, admin) = (session.network_key()?, session.authority()?);
                let change = change(session, &network, *number)?;
                session.submit(&[ix::cancel_params(&network, admin, *number, change.payer)], json!({}))
            }
            Self::PayTreasury { to, amount } => {
                let (network, admin) = (session.network()?, session.authority()?);
                session.submit(&[ix::pay_treasury(&network, admin, *to, *amount)], json!({}))
            }
        }
    }
}

/// Tried on a copy first: a chain that has lost nothing needs no transaction.
fn record_outage(session: &Session) -> Result<Reply> {
    let key = session.network_key()?;
    let mut network = session.client().network(&key)?;
    let moved = network.record_outage(keeper::slot(session.chain)?, session.chain.now_ts()?);
    let secs = moved.map_err(|error| Failure::TryAgain(format!("{}: {}", error.name(), error.message())))?;
    session.submit(&[ix::record_outage(&key)], json!({ "secs": secs, "outage_secs": network.outage_secs }))
}

fn change(session: &Session, network: &Pubkey, number: u32) -> Result<ParamChange> {
    let change = session.client().param_change(network, number)?;
    change.ok_or_else(|| Failure::Failed(format!("change {number} was never proposed, or was executed or withdrawn")))
}

fn propose(session: &Session, file: &std::path::Path) -> Result<Reply> {
    let key = session.network_key()?;
    let network = session.client().network(&key)?;
    let params = params::load(file, Some(&network.params))?;
    ParamChange::require_small_steps(&network.params, &params)
        .map_err(|error| Failure::Usage(format!("{}: {}: {}", file.display(), error.name(), error.message())))?;
    let (admin, number) = (session.authority()?, network.param_changes.saturating_add(1));
    let class = ChangeClass::of(&network.params, &params);
    let facts = json!({
        "number": number,
        "class": format!("{class:?}").to_lowercase(),
        "executable_from_ts": session.chain.now_ts()?.saturating_add(class.delay_secs(&network.params)),
    });
    session.submit(&[ix::propose_params(&key, admin, admin, number, &params)], facts)
}
