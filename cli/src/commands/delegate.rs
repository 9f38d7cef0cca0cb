//! What the holder of a position does.

use {
    super::show_position,
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::Reply,
    },
    clap::{Args, Subcommand},
    serde_json::json,
    work_token_sdk::{
        PositionAddresses, Pubkey, ix,
        view::{self, PositionAt},
    },
};

/// `work-token delegate`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Place stake behind a provider; it earns from the next epoch on
    Add {
        /// The provider's address
        #[arg(long)]
        provider: Pubkey,
        /// Base units of the work token, decimals included
        #[arg(long)]
        amount: u64,
        /// Token account that pays [default: the holder's usual one]
        #[arg(long)]
        from: Option<Pubkey>,
        /// Refuse to receive fewer shares
        #[arg(long, default_value_t = 0)]
        min_shares: u64,
        /// Refuse to join a pool from which open disputes claim more base units
        #[arg(long, default_value_t = 0)]
        max_open_claims: u64,
    },
    /// Ask to leave: the shares stop earning now and can be withdrawn once the ticket has matured
    Request(Request),
    /// Put a ticket back into the pool
    Cancel(Ticket),
    /// Take out a matured ticket
    Withdraw {
        #[command(flatten)]
        ticket: Ticket,
        /// Token account that receives [default: the holder's usual one]
        #[arg(long)]
        to: Option<Pubkey>,
    },
    /// Claim everything the position has earned
    Claim {
        /// The provider's address
        #[arg(long)]
        provider: Pubkey,
        /// Token account that receives [default: the holder's usual one]
        #[arg(long)]
        to: Option<Pubkey>,
    },
    /// Turn everything the position has earned into stake behind the same provider
    Restake {
        /// The provider's address
        #[arg(long)]
        provider: Pubkey,
        /// Refuse to join a pool from which open disputes claim more base units
        #[arg(long, default_value_t = 0)]
        max_open_claims: u64,
    },
    /// Show a position and its tickets
    Show(Holding),
    /// Close an empty position: its holder at any time, anybody after 30 days
    Close(Holding),
}

/// A position.
#[derive(Args, Debug)]
pub struct Holding {
    /// The provider's address
    #[arg(long)]
    provider: Pubkey,
    /// Who holds the position [default: the keypair that signs]
    #[arg(long)]
    holder: Option<Pubkey>,
}

/// A ticket of the signer's position.
#[derive(Args, Debug)]
pub struct Ticket {
    /// The provider's address
    #[arg(long)]
    provider: Pubkey,
    /// The ticket's number
    #[arg(long)]
    ticket: u32,
}

/// `work-token delegate request`
#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("how much").required(true)))]
pub struct Request {
    /// The provider's address
    #[arg(long)]
    provider: Pubkey,
    /// Shares that leave
    #[arg(long, group = "how much")]
    shares: Option<u64>,
    /// Base units that leave, at today's price
    #[arg(long, group = "how much")]
    amount: Option<u64>,
    /// Everything leaves
    #[arg(long, group = "how much")]
    all: bool,
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Add { provider, amount, from, min_shares, max_open_claims } => {
                let provider = session.provider(provider)?;
                let position = provider.position(session.authority()?);
                let input = ix::Delegate {
                    from: session.token_account(*from, &position.holder, &provider.network),
                    amount: *amount,
                    min_shares_out: *min_shares,
                    max_open_claims: *max_open_claims,
                };
                session.submit(&[ix::delegate(&position, input)], facts(&position))
            }
            Self::Request(request) => request.run(session),
            Self::Cancel(Ticket { provider, ticket }) => {
                let position = session.position(provider)?;
                session.submit(&[ix::cancel_unbonding(&position, *ticket)], facts(&position))
            }
            Self::Withdraw { ticket: Ticket { provider, ticket }, to } => {
                let position = session.position(provider)?;
                let to = session.token_account(*to, &position.holder, &position.provider.network);
                session.submit(&[ix::withdraw_unbonded(&position, *ticket, to)], facts(&position))
            }
            Self::Claim { provider, to } => {
                let position = session.position(provider)?;
                let to = session.token_account(*to, &position.holder, &position.provider.network);
                session.submit(&[ix::claim_rewards(&position, to)], facts(&position))
            }
            Self::Restake { provider, max_open_claims } => {
                let position = session.position(provider)?;
                session.submit(&[ix::restake(&position, *max_open_claims)], facts(&position))
            }
            Self::Show(holding) => show_position::position(session, &holding.addresses(session)?),
            Self::Close(holding) => {
                let position = holding.addresses(session)?;
                session.submit(&[ix::close_delegation(&position, session.authority()?)], facts(&position))
            }
        }
    }
}

impl Holding {
    fn addresses(&self, session: &Session) -> Result<PositionAddresses> {
        let holder = self.holder.map_or_else(|| session.authority(), Ok)?;
        Ok(session.provider(&self.provider)?.position(holder))
    }
}

impl Request {
    fn run(&self, session: &Session) -> Result<Reply> {
        let position = session.position(&self.provider)?;
        let state = session.client().position_state(&position)?;
        let shares = match (self.shares, self.amount) {
            (Some(shares), _) => Some(shares),
            (_, Some(amount)) => Some(shares_worth(&state.at(), amount)?),
            _ => None,
        };
        let leaving = view::leave(&state.at(), shares, &[]);
        let mut facts = facts(&position);
        facts["ticket"] = leaving.ticket_number.into();
        facts["shares"] = leaving.shares.into();
        facts["value"] = leaving.value.into();
        facts["matures_at_ts"] = leaving.matures_at_ts.into();
        facts["forfeits_epochs"] = leaving.forfeits.iter().map(|forfeit| forfeit.epoch).collect();
        session.submit(&[ix::request_unbonding(&position, leaving.ticket_number, leaving.shares)], facts)
    }
}

/// The fewest shares that are worth at least `amount`, found by bisection: the pool alone knows how it rounds.
fn shares_worth(at: &PositionAt, amount: u64) -> Result<u64> {
    let worth = |shares: u64| view::leave(at, Some(shares), &[]).value;
    let all = view::holdings(at);
    if all.value < amount {
        return Err(Failure::Failed(format!("the position is worth {} base units, less than {amount}", all.value)));
    }
    let (mut too_few, mut enough) = (0, all.shares);
    while enough - too_few > 1 {
        let middle = too_few + (enough - too_few) / 2;
        if worth(middle) >= amount {
            enough = middle;
        } else {
            too_few = middle;
        }
    }
    Ok(enough)
}

fn facts(position: &PositionAddresses) -> serde_json::Value {
    json!({ "provider": position.provider.provider.to_string(), "position": position.delegation.to_string() })
}
