//! Account layouts and the books kept in them.
//!
//! Every account is fixed in size, begins (after Anchor's 8-byte discriminator) with `version` and `bump`,
//! has its network at byte 16 (the network's own has none), has no implicit padding, and stores `u128` as 16
//! little-endian bytes. Most end in 32 reserved bytes. Sizes and offsets are pinned by golden tests.

/// An account: Anchor's for the program, plain `Pod` for everybody else.
macro_rules! account {
    ($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[cfg_attr(feature = "anchor", anchor_lang::prelude::account)]
        #[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable), repr(C))]
        pub struct $name { $($body)* }

        impl $name {
            /// Bytes of the account, its 8-byte discriminator included.
            pub const SIZE: usize = 8 + core::mem::size_of::<Self>();
        }
    };
}

/// A struct inside an account.
macro_rules! part {
    ($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[cfg_attr(feature = "anchor", derive(anchor_lang::IdlType))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
        #[repr(C)]
        pub struct $name { $($body)* }
    };
}

/// A struct inside an account that also travels as an argument.
macro_rules! value {
    ($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[cfg_attr(
            feature = "anchor",
            derive(anchor_lang::IdlType, anchor_lang::AnchorSerialize, anchor_lang::AnchorDeserialize)
        )]
        #[cfg_attr(not(feature = "anchor"), derive(borsh::BorshSerialize, borsh::BorshDeserialize))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
        #[repr(C)]
        pub struct $name { $($body)* }
    };
}

#[macro_use]
pub mod governed;

mod appeal_share;
mod assignment;
mod attester;
mod attester_roster;
mod ballot;
mod claim;
mod client;
mod delegation;
pub mod dispute;
mod dispute_rules;
mod epoch_pool;
mod fault;
mod job;
mod job_class;
mod juror;
mod metric;
mod network;
mod offer;
mod opening;
mod param_change;
mod params;
pub mod provider;
mod score_shard;
mod tree;
mod unbonding;

pub use assignment::{Assignment, SeatState, assignment_flags};
pub use attester::{Attester, NO_PLACE};
pub use attester_roster::{AttesterDraw, AttesterRoster, RosterEntry, RosterTime};
pub use client::Client;
pub use job::{Job, SeedCapture, job_flags};
pub use job_class::{Agreement, JobClass, JobKind, JobRules};
pub use metric::{Metric, MetricSource};
pub use offer::{Asked, Offer};
pub use score_shard::{Due, NO_REPORT, REPORT_BYTES, ScoreShard, ShardSeat, ShardSeatState};
pub use tree::{Tree, TreeKind};

pub use appeal_share::AppealShare;
pub use ballot::{Ballot, BallotState};
pub use claim::{Charge, Claim, ClaimEntries, ClaimEntry, KeptState, entry_of};
pub use delegation::{Delegation, PendingLot};
pub use dispute::{
    ClaimedStake, Dispute, DisputeCosts, DisputeKind, JuryDraw, JuryState, MachineState, Party, SlashState,
    dispute_flags,
};
pub use dispute_rules::{DisputeRules, SeverityRule};
pub use epoch_pool::{EmissionRules, EpochPool, EpochState, PlaceRules, ScoreRules, WeighTerms, pool_flags};
pub use fault::{Fault, FaultStep, STEPS};
pub use governed::ChangeClass;
pub use juror::Juror;
pub use network::{
    AnnouncedPayment, Authorities, AuthorityRole, Beacon, Convicted, EmissionMode, EpochRules, EpochWork, Finalized,
    Network, NetworkVaults, Outages, SlashLevel, VaultKind, Vaults, network_flags,
};
pub use opening::DisputeOpening;
pub use param_change::ParamChange;
pub use params::NetworkParams;
pub use provider::{
    CounterBond, DeclaredMaintenance, DisputeCounts, EpochRecord, FaultRecord, GenerationEnd, LastConviction, Offence,
    Place, PlaceChallenge, Provider, ProviderState, Reservation, RewardState, SeatOutcome, SkipReason, StakePool,
    Terms, VestingEntry, WorkBooks,
};
pub use unbonding::{TicketClaim, Unbonding};

/// Which of a provider's two stake pools. Stored in the position, never taken from an argument (R H4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum PoolKind {
    /// The owner's stake.
    Own = 0,
    /// The delegators' stake.
    Delegated = 1,
}

impl PoolKind {
    /// From its byte; everything but 0 is `Delegated`.
    pub const fn from_byte(byte: u8) -> Self {
        if byte == 0 { Self::Own } else { Self::Delegated }
    }
}
