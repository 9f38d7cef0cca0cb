//! What parties to disputes do, and what anybody may do for one.

use {
    super::{
        dispute_claim, dispute_open, dispute_show,
        text::{hash, hex},
    },
    crate::{
        chain::Session,
        failure::{Failure, Result},
        keeper,
        reply::Reply,
    },
    clap::{Args, Subcommand, ValueEnum},
    serde_json::{Value, json},
    work_token_sdk::{
        DisputeAddresses, NetworkAddresses, Pubkey, WorkTokenError as E, ix,
        math::{Amount, dispute},
        state::{Assignment, Dispute, Fault, Network, Provider},
        view::{self, DisputeAt, DisputeView},
    },
};

/// `work-token dispute`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Contest the result of a seat, a provider's conduct in an epoch, or its score, for a bond
    Open(dispute_open::Open),
    /// Claim a higher severity with a bond of your own, until the first jury is seated
    Raise {
        #[command(flatten)]
        which: Which,
        /// The severity, above the present one
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=5))]
        severity: u8,
        #[command(flatten)]
        bond: Bond,
    },
    /// Answer for the provider with a counter-bond; a jury is called at once
    Answer {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        bond: Bond,
        /// A token account of who deposited the present counter-bond, when yours replaces it
        #[arg(long)]
        refund_to: Option<Pubkey>,
    },
    /// Give the dispute up: for a tenth of the bond before the answer, as if dismissed after it. Challenger
    Withdraw(Which),
    /// File the hash of further evidence: anybody may
    Evidence {
        #[command(flatten)]
        which: Which,
        /// The hash: 64 hex digits
        #[arg(long, value_parser = hash)]
        hash: [u8; 32],
    },
    /// Bring a dispute past its deadlines, to its outcome, to its end: anybody may
    Advance(Which),
    /// Pay for an appeal: anybody may, for either side
    Fund {
        #[command(flatten)]
        which: Which,
        /// Whose appeal
        #[arg(long, value_enum)]
        side: Side,
        /// Base units [default: all that the side lacks]
        #[arg(long)]
        amount: Option<u64>,
        /// Token account that pays [default: your usual one]
        #[arg(long)]
        from: Option<Pubkey>,
    },
    /// Take everything that the dispute owes you: credits, what returns of appeals, a free counter-bond
    Claim(dispute_claim::Claim),
    /// Show a dispute: phase, juries, money, what each outcome would cost, and who may do what now
    Show(Which),
    /// List disputes
    List(dispute_show::List),
    /// Execute what is due of a slash: anybody may
    Execute(Which),
    /// Burn, insure and share out what is held for nobody in particular: anybody may
    Distribute(Which),
    /// Cancel a slash before its first installment, or keep a part of it. Admin
    Veto {
        #[command(flatten)]
        which: Which,
        /// What stays of it, in hundredths of a percent
        #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..10_000))]
        keep_bps: u16,
    },
    /// Rule where juries came to no verdict: 0 dismisses. Arbiter
    Rule {
        #[command(flatten)]
        which: Which,
        /// A severity that a jury found or the challenger claimed
        #[arg(long, value_parser = clap::value_parser!(u8).range(0..=5))]
        severity: u8,
    },
    /// Prove a fault by two results of one seat that its operator signed
    Prove(dispute_open::Prove),
    /// Set a score that was found wrong to neutral, before its epoch is final: anybody may
    CorrectScore(Which),
    /// Close a dispute, 30 days after its end: anybody may
    Close(Which),
}

/// A dispute.
#[derive(Args, Debug)]
pub struct Which {
    /// The dispute's address
    pub dispute: Pubkey,
}

/// A bond.
#[derive(Args, Debug)]
pub struct Bond {
    /// Base units [default: the least that is needed]
    #[arg(long)]
    pub bond: Option<u64>,
    /// Token account that pays [default: your usual one]
    #[arg(long)]
    pub from: Option<Pubkey>,
}

