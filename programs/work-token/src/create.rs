//! Creates accounts at derived addresses.
//!
//! All of it goes through `CreateAccountAllowPrefund`, so a stranger who sends lamports to an address beforehand neither blocks
//! nor prices its creation. Accounts whose uniqueness is a safety property are created with the canonical bump only; for the
//! others the bump is an argument, which costs the same for every address.

use {
    crate::stored::is_owned_by,
    anchor_lang::{
        cpi::try_find_program_address, find_and_verify_program_address, pinocchio::sysvars::Sysvar, prelude::*,
    },
    pinocchio::cpi::{Seed, Signer as SignerSeeds},
    pinocchio_system::instructions::{CreateAccountAllowPrefund, Funding},
    work_token_interface::WorkTokenError as E,
};

/// Creates a zeroed account of `space` bytes for `owner` at the address of `seeds`, the bump being the last of them. The payer adds what
/// the account lacks to be exempt from rent.
#[inline(never)]
pub fn create(
    payer: &AccountView,
    account: &AccountView,
    rent: &Rent,
    (space, owner): (usize, &Address),
    seeds: &[Seed],
) -> Result<()> {
    if !account.is_writable() {
        return Err(E::AccountNotWritable.into());
    }
    if account.data_len() != 0 || !is_owned_by(account, &System::id()) {
        return Err(E::AccountExists.into());
    }
    let missing = rent.try_minimum_balance(space)?.saturating_sub(account.lamports());
    CreateAccountAllowPrefund {
        to: account,
        space: u64::try_from(space).map_err(|_| E::ArithmeticOverflow)?,
        owner,
        funding: (missing > 0).then_some(Funding { from: payer, lamports: missing }),
    }
    .invoke_signed(&[SignerSeeds::from(seeds)])
}

/// What rent is today. Read once by an instruction that creates accounts.
#[inline(never)]
pub fn rent() -> Result<Rent> {
    Rent::get()
}

/// The canonical bump of an address, or a refusal when the account is not at it.
#[inline(never)]
pub fn canonical_bump(account: &AccountView, seeds: &[&[u8]]) -> Result<u8> {
    find_and_verify_program_address(seeds, &crate::ID, account.address()).map_err(|_| E::WrongAddress.into())
}

/// The canonical address of seeds.
#[inline(never)]
pub fn canonical_address(seeds: &[&[u8]]) -> Result<Address> {
    let (address, _) = try_find_program_address(seeds, &crate::ID)?;
    Ok(address)
}
