//! The economics of the Work Token protocol, as pure functions over integers.
//!
//! This crate has never heard of a blockchain: no accounts, no signers, no clock but the one passed in.
//! The program asks it for every decision, and so do the SDK, the command line, the simulator and the tests,
//! so a number that is shown, predicted or paid is the same number.
//!
//! It is `no_std`, has no dependency, no `unsafe`, no float, and cannot panic: what cannot be computed is
//! `None` or a named refusal. Every formula states its rounding, who keeps the dust, and the largest product
//! it forms. Only [`mul_div`] widens or divides. The feature `bytemuck` derives that crate's traits, no more:
//! what accounts store as it is can then be used where it lies.
//!
//! Global bounds, on which every overflow argument rests: a network's supply stays below [`MAX_SUPPLY`] =
//! 2^60 base units, and a pool never has more than [`MAX_SHARES_PER_TOKEN`] = 16 shares per token when it
//! accepts a deposit.
#![no_std]

#[macro_use]
mod stored;

pub mod attester;
pub mod bucket;
pub mod clock;
pub mod commission;
pub mod dispute;
pub mod draw;
pub mod emission;
pub mod governance;
pub mod inertia;
pub mod job;
pub mod minifloat;
pub mod mul_div;
pub mod outage;
pub mod panel;
pub mod places;
pub mod pool;
pub mod position;
pub mod reservation;
pub mod restake;
pub mod reward;
pub mod sampling;
pub mod score;
pub mod slash;
pub mod snapshot;
pub mod unbonding;
pub mod units;
pub mod vesting;
pub mod voice;
pub mod weight;
pub mod work_pay;

pub use clock::EpochClock;
pub use inertia::Inertia;
pub use pool::{Pool, PoolError};
pub use position::{IndexHistory, Lot, Position};
pub use units::{Amount, Bps, Epoch, IndexX64, Ppm, Shares, UnixTs, WorkTs};

/// Upper bound (exclusive) of a network's token supply in base units: 2^60.
pub const MAX_SUPPLY: u64 = 1 << 60;
/// A deposit is refused when a pool has more shares than this per token; exits work at any price.
pub const MAX_SHARES_PER_TOKEN: u64 = 16;
/// Below this many rewarded shares (2^20) an epoch's delegated part is not distributed: the index step could
/// overflow.
pub const MIN_REWARD_SHARES: u64 = 1 << 20;
/// Epochs whose snapshot, weight and fees a provider keeps, the present one included.
pub const RECORD_RING: u32 = 8;
/// Epochs whose closing reward index a provider keeps.
pub const INDEX_RING: u32 = 16;
/// Ended pool generations whose closing reward index a provider keeps.
pub const GENERATION_RING: u32 = 4;
