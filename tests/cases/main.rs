//! Stories: sentences about behaviour, on the real bytecode. Each names a refusal by its error and ends with every invariant.
//! A ruling that a story holds is named in a comment above it.

mod activation;
mod authorities;
mod bounds;
mod bounties;
mod claims;
mod closing;
mod commission;
mod cost;
mod delegating;
mod epochs;
mod fees;
mod golden;
mod idl;
mod layouts;
mod lots;
mod mints;
mod missed;
mod networks;
mod open_claims;
mod parameters;
mod params_change;
mod pause;
mod registration;
mod rent;
mod retiring;
mod sharing;
mod slashes;
mod staking;
mod surplus;
mod sweeping;
mod tickets;
mod unbonding;
mod vesting;
mod weights;

pub use {
    work_token_localnet::{Actor, MintOptions, ScenarioOptions, TokenProgram},
    work_token_sdk::{
        Account, Pubkey, WorkTokenError as E,
        events::{Event, decode_logs},
        ix, math,
        state::{EmissionMode, EpochState, PoolKind, ProviderState, VaultKind},
        transport::Transport,
    },
    work_token_tests::{
        DAY, EMISSION, HOUR, Holder, KEEPERS, Owner, Photo, Position, TOKEN, World, assert_floor, assert_invariants,
        refused_with_code,
    },
};
