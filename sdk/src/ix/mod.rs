//! A pure builder for each instruction: few inputs, everything else derived, no network, no clock.

mod dispute;
mod epoch;
mod handover;
mod job;
mod jury;
mod network;
mod place;
mod position;
mod provider;
mod score;

pub use dispute::*;
pub use epoch::*;
pub use handover::*;
pub use job::*;
pub use jury::*;
pub use network::*;
pub use place::*;
pub use position::*;
pub use provider::*;
pub use score::*;

use {
    crate::{AccountMeta, Instruction, Pubkey},
    borsh::BorshSerialize,
    work_token_interface::{ID, tags::of_instruction as tag},
};

/// The system program.
pub const SYSTEM_PROGRAM: Pubkey = Pubkey::new_from_array([0; 32]);

/// The list of recent slot hashes: where seeds come from.
pub const SLOT_HASHES: Pubkey = Pubkey::from_str_const("SysvarS1otHashes111111111111111111111111111");

fn build(tag: [u8; 8], args: &impl BorshSerialize, accounts: Vec<AccountMeta>) -> Instruction {
    let mut data = Vec::with_capacity(48);
    data.extend_from_slice(&tag);
    // Writing plain old data into a growing vector cannot fail.
    args.serialize(&mut data).expect("writing to a vector");
    Instruction { program_id: ID, accounts, data }
}

fn writable(key: Pubkey) -> AccountMeta {
    AccountMeta::new(key, false)
}

fn readonly(key: Pubkey) -> AccountMeta {
    AccountMeta::new_readonly(key, false)
}

fn signer(key: Pubkey) -> AccountMeta {
    AccountMeta::new_readonly(key, true)
}

fn payer(key: Pubkey) -> AccountMeta {
    AccountMeta::new(key, true)
}

/// An optional account: the program's own address stands for none.
fn optional(key: Option<Pubkey>) -> AccountMeta {
    match key {
        Some(key) => writable(key),
        None => readonly(ID),
    }
}

/// An optional account that is only read.
fn optional_readonly(key: Option<Pubkey>) -> AccountMeta {
    readonly(key.unwrap_or(ID))
}

#[cfg(test)]
mod tests;
