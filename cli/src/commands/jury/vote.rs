//! Votes of jurors: committed first, revealed when all have committed.

use {
    crate::commands::{
        dispute::Which,
        text::{hash, hex, new_salt},
    },
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::Reply,
    },
    clap::{Args, Subcommand},
    serde::{Deserialize, Serialize},
    std::mem::offset_of,
    work_token_sdk::{
        BallotAddresses, Pubkey,
        commit::vote_commitment,
        ix,
        state::{Ballot, BallotState},
    },
};

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
    /// The severity found; 0 dismisses
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=5))]
    severity: u8,
    /// Salt: 64 hex digits [default: the one that is kept, else a new one]
    #[arg(long, value_parser = hash)]
    salt: Option<[u8; 32]>,
}

/// `work-token jury vote reveal`
#[derive(Args, Debug)]
pub struct Reveal {
    #[command(flatten)]
    which: Which,
    /// The severity that was committed to [default: the one that is kept]
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=5))]
    severity: Option<u8>,
    /// Salt: 64 hex digits [default: the one that is kept]
    #[arg(long, value_parser = hash)]
    salt: Option<[u8; 32]>,
    /// Whose vote [default: the signer's]
    #[arg(long)]
    juror: Option<Pubkey>,
}

/// What is kept of a vote until it is revealed.
#[derive(Serialize, Deserialize)]
struct Kept {
    dispute: String,
    jury: u8,
    owner: String,
    severity: u8,
    salt: String,
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

/// Somebody's ballots of the present jury of a dispute.
struct Seats {
    owner: Pubkey,
    jury: u8,
    dispute: Pubkey,
    seats: Vec<BallotAddresses>,
}

impl Seats {
    /// A juror's that are in a state.
    fn read(session: &Session, owner: Pubkey, dispute: Pubkey, state: BallotState) -> Result<Self> {
        let case = session.case(&dispute)?;
        let jury = case.dispute.machine.jury;
        let of_dispute = (offset_of!(Ballot, dispute), dispute);
        let mut ballots = session.client().list::<Ballot>(&[of_dispute, (offset_of!(Ballot, owner), owner)])?;
        ballots.retain(|(_, ballot)| ballot.jury == jury && ballot.state == state as u8);
        ballots.sort_by_key(|(_, ballot)| ballot.index);
        if ballots.is_empty() {
            let what = if state == BallotState::Drawn { "commit to a vote" } else { "reveal a vote" };
            return Err(Failure::Failed(format!("{owner} has no ballot of the present jury in which to {what}")));
        }
        let seats = ballots.iter().map(|(key, ballot)| BallotAddresses::recorded(case.addresses, *key, ballot));
        Ok(Self { owner, jury, dispute, seats: seats.collect() })
    }

    fn file(&self) -> String {
        format!("vote-{}-{}-{}", self.dispute, self.jury, self.owner)
    }

    fn facts(&self) -> serde_json::Value {
        let numbers: Vec<u8> = self.seats.iter().map(|ballot| ballot.index).collect();
        serde_json::json!({ "dispute": self.dispute.to_string(), "ballots": numbers })
    }
}

impl Commit {
    /// The salt is kept before anything is sent, and is the same if the command is run again: a commitment
    /// that was on its way may still land.
    fn run(&self, session: &Session) -> Result<Reply> {
        let seats = Seats::read(session, session.authority()?, self.which.dispute, BallotState::Drawn)?;
        let store = session.store();
        let before = store.find::<Kept>(&seats.file())?.and_then(|kept| hash(&kept.salt).ok());
        let salt = self.salt.or(before).unwrap_or_else(new_salt);
        if !session.options.dry_run {
            let kept = Kept {
                dispute: seats.dispute.to_string(),
                jury: seats.jury,
                owner: seats.owner.to_string(),
                severity: self.severity,
                salt: hex(&salt),
            };
            store.keep(&seats.file(), &kept)?;
        }
        let commit = |seat: &BallotAddresses| {
            let commitment = vote_commitment(seat, &seats.owner, self.severity, &salt);
            ix::commit_vote(seat, seats.owner, commitment)
        };
        let mut facts = seats.facts();
        facts["salt"] = hex(&salt).into();
        facts["kept_in"] = store.path(&seats.file()).display().to_string().into();
        session.submit(&seats.seats.iter().map(commit).collect::<Vec<_>>(), facts)
    }
}

impl Reveal {
    fn run(&self, session: &Session) -> Result<Reply> {
        let owner = self.juror.map_or_else(|| session.authority(), Ok)?;
        let seats = Seats::read(session, owner, self.which.dispute, BallotState::Committed)?;
        let store = session.store();
        let kept = store.find::<Kept>(&seats.file())?;
        let missing = |what: &str| Failure::Usage(format!("--{what}: the one that was committed to; it is not kept"));
        let kept_salt = || kept.as_ref().and_then(|kept| hash(&kept.salt).ok());
        let salt = self.salt.or_else(kept_salt).ok_or_else(|| missing("salt"))?;
        let kept_severity = kept.as_ref().map(|kept| kept.severity);
        let severity = self.severity.or(kept_severity).ok_or_else(|| missing("severity"))?;
        let reveal = |seat: &BallotAddresses| ix::reveal_vote(seat, severity, salt);
        let revealed = session.submit(&seats.seats.iter().map(reveal).collect::<Vec<_>>(), seats.facts())?;
        if !session.only_shows() {
            store.forget(&seats.file())?;
        }
        Ok(revealed)
    }
}
