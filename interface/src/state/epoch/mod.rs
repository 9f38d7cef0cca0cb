//! Epochs: their accounts and rules.

mod pool;
mod steps;

pub use pool::{EmissionRules, EpochPool, EpochState, PlaceRules, ScoreRules, WeighTerms, pool_flags};
pub use steps::{Swept, Weighing};
