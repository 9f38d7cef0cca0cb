//! Votes of jurors: committed first, revealed when all have committed.

use {
    super::{
        dispute::Which,
        text::{hash, hex, new_salt},
    },
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::Reply,
    },
    clap::{Args, Subcommand},
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
    /// Commit to a vote; the salt is printed and needed to reveal it
    Commit(Vote),
    /// Reveal the vote, or lose the lock
    Reveal(Vote),
}

/// A vote.
#[derive(Args, Debug)]
pub struct Vote {
    #[command(flatten)]
    which: Which,
    /// The severity found; 0 dismisses
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=5))]
    severity: u8,
    /// Salt: 64 hex digits [default: a new one to commit; needed to reveal]
    #[arg(long, value_parser = hash)]
    salt: Option<[u8; 32]>,
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Commit(vote) => vote.commit(session),
            Self::Reveal(vote) => vote.reveal(session),
        }
    }
}

impl Vote {
    /// The signer's seats of the present jury that are in a state, and who votes.
    fn seats(&self, session: &Session, state: BallotState) -> Result<(Pubkey, Vec<BallotAddresses>)> {
        let (case, owner) = (session.case(&self.which.dispute)?, session.authority()?);
        let of_dispute = (offset_of!(Ballot, dispute), self.which.dispute);
        let mut ballots = session.client().list::<Ballot>(&[of_dispute, (offset_of!(Ballot, owner), owner)])?;
        ballots.retain(|(_, ballot)| ballot.jury == case.dispute.machine.jury && ballot.state == state as u8);
        ballots.sort_by_key(|(_, ballot)| ballot.seat);
        if ballots.is_empty() {
            let what = if state == BallotState::Drawn { "commit to a vote" } else { "reveal a vote" };
            return Err(Failure::Failed(format!("{owner} has no seat of the present jury in which to {what}")));
        }
        let seats = ballots.iter().map(|(key, ballot)| BallotAddresses::recorded(case.at, *key, ballot));
        Ok((owner, seats.collect()))
    }

    fn facts(&self, seats: &[BallotAddresses]) -> serde_json::Value {
        let numbers: Vec<u8> = seats.iter().map(|seat| seat.seat).collect();
        serde_json::json!({ "dispute": self.which.dispute.to_string(), "seats": numbers })
    }

    fn commit(&self, session: &Session) -> Result<Reply> {
        let (owner, seats) = self.seats(session, BallotState::Drawn)?;
        let salt = self.salt.unwrap_or_else(new_salt);
        let commit =
            |seat: &BallotAddresses| ix::commit_vote(seat, owner, vote_commitment(seat, &owner, self.severity, &salt));
        let mut facts = self.facts(&seats);
        facts["salt"] = hex(&salt).into();
        session.submit(&seats.iter().map(commit).collect::<Vec<_>>(), facts)
    }

    fn reveal(&self, session: &Session) -> Result<Reply> {
        let salt = self.salt.ok_or_else(|| Failure::Usage("--salt: the one that `commit` printed".into()))?;
        let (owner, seats) = self.seats(session, BallotState::Committed)?;
        let reveal = |seat: &BallotAddresses| ix::reveal_vote(seat, owner, self.severity, salt);
        session.submit(&seats.iter().map(reveal).collect::<Vec<_>>(), self.facts(&seats))
    }
}
