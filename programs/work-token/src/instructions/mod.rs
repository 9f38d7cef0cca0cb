//! One file per instruction, grouped by the actor that signs.

pub mod admin;
pub mod attester;
pub mod client;
pub mod common;
pub mod crank;
pub mod delegator;
pub mod dispute;
pub mod job_money;
pub mod jury;
pub mod operator;
pub mod provider;
pub mod seat;
