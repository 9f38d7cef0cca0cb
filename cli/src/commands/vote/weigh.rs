//! What weighs a realm's votes, and the updates that go before an instruction that reads what somebody
//! weighs.

use {
    crate::{
        chain::Session,
        failure::{Failure, Result},
    },
    work_token_sdk::{
        Instruction, Pubkey,
        governance::{self as spl, GovernanceAddresses, RealmAddresses, RealmConfig, TokenOwnerRecord, WeightRecords},
        votes::{self, Registrar, RegistrarAddresses, VoterState},
    },
};

/// What weighs the votes of a realm's community.
pub enum Weigher {
    /// What each has deposited.
    Deposits,
    /// Stake, where it lies.
    Stake(Box<(RegistrarAddresses, Registrar)>),
    /// A program that is not known here.
    Other(Pubkey),
}

/// For what somebody is weighed.
#[derive(Clone, Copy, Debug)]
pub enum Use {
    /// To vote on a proposal of the governance.
    Vote(Pubkey),
    /// To propose.
    Propose,
}

impl Use {
    /// The instruction that writes what all positions of a voter weigh for it.
    fn update(self, state: &VoterState, at: &GovernanceAddresses) -> Instruction {
        let (positions, governance) = (state.named(), at.governance);
        match self {
            Self::Vote(proposal) => {
                let on = votes::Proposal { proposal, governance };
                votes::update_vote_weight(&state.at, true, &positions, on)
            }
            Self::Propose => {
                let action = (spl::WeightAction::CreateProposal as u8, governance);
                votes::update_voter_weight(&state.at, true, &positions, action)
            }
        }
    }

    /// Votes are compared with the maximum weight.
    fn reads_the_maximum(self) -> bool {
        matches!(self, Self::Vote(_))
    }
}

impl Weigher {
    /// Of a realm.
    pub fn of(session: &Session, realm: &RealmAddresses) -> Result<Self> {
        let config: RealmConfig = session.client().of_governance(&realm.program, &realm.config)?;
        let community = config.community;
        Ok(match (community.voter_weight, community.max_voter_weight) {
            (None, None) => Self::Deposits,
            (Some(votes::ID), Some(votes::ID)) => Self::Stake(Box::new(session.client().registrar(realm)?)),
            (Some(votes::ID), max) => Self::Other(max.unwrap_or_default()),
            (voter, max) => Self::Other(voter.or(max).unwrap_or_default()),
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

    /// The record of the maximum weight, and what writes it.
    pub fn maximum(&self) -> Result<Option<(Pubkey, Instruction)>> {
        Ok(match self {
            Self::Deposits => None,
            Self::Stake(stake) => Some((stake.0.max_record, votes::update_max_voter_weight(&stake.0))),
            Self::Other(program) => return Err(unknown(program)),
        })
    }

    /// An instruction that reads what whoever acts weighs, behind what writes that in the same transaction;
    /// and how much it is.
    pub fn before(
        &self,
        session: &Session,
        (at, what): (&GovernanceAddresses, Use),
        build: impl Fn(WeightRecords) -> Instruction,
    ) -> Result<(Vec<Instruction>, u64)> {
        let who = session.authority()?;
        let stake = match self {
            Self::Deposits => {
                let key = at.realm.token_owner_record(&who);
                let record: TokenOwnerRecord = session.client().of_governance(&at.realm.program, &key)?;
                return Ok((vec![build(WeightRecords::default())], record.deposited));
            }
            Self::Stake(stake) => stake,
            Self::Other(program) => return Err(unknown(program)),
        };
        let state = session.client().voter_state(stake, who)?;
        let most = self.maximum()?.filter(|_| what.reads_the_maximum());
        let with = |update: Option<Instruction>, record| {
            let records = WeightRecords { voter: Some(record), max: most.as_ref().map(|(key, _)| *key) };
            let most = most.iter().map(|(_, write)| write.clone());
            update.into_iter().chain(most).chain([build(records)]).collect::<Vec<_>>()
        };
        let weighed = with(Some(what.update(&state, at)), state.at.slot_record);
        if session.has_room(&weighed)? {
            return Ok((weighed, heard(&state)?));
        }
        let weight = standing(session, &state)?;
        Ok((with(None, state.at.standing_record), weight))
    }
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
        0 => "this realm takes no weight that was written before: `governance voter remove` takes a position out",
        _ => "write what they weigh before, with `governance update --standing`, and repeat this",
    };
    Err(Failure::Failed(format!("the voter's {count} positions do not fit one transaction with this: {then}")))
}
