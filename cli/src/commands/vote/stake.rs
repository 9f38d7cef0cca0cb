//! Realms in which stake votes: on which terms, and what is written of it.

use {
    super::{
        realm::Named,
        room,
        terms::{Terms, terms},
        weigh::{Weigher, voter_state},
    },
    crate::{
        chain::{Session, each_alone},
        failure::{Failure, Result},
        reply::{Reply, Value, facts, joined},
    },
    clap::{Args, Subcommand},
    work_token_sdk::{
        ClientError, Instruction, Pubkey,
        governance::RealmAddresses,
        votes::{self, Registrar, RegistrarAddresses, VoterState},
    },
};

/// Positions that a holder notes in one transaction, so that others of them may stand in it, too.
const NOTED_TOGETHER: usize = 8;

/// The registrar of a realm, in which stake must vote.
pub fn registrar(session: &Session, realm: &RealmAddresses) -> Result<(RegistrarAddresses, Registrar)> {
    let missing = || {
        let message = "stake does not vote in this realm: it has no registrar, and what is deposited votes";
        Failure::Failed(message.into())
    };
    match session.client().registrar(realm) {
        Err(ClientError::Missing { .. }) => Err(missing()),
        found => Ok(found?),
    }
}

/// `work-token governance registrar`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Join a realm to the network whose stake votes in it. The realm's authority
    Create(Join),
    /// Set on which terms stake votes in a realm. The realm's authority; where that is a governance, it is
    /// proposed: `governance propose registrar`
    Set(Join),
}

/// A realm and terms.
#[derive(Args, Debug)]
pub struct Join {
    #[command(flatten)]
    pub named: Named,
    #[command(flatten)]
    pub terms: Terms,
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let (Self::Create(Join { named, terms: changed }) | Self::Set(Join { named, terms: changed })) = self;
        let (realm, authority) = (named.realm(session)?, session.authority()?);
        let (at, terms_then, instruction) = match self {
            Self::Create(_) => {
                let key = session.network_key()?;
                let at = RegistrarAddresses::derive(realm.realm, key, realm.mint);
                let then = changed.of_new(session.client().network(&key)?.params.longest_vote_secs);
                (at, then, votes::create_registrar(&at, [authority, authority], &then))
            }
            Self::Set(_) => {
                let (at, present) = registrar(session, &realm)?;
                let then = changed.over(present.terms);
                (at, then, votes::set_registrar(&at, authority, &then))
            }
        };
        let facts = facts!({ "registrar": at.registrar.to_string(), "terms": terms(&terms_then) });
        session.submit(&[instruction], facts)
    }
}

/// What is written, and of whom.
#[derive(Args, Debug)]
pub struct Update {
    #[command(flatten)]
    named: Named,
    /// Whose voter [default: who acts]
    #[arg(long, value_name = "PUBKEY")]
    holder: Option<Pubkey>,
    /// Write what it weighs, too, for as long as the realm lets that stand
    #[arg(long)]
    standing: bool,
    /// Write the realm's maximum weight instead
    #[arg(long, conflicts_with_all = ["standing", "holder", "table"])]
    max: bool,
    /// The lookup table by which all positions fit [default: the holder's that names most of them, where they
    /// do not fit without]
    #[arg(long, value_name = "PUBKEY")]
    table: Option<Pubkey>,
}

impl Update {
    /// Notes what waits and ripens of a voter's positions, or writes a record.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let realm = self.named.realm(session)?;
        let found = registrar(session, &realm)?;
        if self.max {
            let facts = facts!({ "max_weight": session.client().maximum_weight(&found.1)? });
            return session.submit(&[votes::update_max_voter_weight(&found.0)], facts);
        }
        let authority = session.authority()?;
        let state = voter_state(session, &found, self.holder.unwrap_or(authority))?;
        let facts = facts!({
            "voter": state.at.voter.to_string(),
            "weight": state.weight(),
            "waits_until_ts": state.next_ripe_ts(),
        });
        let signs = state.at.holder == authority;
        let updates = if self.standing {
            vec![votes::update_standing_weight(&state.at, signs, &state.named())]
        } else {
            notes(&state, signs)?
        };
        if updates.len() > 1 {
            return session.submit_parts(&each_alone(updates), facts);
        }
        let tables = room::making_room(session, self.table, &state, &updates)?;
        let session = session.looking_up(&tables);
        require_room(&session, &state, signs, &updates)?;
        session.submit(&updates, joined(facts, facts!({ "lookup_table": room::shown(&tables) })))
    }
}

/// What notes all positions of a voter.
fn notes(state: &VoterState, signs: bool) -> Result<Vec<Instruction>> {
    let named = state.named();
    let together = if signs { NOTED_TOGETHER } else { named.len().max(1) };
    let note = |positions: &[[Pubkey; 2]]| votes::note_positions(&state.at, signs, positions);
    let updates: Vec<_> = named.chunks(together).map(note).collect();
    if updates.is_empty() {
        return Err(Failure::Failed("the voter has no position: `governance voter add` adds one".into()));
    }
    Ok(updates)
}

/// Refuses more positions than one transaction names.
fn require_room(session: &Session, state: &VoterState, signs: bool, update: &[Instruction]) -> Result<()> {
    if session.has_room(update)? {
        return Ok(());
    }
    let count = state.voter.count;
    let whose = if signs { String::new() } else { format!(" --holder {}", state.at.holder) };
    Err(Failure::Failed(format!(
        "the voter's {count} positions do not fit one transaction: make room with `governance table{whose}`; its holder \
         may take some out with `governance voter remove`"
    )))
}

/// How stake votes in a realm, where it does.
pub fn shown(weigher: &Weigher) -> Value {
    match weigher {
        Weigher::Stake(stake) => {
            let (at, registrar) = &stake.registrar;
            facts!({ "registrar": at.registrar.to_string(), "terms": terms(&registrar.terms) })
        }
        Weigher::Deposits | Weigher::Other(_) => Value::Null,
    }
}
