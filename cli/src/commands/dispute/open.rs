//! How a dispute begins: with a bond, committed to and then opened.

use {
    super::{
        commit::{Deposit, NO_SALT, Sealing, deposit_for},
        show,
    },
    crate::commands::job::{Seat, SeatAt},
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::refused,
        reply::{Reply, Value, facts},
        text::hash,
    },
    clap::Args,
    work_token_sdk::{
        DisputeAddresses, Instruction, Pubkey,
        commit::SealedOpening,
        ix,
        math::WorkTs,
        state::{Assignment, Fault, Provider, dispute::Accused},
        view::{self, DisputeAsk, DisputeQuote},
    },
};

/// `work-token dispute open`
#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("what").required(true)))]
pub struct Open {
    /// The job of a disputed result
    #[arg(long, group = "what")]
    job: Option<Pubkey>,
    /// Which of its seats
    #[arg(long, default_value_t = 0, conflicts_with = "provider")]
    seat: u8,
    /// A provider, for its conduct in an epoch
    #[arg(long, group = "what", requires = "epoch")]
    provider: Option<Pubkey>,
    /// The epoch
    #[arg(long, requires = "provider")]
    epoch: Option<u32>,
    /// The severity claimed, 1 to 5; of a missed deadline 1
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=5))]
    severity: u8,
    /// Leave the claim out of the bond; no stake is held before a verdict. Only the client on its own job
    #[arg(long, requires = "job")]
    without_claim: bool,
    /// Hash of the evidence: 64 hex digits
    #[arg(long, value_parser = hash)]
    evidence: Option<[u8; 32]>,
    #[command(flatten)]
    deposit: Deposit,
}

/// What is disputed.
pub struct Subject {
    /// Addresses of the next dispute about it.
    pub at: DisputeAddresses,
    /// The provider.
    pub provider: Provider,
    /// Its faults of the epoch, if there are any.
    pub fault: Option<Fault>,
    /// The seat, unless it is conduct.
    pub seat: Option<Assignment>,
    /// Which fault, on which stake.
    pub accused: Accused,
}

impl Subject {
    /// Of a seat.
    pub fn of_seat(session: &Session, seat: &SeatAt, now_ts: i64) -> Result<Self> {
        let (client, assignment) = (session.client(), seat.assignment);
        let provider = client.provider(&assignment.provider)?;
        let at = DisputeAddresses::next_of_seat(&seat.at, &assignment, &provider, now_ts);
        let fault = client.find(&at.fault)?;
        let accused = Accused::of_seat(&assignment, &client.network(&at.network.network)?, now_ts);
        Ok(Self { at, provider, fault, seat: Some(assignment), accused })
    }

    /// Of a provider's conduct in an epoch.
    fn of_conduct(session: &Session, key: &Pubkey, epoch: u32, now_ts: i64) -> Result<Self> {
        let (client, addresses) = (session.client(), session.provider(key)?);
        let (provider, network) = (client.provider(key)?, client.network(&addresses.network.network)?);
        let accused = view::accused_of_epoch(&network, &provider, epoch, now_ts);
        let accused = accused.ok_or_else(|| Failure::Failed(format!("the provider has forgotten epoch {epoch}")))?;
        let at = DisputeAddresses::next_of_conduct(&addresses, &provider, epoch, now_ts);
        Ok(Self { at, provider, fault: client.find(&at.fault)?, seat: None, accused })
    }

    /// What somebody asks who disputes it.
    pub fn ask(&self, challenger: Pubkey, severity: u8, without_claim: bool) -> DisputeAsk<'_> {
        DisputeAsk {
            challenger,
            subject: self.at.assignment.unwrap_or(self.at.provider),
            seat: self.seat.as_ref(),
            fault: self.fault.as_ref(),
            severity,
            without_claim,
        }
    }
}

impl Open {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let (now_ts, challenger) = (session.chain.now_ts()?, session.authority()?);
        let subject = self.subject(session, now_ts)?;
        let network = session.client().network(&subject.at.network.network)?;
        let ask = subject.ask(challenger, self.severity, self.without_claim);
        let quote = view::quote_dispute(&network, &subject.provider, &subject.accused, &ask, now_ts);
        let quote = quote.map_err(refused)?;
        let from = session.token_account(self.deposit.from, &challenger, &subject.at.network);
        let sealing = Sealing {
            network: &subject.at.network,
            sealed: SealedOpening::open(&subject.at, challenger, self.severity, NO_SALT),
            from,
            deposit: deposit_for(&quote.bond, self.deposit.deposit)?,
            facts: facts(&subject.at, &quote),
        };
        session.commit_and_open(sealing, |salt| self.open(session, challenger, from, salt))
    }

    /// Reads anew what others may have opened meanwhile.
    fn open(
        &self,
        session: &Session,
        challenger: Pubkey,
        refund_to: Pubkey,
        salt: [u8; 32],
    ) -> Result<Vec<Instruction>> {
        let subject = self.subject(session, session.chain.now_ts()?)?;
        let open = ix::OpenDispute {
            challenger,
            job: self.job,
            refund_to,
            severity: self.severity,
            without_claim: self.without_claim,
            evidence: self.evidence.unwrap_or_default(),
            salt,
        };
        Ok(vec![ix::open_dispute(&subject.at, &open)])
    }

    fn subject(&self, session: &Session, now_ts: i64) -> Result<Subject> {
        if let Some(job) = self.job {
            let seat = Seat { job, seat: self.seat }.read(session)?;
            let assignment = &seat.assignment;
            // Whether its window has passed the commitment's time decides, not that of the opening.
            let in_time = WorkTs(now_ts.min(assignment.challenge_until_work_ts.saturating_sub(1)));
            let is_client = seat.state.job.client == session.authority()?;
            assignment.require_disputable(is_client, self.severity, in_time).map_err(refused)?;
            return Subject::of_seat(session, &seat, now_ts);
        }
        match (self.provider, self.epoch) {
            (Some(key), Some(epoch)) => Subject::of_conduct(session, &key, epoch, now_ts),
            _ => Err(Failure::Usage("what is disputed? --job, or --provider with --epoch".into())),
        }
    }
}

/// What a dispute needs, what an answer to it costs, who gets which part of the reward, and what each outcome
/// costs whom.
pub fn facts(at: &DisputeAddresses, quote: &DisputeQuote) -> Value {
    facts!({
        "dispute": at.dispute.to_string(),
        "provider": at.provider.to_string(),
        "about": show::name(&at.kind),
        "epoch": at.epoch,
        "bond_required": quote.bond.required,
        "deposit_at_most": quote.bond.largest,
        "answer": show::answer(&quote.answer),
        "own_claimed": quote.own_claimed,
        "delegated_claimed": quote.delegated_claimed,
        "claim": quote.claim,
        "joins_claim": quote.joins_claim,
        "shares_entry": quote.shares_entry,
        "outcomes": quote.outcomes.iter().map(show::outcome).collect::<Vec<_>>(),
        "rewards_by_outcome": show::rewards(&quote.outcomes),
    })
}
