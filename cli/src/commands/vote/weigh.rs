//! What weighs a realm's votes, and the updates that go before an instruction that reads what somebody
//! weighs.

use {
    super::room,
    crate::{
        chain::Session,
        failure::{Failure, Result},
    },
    work_token_sdk::{
        Account, AddressLookupTableAccount, ClientError, Instruction, Pubkey,
        governance::{self as spl, GovernanceAddresses, RealmAddresses, RealmConfig, TokenOwnerRecord, WeightRecords},
        votes::{self, Registrar, RegistrarAddresses, Voter, VoterState},
    },
};

/// What weighs the votes of a realm's community.
pub enum Weigher {
    /// What each has deposited.
    Deposits,
    /// Stake, where it lies.
    Stake(Box<Stake>),
    /// A program that is not known here.
    Other(Pubkey),
}

/// A realm in which stake votes.
pub struct Stake {
    /// What joins it to the network.
    pub registrar: (RegistrarAddresses, Registrar),
    /// Whether thresholds are parts of the stake; of the supply, as with deposits, while a realm passes from
    /// these to stake.
    pub says_most: bool,
}

/// For what somebody is weighed.
#[derive(Clone, Copy, Debug)]
pub enum Use {
    /// To vote on a proposal of the governance; with its heaviest positions where not all fit, and by this
    /// lookup table where one is named.
    Vote { proposal: Pubkey, heaviest: bool, table: Option<Pubkey> },
    /// To propose.
    Propose,
}

impl Use {
    /// The instruction that writes what positions of a voter weigh for it.
    fn update(self, state: &VoterState, governance: Pubkey, positions: &[[Pubkey; 2]]) -> Instruction {
        match self {
            Self::Vote { proposal, .. } => {
                let on = votes::Proposal { proposal, governance };
                votes::update_vote_weight(&state.at, true, positions, on)
            }
            Self::Propose => {
                let action = (spl::WeightAction::CreateProposal as u8, governance);
                votes::update_voter_weight(&state.at, true, positions, action)
            }
        }
    }

    /// Votes are compared with the maximum weight.
    const fn reads_the_maximum(self) -> bool {
        matches!(self, Self::Vote { .. })
    }

    /// Whether a part of the stake will do. Who proposes only needs enough.
    const fn takes_a_part(self) -> bool {
        matches!(self, Self::Propose | Self::Vote { heaviest: true, .. })
    }

    /// The lookup table that was named.
    const fn table(self) -> Option<Pubkey> {
        match self {
            Self::Vote { table, .. } => table,
            Self::Propose => None,
        }
    }
}

/// What reads a weight, behind what writes it.
pub struct Weighed {
    /// In one transaction.
    pub instructions: Vec<Instruction>,
    /// How much it is. Base units.
    pub weight: u64,
    /// Positions that weigh something and do not fit.
    pub left_out: usize,
    /// Where it looks up accounts.
    pub tables: Vec<AddressLookupTableAccount>,
}

impl Weigher {
    /// Of a realm.
    pub fn of(session: &Session, realm: &RealmAddresses) -> Result<Self> {
        let config: RealmConfig = session.client().of_governance(&realm.program, &realm.config)?;
        let community = config.community;
        Ok(match (community.voter_weight, community.max_voter_weight) {
            (None, None) => Self::Deposits,
            (Some(votes::ID), max @ (None | Some(votes::ID))) => {
                let registrar = session.client().registrar(realm)?;
                Self::Stake(Box::new(Stake { registrar, says_most: max.is_some() }))
            }
            (voter, max) => {
                let other = voter.filter(|program| *program != votes::ID);
                Self::Other(other.or(max).unwrap_or_default())
            }
        })
    }

    /// In words.
    pub fn words(&self) -> String {
        match self {
            Self::Deposits => "deposits".into(),
            Self::Stake(_) => "stake".into(),
            Self::Other(program) => format!("what {program} writes"),
        }
    }

