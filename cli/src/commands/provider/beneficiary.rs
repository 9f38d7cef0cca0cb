//! Who is paid a provider's own rewards, by agreement with its owner.

use {
    super::{facts, registered},
    crate::{
        chain::Session,
        failure::Result,
        foreseen::{refused, refused_as},
        reply::Reply,
        text::amount,
    },
    clap::{Args, Subcommand},
    work_token_sdk::{ProviderAddresses, Pubkey, WorkTokenError as E, ix, state::Beneficiary},
};

/// `work-token provider beneficiary`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Propose who is paid the owner's rewards, up to a quota and until a time. Owner
    Propose(Propose),
    /// Agree to the terms that are proposed to you; what they replace ends
    Accept(Accept),
    /// Name another token account of yours. Beneficiary
    Destination {
        /// The provider
        #[arg(long)]
        provider: Pubkey,
        /// A token account
        #[arg(long)]
        to: Pubkey,
    },
    /// Give up what is left of the quota. Beneficiary
    End {
        /// The provider
        #[arg(long)]
        provider: Pubkey,
    },
}

/// `work-token provider beneficiary propose`
#[derive(Args, Debug)]
pub struct Propose {
    /// Who is paid
    #[arg(long, required_unless_present = "withdraw")]
    to: Option<Pubkey>,
    /// What it is paid at most; base units
    #[arg(long, value_parser = amount, required_unless_present = "withdraw")]
    quota: Option<u64>,
    /// Until when; unix seconds
    #[arg(long, required_unless_present = "withdraw")]
    until_ts: Option<i64>,
    /// Withdraw what is proposed; what is agreed stays
    #[arg(long, conflicts_with_all = ["to", "quota", "until_ts"])]
    withdraw: bool,
}

/// `work-token provider beneficiary accept`
#[derive(Args, Debug)]
pub struct Accept {
    /// The provider
    #[arg(long)]
    provider: Pubkey,
    /// The quota that you agree to; base units
    #[arg(long, value_parser = amount)]
    quota: u64,
    /// The end that you agree to; unix seconds
    #[arg(long)]
    until_ts: i64,
    /// Token account that is paid [default: your usual one]
    #[arg(long)]
    to: Option<Pubkey>,
    /// The present beneficiary, which signs too while it has quota left: name its keypair as --fee-payer
    #[arg(long)]
    incumbent: Option<Pubkey>,
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Propose(propose) => propose.run(session),
            Self::Accept(accept) => accept.run(session),
            Self::Destination { provider, to } => {
                let (at, _) = agreed(session, provider)?;
                session.require_takes_tokens("--to", to, &at.network)?;
                session.submit(&[ix::set_beneficiary_destination(&at, session.authority()?, *to)], facts(&at))
            }
            Self::End { provider } => {
                let (at, state) = agreed(session, provider)?;
                let mut facts = facts(&at);
                facts["given_up"] = state.left.into();
                session.submit(&[ix::end_beneficiary(&at, session.authority()?)], facts)
            }
        }
    }
}

/// What is agreed with the signer.
fn agreed(session: &Session, provider: &Pubkey) -> Result<(ProviderAddresses, Beneficiary)> {
    let at = session.provider(provider)?;
    let state = session.client().beneficiary(provider)?;
    let state = state.ok_or_else(|| refused_as(E::NotTheBeneficiary, "no beneficiary was ever proposed"))?;
    state.require_beneficiary(&session.authority()?).map_err(refused)?;
    Ok((at, state))
}

impl Propose {
    fn run(&self, session: &Session) -> Result<Reply> {
        let provider = registered(session)?;
        let proposed = match (self.to, self.quota, self.until_ts) {
            (Some(to), Some(quota), Some(until_ts)) => Some((to, ix::BeneficiaryTerms { quota, until_ts })),
            _ => None,
        };
        session.submit(&[ix::propose_beneficiary(&provider, proposed)], facts(&provider))
    }
}

impl Accept {
    fn run(&self, session: &Session) -> Result<Reply> {
        let (at, signer) = (session.provider(&self.provider)?, session.authority()?);
        let state = session.client().beneficiary(&self.provider)?;
        let mut state = state.ok_or_else(|| refused_as(E::NotTheProposedBeneficiary, "nothing is proposed"))?;
        let to = session.token_account(self.to, &signer, &at.network);
        session.require_takes_tokens("--to", &to, &at.network)?;
        let now_ts = session.chain.now_ts()?;
        let keys = (&signer, self.incumbent.as_ref());
        state.accept(keys, (self.quota, self.until_ts), &to, now_ts).map_err(refused)?;
        let terms = ix::BeneficiaryTerms { quota: self.quota, until_ts: self.until_ts };
        session.submit(&[ix::accept_beneficiary(&at, signer, terms, to, self.incumbent)], facts(&at))
    }
}
