//! The way to a chain: settings, keys, what is kept between two steps, and a session that reads and submits.

pub mod config;
mod session;
mod store;
mod submit;

pub use {
    session::{Session, usual_token_account},
    store::Store,
};
