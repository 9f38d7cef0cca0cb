//! What the programs load, create and close accounts by: owner, type, version, writability and address are
//! checked in one place, and refused by the same errors.
#![cfg_attr(not(test), no_std)]

pub mod checks;
pub mod create;
pub mod stored;
