//! What the owner of a provider does.

mod availability;
mod beneficiary;
mod owner;
mod show;

use {
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::refused_as,
        reply::{Reply, Value, facts},
        text::{amount, hash},
    },
    clap::{Args, Subcommand},
    work_token_sdk::{ProviderAddresses, Pubkey, WorkTokenError as E, ix, state::Provider, view},
};

/// `work-token provider`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Register a provider; its owner is the keypair that signs
    Register(Register),
    /// Add own stake; it counts from the next epoch on
    Stake {
        /// Base units of the work token, decimals included
        #[arg(long, value_parser = amount)]
        amount: u64,
        /// Token account that pays [default: the owner's usual one]
        #[arg(long)]
        from: Option<Pubkey>,
    },
    /// Say what the provider works for, from the next epoch on. Owner
    Offer(availability::Offer),
    /// Give a sign of life. Operator
    Heartbeat(availability::Operated),
    /// Declare maintenance, an hour ahead at least, once in four epochs. Operator
    Maintenance {
        #[command(flatten)]
        provider: availability::Operated,
        /// From when. Unix seconds
        #[arg(long)]
        from_ts: i64,
        /// For how long, at most a quarter of an epoch. Seconds
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
        secs: u32,
    },
    /// Announce a commission: a fall holds at once, a raise after one unbonding time
    Commission {
        /// Hundredths of a percent of the delegators' rewards; at most 5,000, and at most 500 more than now
        #[arg(long)]
        bps: u16,
    },
    /// Set the hot key that works for the provider, or one that takes the seats of a class beside it
    Operator(owner::Operator),
    /// Propose who shall own the provider: it can accept after one unbonding time
    ProposeOwner(owner::Propose),
    /// Take over a provider that was proposed to you, with its own stake and what it owes
    AcceptOwner(owner::Accept),
    /// Share the owner's rewards with who financed the provider
    #[command(subcommand)]
    Beneficiary(beneficiary::Command),
    /// Set where the owner's rewards go by default
    Destination {
        /// A token account
        #[arg(long)]
        to: Pubkey,
    },
    /// Leave jail, once its time is over and no debt is left. Owner
    Unjail,
    /// Begin to leave, for good
    Retire,
    /// Pay a provider's free rewards to its reward destination: anybody may
    Claim {
        /// The provider [default: the signer's own]
        #[arg(long)]
        provider: Option<Pubkey>,
    },
    /// Bring a provider's records up to the present epoch: anybody may
    Touch {
        /// Its address [default: the signer's own provider]
        provider: Option<Pubkey>,
    },
    /// Move what strangers sent to a provider's stake vault into the treasury: anybody may
    Sweep {
        /// Its address [default: the signer's own provider]
        provider: Option<Pubkey>,
    },
    /// Show a provider
    Show {
        /// Its address [default: the signer's own provider]
        provider: Option<Pubkey>,
    },
    /// List the providers of a network
    List,
    /// Close a provider on which nothing hangs any more: anybody may
    Close {
        /// Its address [default: the signer's own provider]
        provider: Option<Pubkey>,
    },
}

/// `work-token provider register`
#[derive(Args, Debug)]
pub struct Register {
    /// Hot key without power over funds; not the owner
    #[arg(long)]
    operator: Pubkey,
    /// Part of the delegators' rewards that the provider keeps, in hundredths of a percent; at most 5,000
    #[arg(long, value_name = "BPS")]
    commission_bps: u16,
    /// Token account for the owner's rewards [default: the owner's usual one]
    #[arg(long)]
    destination: Option<Pubkey>,
    /// Hash of the document that describes the provider: 64 hex digits
    #[arg(long, value_parser = hash)]
    metadata_hash: Option<[u8; 32]>,
    /// Own stake to place at once, at least minimum_self_stake; with the network's minimum stake the first
    /// free place is taken with it. Base units
    #[arg(long, value_parser = amount)]
    stake: Option<u64>,
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Register(register) => register.run(session),
            Self::Stake { amount, from } => {
                let provider = registered(session)?;
                let from = session.token_account(*from, &provider.owner, &provider.network);
                session.submit(&[ix::stake_self(&provider, from, *amount)], facts(&provider))
            }
            Self::Offer(offer) => offer.run(session),
            Self::Heartbeat(provider) => provider.heartbeat(session),
            Self::Maintenance { provider, from_ts, secs } => provider.maintenance(session, *from_ts, *secs),
            Self::Commission { bps } => {
                let provider = registered(session)?;
                session.submit(&[ix::announce_commission(&provider, *bps)], facts(&provider))
            }
            Self::Operator(operator) => operator.run(session),
            Self::ProposeOwner(propose) => propose.run(session),
            Self::AcceptOwner(accept) => accept.run(session),
            Self::Beneficiary(command) => command.run(session),
            Self::Destination { to } => {
                let provider = registered(session)?;
                session.require_takes_tokens("--to", to, &provider.network)?;
                session.submit(&[ix::set_reward_destination(&provider, *to)], facts(&provider))
            }
            Self::Unjail => {
                let provider = registered(session)?;
                require_out_of_jail(session, &provider)?;
                session.submit(&[ix::unjail(&provider)], facts(&provider))
            }
            Self::Retire => {
                let provider = registered(session)?;
                session.submit(&[ix::retire(&provider)], facts(&provider))
            }
            Self::Claim { provider } => {
                let provider = session.provider(&named(session, *provider)?)?;
                let to = session.client().provider(&provider.provider)?.reward_destination;
                let agreed = session.client().beneficiary(&provider.provider)?;
                let beneficiary_to = agreed.map(|agreed| if agreed.is_agreed() { agreed.destination } else { to });
                session.submit(&[ix::claim_shared_rewards(&provider, to, beneficiary_to)], facts(&provider))
            }
            Self::Touch { provider } => {
                let provider = session.provider(&named(session, *provider)?)?;
                let touch = ix::touch_provider(&provider.network.network, provider.provider);
                session.submit(&[touch], facts(&provider))
            }
            Self::Sweep { provider } => {
                let provider = session.provider(&named(session, *provider)?)?;
                session.submit(&[ix::sweep_surplus(&provider)], facts(&provider))
            }
            Self::Show { provider } => show::provider(session, &named(session, *provider)?),
            Self::List => show::providers(session),
            Self::Close { provider } => {
                let provider = session.provider(&named(session, *provider)?)?;
                let state = session.client().provider(&provider.provider)?;
                session.submit(&[ix::close_provider_of(&provider, &state)], facts(&provider))
            }
        }
    }
}

