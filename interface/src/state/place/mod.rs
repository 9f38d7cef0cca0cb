//! The active set: the trees that are drawn from.

mod tree;

pub use tree::{Tree, TreeKind};
