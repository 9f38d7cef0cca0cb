//! Account layouts and the books kept in them.
//!
//! Every account is fixed in size, begins (after Anchor's 8-byte discriminator) with `version` and `bump`, has no implicit
//! padding, stores `u128` as 16 little-endian bytes and ends in 32 reserved bytes. Sizes and offsets are pinned by golden tests.

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

mod delegation;
mod epoch_pool;
mod network;
mod param_change;
mod params;
pub mod provider;
mod unbonding;

pub use delegation::{Delegation, PendingLot};
pub use epoch_pool::{EpochPool, EpochState};
pub use network::{AuthorityRole, EmissionMode, Network, VaultKind, network_flags};
pub use param_change::{ChangeClass, ParamChange};
pub use params::NetworkParams;
pub use provider::{
    EpochRecord, GenerationEnd, Provider, ProviderState, Reservation, RewardState, StakePool, Terms, VestingEntry,
};
pub use unbonding::Unbonding;

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
