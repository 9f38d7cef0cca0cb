//! What every instruction uses.

pub use {
    crate::{
        belongs::*,
        clock::*,
        create::*,
        hash::sha256,
        token::{self, Movement, Till},
        touch::*,
    },
    alloc::vec::Vec,
    anchor_lang::{
        pinocchio::{address::address_eq, cpi::Seed, sysvars::Sysvar},
        prelude::*,
    },
    work_token_accounts::{
        checks::*,
        create::{create, create_signed, rent},
        stored::*,
    },
    work_token_interface::{
        WorkTokenError as E,
        args::*,
        events::*,
        limits::*,
        math::{Amount, Bps, Epoch, Shares, UnixTs, WorkTs},
        seeds,
        state::*,
    },
};
