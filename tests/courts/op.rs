//! What can happen to a network whose providers are disputed.

/// Providers of a history; the first people own them.
pub const PROVIDERS: usize = 3;
/// People of a history: the first owners, then delegators, then challengers, then jurors. Anybody may do
/// what the others do.
pub const PEOPLE: usize = 17;
/// The first of the delegators.
pub const FIRST_HOLDER: usize = PROVIDERS;
/// The first of the challengers.
pub const FIRST_CHALLENGER: usize = 6;
/// The first of the jurors.
pub const FIRST_JUROR: usize = 9;

/// Somebody.
pub type Who = usize;
/// In the place of a holder: whoever owns the provider. The own position stays where it is when it passes on.
pub const OWN: Who = PEOPLE;
/// A position: provider and holder, or the own one.
pub type At = (usize, Who);

/// What a provider may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Free,
    Jailed,
    Retiring,
    Expelled,
}

/// What somebody accepts who takes a provider over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// The least own stake that is not leaving, and the most that claims and debt may take.
    pub staked: u64,
    pub liabilities: u64,
    pub seats: u32,
    pub standing: Standing,
}

/// What somebody commits to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To dispute a provider's conduct in an epoch.
    Conduct { provider: usize, epoch: u32 },
    /// To dispute the result of a seat, by its number in the history; without the bond for the claim, if so
    /// wanted.
    Result { seat: usize, without_claim: bool },
    /// To raise the claim of a dispute, by its number in the history.
    Raise { dispute: usize },
}

/// One instruction, or one thing that happens around the program. Disputes, openings and seats of jobs are
/// named by their numbers in the history, so that a history is still one when others of its operations are
/// left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Time passes, and the slots that it takes.
    Pass {
        secs: i64,
    },
    /// Time passes and the chain stands still.
    Halt {
        secs: i64,
    },
    RefreshNote,
    RecordOutage,
    OpenEpoch {
        epoch: u32,
    },
    Weigh {
        epoch: u32,
    },
    Finalize {
        epoch: u32,
    },
    Settle {
        epoch: u32,
    },
    Sweep {
        epoch: u32,
    },
    Touch {
        provider: usize,
    },
    StakeSelf {
        provider: usize,
        amount: u64,
    },
    Delegate {
        at: At,
        amount: u64,
    },
    Request {
        at: At,
        shares: u64,
    },
    Cancel {
        at: At,
        ticket: u32,
    },
    Withdraw {
        at: At,
        ticket: u32,
    },
    /// Settles those of a ticket's claims whose places in its list are set in `places`.
    SettleTicket {
        at: At,
        ticket: u32,
        places: u8,
    },
    ClaimRewards {
        at: At,
    },
    ClaimOwn {
        provider: usize,
    },
    ClosePosition {
        at: At,
    },
    Retire {
        provider: usize,
    },
    /// The owner proposes who shall own a provider, or withdraws that.
    ProposeOwner {
        provider: usize,
        to: Option<Who>,
    },
    AcceptOwner {
        provider: usize,
        by: Who,
        agreed: Agreed,
    },
    CloseProvider {
        provider: usize,
    },
    /// A provider has submitted the result of a seat of a job, or has missed its deadline; constructed,
    /// because no draw leads to it here.
    Work {
        provider: usize,
        client: Who,
        fee: u64,
        missed: bool,
    },
    /// The client approves of a result.
    Approve {
        seat: usize,
    },
    SettleSeat {
        seat: usize,
    },
    CloseJob {
        seat: usize,
    },
    Commit {
        who: Who,
        target: Target,
        severity: u8,
        deposit: u64,
    },
    Lapse {
        opening: usize,
    },
    /// Opens, or raises, what was committed to.
    Use {
        opening: usize,
    },
    Answer {
        dispute: usize,
        who: Who,
        bond: u64,
    },
    Concede {
        dispute: usize,
        place: u8,
    },
    Advance {
        dispute: usize,
    },
    Call {
        dispute: usize,
    },
    DrawJuror {
        dispute: usize,
    },
    Exclude {
        dispute: usize,
        jury: u8,
        index: u8,
    },
    Vote {
        dispute: usize,
        jury: u8,
        index: u8,
        vote: u8,
    },
    Reveal {
        dispute: usize,
        jury: u8,
        index: u8,
        vote: u8,
    },
    Fund {
        dispute: usize,
        who: Who,
        side: u8,
        amount: u64,
    },
    Rule {
        dispute: usize,
        severity: u8,
    },
    Veto {
        dispute: usize,
        keep_bps: u16,
    },
    Execute {
        dispute: usize,
    },
    Distribute {
        dispute: usize,
    },
    SettleBallot {
        dispute: usize,
        jury: u8,
        index: u8,
    },
    /// A challenger's credit by its place; the client's by 255.
    ClaimCredit {
        dispute: usize,
        place: u8,
    },
    ClaimAppeal {
        dispute: usize,
        who: Who,
        side: u8,
    },
    ClaimCounterBond {
        provider: usize,
    },
    CloseDispute {
        dispute: usize,
    },
    CloseClaim {
        provider: usize,
        number: u32,
    },
    CloseFault {
        provider: usize,
        epoch: u32,
    },
    Unjail {
        provider: usize,
    },
    Forgive {
        provider: usize,
        amount: u64,
    },
    JoinJury {
        who: Who,
        amount: u64,
    },
    Sync {
        who: Who,
        leaf: u16,
    },
    LeaveJury {
        who: Who,
    },
    ClaimJurorPay {
        who: Who,
    },
}

/// What happens at once: the instructions of one transaction, or one thing around the program.
pub type Step = Vec<Op>;

impl Op {
    /// Whether nobody's instruction does it, so that it cannot be refused.
    pub fn is_given(&self) -> bool {
        matches!(self, Op::Pass { .. } | Op::Halt { .. } | Op::Work { .. })
    }
}

impl Op {
    /// Whether other histories predict it, so that what it moves is taken as it is.
    pub fn is_observed(&self) -> bool {
        matches!(
            self,
            Op::OpenEpoch { .. }
                | Op::Weigh { .. }
                | Op::Finalize { .. }
                | Op::Settle { .. }
                | Op::Sweep { .. }
                | Op::Touch { .. }
                | Op::ClaimRewards { .. }
                | Op::ClosePosition { .. }
                | Op::CloseProvider { .. }
        )
    }

    /// Its name, for counting.
    pub fn name(&self) -> String {
        format!("{self:?}").split([' ', '{']).next().expect("a name").to_owned()
    }
}

/// The dispute that an operation names.
pub fn dispute_of(op: &Op) -> Option<usize> {
    match *op {
        Op::Answer { dispute, .. }
        | Op::Concede { dispute, .. }
        | Op::Advance { dispute }
        | Op::Call { dispute }
        | Op::DrawJuror { dispute }
        | Op::Exclude { dispute, .. }
        | Op::Vote { dispute, .. }
        | Op::Reveal { dispute, .. }
        | Op::Fund { dispute, .. }
        | Op::Rule { dispute, .. }
        | Op::Veto { dispute, .. }
        | Op::Execute { dispute }
        | Op::Distribute { dispute }
        | Op::SettleBallot { dispute, .. }
        | Op::ClaimCredit { dispute, .. }
        | Op::ClaimAppeal { dispute, .. }
        | Op::CloseDispute { dispute } => Some(dispute),
        _ => None,
    }
}
