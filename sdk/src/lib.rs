//! The SDK of the Work Token protocol: derived addresses, a pure builder for each instruction, typed accounts, views that answer what a
//! person asks, errors in a sentence, events, and transports to a chain. No Anchor, and no network unless the feature `rpc` is on.
//!
//! Everything a user needs is re-exported; no second crate is necessary.

pub mod accounts;
pub mod addresses;
pub mod errors;
pub mod ix;
pub mod transport;

pub use {
    accounts::{Account, DecodeError},
    addresses::{NetworkAddresses, PositionAddresses, ProviderAddresses},
    solana_program::instruction::{AccountMeta, Instruction},
    solana_sdk::pubkey::Pubkey,
    work_token_interface::{self as interface, ID, WorkTokenError, args, events as event_types, limits, math, seeds, state},
};