    /// What thresholds are parts of, in words.
    pub fn thresholds(&self) -> &'static str {
        match self {
            Self::Stake(stake) if stake.says_most => {
                "the largest stake of the last epochs, or the least part of the supply"
            }
            Self::Deposits | Self::Stake(_) => "the realm's part of the supply",
            Self::Other(_) => "what that program writes",
        }
    }

    /// The record of the maximum weight, and what writes it, where there is one.
    pub fn maximum(&self) -> Result<Option<(Pubkey, Instruction)>> {
        Ok(match self {
            Self::Deposits => None,
            Self::Stake(stake) if stake.says_most => {
                let (at, _) = &stake.registrar;
                Some((at.max_record, votes::update_max_voter_weight(at)))
            }
            Self::Stake(_) => None,
            Self::Other(program) => return Err(unknown(program)),
        })
    }

    /// An instruction that reads what whoever acts weighs, behind what writes that in the same transaction:
    /// all positions, with a lookup table where they do not fit without, or those that weigh something; else
    /// a record that stands, or the heaviest, where a part will do.
    pub fn before(
        &self,
        session: &Session,
        (at, what): (&GovernanceAddresses, Use),
        build: impl Fn(WeightRecords) -> Instruction,
    ) -> Result<Weighed> {
        let who = session.authority()?;
        let stake = match self {
            Self::Deposits => {
                let key = at.realm.token_owner_record(&who);
                let record: Option<TokenOwnerRecord> = session.client().find_of_governance(&at.realm.program, &key)?;
                let deposited = record.map_or(0, |record| record.deposited);
                if deposited == 0 {
                    let message = format!("{who} has deposited nothing in this realm: `governance deposit`");
                    return Err(Failure::Failed(message));
                }
                let instructions = vec![build(WeightRecords::default())];
                return Ok(Weighed { instructions, weight: deposited, left_out: 0, tables: Vec::new() });
            }
            Self::Stake(stake) => stake,
            Self::Other(program) => return Err(unknown(program)),
        };
        let state = voter_state(session, &stake.registrar, who)?;
        let most = self.maximum()?.filter(|_| what.reads_the_maximum());
        let with = |update: Option<Instruction>, record| {
            let records = WeightRecords { voter: Some(record), max: most.as_ref().map(|(key, _)| *key) };
            let most = most.iter().map(|(_, write)| write.clone());
            update.into_iter().chain(most).chain([build(records)]).collect::<Vec<_>>()
        };
        let weighing =
            |positions: &[[Pubkey; 2]]| with(Some(what.update(&state, at.governance, positions)), state.at.slot_record);
        let all = weighing(&state.named());
        let tables = room::making_room(session, what.table(), &state, &all)?;
        let session = &session.looking_up(&tables);
        if session.has_room(&all)? {
            return Ok(Weighed { instructions: all, weight: heard(&state)?, left_out: 0, tables });
        }
        let heaviest = heaviest(&state);
        let (positions, weights): (Vec<_>, Vec<u64>) = heaviest.iter().copied().unzip();
        let mut fits = positions.len();
        while !session.has_room(&weighing(&positions[..fits]))? {
            fits -= 1;
        }
        let left_out = positions.len() - fits;
        if left_out > 0 {
            match standing(session, &state) {
                Ok(weight) => {
                    let instructions = with(None, state.at.standing_record);
                    return Ok(Weighed { instructions, weight, left_out: 0, tables });
                }
                Err(why) if !what.takes_a_part() => return Err(why),
                Err(_) => {}
            }
        }
        heard(&state)?;
        let weight = weights[..fits].iter().sum();
        Ok(Weighed { instructions: weighing(&positions[..fits]), weight, left_out, tables })
    }
}

/// The positions of a voter that weigh something, each with its provider, the heaviest first.
fn heaviest(state: &VoterState) -> Vec<([Pubkey; 2], u64)> {
    let weighed = state.named().into_iter().zip(state.weights());
    let mut found: Vec<_> = weighed.map(|(named, position)| (named, position.weight)).collect();
    found.retain(|(_, weight)| *weight > 0);
    found.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    found
}

/// What is read of somebody who must be a voter.
pub fn entered<T>(holder: &Pubkey, read: Result<T, ClientError>) -> Result<T> {
    match read {
        Err(ClientError::Missing { name, .. }) if name == Voter::NAME => {
            Err(Failure::Failed(format!("{holder} is no voter of this realm: `governance voter create`")))
        }
        read => Ok(read?),
    }
}

/// A voter with all that is weighed of it.
pub fn voter_state(
    session: &Session,
    registrar: &(RegistrarAddresses, Registrar),
    holder: Pubkey,
) -> Result<VoterState> {
    entered(&holder, session.client().voter_state(registrar, holder))
}

fn unknown(program: &Pubkey) -> Failure {
    Failure::Failed(format!("votes of this realm are weighed by {program}, which is not known here: use its client"))
}

/// What a voter weighs; refuses nothing at all.
fn heard(state: &VoterState) -> Result<u64> {
    let weight = state.weight();
    if weight > 0 {
        return Ok(weight);
    }
    let nothing = "nothing of your stake counts";
    Err(match state.next_ripe_ts() {
        _ if state.voter.count == 0 => {
            Failure::Failed(format!("{nothing}: your voter has no position, add them with `governance voter add`"))
        }
        Some(ts) if ts > state.now_ts => Failure::TryAgain(format!(
            "{nothing} yet: what waits counts from {ts} (unix seconds) on, if `governance update` has noted it"
        )),
        _ => Failure::Failed(format!("{nothing}, or it is silent: `governance voter show` says which")),
    })
}

/// What a voter's record says that stands now; where none does, what to do.
fn standing(session: &Session, state: &VoterState) -> Result<u64> {
    let (slot, _) = session.client().clock()?;
    let found = session.client().voter_record(&state.at.standing_record)?;
    if let Some(record) = found.filter(|record| record.expiry_slot >= slot && record.weight > 0) {
        return Ok(record.weight);
    }
    let count = state.voter.count;
    let then = match state.registrar.terms.standing_slots {
        0 => "make room with `governance table`, or vote with those that fit with --heaviest",
        _ => {
            "make room with `governance table`, or write what they weigh before with `governance update --standing`, \
             and repeat this"
        }
    };
    Err(Failure::Failed(format!("the voter's {count} positions do not fit one transaction with this: {then}")))
}
