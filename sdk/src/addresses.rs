//! Derived addresses. Deriving costs some ten microseconds, building an instruction a fraction of one: derive
//! once, keep the struct, build as often as you like.

mod dispute;
mod epoch;
mod job;
mod jury;
mod network;
mod place;
mod position;
mod provider;
mod score;

pub use {dispute::*, epoch::*, job::*, jury::*, network::*, place::*, position::*, provider::*, score::*};

use {crate::Pubkey, work_token_interface::ID};

fn derive(seeds: &[&[u8]]) -> (Pubkey, u8) {
    Pubkey::find_program_address(seeds, &ID)
}
