//! One file per instruction, one folder per noun; what several of a folder share is in its `accounts.rs`, or
//! in a file named by what it is.

pub mod dispute;
pub mod epoch;
pub mod job;
pub mod jury;
pub mod network;
pub mod place;
pub mod position;
pub mod provider;
pub mod score;
