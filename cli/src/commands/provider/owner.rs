//! Who works for a provider, and how it passes to another owner.

use {
    super::{facts, registered},
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::{not_yet, refused, refused_as},
        reply::Reply,
        text::amount,
    },
    clap::Args,
    work_token_sdk::{
        Pubkey, WorkTokenError as E, addresses,
        args::AcceptOwnerArgs,
        ix,
        view::{self, HandoverPhase},
    },
};

/// `work-token provider operator`
#[derive(Args, Debug)]
pub struct Operator {
    /// Its address
    #[arg(long, required_unless_present = "none")]
    to: Option<Pubkey>,
    /// The class whose seats it takes, beside the operator of all; it signs too: name its keypair as
    /// --fee-payer [default: it works for the provider in everything]
    #[arg(long)]
    class: Option<u8>,
    /// Nobody takes the seats of the class but the operator
    #[arg(long, requires = "class", conflicts_with = "to")]
    none: bool,
}

impl Operator {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let provider = registered(session)?;
        let mut facts = facts(&provider);
        let set = match (self.class, self.to) {
            (Some(class), to) => {
                facts["class"] = class.into();
                ix::set_class_operator(&provider, class, to)
            }
            (None, Some(to)) => ix::set_operator(&provider, to),
            (None, None) => return Err(Failure::Usage("which key? --to".into())),
        };
        session.submit(&[set], facts)
    }
}

/// `work-token provider propose-owner`
#[derive(Args, Debug)]
pub struct Propose {
    /// Who shall own the provider
    #[arg(long, required_unless_present = "withdraw")]
    to: Option<Pubkey>,
    /// Withdraw the proposal
    #[arg(long, conflicts_with = "to")]
    withdraw: bool,
}

impl Propose {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let provider = registered(session)?;
        let network = session.client().network(&provider.network.network)?;
        let mut facts = facts(&provider);
        if self.to.is_some() {
            let from_ts = session.chain.now_ts()?.saturating_add(i64::from(network.params.unbonding_secs));
            facts["accept_from_ts"] = from_ts.into();
        } else if session.client().handover(&provider.provider)?.is_none() {
            return Err(refused_as(E::NotTheProposedOwner, "nobody is proposed"));
        }
        session.submit(&[ix::propose_owner(&provider, self.to)], facts)
    }
}

/// `work-token provider accept-owner`
#[derive(Args, Debug)]
pub struct Accept {
    /// The provider
    #[arg(long)]
    provider: Pubkey,
    /// Hot key without power over funds, from now on; not you
    #[arg(long)]
    operator: Pubkey,
    /// Token account for the owner's rewards [default: your usual one]
    #[arg(long)]
    destination: Option<Pubkey>,
    /// Least own stake that is not leaving; base units [default: what it is now]
    #[arg(long, value_parser = amount)]
    min_own_staked: Option<u64>,
    /// Most that disputes and debt may take of it; base units [default: what it is now]
    #[arg(long, value_parser = amount)]
    max_liabilities: Option<u64>,
    /// Most that a beneficiary may still be paid; base units [default: what it is now]
    #[arg(long, value_parser = amount)]
    max_quota: Option<u64>,
    /// Most open seats, on which the former operator works [default: as many as now]
    #[arg(long)]
    max_open_seats: Option<u32>,
}

impl Accept {
    /// Runs the command. What the new owner did not name is what the provider is when it is read: whatever
    /// gets worse before the transaction lands refuses it.
    fn args(&self, session: &Session) -> Result<AcceptOwnerArgs> {
        let (at, client) = (session.provider(&self.provider)?, session.client());
        let provider = client.provider(&self.provider)?;
        let quota = client.beneficiary(&self.provider)?;
        let now_ts = session.chain.now_ts()?;
        let usual = session.token_account(self.destination, &session.authority()?, &at.network);
        session.require_takes_tokens("--destination", &usual, &at.network)?;
        let quota = quota.map_or(0, |agreed| agreed.quota_left(now_ts).0);
        Ok(AcceptOwnerArgs {
            operator: self.operator,
            reward_destination: usual,
            min_own_staked: self.min_own_staked.unwrap_or(provider.own_staked().0),
            max_liabilities: self.max_liabilities.unwrap_or(provider.own_liabilities().0),
            max_quota: self.max_quota.unwrap_or(quota),
            max_open_seats: self.max_open_seats.unwrap_or(provider.open_seats),
            state: provider.state,
        })
    }

    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let (at, client, owner) = (session.provider(&self.provider)?, session.client(), session.authority()?);
        let now_ts = session.chain.now_ts()?;
        let Some(proposal) = client.handover(&self.provider)? else {
            return Err(refused_as(E::NotTheProposedOwner, "nobody is proposed"));
        };
        let status = view::handover(&proposal, now_ts);
        if status.to == owner && status.phase == HandoverPhase::Notice {
            return Err(not_yet(E::HandoverNotDue, &format!("from {} (unix seconds) on", status.from_ts)));
        }
        let provider = client.provider(&self.provider)?;
        let beneficiary = client.beneficiary(&self.provider)?;
        let juror = client.find(&addresses::juror(&at.network.network, &owner))?;
        let args = self.args(session)?;
        let parts = (&proposal, beneficiary.as_ref(), juror.as_ref());
        view::accept_owner(&provider, parts, &owner, &args, now_ts).map_err(refused)?;
        let facts = facts!({
            "provider": self.provider.to_string(),
            "own_staked": provider.own_staked().0,
            "liabilities": provider.own_liabilities().0,
            "open_seats": provider.open_seats,
        });
        session.submit(&[ix::accept_owner(&at, owner, provider.has_beneficiary(), &args)], facts)
    }
}