/// A side of a dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Side {
    /// Wants the fault found
    Challenger,
    /// Wants it dismissed
    Provider,
}

impl From<Side> for dispute::Side {
    fn from(side: Side) -> Self {
        match side {
            Side::Challenger => Self::Challenger,
            Side::Provider => Self::Provider,
        }
    }
}

/// A dispute with everything that its view looks at.
pub struct Case {
    /// Its addresses.
    pub at: DisputeAddresses,
    /// The network.
    pub network: Network,
    /// The accused.
    pub provider: Provider,
    /// The dispute.
    pub dispute: Dispute,
    /// The provider's faults of its epoch.
    pub fault: Fault,
    /// The disputed seat.
    pub seat: Option<Assignment>,
    slot: u64,
    /// The chain's clock. Unix seconds.
    pub now_ts: i64,
}

impl Session<'_> {
    /// A dispute, in the network it names itself.
    pub fn case(&self, key: &Pubkey) -> Result<Case> {
        let client = self.client();
        let dispute: Dispute = client.get(key)?;
        if self.options.network.is_some_and(|named| named != dispute.network) {
            return Err(Failure::Failed(format!("{key} belongs to the network {}", dispute.network)));
        }
        let network = client.network(&dispute.network)?;
        let at = DisputeAddresses::recorded(NetworkAddresses::recorded(dispute.network, &network), *key, &dispute);
        Ok(Case {
            provider: client.provider(&dispute.provider)?,
            fault: client.get(&at.fault)?,
            seat: at.assignment.map(|seat| client.find(&seat)).transpose()?.flatten(),
            slot: keeper::slot(self.chain)?,
            now_ts: self.chain.now_ts()?,
            at,
            network,
            dispute,
        })
    }
}

impl Case {
    /// As it stands now.
    pub fn view(&self) -> DisputeView {
        view::dispute_view(&DisputeAt {
            network: &self.network,
            provider: &self.provider,
            dispute: &self.dispute,
            fault: &self.fault,
            seat: self.seat.as_ref(),
            slot: self.slot,
            now_ts: self.now_ts,
        })
    }

    /// What every answer about a dispute says.
    pub fn facts(&self) -> Value {
        json!({ "dispute": self.at.dispute.to_string(), "provider": self.at.provider.to_string() })
    }
}

/// A refusal of the program, foreseen.
pub fn refused(error: E) -> Failure {
    Failure::Failed(format!("{}: {}", error.name(), error.message()))
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Open(open) => open.run(session),
            Self::Prove(prove) => prove.run(session),
            Self::Claim(claim) => claim.run(session),
            Self::List(list) => list.run(session),
            Self::Show(which) => dispute_show::dispute(session, &which.dispute),
            Self::Evidence { which, hash } => {
                let file = ix::file_evidence(&which.dispute, session.authority()?, *hash);
                session.submit(&[file], json!({ "dispute": which.dispute.to_string(), "hash": hex(hash) }))
            }
            Self::Raise { which, severity, bond } => raise(session, &session.case(&which.dispute)?, *severity, bond),
            Self::Answer { which, bond, refund_to } => {
                answer(session, &session.case(&which.dispute)?, bond, *refund_to)
            }
            Self::Fund { which, side, amount, from } => {
                fund(session, &session.case(&which.dispute)?, *side, *amount, *from)
            }
            Self::Withdraw(which)
            | Self::Advance(which)
            | Self::Execute(which)
            | Self::Distribute(which)
            | Self::CorrectScore(which)
            | Self::Close(which)
            | Self::Veto { which, .. }
            | Self::Rule { which, .. } => self.on_case(session, &session.case(&which.dispute)?),
        }
    }

    fn on_case(&self, session: &Session, case: &Case) -> Result<Reply> {
        let (at, shown) = (&case.at, case.view());
        let due = |step| shown.allows(view::DisputeWho::Anybody, step);
        let instruction = match self {
            Self::Withdraw(_) => ix::withdraw_dispute(at, session.authority()?),
            Self::Advance(_) if !shown.needs_advance => {
                return Err(not_due(&shown, "the dispute is as far as it can be", shown.until_ts));
            }
            Self::Advance(_) => ix::advance_dispute(at),
            Self::Execute(_) if !due(view::DisputeStep::Execute) => {
                let next_ts = shown.slash.and_then(|slash| slash.next_ts);
                return Err(not_due(&shown, "nothing of a slash is due, or the network's limit is reached", next_ts));
            }
            Self::Execute(_) => ix::execute_installment(at, case.provider.stake_vault),
            Self::Distribute(_) => ix::distribute_slash(at),
            Self::CorrectScore(_) => ix::correct_score(at),
            Self::Close(_) => ix::close_dispute(&at.dispute, case.dispute.payer),
            Self::Veto { keep_bps, .. } => ix::veto_slash(at, session.authority()?, *keep_bps),
            Self::Rule { severity, .. } => ix::rule_dispute(at, session.authority()?, *severity),
            _ => return Err(Failure::Usage("not a command about one dispute".into())),
        };
        session.submit(&[instruction], case.facts())
    }
}

