//! What those who measure providers do.

pub mod canary;
mod reports;
mod sealed;
mod tasks;

use {
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::refused_as,
        keeper,
        reply::{Reply, Value, facts},
        text::{amount, hex},
    },
    clap::{Args, Subcommand},
    work_token_sdk::{
        AttesterAddresses, ProviderAddresses, Pubkey, ShardAddresses, WorkTokenError as E, ix,
        math::Epoch,
        state::{Attester, NO_PLACE, Provider, ScoreShard},
    },
};

/// `work-token attester`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Lock a bond; you can be drawn from the next epoch on, or aim at the smallest bond where no place is
    /// free
    Register {
        /// Base units [default: the least]
        #[arg(long, value_parser = amount)]
        bond: Option<u64>,
        /// Token account that pays [default: your usual one]
        #[arg(long)]
        from: Option<Pubkey>,
    },
    /// Add to your bond; it counts from the next epoch on
    AddBond {
        /// Base units
        #[arg(value_parser = amount)]
        amount: u64,
        /// Token account that pays [default: your usual one]
        #[arg(long)]
        from: Option<Pubkey>,
    },
    /// Take a free place with a bond that waits, or aim anew at the smallest bond
    Aim,
    /// Let an attester take the place that it aims at, in the second half of the epoch after its aim: anybody
    /// may
    Displace {
        /// Who aims [default: the keypair that signs]
        attester: Option<Pubkey>,
    },
    /// Name the hot key that commits for you, without power over your bond
    Reporter {
        /// Its address
        #[arg(long, required_unless_present = "none")]
        to: Option<Pubkey>,
        /// Nobody but you commits
        #[arg(long, conflicts_with = "to")]
        none: bool,
    },
    /// Leave for good, from the next epoch on; the bond is free two epochs and a challenge window after the
    /// last report that you owed
    Retire,
    /// Take the bond and what is left of your pay
    Close(To),
    /// Take your pay
    Claim(To),
    /// Commit to your reports about a shard; reports and salt are kept until they are revealed. A second
    /// commitment replaces the first
    Commit(sealed::Commit),
    /// Reveal committed reports, once the epoch is over: anybody may who has reports and salt
    Reveal(sealed::Reveal),
    /// Bar an attester from reporting on a provider that it owns, operates, is paid by or delegates to:
    /// anybody may
    Mask(Mask),
    /// Show an attester, and the shards that it is drawn for
    Show {
        /// Who attests [default: the keypair that signs]
        attester: Option<Pubkey>,
    },
}

/// An attester's interest in a provider.
#[derive(Args, Debug)]
pub struct Mask {
    /// The provider
    #[arg(long)]
    provider: Pubkey,
    /// Who attests
    #[arg(long)]
    attester: Pubkey,
    /// The interest is that of the attester's reporter
    #[arg(long)]
    of_reporter: bool,
    /// The epoch that is reported on [default: the present one]
    #[arg(long)]
    epoch: Option<u32>,
}

/// Who is paid.
#[derive(Args, Debug)]
pub struct To {
    /// Token account of yours that receives [default: your usual one]
    #[arg(long)]
    to: Option<Pubkey>,
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        if let Self::Show { attester } = self {
            return show(session, *attester);
        }
        if let Self::Mask(mask) = self {
            return mask.run(session);
        }
        if let Self::Displace { attester } = self {
            return displace(session, *attester);
        }
        if let Self::Reveal(reveal) = self {
            return reveal.run(session);
        }
        let owner = if let Self::Commit(commit) = self { commit.attester() } else { None };
        let owner = owner.map_or_else(|| session.authority(), Ok)?;
        let attester = AttesterAddresses::derive(session.network()?, owner);
        if !matches!(self, Self::Register { .. }) {
            session.client().get::<Attester>(&attester.attester)?;
        }
        let to = |to: &To| session.token_account(to.to, &attester.owner, &attester.network);
        match self {
            Self::Register { bond, from } => register(session, &attester, *bond, *from),
            Self::AddBond { amount, from } => {
                let from = session.token_account(*from, &attester.owner, &attester.network);
                session.submit(&[ix::add_attester_bond(&attester, from, *amount)], facts(&attester))
            }
            Self::Reporter { to, .. } => session.submit(&[ix::set_reporter(&attester, *to)], facts(&attester)),
            Self::Aim => session.submit(&[ix::aim_attester(&attester)], facts(&attester)),
            Self::Retire => session.submit(&[ix::retire_attester(&attester)], facts(&attester)),
            Self::Close(receives) => close(session, &attester, to(receives)),
            Self::Claim(receives) => {
                session.submit(&[ix::claim_attester_rewards(&attester, to(receives))], facts(&attester))
            }
            Self::Commit(commit) => commit.run(session, attester),
            Self::Show { .. } | Self::Mask(_) | Self::Displace { .. } | Self::Reveal(_) => {
                Err(Failure::Usage("shown already".into()))
            }
        }
    }
}

