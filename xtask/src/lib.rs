//! What CI and people run: `cargo xtask build | idl | bench | check | ci`.

pub mod bench;
pub mod build;
pub mod check;
pub mod ci;
pub mod context;
pub mod idl;
pub mod source;
