//! Locks, draws, ballots, votes, pay.

mod arming;
pub mod ballots;
mod delay;
pub mod draws;
mod leaves;
mod pay;
mod randomness;
pub mod tree;
pub mod votes;
