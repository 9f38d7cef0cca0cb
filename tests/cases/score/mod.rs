//! Metrics, attesters, values, reputation, tiers.

mod attesters;
mod canaries;
mod interests;
mod pay;
mod quorum;
mod reports;
pub mod roster;
mod roster_changes;
mod scores;
mod units;
