//! Epochs: their accounts and rules.

mod pool;

pub use pool::{EmissionRules, EpochPool, EpochState, PlaceRules, ScoreRules, WeighTerms, pool_flags};
