//! The active set, its minimum stake, signs of life.

mod cap;
mod left;
mod maintenance;
mod minimum;
pub mod queue;
pub mod swaps;
mod vacate;
