//! What clients, operators and keepers do with jobs.

mod crank;
mod create;
mod show;
mod verify;

use {
    super::{
        epoch::Bounty,
        text::{hash, hex, new_salt},
    },
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::Reply,
    },
    clap::{Args, Subcommand},
    serde_json::{Value, json},
    work_token_sdk::{
        Pubkey, SeatAddresses, WorkTokenError as E, addresses,
        client::JobState,
        commit::{SealedResult, result_commitment},
        ix,
        math::WorkTs,
        state::{Assignment, SeatState},
    },
};

/// `work-token job`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Pay for a job: fees of all its seats and the draw fee go into escrow
    Create(create::Create),
    /// Show a job: seed, seats, money, and who may do what now
    Show {
        /// The job's address
        job: Pubkey,
    },
    /// List jobs
    List(show::List),
    /// Recompute who was drawn, from the accounts alone; fails when it was somebody else
    Verify(verify::Verify),
    /// Cancel a seat that nobody has accepted: free until the seed's slot. Client
    Cancel(Seat),
    /// Add to the working time. Client; an accepted seat's operator signs too: give its key as --fee-payer
    Extend {
        #[command(flatten)]
        seat: Seat,
        /// Seconds
        #[arg(long)]
        secs: u32,
    },
    /// Pay a result before its challenge window is over; without refund. Client
    Approve(Seat),
    /// Stop a meter. Client, its hot key, or the operator; anybody once it has run out
    Stop(Seat),
    /// Keep a meter running for another interval. Client or its hot key
    KeepAlive(Seat),
    /// Say what you think of a result. Client
    Rate {
        #[command(flatten)]
        seat: Seat,
        /// 0 to 100
        #[arg(long, value_parser = clap::value_parser!(u8).range(0..=100))]
        rating: u8,
    },
    /// Take a refund that could not be paid when it was due. Client
    ClaimCredit {
        #[command(flatten)]
        seat: Seat,
        /// Token account that receives [default: the client's usual one]
        #[arg(long)]
        to: Option<Pubkey>,
    },
    /// Close a job that is over; its rent returns to the client. Client; anybody after 30 days
    Close {
        /// The job's address
        job: Pubkey,
    },
    /// Accept a drawn seat, or take one that is open to all. Operator
    Accept {
        #[command(flatten)]
        seat: Seat,
        /// The provider that takes an open seat [default: the drawn one]
        #[arg(long)]
        provider: Option<Pubkey>,
    },
    /// Decline a drawn seat. Operator
    Decline(Seat),
    /// Submit the result of a job with one seat. Operator
    Submit {
        #[command(flatten)]
        seat: Seat,
        /// Hash of the result: 64 hex digits
        #[arg(long, value_parser = hash)]
        result_hash: [u8; 32],
    },
    /// Commit to a result of a redundant job; the salt is printed and needed to reveal it. Operator
    Commit {
        #[command(flatten)]
        seat: Seat,
        #[command(flatten)]
        sealed: Sealed,
    },
    /// Reveal a committed result. Operator
    Reveal {
        #[command(flatten)]
        seat: Seat,
        #[command(flatten)]
        sealed: Sealed,
    },
    /// Capture a job's seed: anybody may
    Capture(crank::Crank),
    /// Draw a seat's provider: anybody may
    Draw(crank::Crank),
    /// End a seat whose deadline has passed, or burn what a frozen vault kept back of it: anybody may
    Expire(crank::Crank),
    /// Pay a seat's fee once its challenge window is over, or a frozen vault has thawed: anybody may
    Settle(Seat),
}

/// A seat of a job.
#[derive(Args, Debug)]
pub struct Seat {
    /// The job's address
    pub job: Pubkey,
    /// Which of its seats
    #[arg(long, default_value_t = 0)]
    pub seat: u8,
}

/// A result behind a commitment.
#[derive(Args, Debug)]
pub struct Sealed {
    /// Hash of the result: 64 hex digits
    #[arg(long, value_parser = hash)]
    result_hash: [u8; 32],
    /// Salt: 64 hex digits [default: a new one to commit; needed to reveal]
    #[arg(long, value_parser = hash)]
    salt: Option<[u8; 32]>,
}

/// A seat, read.
pub struct SeatAt {
    /// The job.
    pub state: JobState,
    /// The seat's addresses.
    pub at: SeatAddresses,
    /// The seat.
    pub assignment: Assignment,
}

impl Seat {
    /// Reads the seat and its job.
    pub fn read(&self, session: &Session) -> Result<SeatAt> {
        let state = session.job(&self.job)?;
        let assignment = state.assignments.iter().find(|assignment| assignment.seat == self.seat).copied();
        let missing =
            || Failure::Failed(format!("the job has {} seats, none of number {}", state.job.seats(), self.seat));
        let assignment = assignment.ok_or_else(missing)?;
        let at = state.addresses.seat(self.seat);
        Ok(SeatAt { state, at, assignment })
    }
}

impl SeatAt {
    /// What every answer about a seat says.
    pub fn facts(&self) -> Value {
        json!({ "job": self.at.job.job.to_string(), "seat": self.at.seat })
    }

    /// Work time, as if what is recordable of an outage had been recorded: whatever crosses a deadline
    /// records it first.
    pub fn latest(&self) -> WorkTs {
        self.state.network.work_now(self.state.slot, self.state.now_ts)
    }

    fn refund_account(&self) -> Pubkey {
        self.state.job.refund_account
    }
}

