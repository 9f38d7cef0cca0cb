//! Creates accounts at derived addresses.
//!
//! All of it goes through `CreateAccountAllowPrefund`, so a stranger who sends lamports to an address beforehand neither blocks
//! nor prices its creation. Accounts whose uniqueness is a safety property are created with the canonical bump only; for the
//! others the bump is an argument, which costs the same for every address.

use {
    crate::stored::is_owned_by,
    anchor_lang::{find_and_verify_program_address, prelude::*},
    pinocchio::cpi::{Seed, Signer as SignerSeeds},
    pinocchio_system::instructions::CreateAccountAllowPrefund,
    work_token_interface::WorkTokenError as E,
};

/// Creates a zeroed account of `space` bytes for `owner` at the address of `seeds`, the bump being the last of them.
#[inline(never)]
pub fn create(payer: &AccountView, account: &AccountView, space: usize, owner: &Address, seeds: &[Seed]) -> Result<()> {
    if !account.is_writable() {
        return Err(E::AccountNotWritable.into());
    }
    if account.data_len() != 0 || !is_owned_by(account, &System::id()) {
        return Err(E::AccountExists.into());
    }
    let space = u64::try_from(space).map_err(|_| E::ArithmeticOverflow)?;
    CreateAccountAllowPrefund::with_minimum_balance(payer, account, space, owner, None)?
        .invoke_signed(&[SignerSeeds::from(seeds)])
}

/// The canonical bump of an address, or a refusal when the account is not at it.
#[inline(never)]
pub fn canonical_bump(account: &AccountView, seeds: &[&[u8]]) -> Result<u8> {
    find_and_verify_program_address(seeds, &crate::ID, account.address()).map_err(|_| E::WrongAddress.into())
}
