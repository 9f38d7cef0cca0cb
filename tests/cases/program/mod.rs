//! The whole program: layouts, IDL, costs, rent.

mod cost;
mod dearest;
mod golden;
mod idl;
pub mod layouts;
pub mod pinned;
mod rent;
