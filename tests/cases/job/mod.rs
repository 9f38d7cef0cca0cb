//! Draws, acceptance, meters, results, fees.

mod cancelling;
mod counts;
pub mod crossings;
mod draws;
mod expiry;
pub mod exposure;
mod frozen;
mod life;
mod metered;
mod models;
mod money;
mod paths;
mod reach;
mod redundant;
mod rules;
mod skips;
