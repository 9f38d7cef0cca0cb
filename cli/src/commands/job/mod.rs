//! What clients, operators and keepers do with jobs.

mod crank;
pub mod create;
pub mod model;
mod sealed;
mod show;
mod verify;

use {
    super::epoch::Bounty,
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::{refused, refused_as},
        keeper::paid_keeper,
        reply::{Reply, Value, facts},
        text::{hash, state_name},
    },
    clap::{Args, Subcommand},
    work_token_sdk::{
        Pubkey, SeatAddresses, WorkTokenError as E, addresses,
        client::JobState,
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
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
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
    /// Commit to a result of a redundant job; result and salt are kept until they are revealed. Operator
    Commit(sealed::Commit),
    /// Reveal a committed result, once every seat has committed or ended. Operator
    Reveal(sealed::Reveal),
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
        facts!({ "job": self.at.job.job.to_string(), "seat": self.at.seat })
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
            Self::Commit(commit) => commit.run(session),
            Self::Reveal(reveal) => reveal.run(session),
            Self::Cancel(seat)
            | Self::Approve(seat)
            | Self::Stop(seat)
            | Self::KeepAlive(seat)
            | Self::Decline(seat)
            | Self::Extend { seat, .. }
            | Self::Rate { seat, .. }
            | Self::ClaimCredit { seat, .. }
            | Self::Accept { seat, .. }
            | Self::Submit { seat, .. } => self.on_seat(session, &seat.read(session)?),
        }
    }

    fn on_seat(&self, session: &Session, seat: &SeatAt) -> Result<Reply> {
        let who = session.authority()?;
        // Without a provider there is nothing to ask the chain about.
        let needs = match self {
            Self::Approve(_) => seat.assignment.require(SeatState::Submitted, E::NotSubmitted),
            Self::Extend { secs, .. } if *secs > seat.state.job.rules.extension_secs => {
                let fact = format!("extension_secs is {}", seat.state.job.rules.extension_secs);
                return Err(refused_as(E::WorkTimeOutOfBounds, &fact));
            }
            Self::Decline(_) => seat.assignment.require(SeatState::Drawn, E::NotDrawnForSeat),
            Self::Stop(_) if !seat.state.job.rules.is_metered() => Err(E::NotMetered),
            Self::Stop(_) | Self::Submit { .. } => seat.assignment.require(SeatState::Accepted, E::NotAccepted),
            _ => Ok(()),
        };
        needs.map_err(refused)?;
        let (at, provider) = (&seat.at, seat.assignment.provider);
        let instruction = match self {
            Self::Cancel(_) => ix::cancel_job(at, seat.assignment.holder(), seat.refund_account()),
            Self::Approve(_) => ix::approve_result(at, provider, seat.refund_account()),
            Self::Stop(_) => ix::stop_job(at, who, provider),
            Self::KeepAlive(_) => ix::keep_alive(at, who),
            Self::Decline(_) => {
                ix::decline_job_of_class(at, who, provider, class_offer(session, seat, &who, &provider)?)
            }
            Self::Extend { secs, .. } => ix::extend_job(at, extending(&seat.assignment), *secs),
            Self::Rate { rating, .. } => ix::rate_job(at, *rating),
            Self::ClaimCredit { to, .. } => ix::claim_credit(at, session.token_account(*to, &who, at.network())),
            Self::Accept { provider, .. } => accept(session, seat, who, *provider)?,
            Self::Submit { result_hash, .. } => ix::submit_result(at, who, provider, *result_hash),
            _ => return Err(Failure::Usage("not a command about one seat".into())),
        };
        session.submit(&[instruction], seat.facts())
    }
}

/// The operator that signs an extension too: that of an accepted seat.
fn extending(assignment: &Assignment) -> Option<Pubkey> {
    let is_accepted = matches!(assignment.state(), SeatState::Accepted | SeatState::Committed);
    is_accepted.then_some(assignment.operator)
}

/// A drawn seat needs no offer; one that is open to all is taken by a provider that serves the class.
fn accept(
    session: &Session,
    seat: &SeatAt,
    operator: Pubkey,
    named: Option<Pubkey>,
) -> Result<work_token_sdk::Instruction> {
    let drawn = seat.assignment.provider;
    let (provider, offer) = match seat.assignment.state() {
        SeatState::Drawn if named.is_none_or(|named| named == drawn) => (drawn, None),
        SeatState::Drawn => return Err(refused_as(E::NotDrawnForSeat, &format!("{drawn} was drawn"))),
        SeatState::Open if seat.assignment.is_open_to_all(&seat.state.job) => {
            let which = || Failure::Usage("the seat is open to all: which provider takes it? --provider".into());
            let named = named.ok_or_else(which)?;
            (named, Some(addresses::offer(&named)))
        }
        SeatState::Open => {
            return Err(refused_as(E::NotDrawnForSeat, "nobody is drawn yet; `job capture` and `job draw` draw"));
        }
        state => {
            let state = state_name(state);
            return Err(Failure::Failed(format!("the seat is {state}: only one that is drawn or open is accepted")));
        }
    };
    let offer = class_offer(session, seat, &operator, &provider)?.or(offer);
    Ok(ix::accept_job(&seat.at, operator, provider, offer))
}

/// The provider's offer, where the signer is not its operator but that of the job's class; refuses others.
fn class_offer(session: &Session, seat: &SeatAt, operator: &Pubkey, provider: &Pubkey) -> Result<Option<Pubkey>> {
    let mut state = session.client().provider(provider)?;
    let offer = if state.operator == *operator { None } else { session.client().offer(provider)? };
    let fact = format!("the operator of {provider} is {}", state.operator);
    let asked = state.require_operator(operator, seat.state.job.class, offer.as_ref());
    asked.map_err(|error| refused_as(error, &fact))?;
    Ok(offer.map(|_| addresses::offer(provider)))
}

fn close(session: &Session, job: &Pubkey) -> Result<Reply> {
    let state = session.job(job)?;
    let seats = state.addresses.seats(state.job.seats());
    let assignments: Vec<Pubkey> = seats.iter().map(|seat| seat.assignment).collect();
    let close = ix::close_job(&state.addresses, session.authority()?, &assignments);
    session.submit(&[close], facts!({ "job": job.to_string() }))
}

/// Where the bounty of a crank goes.
pub fn keeper(session: &Session, state: &JobState, bounty: &Bounty) -> Result<ix::Keeper> {
    paid_keeper(session, &state.addresses.client.network, bounty.keeper(session)?)
}
