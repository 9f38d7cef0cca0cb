//! What is due in a network, and the instructions that do it. The plan is pure: it asks the program's own
//! books, in `interface`, what a crank would change, so it never sends one that changes nothing.
//!
//! Read, [`plan`], send in windows, read again: until nothing is due that was not tried. What cannot be read
//! or is refused is named and passed over; it stops nothing else.

mod disputes;
mod docket;
mod instruction;
mod interests;
mod jobs;
mod lots;
mod next;
mod places;
mod plan;
mod reader;
mod reading;
mod restakes;
mod rounds;
mod run;
mod scores;
mod send;
mod snapshot;
mod step;
mod table;
#[cfg(test)]
mod tests;
mod voices;
mod voters;
mod votes;
mod wallet;

/// Slots between a seed's slot and its capture: its hash stands in the list of the next slot that has a
/// block.
const SEED_SLOTS: u64 = 2;

pub use {
    next::Next,
    plan::plan,
    reading::{Ask, slot},
    run::{Run, paid_keeper},
    snapshot::Snapshot,
    step::{Batches, DisputeWork, JobStep, Step, Work},
};
