//! An epoch from its opening to its end. Anybody may send each of these, in any order across providers, late
//! or twice: they state what the clock and the accounts already imply.

pub mod advance_beacon;
pub mod batch;
pub mod bounty;
pub mod close_epoch;
pub mod finalize_epoch;
pub mod open_epoch;
pub mod settle_providers;
pub mod sweep_epoch;
pub mod touch_provider;
pub mod weigh_providers;
