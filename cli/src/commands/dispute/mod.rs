//! What parties to disputes do, and what anybody may do for one.

mod claim;
mod commit;
mod open;
mod raise;
pub mod show;

use {
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::{refused, refused_as},
        reply::{Reply, Value, facts},
        text::{amount, hash, hex, words},
    },
    clap::{Args, Subcommand, ValueEnum},
    std::ops::Deref,
    work_token_sdk::{
        Pubkey, WorkTokenError as E,
        client::DisputeState,
        ix,
        math::dispute,
        state::Dispute,
        view::{self, DisputeStep, DisputeView, DisputeWho, PartyState},
    },
};

/// `work-token dispute`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Contest the result of a seat, or a provider's conduct in an epoch: commit to it with a bond, then open
    /// it. Shows what it needs, what an answer costs, who gets which part of the reward and what each outcome
    /// costs whom; run again, it goes on where it was interrupted
    Open(open::Open),
    /// Claim a higher severity with a bond of your own, until the first jury is called: commit to it, then
    /// raise
    Raise(raise::Raise),
    /// Prove a fault by two results of one seat that its operator signed: commit to it, then prove
    Prove(raise::Prove),
    /// List commitments that were not opened
    Commitments(commit::List),
    /// Return the deposit of a commitment that was not opened within its hour, but for a tenth: anybody may
    Lapse(commit::Lapse),
    /// Answer for the provider with a counter-bond; a jury is called at once
    Answer {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        bond: Bond,
        /// A token account of who deposited the present counter-bond, when yours replaces it [default: its
        /// usual one]
        #[arg(long)]
        refund_to: Option<Pubkey>,
    },
    /// Give your own claim up: for a tenth of the bond before the answer, as if dismissed after it. Whatever
    /// others claim stands
    Withdraw {
        #[command(flatten)]
        which: Which,
        /// The severity that you claimed, where you claimed several
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=5))]
        severity: Option<u8>,
    },
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
    /// Pay for an appeal against a verdict, or to defend it: anybody may, for either side
    Fund {
        #[command(flatten)]
        which: Which,
        /// Who appeals, or defends the verdict
        #[arg(long, value_enum)]
        side: Side,
        /// Base units [default: all that the side lacks]
        #[arg(long, value_parser = amount)]
        amount: Option<u64>,
        /// Token account that pays [default: your usual one]
        #[arg(long)]
        from: Option<Pubkey>,
    },
    /// Take everything that the dispute owes you, or somebody else: credits, what returns of appeals, a free
    /// counter-bond
    Claim(claim::Claim),
    /// Show a dispute: phase, juries, money, what each outcome would cost, and who may do what now
    Show(Which),
    /// List disputes
    List(show::List),
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
    /// Rule where juries came to no verdict, or their verdict needs the arbiter's word. Arbiter
    Rule {
        #[command(flatten)]
        which: Which,
        /// A severity that a jury found; where none decided, 0 to dismiss, or what is claimed up to
        /// `arbiter_severity`
        #[arg(long, value_parser = clap::value_parser!(u8).range(0..=5))]
        severity: u8,
    },
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
    #[arg(long, value_parser = amount)]
    pub bond: Option<u64>,
    /// Token account that pays [default: your usual one]
    #[arg(long)]
    pub from: Option<Pubkey>,
}

/// A side of the appeals against one verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Side {
    /// Challengers, who appeal for more
    Challenger,
    /// The provider, which appeals for less
    Provider,
    /// Challengers, who defend the verdict against the provider's appeal
    ChallengerDefence,
    /// The provider, which defends it against the challengers'
    ProviderDefence,
}

impl From<Side> for dispute::Side {
    fn from(side: Side) -> Self {
        match side {
            Side::Challenger => Self::Challenger,
            Side::Provider => Self::Provider,
            Side::ChallengerDefence => Self::ChallengerDefence,
            Side::ProviderDefence => Self::ProviderDefence,
        }
    }
}

/// A dispute with everything that its view looks at.
pub struct Case(DisputeState);

impl Deref for Case {
    type Target = DisputeState;

    fn deref(&self) -> &DisputeState {
        &self.0
    }
}

impl Session<'_> {
    /// A dispute, in the network it names itself.
    pub fn case(&self, key: &Pubkey) -> Result<Case> {
        let state = self.client().dispute_state(key)?;
        let network = state.addresses.network.network;
        if self.options.network.is_some_and(|named| named != network) {
            return Err(Failure::Failed(format!("{key} belongs to the network {network}")));
        }
        Ok(Case(state))
    }
}

impl Case {
    /// As it stands now.
    pub fn view(&self) -> DisputeView {
        view::dispute_view(&self.at())
    }

