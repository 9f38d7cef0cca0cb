//! Stories: sentences about behaviour, on the real bytecode. Each names a refusal by its error and ends with
//! every invariant. A rule that a story holds is named in a comment above it.

mod dispute;
mod epoch;
mod job;
mod jury;
mod network;
mod place;
mod position;
mod program;
mod provider;
mod score;
mod vote;

pub use {
    work_token_localnet::{Actor, MintOptions, ScenarioOptions, TokenProgram},
    work_token_sdk::{
        Account, Pubkey, WorkTokenError as E,
        events::{Event, decode_logs},
        ix, math,
        presets::{JOB_RULES, NETWORK_PARAMS},
        state::{EmissionMode, EpochState, PoolKind, ProviderState, SeatState, SkipReason, VaultKind, job_flags},
        transport::Transport,
    },
    work_token_tests::{
        Buyer, DAY, EMISSION, FEE, FIXED, HOUR, Holder, JOB_BOUNTY, KEEPERS, METERED, Market, Owner, Photo, Position,
        QUINTUPLE, SILENCE, STAKE, TOKEN, TRIPLE, World, assert_floor, assert_invariants, draw_fee, events,
        refused_with_code,
    },
};
