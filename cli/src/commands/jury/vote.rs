//! Votes of jurors: committed first, revealed when all have committed.

use {
    crate::{
        chain::{Clues, Sealed, Session, each_alone},
        commands::dispute::{Case, Which},
        failure::{Failure, Result},
        foreseen::{refused, refused_as},
        reply::{Reply, Tell, Value, facts},
        text::{hash, words},
    },
    clap::{Args, Subcommand},
    std::mem::offset_of,
    work_token_sdk::{
        BallotAddresses, Hash, Pubkey, WorkTokenError as E,
        commit::vote_commitment,
        ix,
        math::dispute::Phase,
        salts::{SaltContext, SaltUse},
        state::{Ballot, BallotState, Delegation},
    },
};

/// Every vote that there is.
const VOTES: [u8; 6] = [0, 1, 2, 3, 4, 5];

/// `work-token jury vote`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Commit to a vote; vote and salt are kept until it is revealed
    Commit(Commit),
    /// Reveal a vote, or the ballot loses what it binds: anybody may who has the salt
    Reveal(Reveal),
}

/// `work-token jury vote commit`
#[derive(Args, Debug)]
pub struct Commit {
    #[command(flatten)]
    which: Which,
    /// The severity found, at most the one claimed; 0 dismisses
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=5))]
    severity: u8,
    /// Salt: 64 hex digits [default: one that your key gives again, random with --unsigned; it is kept]
    #[arg(long, value_parser = hash)]
    salt: Option<[u8; 32]>,
}

/// `work-token jury vote reveal`
#[derive(Args, Debug)]
pub struct Reveal {
    #[command(flatten)]
    which: Which,
    /// The severity that was committed to [default: the one that fits]
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=5))]
    severity: Option<u8>,
    /// Salt: 64 hex digits [default: the one that is kept, else the one that your key gives]
    #[arg(long, value_parser = hash)]
    salt: Option<[u8; 32]>,
    /// Whose vote [default: the signer's]
    #[arg(long)]
    juror: Option<Pubkey>,
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Commit(vote) => vote.run(session),
            Self::Reveal(vote) => vote.run(session),
        }
    }
}

/// Somebody's ballots of the present jury of a dispute, by number.
struct Ballots {
    case: Case,
    genesis_hash: Hash,
    owner: Pubkey,
    ballots: Vec<(BallotAddresses, Ballot)>,
}

impl Ballots {
    fn read(session: &Session, owner: Pubkey, dispute: Pubkey) -> Result<Self> {
        let case = session.case(&dispute)?;
        let jury = case.dispute.machine.jury;
        let of_dispute = (offset_of!(Ballot, dispute), dispute);
        let mut ballots = session.client().list::<Ballot>(&[of_dispute, (offset_of!(Ballot, owner), owner)])?;
        ballots.retain(|(_, ballot)| ballot.jury == jury);
        ballots.sort_by_key(|(_, ballot)| ballot.index);
        let known = |(key, ballot)| (BallotAddresses::recorded(case.addresses, key, &ballot), ballot);
        let ballots: Vec<_> = ballots.into_iter().map(known).collect();
        if ballots.is_empty() {
            return Err(Failure::Failed(format!("{owner} has no ballot of the present jury of {dispute}")));
        }
        Ok(Self { case, genesis_hash: session.chain.genesis_hash()?, owner, ballots })
    }

    /// Those in a state.
    fn in_state(&self, state: BallotState) -> Vec<&(BallotAddresses, Ballot)> {
        self.ballots.iter().filter(|(_, ballot)| ballot.state() == state).collect()
    }

    fn context(&self, at: &BallotAddresses) -> SaltContext {
        SaltContext {
            used_for: SaltUse::Vote,
            genesis_hash: self.genesis_hash,
            network: at.dispute.network.network,
            object: at.dispute.dispute,
            round: u32::from(at.jury),
            index: at.index,
            signer: self.owner,
        }
    }

    /// What the program makes of a vote in a ballot.
    fn commitment(&self, at: &BallotAddresses) -> impl Fn(&u8, &[u8; 32]) -> [u8; 32] {
        let (at, owner) = (*at, self.owner);
        move |vote, salt| vote_commitment(&at, &owner, *vote, salt)
    }

    fn facts(&self, ballots: &[&(BallotAddresses, Ballot)]) -> Value {
        let numbers: Vec<u8> = ballots.iter().map(|(at, _)| at.index).collect();
        facts!({ "dispute": self.case.addresses.dispute.to_string(), "ballots": numbers })
    }

