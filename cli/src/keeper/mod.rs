//! What is due in a network, and the instructions that do it. The plan is pure: it asks the program's own
//! books, in `interface`, what a crank would change, so it never sends one that changes nothing.

mod disputes;
mod docket;
mod jobs;
mod plan;
mod scores;
mod snapshot;
mod step;

/// Slots between a seed's slot and its capture: its hash stands in the list of the next slot that has a
/// block.
const SEED_SLOTS: u64 = 2;

pub use {
    plan::plan,
    snapshot::{Snapshot, slot},
    step::{Batches, DisputeWork, JobStep, Step, Work},
};
