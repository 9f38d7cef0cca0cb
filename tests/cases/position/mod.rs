//! Pools, deposits, rewards, leaving.

mod activation;
mod bounds;
mod claims;
mod closing;
mod delegating;
pub mod departures;
mod losses;
mod lots;
mod open_claims;
mod restaking;
mod slashes;
mod staking;
mod tickets;
mod transfers;
mod unbonding;
