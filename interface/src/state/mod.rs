//! Account layouts and the books kept in them.
//!
//! Every account is fixed in size, begins (after Anchor's 8-byte discriminator) with `version` and `bump`,
//! has its network at byte 16 (the network's own has none), has no implicit padding, and stores `u128` as 16
//! little-endian bytes. Most end in 32 reserved bytes. Sizes and offsets are pinned by golden tests.

/// An account: Anchor's for the program, plain `Pod` for everybody else.
macro_rules! account {
    ($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        account! { $crate::ID, $(#[$meta])* pub struct $name { $($body)* } }
    };
    ($program:path, $(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[cfg_attr(feature = "anchor", anchor_lang::prelude::account)]
        #[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable), repr(C))]
        pub struct $name { $($body)* }

        impl $name {
            /// Bytes of the account, its 8-byte discriminator included.
            pub const SIZE: usize = 8 + core::mem::size_of::<Self>();
        }

        impl crate::Owned for $name {
            const PROGRAM: crate::Address = $program;
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

/// A struct inside an account whose fields `math` lists, because it decides over them: it is used as that
/// one where it lies.
macro_rules! of_math {
    ($fields:ident, $name:ident, $of:ty) => {
        crate::math::$fields!(part, $name);

        // So that neither cast below can fail.
        const _: () = assert!(
            core::mem::size_of::<$name>() == core::mem::size_of::<$of>()
                && core::mem::align_of::<$name>() == core::mem::align_of::<$of>()
        );

        impl core::ops::Deref for $name {
            type Target = $of;

            #[inline]
            fn deref(&self) -> &$of {
                bytemuck::cast_ref(self)
            }
        }

        impl core::ops::DerefMut for $name {
            #[inline]
            fn deref_mut(&mut self) -> &mut $of {
                bytemuck::cast_mut(self)
            }
        }
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

pub mod dispute;
mod epoch;
mod job;
mod jury;
mod network;
mod place;
mod position;
pub mod provider;
mod score;

pub use dispute::{
    AppealShare, Charge, Claim, ClaimEntries, ClaimEntry, ClaimedStake, Dispute, DisputeCosts, DisputeKind,
    DisputeOpening, DisputeRules, Fault, FaultStep, Jury, JuryDraw, KeptState, Lapsed, Machine, Party, STEPS,
    SeverityRule, SlashState, dispute_flags, entry_of,
};
pub use epoch::{
    EmissionRules, EpochPool, EpochState, PaidWork, PlaceRules, ScoreRules, Swept, WeighTerms, Weighing, pool_flags,
};
pub use governed::ChangeClass;
pub use job::{
    Agreement, Asked, Assignment, ClassOperator, Client, Job, JobClass, JobKind, JobRules, Model, ModelStatus, Offer,
    SeatEnd, SeatState, SeedCapture, assignment_flags, job_flags,
};
pub use jury::{Ballot, BallotState, Juror, Left};
pub use network::{
    AnnouncedPayment, Authorities, AuthorityRole, Beacon, BeaconStep, BucketLevel, Convicted, DRAFT_PART, DRAFT_PARTS,
    EmissionLaw, EmissionMode, EmissionPolicy, EmissionState, EmittingEpoch, EpochPaid, EpochRules, EpochWork,
    Finalized, Ledger, Network, NetworkParams, NetworkVaults, Outages, ParamChange, ParamDraft, PlacePace,
    PlannedEmission, UnitsRing, VaultKind, Vaults, WorkPay, draft_parts, network_flags,
};
pub use place::{PlaceQueue, QueueEntry, Tree, TreeKind};
pub use position::{AutoRestake, Delegation, PendingLot, TicketClaim, Unbonding, Voice, position_flags};
pub use provider::{
    Beneficiary, CounterBond, DeclaredMaintenance, DisputeCounts, EpochRecord, FaultRecord, GenerationEnd, Handover,
    LastConviction, Offence, Place, PlaceChallenge, PlaceWait, Provider, ProviderState, Reputation, Reservation,
    RewardState, SeatOutcome, SkipReason, StakePool, Terms, VestingEntry, VoiceReading, VoiceShares, WorkBooks,
};
pub use score::{
    Attester, AttesterDraw, AttesterRoster, CanarySets, Due, Metric, MetricSource, NO_PLACE, NO_REPORT, Opinion,
    OpinionState, Paid, REPORT_BYTES, RosterEntry, RosterTime, ScoreShard,
};

/// Which of a provider's two stake pools. Stored in the position, never taken from an argument
/// (position-kind-1).
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
