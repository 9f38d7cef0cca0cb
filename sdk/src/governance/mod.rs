//! SPL Governance, the program behind Realms: what a DAO is made of, where it lies, how it is told what to
//! do, and what its accounts say.
//!
//! A network is governed by a DAO where its admin, its arbiter and its treasury's authority are the realm's
//! native treasury address ([`GovernanceAddresses::treasury`]): what a proposal contains is then an
//! instruction of this SDK that this address signs. Nothing here knows of the crate of that program, whose
//! Solana crates are too old to stand beside these; layouts are those of its version 4.0.0, and of 3 where
//! they agree.
//!
//! The program reads mints of SPL Token alone: a network over a mint of Token-2022 cannot be the community of
//! a realm.

mod addresses;
mod config;
mod decisions;
mod proposals;
mod realms;
mod records;
mod state;
#[cfg(test)]
mod tests;
mod votes;

pub use {addresses::*, config::*, decisions::*, proposals::*, realms::*, records::*, state::*, votes::*};

use {
    crate::{AccountMeta, Instruction, Pubkey},
    borsh::BorshSerialize,
};

/// The instance that Realms uses on mainnet. Any other serves as well: every address is derived from it.
pub const PROGRAM: Pubkey = crate::errors::GOVERNANCE_PROGRAM;

/// The only token program whose mints it reads.
pub const TOKEN_PROGRAM: Pubkey = crate::errors::TOKEN_PROGRAMS[0];

const SYSTEM: AccountMeta = readonly(crate::ix::SYSTEM_PROGRAM);
const RENT: AccountMeta = readonly(Pubkey::from_str_const("SysvarRent111111111111111111111111111111111"));

/// An instruction: its number, then its arguments.
fn build(program: Pubkey, number: u8, args: &impl BorshSerialize, accounts: Vec<AccountMeta>) -> Instruction {
    let mut data = vec![number];
    // Writing into a growing vector cannot fail.
    args.serialize(&mut data).expect("writing to a vector");
    Instruction { program_id: program, accounts, data }
}

const fn meta(pubkey: Pubkey, is_signer: bool, is_writable: bool) -> AccountMeta {
    AccountMeta { pubkey, is_signer, is_writable }
}

const fn readonly(key: Pubkey) -> AccountMeta {
    meta(key, false, false)
}

const fn writable(key: Pubkey) -> AccountMeta {
    meta(key, false, true)
}

const fn signer(key: Pubkey) -> AccountMeta {
    meta(key, true, false)
}

const fn payer(key: Pubkey) -> AccountMeta {
    meta(key, true, true)
}
