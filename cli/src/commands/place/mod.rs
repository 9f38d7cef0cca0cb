//! Places of the active set.

mod queue;
pub mod trees;

use {
    super::provider::{own, registered},
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::{not_yet, refused, refused_as},
        reply::{Reply, Value, facts},
    },
    clap::Subcommand,
    work_token_sdk::{
        Pubkey, WorkTokenError as E, ix,
        state::{Network, Provider},
        view,
    },
};

/// `work-token place`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Take a free place for your provider; it has weight from the next epoch on. Owner
    Take {
        /// Its index [default: the first free one]
        #[arg(long)]
        index: Option<u16>,
    },
    /// Challenge somebody's place when none is free; it can be swapped in the second epoch after this one.
    /// Owner
    Challenge {
        /// Who has it [default: the weakest that you exceed]
        #[arg(long)]
        incumbent: Option<Pubkey>,
    },
    /// Swap a challenged place, or let the challenge fall: anybody may
    Swap {
        /// Who challenged [default: your own provider]
        #[arg(long)]
        candidate: Option<Pubkey>,
    },
    /// List the places that are taken, the weakest first
    List,
    /// List who waits for a place, in order, and who would be passed
    Queue,
    /// Join the queue for a place: its head gets the first free one, by anybody's hand. Owner
    Join,
    /// Give the head of the queue the first free place: anybody may
    Admit,
    /// Pass a head of the queue that cannot have a place: anybody may
    Pass,
    /// Take the place of a provider that does not keep it up: anybody may
    Vacate {
        /// Whose
        #[arg(long)]
        provider: Pubkey,
    },
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Take { index } => {
                let provider = registered(session)?;
                let network = session.client().network(&provider.network.network)?;
                network.queue.require_empty().map_err(refused)?;
                let free = || network.first_free_place().ok_or_else(|| refused(E::NoFreePlace));
                let index = index.map_or_else(free, Ok)?;
                session.submit(&[ix::take_place(&provider, index)], facts(&provider.provider, index))
            }
            Self::Challenge { incumbent } => challenge(session, *incumbent),
            Self::Swap { candidate } => swap(session, *candidate),
            Self::List => list(session),
            Self::Queue => queue::list(session),
            Self::Join => queue::join(session),
            Self::Admit => queue::admit(session),
            Self::Pass => queue::pass(session),
            Self::Vacate { provider } => queue::vacate(session, provider),
        }
    }
}

fn facts(provider: &Pubkey, index: u16) -> Value {
    facts!({ "provider": provider.to_string(), "place": index })
}

fn challenge(session: &Session, named: Option<Pubkey>) -> Result<Reply> {
    let (provider, client) = (own(session)?, session.client());
    let network = client.network(&provider.network.network)?;
    let candidate = client.provider(&provider.provider)?;
    let now_ts = session.chain.now_ts()?;
    let incumbent = match named {
        Some(incumbent) => incumbent,
        None => weakest(session, &network, &candidate, now_ts)?,
    };
    let state = client.provider(&incumbent)?;
    let known = [(incumbent, state)];
    let swap = view::challenge(&network, &candidate, (&incumbent, &state), now_ts)
        .map_err(|error| outweighed(error, &view::places_view(&network, &known, now_ts)))?;
    let facts = facts!({
        "provider": provider.provider.to_string(),
        "incumbent": incumbent.to_string(),
        "place": state.place.index,
        "swap_from_ts": swap.0,
        "lapses_ts": swap.1,
    });
    session.submit(&[ix::challenge_place(&provider, incumbent)], facts)
}

/// The weakest incumbent whose place the candidate may challenge, or why there is none.
fn weakest(session: &Session, network: &Network, candidate: &Provider, now_ts: i64) -> Result<Pubkey> {
    let providers = session.client().providers(&candidate.network)?;
    let mut reason = E::PlaceNotHeld;
    let places = view::places_view(network, &providers, now_ts);
    for incumbent in &places.incumbents {
        let state = providers.iter().find(|(key, _)| *key == incumbent.provider).map(|(_, state)| state);
        match state.map(|state| view::challenge(network, candidate, (&incumbent.provider, state), now_ts)) {
            Some(Ok(_)) => return Ok(incumbent.provider),
            Some(Err(error)) => reason = error,
            None => {}
        }
    }
    Err(outweighed(reason, &places))
}

/// Why nobody can be challenged; where the stake does not suffice, what would.
fn outweighed(error: E, places: &view::PlacesView) -> Failure {
    match (error, places.incumbents.iter().map(|incumbent| incumbent.least_to_displace).min()) {
        (E::PlaceMarginTooSmall, Some(least)) => refused_as(error, &format!("{least} base units displace")),
        _ => refused(error),
    }
}

fn swap(session: &Session, candidate: Option<Pubkey>) -> Result<Reply> {
    let candidate = candidate.map_or_else(|| Ok::<_, Failure>(own(session)?.provider), Ok)?;
    let network = session.provider(&candidate)?.network;
    let state = session.client().provider(&candidate)?;
    let challenge = state.place_challenge;
    let (at, now_ts) = (session.client().network(&network.network)?, session.chain.now_ts()?);
    state.require_challenge_due(&challenge.incumbent, &at, now_ts).map_err(|error| match error {
        E::SwapNotDue | E::Paused => {
            let from_ts = at.unix_of_grace(challenge.due_grace_ts, now_ts);
            not_yet(error, &format!("from {from_ts} (unix seconds) on"))
        }
        E::ChallengeFallen if challenge.incumbent == Pubkey::default() => {
            refused_as(error, "it has challenged nobody, or has swapped")
        }
        _ => refused(error),
    })?;
    let incumbent = session.client().provider(&challenge.incumbent)?;
    let swap = ix::swap_place(&network.network, session.authority()?, candidate, challenge.incumbent);
    let mut facts = facts(&candidate, incumbent.place.index);
    facts["incumbent"] = challenge.incumbent.to_string().into();
    session.submit(&[swap], facts)
}

fn list(session: &Session) -> Result<Reply> {
    let key = session.network_key()?;
    let network = session.client().network(&key)?;
    let places = view::places_view(&network, &session.client().providers(&key)?, session.chain.now_ts()?);
    let row = |incumbent: &view::Incumbent| {
        facts!({
            "place": incumbent.index,
            "provider": incumbent.provider.to_string(),
            "stake": incumbent.stake,
            "least_to_displace": incumbent.least_to_displace,
            "immune": incumbent.is_immune,
        })
    };
    Ok(Reply::of(facts!({
        "cap": places.cap,
        "taken": places.taken,
        "free": places.free,
        "first_free": places.first_free,
        "minimum_stake": places.minimum_stake,
        "minimum_announced": places.minimum_announced,
        "waiting": places.waiting,
        "places": places.incumbents.iter().map(row).collect::<Vec<_>>(),
    })))
}
