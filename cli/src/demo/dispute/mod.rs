//! Disputes: what their parties and jurors do, what keepers do, and who takes what is due in the end. After
//! each step escrow is counted.

mod case;
mod claims;
mod cranks;
mod steps;
mod ticket;

pub use case::{Case, Flows};
