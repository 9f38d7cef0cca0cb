//! Voters: who votes with which positions.

use {
    super::{
        realm::Named,
        stake::registrar,
        weigh::{entered, voter_state},
    },
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::{Count, Reply, Value, facts},
    },
    clap::{Args, Subcommand},
    work_token_sdk::{
        Pubkey,
        governance::{self as spl, TokenOwnerRecord},
        votes::{self, PositionWeight, Voter, VoterAddresses},
    },
};

/// `work-token governance voter`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Enter somebody in a realm in which stake votes: anybody may, and pays
    Create(Whose),
    /// Vote with a position, too: what it weighs begins to wait
    Add(Add),
    /// Vote with a position no more
    Remove {
        #[command(flatten)]
        named: Named,
        /// The position
        #[arg(long, value_name = "PUBKEY")]
        position: Pubkey,
    },
    /// Vote in the realm no more; the rent returns to who paid it
    Close {
        #[command(flatten)]
        named: Named,
    },
    /// Show with what somebody votes: of each position what is heard, what counts, what waits and until when
    Show(Whose),
}

/// Whose voter in a realm.
#[derive(Args, Debug)]
pub struct Whose {
    #[command(flatten)]
    named: Named,
    /// Who votes [default: the keypair that signs]
    #[arg(long, value_name = "PUBKEY")]
    holder: Option<Pubkey>,
}

/// A position to vote with.
#[derive(Args, Debug)]
pub struct Add {
    #[command(flatten)]
    named: Named,
    /// The position's provider
    #[arg(long, value_name = "PUBKEY")]
    provider: Pubkey,
    /// You are the provider's owner, and vote with its own position: with all that it is heard with
    #[arg(long)]
    own: bool,
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Create(whose) => whose.create(session),
            Self::Add(add) => add.run(session),
            Self::Remove { named, position } => {
                let (at, _) = voter(session, named, session.authority()?)?;
                session.submit(&[votes::remove_position(&at, *position)], facts!({ "voter": at.voter.to_string() }))
            }
            Self::Close { named } => {
                let (at, Voter { payer, .. }) = voter(session, named, session.authority()?)?;
                let facts = facts!({ "voter": at.voter.to_string(), "rent_to": payer.to_string() });
                session.submit(&[votes::close_voter(&at, payer)], facts)
            }
            Self::Show(whose) => whose.show(session),
        }
    }
}

/// Somebody who must be a voter.
fn voter(session: &Session, named: &Named, holder: Pubkey) -> Result<(VoterAddresses, Voter)> {
    let realm = named.realm(session)?;
    let at = registrar(session, &realm)?.0.voter(holder);
    Ok((at, entered(&holder, session.client().get(&at.voter))?))
}

impl Whose {
    fn holder(&self, session: &Session) -> Result<Pubkey> {
        self.holder.map_or_else(|| session.authority(), Ok)
    }

    /// Creates what is missing: the voter, and the realm's record of it.
    fn create(&self, session: &Session) -> Result<Reply> {
        let (realm, payer, holder) = (self.named.realm(session)?, session.authority()?, self.holder(session)?);
        let at = registrar(session, &realm)?.0.voter(holder);
        let (client, key) = (session.client(), realm.token_owner_record(&holder));
        let mut missing = Vec::new();
        if client.find_of_governance::<TokenOwnerRecord>(&realm.program, &key)?.is_none() {
            missing.push(spl::create_token_owner_record(&realm, holder, payer));
        }
        if client.find::<Voter>(&at.voter)?.is_none() {
            missing.push(votes::create_voter(&at, payer));
        }
        if missing.is_empty() {
            return Err(Failure::Failed(format!("{holder} is a voter of this realm already")));
        }
        session.submit(&missing, facts!({ "voter": at.voter.to_string(), "holder": holder.to_string() }))
    }

    fn show(&self, session: &Session) -> Result<Reply> {
        let realm = self.named.realm(session)?;
        let state = voter_state(session, &registrar(session, &realm)?, self.holder(session)?)?;
        let stands = session.client().voter_record(&state.at.standing_record)?;
        let positions: Vec<Value> = state.weights().iter().map(row).collect();
        Ok(Reply::of(facts!({
            "voter": state.at.voter.to_string(),
            "holder": state.at.holder.to_string(),
            "weight": state.weight(),
            "waits_until_ts": state.next_ripe_ts(),
            "standing_weight": stands.map(|record| record.weight),
            "standing_until_slot": stands.map(|record| Count(record.expiry_slot)),
            "count": positions.len(),
            "positions": positions,
        })))
    }
}

/// A position, as an update would note it now.
fn row(found: &PositionWeight) -> Value {
    facts!({
        "position": found.position.to_string(),
        "provider": found.provider.map(|provider| provider.to_string()),
        "voice_whole": found.whole,
        "voice": found.voiced,
        "counts": found.counts,
        "waiting": found.waiting,
        "waits_until_ts": found.ripe_ts,
        "low_since_ts": found.low_since_ts,
        "weight": found.weight,
        "update_is_due": found.is_news,
    })
}

impl Add {
    fn run(&self, session: &Session) -> Result<Reply> {
        let holder = session.authority()?;
        let (at, _) = voter(session, &self.named, holder)?;
        let position = match self.own {
            true => session.provider(&self.provider)?.own_position,
            false => session.position(&self.provider)?.delegation,
        };
        let facts = facts!({
            "voter": at.voter.to_string(),
            "position": position.to_string(),
            "next": "what it is heard with waits for the realm's longest vote and two days, and counts once \
                     `governance update` or a vote notes it after that",
        });
        session.submit(&[votes::add_position(&at, [position, self.provider])], facts)
    }
}
