//! One file per instruction, grouped by the actor that signs.

pub mod admin;
pub mod common;
pub mod crank;
pub mod delegator;
pub mod provider;
