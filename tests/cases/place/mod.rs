//! The active set, its minimum stake, signs of life.

mod left;
mod maintenance;
mod minimum;
pub mod swaps;
