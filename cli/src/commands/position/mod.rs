//! What the holder of a position does.

mod moving;
mod request;
pub mod risk;
mod show;
mod transfer;
mod voice;

use {
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::refused_as,
        reply::{Reply, Value, facts},
        text::amount,
    },
    clap::{Args, Subcommand},
    work_token_sdk::{PositionAddresses, Pubkey, ix, state::Unbonding},
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
        #[arg(long, value_parser = amount)]
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
    Request(request::Request),
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
    /// Let anybody turn what the position earns into stake, or nobody any more
    AutoRestake(transfer::AutoRestake),
    /// Vote with the position's stake instead of the provider's owner, heard once it was silent for the
    /// longest vote and two days; or give its voice back: with off once, and by anybody with off again after
    /// as long
    Direct(voice::Direct),
    /// Give shares that earn to another holder behind the same provider: both sign, the receiver as
    /// --fee-payer, or print it with --unsigned
    Transfer(transfer::Transfer),
    /// Move stake to another provider: ask to leave now, and with the same command once that has matured
    /// withdraw and delegate in one transaction
    ///
    /// What is under way is kept in a file. Exit codes: 0 it has been moved, 75 it waits and the same command
    /// continues, 76 nobody knows whether something landed.
    Move(moving::Move),
    /// Take what a ticket held back for those claims that have ended, claim by claim: anybody may
    Settle {
        #[command(flatten)]
        holding: Holding,
        /// The ticket's number
        #[arg(long)]
        ticket: u32,
        /// Token account of the holder that receives [default: the holder's usual one]
        #[arg(long)]
        to: Option<Pubkey>,
    },
    /// Show what stands behind a provider, or may: claims, verdicts, terms, the way out, and what governance
    /// is about to change
    Risk(Holding),
    /// Show a position and its tickets
    Show(Holding),
    /// List every position of somebody, in all networks or in the one that is named, with what is to be done:
    /// claim before a lot loses what it earned first, withdraw matured tickets
    List {
        /// Who holds them [default: the keypair that signs]
        #[arg(long)]
        holder: Option<Pubkey>,
    },
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
                require_ticket(session, &position, *ticket)?;
                session.submit(&[ix::cancel_unbonding(&position, *ticket)], facts(&position))
            }
            Self::Withdraw { ticket: Ticket { provider, ticket }, to } => {
                let position = session.position(provider)?;
                let found = require_ticket(session, &position, *ticket)?;
                found.require_mature(session.chain.now_ts()?).map_err(|error| {
                    refused_as(error, &format!("it matures at {} (unix seconds)", found.matures_at_ts))
                })?;
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
            Self::AutoRestake(choice) => choice.run(session),
            Self::Direct(direct) => direct.run(session),
            Self::Transfer(transfer) => transfer.run(session),
            Self::Move(moving) => moving.run(session),
            Self::Settle { holding, ticket, to } => risk::settle(session, &holding.addresses(session)?, *ticket, *to),
            Self::Risk(holding) => risk::show(session, &holding.provider, &holding.holder(session)?),
            Self::Show(holding) => show::position(session, &holding.addresses(session)?),
            Self::List { holder } => show::all(session, &holder.map_or_else(|| session.authority(), Ok)?),
            Self::Close(holding) => {
                let position = holding.addresses(session)?;
                session.client().position(&position.delegation)?;
                session.submit(&[ix::close_delegation(&position, session.authority()?)], facts(&position))
            }
        }
    }
}

/// The ticket, or which ones there are.
pub(super) fn require_ticket(session: &Session, position: &PositionAddresses, number: u32) -> Result<Unbonding> {
    let tickets = session.client().tickets(&position.delegation)?;
    let numbers: Vec<String> = tickets.iter().map(|ticket| ticket.number.to_string()).collect();
    tickets.into_iter().find(|ticket| ticket.number == number).ok_or_else(|| {
        let has = if numbers.is_empty() { "none".to_owned() } else { numbers.join(", ") };
        Failure::Failed(format!("the position has no ticket {number}; it has {has}"))
    })
}

impl Holding {
    fn holder(&self, session: &Session) -> Result<Pubkey> {
        self.holder.map_or_else(|| session.authority(), Ok)
    }

    fn addresses(&self, session: &Session) -> Result<PositionAddresses> {
        let holder = self.holder(session)?;
        Ok(session.provider(&self.provider)?.position(holder))
    }
}

/// What every answer about a position says.
pub(super) fn facts(position: &PositionAddresses) -> Value {
    facts!({ "provider": position.provider.provider.to_string(), "position": position.delegation.to_string() })
}
