//! The way to a chain: settings, keys, and a session that reads and submits.

pub mod config;
mod session;
mod submit;

pub use session::{Session, usual_token_account};