    /// Refuses a vote that could never be revealed, and one of somebody who may not judge.
    fn require_revealable(&self, session: &Session, severity: u8) -> Result<()> {
        let claimed = self.case.dispute.machine.claimed;
        if severity > claimed {
            let fact = format!("{claimed} is claimed; a vote for {severity} could never be revealed");
            return Err(refused_as(E::VoteTooHigh, &fact));
        }
        let accused = session.provider(&self.case.addresses.provider)?;
        let position: Option<Delegation> = session.client().find(&accused.position(self.owner).delegation)?;
        match self.case.dispute.interest_of(&self.case.provider, &self.owner, position.as_ref()) {
            Some(interest) => Err(Failure::Failed(format!(
                "{} may not judge this dispute ({}): anybody can have its ballots taken away, and what they bind burns",
                self.owner,
                words(&format!("{interest:?}"))
            ))),
            None => Ok(()),
        }
    }
}

impl Commit {
    fn run(&self, session: &Session) -> Result<Reply> {
        let mine = Ballots::read(session, session.authority()?, self.which.dispute)?;
        mine.require_revealable(session, self.severity)?;
        let drawn = mine.in_state(BallotState::Drawn);
        let before = mine.in_state(BallotState::Committed);
        let clues = Clues { salt: self.salt, named: Some(self.severity), guesses: &[] };
        for (at, ballot) in &before {
            let found = session.find_sealed(&mine.context(at), &ballot.commitment, &clues, mine.commitment(at))?;
            found.ok_or_else(|| {
                Failure::Failed(format!(
                    "{}: ballot {} has committed to another vote, or with a salt that is not here; a vote cannot be \
                     replaced",
                    E::AlreadyVoted.name(),
                    ballot.index
                ))
            })?;
        }
        if drawn.is_empty() {
            return match before.as_slice() {
                [] => Err(refused(E::AlreadyVoted)),
                before => {
                    session.note("the chain has this commitment already; there is nothing to send");
                    let mut facts = mine.facts(before);
                    facts["committed_before"] = true.into();
                    Ok(Reply::of(facts))
                }
            };
        }
        let (mut instructions, mut rows) = (Vec::new(), Vec::new());
        for (at, ballot) in &drawn {
            let sealed = session.seal(&mine.context(at), &self.severity, self.salt, mine.commitment(at))?;
            instructions.push(ix::commit_vote(at, mine.owner, sealed.commitment));
            rows.push(row(ballot.index, &sealed));
        }
        let mut facts = mine.facts(&drawn);
        facts["commitments"] = rows.tell();
        session.submit_parts(&each_alone(instructions), facts)
    }
}

fn row(index: u8, sealed: &Sealed) -> Value {
    let mut row = sealed.facts();
    row["ballot"] = index.into();
    row
}

impl Reveal {
    fn run(&self, session: &Session) -> Result<Reply> {
        let owner = self.juror.map_or_else(|| session.authority(), Ok)?;
        let mine = Ballots::read(session, owner, self.which.dispute)?;
        let committed = mine.in_state(BallotState::Committed);
        if committed.is_empty() {
            let is_revealed = mine.ballots.iter().all(|(_, ballot)| ballot.is_revealed());
            return Err(refused(if is_revealed { E::AlreadyVoted } else { E::NotCommitted }));
        }
        let shown = mine.case.view();
        if matches!(shown.phase, Phase::Draw | Phase::Commit) {
            let until = shown.until_ts.map_or_else(String::new, |ts| format!(", or from {ts} (unix seconds) on"));
            return Err(Failure::TryAgain(format!("votes are revealed once every ballot has committed{until}")));
        }
        let mut instructions = Vec::new();
        for (at, ballot) in &committed {
            let clues = Clues { salt: self.salt, named: self.severity, guesses: &VOTES };
            let vote = session.unseal(&mine.context(at), &ballot.commitment, &clues, mine.commitment(at))?;
            instructions.push(ix::reveal_vote(at, vote.content, vote.salt));
        }
        let revealed = session.submit_parts(&each_alone(instructions), mine.facts(&committed))?;
        if !session.only_shows() {
            committed.iter().try_for_each(|(at, _)| session.forget_sealed(&mine.context(at)))?;
        }
        Ok(revealed)
    }
}