fn not_due(shown: &DisputeView, what: &str, next_ts: Option<i64>) -> Failure {
    let phase = super::words(&format!("{:?}", shown.phase));
    Failure::TryAgain(match next_ts {
        Some(ts) => format!("{what} (phase: {phase}); next at {ts} (unix seconds)"),
        None => format!("{what} (phase: {phase})"),
    })
}

fn raise(session: &Session, case: &Case, severity: u8, bond: &Bond) -> Result<Reply> {
    let challenger = session.authority()?;
    let mut provider = case.provider;
    provider.touch(&case.network, &case.network.terms(case.now_ts));
    let claimed = case.dispute.claim_value(severity, provider.repeats(severity, case.network.epoch_at(case.now_ts)));
    let missing = case.dispute.required_bond(severity, claimed).saturating_sub(case.dispute.bonds());
    let least = missing.max(Amount(case.network.params.disputes.minimum_bond)).0;
    let raise = ix::RaiseClaim {
        challenger,
        from: session.token_account(bond.from, &challenger, &case.at.network),
        severity,
        bond: bond.bond.unwrap_or(least),
    };
    let mut facts = case.facts();
    facts["bond"] = raise.bond.into();
    session.submit(&[ix::raise_claim(&case.at, raise)], facts)
}

/// Adds what the counter-bond lacks; one that replaces another's must be larger than that.
fn answer(session: &Session, case: &Case, bond: &Bond, refund_to: Option<Pubkey>) -> Result<Reply> {
    let answerer = session.authority()?;
    let input = ix::AnswerDispute {
        answerer,
        from: session.token_account(bond.from, &answerer, &case.at.network),
        bond: bond.bond.unwrap_or_else(|| case.view().counter_bond_missing),
        refund_to,
    };
    let mut facts = case.facts();
    facts["bond"] = input.bond.into();
    session.submit(&[ix::answer_dispute(&case.at, input)], facts)
}

fn fund(session: &Session, case: &Case, side: Side, amount: Option<u64>, from: Option<Pubkey>) -> Result<Reply> {
    let (contributor, side) = (session.authority()?, dispute::Side::from(side));
    let appeal = case.view().appeal.ok_or_else(|| refused(E::NotFundable))?;
    let lacking = appeal.fundable[side as usize];
    if lacking == 0 {
        return Err(refused(E::NotFundable));
    }
    let input = ix::FundAppeal {
        contributor,
        from: session.token_account(from, &contributor, &case.at.network),
        side,
        amount: amount.unwrap_or(lacking),
    };
    let mut facts = case.facts();
    facts["amount"] = input.amount.min(lacking).into();
    session.submit(&[ix::fund_appeal(&case.at, input)], facts)
}
