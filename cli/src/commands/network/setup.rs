//! Creating a network.

use {
    crate::{
        chain::Session,
        failure::{Failure, Result},
        params,
        reply::{Reply, facts},
    },
    clap::{Args, ValueEnum},
    std::path::PathBuf,
    work_token_sdk::{
        NetworkAddresses, Pubkey, ix,
        state::{EmissionMode, VaultKind},
        transactions::Part,
    },
};

/// Where an emission comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// The network is the mint's authority and mints
    Mint,
    /// From a vault that was filled beforehand
    Reserve,
}

/// `work-token network create`
#[derive(Args, Debug)]
pub struct Create {
    /// All parameters, as TOML or JSON; `network defaults` prints a set
    #[arg(long, value_name = "FILE")]
    params: PathBuf,
    /// The work token
    #[arg(long)]
    mint: Pubkey,
    /// Where the emission comes from
    #[arg(long, value_enum, default_value = "mint")]
    mode: Mode,
    /// Accept a mint with a freeze authority; stakers are shown that you did
    #[arg(long)]
    accept_freeze_authority: bool,
    /// Governance authority [default: the creator]
    #[arg(long)]
    admin: Option<Pubkey>,
    /// May pause the entrances [default: the creator]
    #[arg(long)]
    guardian: Option<Pubkey>,
    /// Last resort of disputes [default: the creator]
    #[arg(long)]
    arbiter: Option<Pubkey>,
}

impl Create {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let params = params::load(&self.params, None)?;
        if !params.is_scored() {
            session.note(super::MEASURES_NOTHING);
        }
        let creator = session.authority()?;
        let mint = session.chain.account(&self.mint)?;
        let token_program = mint.ok_or_else(|| Failure::Failed(format!("there is no mint at {}", self.mint)))?.owner;
        let id = session.options.network_id.unwrap_or(1);
        let network = NetworkAddresses::derive(&creator, id, self.mint, token_program);
        let input = ix::CreateNetwork {
            creator,
            id,
            emission_mode: match self.mode {
                Mode::Mint => EmissionMode::Mint,
                Mode::Reserve => EmissionMode::Reserve,
            },
            accept_freeze_authority: self.accept_freeze_authority,
            admin: self.admin.unwrap_or(creator),
            guardian: self.guardian.unwrap_or(creator),
            arbiter: self.arbiter.unwrap_or(creator),
            params,
        };
        let mut parts = super::draft::missing(session, &network.network, &input.params)?;
        parts.push(Part::alone(ix::create_network(&network, &input)));
        session.submit_parts(&parts, facts!({ "network": network.network.to_string() }))
    }
}

/// The addresses that a network will have.
pub fn addresses(session: &Session) -> Result<Reply> {
    let network = session.network_key()?;
    // The mint does not take part in any of these addresses.
    let addresses = NetworkAddresses::of(network, Pubkey::default(), Pubkey::default());
    Ok(Reply::of(facts!({
        "network": network.to_string(),
        "reward_vault": addresses.vault(VaultKind::Reward).to_string(),
        "escrow_vault": addresses.vault(VaultKind::Escrow).to_string(),
        "insurance_vault": addresses.vault(VaultKind::Insurance).to_string(),
        "keeper_vault": addresses.vault(VaultKind::Keeper).to_string(),
        "treasury_vault": addresses.vault(VaultKind::Treasury).to_string(),
        "reserve_vault": addresses.vault(VaultKind::Reserve).to_string(),
    })))
}