    /// What every answer about a dispute says.
    pub fn facts(&self) -> Value {
        facts!({ "dispute": self.addresses.dispute.to_string(), "provider": self.addresses.provider.to_string() })
    }
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Open(open) => open.run(session),
            Self::Prove(prove) => prove.run(session),
            Self::Claim(claim) => claim.run(session),
            Self::List(list) => list.run(session),
            Self::Show(which) => show::dispute(session, &which.dispute),
            Self::Evidence { which, hash } => {
                let _: Dispute = session.client().get(&which.dispute)?;
                let file = ix::file_evidence(&which.dispute, session.authority()?, *hash);
                session.submit(&[file], facts!({ "dispute": which.dispute.to_string(), "hash": hex(hash) }))
            }
            Self::Raise(raise) => raise.run(session),
            Self::Commitments(list) => list.run(session),
            Self::Lapse(lapse) => lapse.run(session),
            Self::Answer { which, bond, refund_to } => {
                answer(session, &session.case(&which.dispute)?, bond, *refund_to)
            }
            Self::Fund { which, side, amount, from } => {
                fund(session, &session.case(&which.dispute)?, *side, *amount, *from)
            }
            Self::Withdraw { which, severity } => withdraw(session, &session.case(&which.dispute)?, *severity),
            Self::Advance(which)
            | Self::Execute(which)
            | Self::Distribute(which)
            | Self::Close(which)
            | Self::Veto { which, .. }
            | Self::Rule { which, .. } => self.on_case(session, &session.case(&which.dispute)?),
        }
    }

    fn on_case(&self, session: &Session, case: &Case) -> Result<Reply> {
        let (at, shown) = (&case.addresses, case.view());
        let due = |step| shown.allows(DisputeWho::Anybody, step);
        let instruction = match self {
            Self::Advance(_) if !shown.needs_advance => {
                return Err(not_due(&shown, "the dispute is as far as it can be", shown.until_ts));
            }
            Self::Advance(_) => ix::advance_dispute(at),
            Self::Execute(_) if !due(DisputeStep::Execute) => {
                let next_ts = shown.slash.and_then(|slash| slash.next_ts);
                return Err(not_due(&shown, "nothing of a slash is due, or the network's limit is reached", next_ts));
            }
            Self::Execute(_) => ix::execute_installment(at, case.provider.stake_vault),
            Self::Distribute(_) => ix::distribute_slash(at),
            Self::Close(_) => ix::close_dispute(&at.dispute, case.dispute.payer),
            Self::Veto { keep_bps, .. } => ix::veto_slash(at, session.authority()?, *keep_bps),
            Self::Rule { severity, .. }
                if shown.phase == dispute::Phase::Arbiter && !shown.rulings.contains(severity) =>
            {
                return Err(refused_as(E::NotARuling, &format!("now {:?}", shown.rulings)));
            }
            Self::Rule { severity, .. } => ix::rule_dispute(at, session.authority()?, *severity),
            _ => return Err(Failure::Usage("not a command about one dispute".into())),
        };
        session.submit(&[instruction], case.facts())
    }
}

fn not_due(shown: &DisputeView, what: &str, next_ts: Option<i64>) -> Failure {
    let phase = words(&format!("{:?}", shown.phase));
    Failure::TryAgain(match next_ts {
        Some(ts) => format!("{what} (phase: {phase}); next at {ts} (unix seconds)"),
        None => format!("{what} (phase: {phase})"),
    })
}

/// Withdraws the signer's own claim, and says what that costs.
fn withdraw(session: &Session, case: &Case, severity: Option<u8>) -> Result<Reply> {
    let (challenger, shown) = (session.authority()?, case.view());
    let is_own = |party: &&view::PartyView| {
        party.owner == challenger
            && party.state == PartyState::Standing
            && severity.is_none_or(|severity| severity == party.severity)
    };
    let own: Vec<&view::PartyView> = shown.parties.iter().filter(is_own).collect();
    let [party] = own.as_slice() else {
        if own.is_empty() {
            return Err(refused(E::NotTheChallenger));
        }
        return Err(Failure::Usage("which of your claims? --severity".into()));
    };
    let steps = shown.allowed.iter().filter(|allowed| allowed.who == DisputeWho::Party(party.place));
    let mut loses = steps.filter_map(|allowed| match allowed.what {
        DisputeStep::Withdraw { loses } => Some(loses),
        _ => None,
    });
    let mut facts = case.facts();
    facts["severity"] = party.severity.into();
    facts["bond"] = party.bond.into();
    facts["loses"] = loses.next_back().into();
    session.submit(&[ix::withdraw_dispute(&case.addresses, challenger, party.place)], facts)
}

/// Adds what the counter-bond lacks, or replaces another's by a larger one.
fn answer(session: &Session, case: &Case, bond: &Bond, refund_to: Option<Pubkey>) -> Result<Reply> {
    let answerer = session.authority()?;
    let cost = case.view().answer.ok_or_else(|| refused(E::WrongPhase))?;
    let replaces = case.provider.counter.bond > 0 && case.provider.counter.bonder != answerer;
    let least = if replaces { cost.by_another } else { cost.missing };
    let network = &case.addresses.network;
    let usual = || session.token_account(None, &case.provider.counter.bonder, network);
    let input = ix::AnswerDispute {
        answerer,
        from: session.token_account(bond.from, &answerer, network),
        bond: bond.bond.unwrap_or(least),
        refund_to: refund_to.or_else(|| replaces.then(usual)),
    };
    let mut facts = case.facts();
    facts["required"] = cost.required.into();
    facts["bond"] = input.bond.into();
    session.submit(&[ix::answer_dispute(&case.addresses, input)], facts)
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
        from: session.token_account(from, &contributor, &case.addresses.network),
        side,
        amount: amount.unwrap_or(lacking),
    };
    let mut facts = case.facts();
    facts["amount"] = input.amount.min(lacking).into();
    session.submit(&[ix::fund_appeal(&case.addresses, input)], facts)
}