impl Session<'_> {
    /// A job, in the network it names itself.
    pub fn job(&self, key: &Pubkey) -> Result<JobState> {
        let state = self.client().job_state(key)?;
        let network = state.job.network;
        if self.options.network.is_some_and(|named| named != network) {
            return Err(Failure::Failed(format!("{key} belongs to the network {network}")));
        }
        Ok(state)
    }
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Create(create) => create.run(session),
            Self::Show { job } => show::job(session, job),
            Self::List(list) => list.run(session),
            Self::Verify(verify) => verify.run(session),
            Self::Close { job } => close(session, job),
            Self::Capture(crank) => crank.capture(session),
            Self::Draw(crank) => crank.draw(session),
            Self::Expire(crank) => crank.expire(session),
            Self::Settle(seat) => crank::settle(session, seat),
            Self::Cancel(seat)
            | Self::Approve(seat)
            | Self::Stop(seat)
            | Self::KeepAlive(seat)
            | Self::Decline(seat)
            | Self::Extend { seat, .. }
            | Self::Rate { seat, .. }
            | Self::ClaimCredit { seat, .. }
            | Self::Accept { seat, .. }
            | Self::Submit { seat, .. }
            | Self::Commit { seat, .. }
            | Self::Reveal { seat, .. } => self.on_seat(session, &seat.read(session)?),
        }
    }

    fn on_seat(&self, session: &Session, seat: &SeatAt) -> Result<Reply> {
        let who = session.authority()?;
        let mut facts = seat.facts();
        // Without a provider there is nothing to ask the chain about.
        let needs = match self {
            Self::Approve(_) => seat.assignment.require(SeatState::Submitted, E::NotSubmitted),
            Self::Decline(_) => seat.assignment.require(SeatState::Drawn, E::NotDrawnForSeat),
            Self::Stop(_) if !seat.state.job.rules.is_metered() => Err(E::NotMetered),
            Self::Stop(_) | Self::Submit { .. } => seat.assignment.require(SeatState::Accepted, E::NotAccepted),
            _ => Ok(()),
        };
        needs.map_err(|error| Failure::Failed(format!("{}: {}", error.name(), error.message())))?;
        let (at, provider) = (&seat.at, seat.assignment.provider);
        let instruction = match self {
            Self::Cancel(_) => ix::cancel_job(at, seat.assignment.holder(), seat.refund_account()),
            Self::Approve(_) => ix::approve_result(at, provider, seat.refund_account()),
            Self::Stop(_) => ix::stop_job(at, who, provider),
            Self::KeepAlive(_) => ix::keep_alive(at, who),
            Self::Decline(_) => ix::decline_job(at, who, provider),
            Self::Extend { secs, .. } => ix::extend_job(at, extending(&seat.assignment), *secs),
            Self::Rate { rating, .. } => ix::rate_job(at, *rating),
            Self::ClaimCredit { to, .. } => ix::claim_credit(at, session.token_account(*to, &who, at.network())),
            Self::Accept { provider, .. } => accept(seat, who, *provider)?,
            Self::Submit { result_hash, .. } => ix::submit_result(at, who, provider, *result_hash),
            Self::Commit { sealed, .. } => {
                let salt = sealed.salt.unwrap_or_else(new_salt);
                let sealed = SealedResult { provider, result_hash: sealed.result_hash, salt };
                facts["salt"] = hex(&salt).into();
                ix::commit_result(at, who, result_commitment(at, seat.state.job.created_slot, &sealed))
            }
            Self::Reveal { sealed, .. } => {
                let salt = sealed.salt.ok_or_else(|| Failure::Usage("--salt: the one that `commit` printed".into()))?;
                ix::reveal_result(at, who, sealed.result_hash, salt)
            }
            _ => return Err(Failure::Usage("not a command about one seat".into())),
        };
        session.submit(&[instruction], facts)
    }
}

/// The operator that signs an extension too: that of an accepted seat.
fn extending(assignment: &Assignment) -> Option<Pubkey> {
    let is_accepted = matches!(assignment.state(), SeatState::Accepted | SeatState::Committed);
    is_accepted.then_some(assignment.operator)
}

/// A drawn seat needs no offer; an open one is taken by a provider that serves the class.
fn accept(seat: &SeatAt, operator: Pubkey, named: Option<Pubkey>) -> Result<work_token_sdk::Instruction> {
    if seat.assignment.state() == SeatState::Drawn {
        let provider = named.unwrap_or(seat.assignment.provider);
        return Ok(ix::accept_job(&seat.at, operator, provider, None));
    }
    let provider =
        named.ok_or_else(|| Failure::Usage("nobody is drawn: which provider takes it? --provider".into()))?;
    Ok(ix::accept_job(&seat.at, operator, provider, Some(addresses::offer(&provider))))
}

fn close(session: &Session, job: &Pubkey) -> Result<Reply> {
    let state = session.job(job)?;
    let seats = state.addresses.seats(state.job.seats());
    let assignments: Vec<Pubkey> = seats.iter().map(|seat| seat.assignment).collect();
    let close = ix::close_job(&state.addresses, session.authority()?, &assignments);
    session.submit(&[close], json!({ "job": job.to_string() }))
}

/// Where the bounty of a crank goes.
pub fn keeper(session: &Session, state: &JobState, bounty: &Bounty) -> Result<ix::Keeper> {
    super::epoch::keeper(session, &state.addresses.client.network, bounty)
}
