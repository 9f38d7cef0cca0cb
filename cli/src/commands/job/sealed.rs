//! Results of redundant jobs: committed to first, revealed when every seat has committed or ended.

use {
    super::{Seat, SeatAt},
    crate::{
        chain::{Clues, Session},
        failure::{Failure, Result},
        foreseen::{not_yet, refused, refused_as},
        reply::{Reply, joined},
        text::{hash, hex},
    },
    clap::Args,
    work_token_sdk::{
        Pubkey, WorkTokenError as E,
        commit::{SealedResult, result_commitment},
        ix,
        salts::{SaltContext, SaltUse},
        state::SeatState,
    },
};

/// `work-token job commit`
#[derive(Args, Debug)]
pub struct Commit {
    #[command(flatten)]
    seat: Seat,
    /// Hash of the result: 64 hex digits
    #[arg(long, value_parser = hash)]
    result_hash: [u8; 32],
    /// Salt: 64 hex digits [default: one that your key gives again, random with --unsigned; it is kept]
    #[arg(long, value_parser = hash)]
    salt: Option<[u8; 32]>,
}

/// `work-token job reveal`
#[derive(Args, Debug)]
pub struct Reveal {
    #[command(flatten)]
    seat: Seat,
    /// Hash of the result that was committed to: 64 hex digits [default: the one that is kept]
    #[arg(long, value_parser = hash)]
    result_hash: Option<[u8; 32]>,
    /// Salt: 64 hex digits [default: the one that is kept, else the one that your key gives]
    #[arg(long, value_parser = hash)]
    salt: Option<[u8; 32]>,
}

/// The seat of whoever commits, and what its commitments are made of.
struct Worker {
    seat: SeatAt,
    operator: Pubkey,
    context: SaltContext,
}

impl Worker {
    /// Refuses a job for one provider, and the key of another operator: neither can ever reveal.
    fn read(session: &Session, seat: &Seat) -> Result<Self> {
        let (seat, operator) = (seat.read(session)?, session.authority()?);
        if seat.state.job.seats() == 1 {
            return Err(refused(E::NotRedundant));
        }
        let is_at_work = matches!(seat.assignment.state(), SeatState::Accepted | SeatState::Committed);
        if is_at_work && seat.assignment.operator != operator {
            let fact = format!("the seat's operator is {}", seat.assignment.operator);
            return Err(refused_as(E::OperatorsOnly, &fact));
        }
        let context = SaltContext {
            used_for: SaltUse::Result,
            genesis_hash: session.chain.genesis_hash()?,
            network: seat.at.network().network,
            object: seat.at.job.job,
            round: 0,
            index: seat.at.seat,
            signer: operator,
        };
        Ok(Self { seat, operator, context })
    }

    /// What the program makes of a result, whose hash is kept as hex digits.
    fn commitment(&self) -> impl Fn(&String, &[u8; 32]) -> [u8; 32] {
        let (at, slot, provider) = (self.seat.at, self.seat.state.job.created_slot, self.seat.assignment.provider);
        move |result, salt| {
            let sealed = |result_hash| SealedResult { provider, result_hash, salt: *salt };
            hash(result).map_or([0; 32], |result_hash| result_commitment(&at, slot, &sealed(result_hash)))
        }
    }
}

impl Commit {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let worker = Worker::read(session, &self.seat)?;
        let (content, assignment) = (hex(&self.result_hash), &worker.seat.assignment);
        if assignment.state() == SeatState::Committed {
            let clues = Clues { salt: self.salt, named: Some(content), guesses: &[] };
            let same = session.find_sealed(&worker.context, &assignment.commitment, &clues, worker.commitment())?;
            if same.is_none() {
                return Err(Failure::Failed(format!(
                    "the seat has committed to another result, or with a salt that is not here: {}; a commitment to a \
                     result cannot be replaced",
                    hex(&assignment.commitment)
                )));
            }
            session.note("the chain has this commitment already; there is nothing to send");
            let mut facts = worker.seat.facts();
            facts["committed_before"] = true.into();
            return Ok(Reply::of(facts));
        }
        assignment.require(SeatState::Accepted, E::NotAccepted).map_err(refused)?;
        let sealed = session.seal(&worker.context, &content, self.salt, worker.commitment())?;
        let commit = ix::commit_result(&worker.seat.at, worker.operator, sealed.commitment);
        session.submit(&[commit], joined(worker.seat.facts(), sealed.facts()))
    }
}

impl Reveal {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let worker = Worker::read(session, &self.seat)?;
        let (at, assignment) = (&worker.seat.at, &worker.seat.assignment);
        assignment.require(SeatState::Committed, E::NotCommitted).map_err(refused)?;
        worker.seat.state.job.require_revealing(worker.seat.latest()).map_err(|error| match error {
            E::RevealNotOpen => not_yet(error, ""),
            error => refused(error),
        })?;
        let clues = Clues { salt: self.salt, named: self.result_hash.map(|hash| hex(&hash)), guesses: &[] };
        let found = session.unseal(&worker.context, &assignment.commitment, &clues, worker.commitment())?;
        let result_hash = hash(&found.content).map_err(Failure::Failed)?;
        let reveal = ix::reveal_result(at, worker.operator, result_hash, found.salt);
        let revealed = session.submit(&[reveal], worker.seat.facts())?;
        if !session.only_shows() {
            session.forget_sealed(&worker.context)?;
        }
        Ok(revealed)
    }
}
