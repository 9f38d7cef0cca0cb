//! What every instruction uses.

pub use {
    anchor_lang::{pinocchio::sysvars::Sysvar, prelude::*},
    work_token_accounts::{
        checks::*,
        create::{canonical_bump, create, rent},
        stored::*,
    },
    work_token_interface::{
        WorkTokenError as E,
        math::{Amount, UnixTs},
        state::{Delegation, Network, Provider},
        votes::{VotesError as V, events::*, limits::*, record, seeds, *},
    },
};
