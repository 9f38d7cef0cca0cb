//! What can happen to a network.

use work_token_sdk::state::PoolKind;

/// Providers of a history.
pub const PROVIDERS: usize = 3;
/// Delegators of a history. Each may hold a position behind each provider.
pub const HOLDERS: usize = 4;
/// Stands for the owner of the provider in question, as the holder of its own position.
pub const OWNER: usize = HOLDERS;

/// A position: provider and holder.
pub type At = (usize, usize);

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
    /// What a later instruction will do: takes principal, and the tokens out of the vault.
    Slash {
        provider: usize,
        kind: PoolKind,
        amount: u64,
    },
    /// What a later instruction will do: books the claim of an open dispute.
    OpenClaim {
        provider: usize,
        slot: usize,
        own: u64,
        delegated: u64,
    },
    /// What a later instruction will do: ends an open dispute.
    EndClaim {
        provider: usize,
        slot: usize,
    },
    /// What a later instruction will do: the provider's part of a job's fee.
    Fees {
        provider: usize,
        amount: u64,
    },
}

impl Op {
    /// Exits: what nothing but the position itself may refuse.
    pub fn is_exit(&self) -> bool {
        matches!(self, Op::Request { .. } | Op::Withdraw { .. } | Op::Claim { .. } | Op::ClaimOwn { .. })
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
        )
    }
}
