//! The way to a chain: settings, keys, what is kept between two steps, and a session that reads and submits.

mod bounds;
pub mod config;
pub mod keys;
pub mod outbox;
mod resume;
mod secrets;
mod session;
mod show;
mod store;
mod submit;
mod tokens;

pub use {
    outbox::Outbox,
    secrets::{Clues, Sealed},
    session::{Session, usual_token_account},
    show::{FOLLOWS, add_fates},
    store::Store,
    submit::{each_alone, together},
};