fn facts(attester: &AttesterAddresses) -> Value {
    facts!({ "attester": attester.attester.to_string() })
}

fn register(session: &Session, attester: &AttesterAddresses, bond: Option<u64>, from: Option<Pubkey>) -> Result<Reply> {
    let network = session.client().network(&attester.network.network)?;
    let bond = bond.unwrap_or(network.params.attester_bond);
    let from = session.token_account(from, &attester.owner, &attester.network);
    let mut facts = facts(attester);
    facts["bond"] = bond.into();
    session.submit(&[ix::register_attester(attester, from, bond)], facts)
}

/// Takes the bond out, once it is free.
fn close(session: &Session, attester: &AttesterAddresses, to: Pubkey) -> Result<Reply> {
    let network = session.client().network(&attester.network.network)?;
    let state: Attester = session.client().get(&attester.attester)?;
    let unlocks_at_ts = state.unlocks_at_ts(&network.clock(), network.params.challenge_secs);
    if state.retired_ts != 0 && session.chain.now_ts()? < unlocks_at_ts {
        return Err(refused_as(E::BondLocked, &format!("it is free from {unlocks_at_ts} (unix seconds) on")));
    }
    session.submit(&[ix::close_attester(attester, to)], facts(attester))
}

/// Whoever holds the place that is aimed at is named, unless a place is free.
fn displace(session: &Session, named: Option<Pubkey>) -> Result<Reply> {
    let owner = named.map_or_else(|| session.authority(), Ok)?;
    let attester = AttesterAddresses::derive(session.network()?, owner);
    let (client, network_key) = (session.client(), attester.network.network);
    let (network, state): (_, Attester) = (client.network(&network_key)?, client.get(&attester.attester)?);
    let roster = client.attester_roster(&network_key)?;
    let roster = roster.ok_or_else(|| Failure::Failed("nobody attests".into()))?;
    let time = network.roster_time(session.chain.now_ts()?);
    let holder = match state.place_when_due(&network, &roster, time) {
        Some((_, Some(holder))) => Some(AttesterAddresses::derive(attester.network, holder).attester),
        _ => None,
    };
    let mut facts = facts(&attester);
    facts["displaced"] = holder.map(|holder| holder.to_string()).into();
    session.submit(&[ix::displace_attester(&attester, holder)], facts)
}

impl Mask {
    /// The shard and the attester's opinion follow from the provider's place.
    fn run(&self, session: &Session) -> Result<Reply> {
        let (provider, client) = (session.provider(&self.provider)?, session.client());
        let (network, state) = (client.network(&provider.network.network)?, client.provider(&self.provider)?);
        let epoch = self.epoch.map_or_else(|| Ok(network.epoch_at(session.chain.now_ts()?).0), Ok::<_, Failure>)?;
        let missing = || Failure::Failed(format!("{} had no place in epoch {epoch}", self.provider));
        let place = state.place_in(Epoch(epoch)).ok_or_else(missing)?;
        let shard = ShardAddresses::derive(provider.network, epoch, ScoreShard::number_of(place));
        let drawn: ScoreShard = client.get(&shard.shard)?;
        let opinion = drawn.opinion_of(&self.attester).and_then(|opinion| u8::try_from(opinion).ok());
        let missing = || Failure::Failed(format!("{} does not attest in shard {}", self.attester, shard.number));
        let opinion = opinion.ok_or_else(missing)?;
        let attester = AttesterAddresses::derive(provider.network, self.attester);
        let key = match self.of_reporter {
            true => client.get::<Attester>(&attester.attester)?.reporter,
            false => self.attester,
        };
        let interest = interest_of(session, (&provider, &state), &key)?;
        let facts =
            facts!({ "shard": shard.number, "epoch": epoch, "opinion": opinion, "interest": interest.to_string() });
        let mask = match self.of_reporter {
            true => ix::mask_reporter(&shard, opinion, self.provider, interest, attester.attester),
            false => ix::mask_report(&shard, opinion, self.provider, interest),
        };
        session.submit(&[mask], facts)
    }
}

