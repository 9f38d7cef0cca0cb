//! How a dispute begins: with a bond, or with a proof.

use {
    super::{
        dispute::{Bond, refused},
        job::{Seat, SeatAt},
        text::hash,
    },
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::Reply,
    },
    clap::Args,
    serde_json::{Value, json},
    work_token_sdk::{
        DisputeAddresses, Pubkey, Signature, WorkTokenError as E, ix,
        math::WorkTs,
        state::{DisputeKind, dispute::Accused},
        view::{self, DisputeAsk},
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
    /// Its score of the epoch is disputed, not its conduct
    #[arg(long, requires = "provider")]
    score: bool,
    /// The severity claimed, 1 to 5
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=5))]
    severity: u8,
    /// Leave the claim out of the bond; no stake is held before a verdict. Only the client on its own job
    #[arg(long, requires = "job")]
    without_claim: bool,
    /// Hash of the evidence: 64 hex digits
    #[arg(long, value_parser = hash)]
    evidence: Option<[u8; 32]>,
    #[command(flatten)]
    bond: Bond,
}

/// What is disputed.
struct Subject {
    at: DisputeAddresses,
    provider: work_token_sdk::state::Provider,
    accused: Accused,
}

impl Open {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let (now_ts, challenger) = (session.chain.now_ts()?, session.authority()?);
        let subject = self.subject(session, now_ts)?;
        let network = session.client().network(&subject.at.network.network)?;
        let ask = DisputeAsk { kind: subject.at.kind, severity: self.severity, without_claim: self.without_claim };
        let quote = view::quote_dispute(&network, &subject.provider, &subject.accused, &ask, now_ts);
        let quote = quote.map_err(refused)?;
        let open = ix::OpenDispute {
            challenger,
            job: self.job,
            from: session.token_account(self.bond.from, &challenger, &subject.at.network),
            severity: self.severity,
            bond: self.bond.bond.unwrap_or(quote.bond),
            without_claim: self.without_claim,
            evidence: self.evidence.unwrap_or_default(),
        };
        let mut facts = facts(&subject.at, open.bond);
        facts["own_claimed"] = quote.own_claimed.into();
        facts["delegated_claimed"] = quote.delegated_claimed.into();
        facts["joins_claim"] = quote.joins_claim.into();
        session.submit(&[ix::open_dispute(&subject.at, &open)], facts)
    }

    fn subject(&self, session: &Session, now_ts: i64) -> Result<Subject> {
        let client = session.client();
        if let Some(job) = self.job {
            let SeatAt { at, assignment, .. } = Seat { job, seat: self.seat }.read(session)?;
            assignment
                .require_disputable(true, WorkTs(now_ts.min(assignment.challenge_until_work_ts - 1)))
                .map_err(refused)?;
            let provider = client.provider(&assignment.provider)?;
            let dispute = DisputeAddresses::next_of_seat(&at, &assignment, &provider);
            return Ok(Subject { at: dispute, provider, accused: Accused::of_seat(&assignment) });
        }
        let (Some(key), Some(epoch)) = (self.provider, self.epoch) else {
            return Err(Failure::Usage("what is disputed? --job, or --provider with --epoch".into()));
        };
        let addresses = session.provider(&key)?;
        let (provider, network) = (client.provider(&key)?, client.network(&addresses.network.network)?);
        let next = if self.score { DisputeAddresses::next_of_score } else { DisputeAddresses::next_of_conduct };
        let at = next(&addresses, &provider, epoch);
        let accused = view::accused_of_epoch(&network, &provider, epoch, now_ts);
        let accused = accused.ok_or_else(|| Failure::Failed(format!("the provider has forgotten epoch {epoch}")))?;
        Ok(Subject { at, provider, accused })
    }
}

/// `work-token dispute prove`
#[derive(Args, Debug)]
pub struct Prove {
    #[command(flatten)]
    seat: Seat,
    /// A result and the operator's signature under it, `HASH:SIGNATURE`, 64 hex digits and base58; twice
    #[arg(long = "result", value_parser = signed, num_args = 1, required = true)]
    results: Vec<ix::SignedResult>,
    #[command(flatten)]
    bond: Bond,
}

fn signed(text: &str) -> Result<ix::SignedResult, String> {
    let (result, signature) = text.split_once(':').ok_or("HASH:SIGNATURE is expected")?;
    let signature: Signature = signature.parse().map_err(|error| format!("the signature: {error}"))?;
    Ok(ix::SignedResult { result_hash: hash(result)?, signature })
}

impl Prove {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let results: [ix::SignedResult; 2] =
            self.results.as_slice().try_into().map_err(|_| Failure::Usage("--result: two of them".into()))?;
        let seat = self.seat.read(session)?;
        if seat.assignment.accepted_work_ts == 0 {
            return Err(refused(E::NotDisputable));
        }
        let (client, challenger) = (session.client(), session.authority()?);
        let provider = client.provider(&seat.assignment.provider)?;
        let network = client.network(&seat.at.network().network)?;
        let at = DisputeAddresses::next_of_seat(&seat.at, &seat.assignment, &provider);
        let prove = ix::ProveFault {
            challenger,
            job: self.seat.job,
            from: session.token_account(self.bond.from, &challenger, &at.network),
            results: results.map(|signed| signed.result_hash),
            bond: self.bond.bond.unwrap_or(network.params.disputes.minimum_bond),
        };
        let (slot, operator) = (seat.state.job.created_slot, seat.assignment.operator);
        let signatures = ix::signed_results(&seat.at, slot, &operator, &results);
        session.submit(&[signatures, ix::prove_fault(&at, &prove)], facts(&at, prove.bond))
    }
}

fn facts(at: &DisputeAddresses, bond: u64) -> Value {
    let kind = match at.kind {
        DisputeKind::Job => "job",
        DisputeKind::Conduct => "conduct",
        DisputeKind::Score => "score",
    };
    json!({
        "dispute": at.dispute.to_string(),
        "provider": at.provider.to_string(),
        "about": kind,
        "epoch": at.epoch,
        "bond": bond,
    })
}
