//! What anybody may do, in any order across providers, late or twice: a crank states a fact that the clock and the accounts already imply.

pub mod activate_delegation;
pub mod close_epoch;
pub mod finalize_epoch;
pub mod open_epoch;
pub mod provider_batch;
pub mod settle_providers;
pub mod sweep_epoch;
pub mod sweep_surplus;
pub mod touch_provider;
pub mod weigh_providers;
