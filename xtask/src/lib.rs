//! What CI and people run: `cargo xtask build | governance | idl | docs | bench | check | ci | package`.

pub mod bench;
pub mod build;
pub mod check;
pub mod ci;
pub mod context;
pub mod docs;
pub mod foreign;
pub mod griefing;
pub mod idl;
pub mod package;
pub mod programs;
pub mod source;
