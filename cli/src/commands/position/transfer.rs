//! Giving shares to another holder, and letting anybody restake.

use {
    super::facts,
    crate::{chain::Session, failure::Result, foreseen::refused, reply::Reply, text::amount},
    clap::Args,
    work_token_sdk::{Account, PositionAddresses, Pubkey, ix, state::Delegation, view},
};

/// `work-token delegate transfer`
#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("how much").required(true)))]
pub struct Transfer {
    /// The provider's address
    #[arg(long)]
    provider: Pubkey,
    /// Who holds the shares now [default: the keypair that signs]
    #[arg(long)]
    holder: Option<Pubkey>,
    /// Who receives them
    #[arg(long)]
    to: Pubkey,
    /// Shares
    #[arg(long, group = "how much", value_parser = amount)]
    shares: Option<u64>,
    /// All that earn
    #[arg(long, group = "how much")]
    all: bool,
    /// The receiver refuses shares that are worth less, in base units
    #[arg(long, default_value_t = 0)]
    min_value: u64,
    /// The receiver refuses to join a pool from which open disputes claim more base units
    #[arg(long, default_value_t = 0)]
    max_open_claims: u64,
}

impl Transfer {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let holder = self.holder.map_or_else(|| session.authority(), Ok)?;
        let position = session.provider(&self.provider)?.position(holder);
        let state = session.client().position_state(&position)?;
        let to = position.provider.position(self.to);
        let theirs = session.chain.account(&to.delegation)?.map(|account| Delegation::decode(&account.data));
        let theirs = theirs.transpose()?;
        let mut input = ix::TransferShares {
            shares: self.shares.unwrap_or(0),
            min_value: self.min_value,
            max_open_claims: self.max_open_claims,
        };
        if self.all {
            input.shares = view::transfer(&state.at(), &self.to, theirs.as_ref(), &input).active;
        }
        let found = view::transfer(&state.at(), &self.to, theirs.as_ref(), &input);
        if let Some(refusal) = found.refusal {
            return Err(refused(refusal));
        }
        let mut facts = facts(&position);
        facts["to"] = to.delegation.to_string().into();
        facts["shares"] = input.shares.into();
        facts["value"] = found.value.into();
        facts["claimable"] = found.claimable.into();
        facts["receiver_votes_itself_now"] = found.votes_itself_now.into();
        session.submit(&[ix::transfer_shares(&position, self.to, input)], facts)
    }
}

/// `work-token delegate auto-restake`
#[derive(Args, Debug)]
pub struct AutoRestake {
    /// The provider's address
    #[arg(long)]
    provider: Pubkey,
    /// Let nobody any more
    #[arg(long, conflicts_with = "max_open_claims")]
    off: bool,
    /// Not while open disputes claim more base units from the pool
    #[arg(long, default_value_t = 0)]
    max_open_claims: u64,
}

impl AutoRestake {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let position: PositionAddresses = session.position(&self.provider)?;
        let choice = (!self.off).then_some(self.max_open_claims);
        let mut facts = facts(&position);
        facts["auto_restake"] = choice.is_some().into();
        facts["max_open_claims"] = choice.into();
        session.submit(&[ix::set_auto_restake(&position, choice)], facts)
    }
}