/// A set of canaries that the attester is held to, or will be.
fn set(commitment: &[u8; 32], from_epoch: u32) -> Option<Value> {
    (*commitment != [0; 32]).then(|| facts!({ "commitment": hex(commitment), "from_epoch": from_epoch }))
}

/// What shows a key's interest in a provider: the provider itself where it owns or operates it, the offer
/// where it operates a class, what is agreed where it is paid, else its position.
fn interest_of(session: &Session, (provider, state): (&ProviderAddresses, &Provider), key: &Pubkey) -> Result<Pubkey> {
    if state.owner == *key || state.has_signed_as_operator(key) {
        return Ok(provider.provider);
    }
    let offer = session.client().offer(&provider.provider)?;
    if offer.is_some_and(|offer| offer.is_operated_by(key, &state.owner)) {
        return Ok(provider.offer());
    }
    let agreed = session.client().beneficiary(&provider.provider)?;
    if agreed.is_some_and(|agreed| agreed.beneficiary == *key) {
        return Ok(provider.beneficiary());
    }
    Ok(provider.position(*key).delegation)
}

fn show(session: &Session, named: Option<Pubkey>) -> Result<Reply> {
    let owner = named.map_or_else(|| session.authority(), Ok)?;
    let addresses = AttesterAddresses::derive(session.network()?, owner);
    let network = session.client().network(&addresses.network.network)?;
    let state: Attester = session.client().get(&addresses.attester)?;
    let is_retired = state.retired_ts != 0;
    let unlocks = state.unlocks_at_ts(&network.clock(), network.params.challenge_secs);
    let shards = session.client().score_shards(&addresses.network.network)?;
    let now = (keeper::slot(session.chain)?, session.chain.now_ts()?);
    let row = |shard: &work_token_sdk::state::ScoreShard| {
        let status = work_token_sdk::view::shard_status(&network, shard, now);
        let opinion = status.attesters.iter().find(|opinion| opinion.attester == owner)?;
        Some(facts!({
            "epoch": status.epoch,
            "shard": status.shard,
            "first_place": status.first_place,
            "phase": format!("{:?}", status.phase).to_lowercase(),
            "state": format!("{:?}", opinion.state).to_lowercase(),
            "commit_until_ts": status.commit_until_ts,
            "reveal_until_ts": status.reveal_until_ts,
            "points": opinion.points,
        }))
    };
    let rows: Vec<Value> = shards.iter().filter_map(|(_, shard)| row(shard)).collect();
    let sets = [
        set(&state.canaries.before, state.canaries.before_from_epoch),
        set(&state.canaries.newest, state.canaries.newest_from_epoch),
    ];
    let sets: Vec<Value> = sets.into_iter().flatten().collect();
    Ok(Reply::of(facts!({
        "attester": addresses.attester.to_string(),
        "owner": owner.to_string(),
        "reporter": (state.reporter != Pubkey::default()).then(|| state.reporter.to_string()),
        "place": (state.place != NO_PLACE).then_some(state.place),
        "aims_at": state.aims().then_some(state.aimed_place),
        "aim_due_epoch": state.aims().then_some(state.aimed_epoch_plus_one),
        "bond": state.bond,
        "credit": state.credit,
        "canaries": sets,
        "missed": state.missed,
        "retired_ts": is_retired.then_some(state.retired_ts),
        "unlocks_at_ts": is_retired.then_some(unlocks),
        "shards": rows,
    })))
}
