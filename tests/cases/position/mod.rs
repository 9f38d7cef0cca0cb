//! Pools, deposits, rewards, leaving.

mod activation;
mod bounds;
mod claims;
mod closing;
mod delegating;
pub mod departures;
mod lots;
mod open_claims;
mod slashes;
mod staking;
mod tickets;
mod unbonding;
