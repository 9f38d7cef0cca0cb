//! Epochs: their accounts and rules.

mod pool;
mod rules;
mod steps;

pub use pool::{EpochPool, EpochState, WeighTerms};
pub use rules::{EmissionRules, PaidWork, PlaceRules, ScoreRules, pool_flags};
pub use steps::{Swept, Weighing};
