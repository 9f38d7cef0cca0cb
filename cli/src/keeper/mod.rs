//! What is due in a network, and the instructions that do it. The plan is pure: it asks the program's own books, in `interface`, what a
//! crank would change, so it never sends one that changes nothing.

mod plan;
mod snapshot;

pub use plan::{Step, Work, batch_size, plan};
pub use snapshot::Snapshot;