impl Register {
    fn run(&self, session: &Session) -> Result<Reply> {
        let provider = own(session)?;
        if session.client().find::<Provider>(&provider.provider)?.is_some() {
            return Err(Failure::Failed(format!("{} is registered already", provider.provider)));
        }
        let usual = session.token_account(None, &provider.owner, &provider.network);
        match &self.destination {
            Some(named) => session.require_takes_tokens("--destination", named, &provider.network)?,
            None if session.takes_tokens(&usual, &provider.network)? => {}
            None => session.note(&format!(
                "{usual}, your usual token account, does not exist yet: rewards can be claimed once it does"
            )),
        }
        let mut instructions = vec![ix::register_provider(
            &provider,
            ix::RegisterProvider {
                operator: self.operator,
                reward_destination: self.destination.unwrap_or(usual),
                metadata_hash: self.metadata_hash.unwrap_or_default(),
                commission_bps: self.commission_bps,
            },
        )];
        let mut facts = facts(&provider);
        if let Some(stake) = self.stake {
            let least = session.client().network(&provider.network.network)?.params.minimum_self_stake;
            if stake < least {
                return Err(refused_as(E::BelowMinimumSelfStake, &format!("minimum_self_stake is {least}")));
            }
            instructions.push(ix::stake_self(&provider, usual, stake));
            if let Some(index) = place_for(session, &provider, stake)? {
                instructions.push(ix::take_place(&provider, index));
                facts["place"] = index.into();
            }
        }
        session.submit(&instructions, facts)
    }
}

/// Refuses while the time in jail runs, and says until when.
fn require_out_of_jail(session: &Session, provider: &ProviderAddresses) -> Result<()> {
    let network = session.client().network(&provider.network.network)?;
    let (state, now_ts) = (session.client().provider(&provider.provider)?, session.chain.now_ts()?);
    match view::provider_risk(&network, &state, now_ts).jail {
        Some(jail) if network.epoch_at(now_ts).0 < jail.until_epoch => {
            Err(refused_as(E::JailNotOver, &format!("until epoch {}", jail.until_epoch)))
        }
        _ => Ok(()),
    }
}

/// The first free place for a new provider with this stake.
fn place_for(session: &Session, provider: &ProviderAddresses, stake: u64) -> Result<Option<u16>> {
    let network = session.client().network(&provider.network.network)?;
    let least = network.minimum_of_next(network.epoch_at(session.chain.now_ts()?)).0;
    if stake < least {
        session.note(&format!("a place needs {least} base units of own stake; with these the provider is a candidate"));
        return Ok(None);
    }
    if network.queue.waiting() > 0 {
        session.note("others wait for a place: the provider is a candidate, and may wait too with `place join`");
        return Ok(None);
    }
    let index = network.first_free_place();
    if index.is_none() {
        session.note("no place is free: the provider is a candidate, and may challenge one with `place challenge`");
    }
    Ok(index)
}

/// The signer's own provider, which must exist: the one that it registered, or else the one that was handed
/// over to it.
pub(super) fn registered(session: &Session) -> Result<ProviderAddresses> {
    let (provider, client) = (own(session)?, session.client());
    let found: Option<Provider> = client.find(&provider.provider)?;
    if found.is_some_and(|state| state.owner == provider.owner) {
        return Ok(provider);
    }
    let owned = client.providers_of(&provider.network.network, &provider.owner)?;
    match owned.as_slice() {
        [] if found.is_some() => {
            Err(refused_as(E::NotTheProviderOwner, &format!("{} was handed over", provider.provider)))
        }
        [] => client.provider(&provider.provider).map(|_| provider).map_err(Failure::from),
        [(key, state)] => Ok(ProviderAddresses::recorded(provider.network, *key, state)),
        _ => Err(Failure::Usage(format!(
            "{} owns several providers that were handed over to it, and this command cannot tell which is meant",
            provider.owner
        ))),
    }
}

/// The provider that the signer registered, or would register, in the network.
pub(super) fn own(session: &Session) -> Result<ProviderAddresses> {
    Ok(ProviderAddresses::derive(session.network()?, session.authority()?))
}

fn named(session: &Session, provider: Option<Pubkey>) -> Result<Pubkey> {
    provider.map_or_else(|| Ok(registered(session)?.provider), Ok)
}

fn facts(provider: &ProviderAddresses) -> Value {
    facts!({ "provider": provider.provider.to_string() })
}
