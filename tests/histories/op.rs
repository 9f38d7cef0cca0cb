//! What can happen to a network.

use work_token_sdk::state::PoolKind;

/// Providers of a history.
pub const PROVIDERS: usize = 3;
/// Delegators of a history. Each may hold a position behind each provider.
pub const HOLDERS: usize = 4;
/// Stands for the owner of the provider in question, as the holder of its own position.
pub const OWNER: usize = HOLDERS;

/// Everybody: those who own the providers at first, then the delegators.
pub const PEOPLE: usize = PROVIDERS + HOLDERS;

/// A position: provider and holder.
pub type At = (usize, usize);
/// Somebody of everybody.
pub type Person = usize;

/// A delegator among everybody.
pub const fn person(holder: usize) -> Person {
    PROVIDERS + holder
}

/// A token account of somebody: the usual one, or the other one, which may be frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    pub of: Person,
    pub other: bool,
}

/// What somebody who takes over a provider names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreed {
    pub min_own_staked: u64,
    pub max_liabilities: u64,
    pub max_quota: u64,
    pub state: u8,
    /// Somebody, or a key that is nobody's.
    pub operator: Option<Person>,
}

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
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
    Claim {
        at: At,
    },
    Restake {
        at: At,
    },
    Transfer {
        from: At,
        to: usize,
        shares: u64,
    },
    SetAutoRestake {
        at: At,
        on: bool,
    },
    RestakeFor {
        at: At,
    },
    SetDirect {
        at: At,
        on: bool,
        by_stranger: bool,
    },
    ClaimOwn {
        provider: usize,
    },
    Announce {
        provider: usize,
        bps: u16,
    },
    Retire {
        provider: usize,
    },
    ProposeOwner {
        provider: usize,
        /// Nobody withdraws what was proposed.
        to: Option<Person>,
    },
    AcceptOwner {
        provider: usize,
        by: Person,
        agreed: Agreed,
    },
    SetDestination {
        provider: usize,
        to: Account,
    },
    ProposeBeneficiary {
        provider: usize,
        /// Who, its quota, and until when; nobody withdraws what was proposed.
        terms: Option<(Person, u64, i64)>,
    },
    AcceptBeneficiary {
        provider: usize,
        /// Who, its quota, and until when.
        terms: (Person, u64, i64),
        to: Account,
        /// Whether the present one signs too, if that is another.
        with_present: bool,
    },
    SetBeneficiaryDestination {
        provider: usize,
        by: Person,
        to: Account,
    },
    EndBeneficiary {
        provider: usize,
        by: Person,
    },
    Unjail {
        provider: usize,
    },
    Forgive {
        provider: usize,
        amount: u64,
    },
    Touch {
        provider: usize,
    },
    CloseDelegation {
        at: At,
    },
    CloseDelegationByStranger {
        at: At,
    },
    CloseProvider {
        provider: usize,
    },
    Activate {
        at: At,
    },
    SweepSurplus {
        provider: usize,
    },
    Open {
        epoch: u32,
    },
    Weigh {
        epoch: u32,
        providers: Vec<usize>,
    },
    Finalize {
        epoch: u32,
    },
    Settle {
        epoch: u32,
        providers: Vec<usize>,
    },
    Sweep {
        epoch: u32,
    },
    CloseEpoch {
        epoch: u32,
    },
    Pause {
        secs: u32,
    },
    Unpause,
    /// Time passes.
    Pass {
        secs: i64,
    },
    /// A stranger sends tokens to a stake vault.
    Donate {
        provider: usize,
        amount: u64,
    },
    /// What an installment does: takes principal, and the tokens out of the vault.
    Slash {
        provider: usize,
        kind: PoolKind,
        amount: u64,
    },
    /// What a dispute does: books its claim.
    OpenClaim {
        provider: usize,
        slot: usize,
        own: u64,
        delegated: u64,
    },
    /// What the end of a dispute does.
    EndClaim {
        provider: usize,
        slot: usize,
    },
    /// What a job does: the provider's part of its fee.
    Fees {
        provider: usize,
        amount: u64,
    },
    /// What a verdict does: jails a provider.
    Jail {
        provider: usize,
        epochs: u16,
    },
    /// What a slash does that finds less than it should take.
    Owe {
        provider: usize,
        amount: u64,
    },
    /// Somebody's other token account is frozen, or no longer.
    Freeze {
        of: Person,
        on: bool,
    },
}

impl Op {
    /// Exits: what nothing but the position itself may refuse.
    pub fn is_exit(&self) -> bool {
        matches!(self, Op::Request { .. } | Op::Withdraw { .. } | Op::Claim { .. } | Op::ClaimOwn { .. })
    }

    /// What owners, beneficiaries and the admin say: no token moves by it.
    pub fn is_of_owners(&self) -> bool {
        matches!(
            self,
            Op::ProposeOwner { .. }
                | Op::AcceptOwner { .. }
                | Op::SetDestination { .. }
                | Op::ProposeBeneficiary { .. }
                | Op::AcceptBeneficiary { .. }
                | Op::SetBeneficiaryDestination { .. }
                | Op::EndBeneficiary { .. }
                | Op::Unjail { .. }
                | Op::Forgive { .. }
        )
    }

    /// Whether nobody's instruction does it, so that it cannot be refused.
    pub fn is_given(&self) -> bool {
        matches!(
            self,
            Op::Pass { .. }
                | Op::Donate { .. }
                | Op::Slash { .. }
                | Op::OpenClaim { .. }
                | Op::EndClaim { .. }
                | Op::Fees { .. }
                | Op::Jail { .. }
                | Op::Owe { .. }
                | Op::Freeze { .. }
        )
    }
}
