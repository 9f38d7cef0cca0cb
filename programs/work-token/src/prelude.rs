//! What every instruction uses.

pub use {
    crate::{
        belongs::*,
        checks::*,
        clock::*,
        create::*,
        hash::sha256,
        stored::*,
        token::{self, Movement, Till},
        touch::*,
    },
    alloc::vec::Vec,
    anchor_lang::{
        pinocchio::{address::address_eq, cpi::Seed, sysvars::Sysvar},
        prelude::*,
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
