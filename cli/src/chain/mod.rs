//! The way to a chain: settings, keys, what is kept between two steps, and a session that reads and submits.

pub mod config;
pub mod outbox;
mod resume;
mod session;
mod store;
mod submit;

pub use {
    outbox::Outbox,
    session::{Session, usual_token_account},
    store::Store,
};
