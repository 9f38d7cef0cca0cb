//! What the Work Token program and everybody who talks to it agree on: account layouts, instruction
//! arguments, seeds, limits, errors and events, each defined once.
//!
//! In the program's own build, by the feature `anchor` that only the repository has, the same structs become
//! Anchor accounts, events and errors; without it they are plain `bytemuck` and `borsh` types and nothing of
//! Anchor is compiled. The state methods keep the books that the program, the SDK's views and the tests all
//! keep; every formula they use is in `work-token-math`.
#![cfg_attr(not(test), no_std)]

extern crate alloc;

pub mod accounts;
pub mod args;
pub mod commitments;
#[macro_use]
pub mod errors;
#[macro_use]
pub mod events;
pub mod limits;
mod owned;
pub mod seeds;
#[macro_use]
pub mod state;
pub mod tags;
pub mod votes;

pub use errors::WorkTokenError;
pub use owned::Owned;
pub use work_token_math as math;

#[cfg(feature = "anchor")]
pub use anchor_lang::Address;
#[cfg(not(feature = "anchor"))]
pub use solana_address::Address;

#[cfg(feature = "anchor")]
anchor_lang::declare_id!("WorkTxmTNZDWrGwnXTmJYH3PsRLHpmoZ3vSf6aTvFjY");
#[cfg(not(feature = "anchor"))]
solana_address::declare_id!("WorkTxmTNZDWrGwnXTmJYH3PsRLHpmoZ3vSf6aTvFjY");

/// Version byte of every account layout in this crate. The program refuses any other.
pub const ACCOUNT_VERSION: u8 = 1;
