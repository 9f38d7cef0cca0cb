//! The active set: the queue for a place, and the trees that are drawn from.

mod queue;
mod tree;

pub use queue::{PlaceQueue, QueueEntry};
pub use tree::{Tree, TreeKind};
