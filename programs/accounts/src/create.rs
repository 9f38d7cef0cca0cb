//! Creates accounts at derived addresses.
//!
//! All of it goes through `CreateAccountAllowPrefund`, so a stranger who sends lamports to an address
//! beforehand neither blocks nor prices its creation. Accounts whose uniqueness is a safety property are
//! created with the canonical bump only; for the others the bump is an argument, which costs the same for
//! every address.

use {
    crate::checks::is_owned_by,
    anchor_lang::{
        Id,
        cpi::try_find_program_address,
        find_and_verify_program_address,
        pinocchio::{cpi::Seed, sysvars::Sysvar},
        prelude::*,
    },
    pinocchio::cpi::Signer as SignerSeeds,
    pinocchio_system::instructions::{CreateAccountAllowPrefund, Funding},
    work_token_interface::WorkTokenError as E,
};

/// Creates a zeroed account of `space` bytes for `owner` at the address of `seeds`, four at most, and `bump`.
/// The payer adds what the account lacks to be exempt from rent.
#[inline(always)]
pub fn create<const N: usize>(
    payer: &AccountView,
    account: &AccountView,
    rent: &Rent,
    (space, owner): (usize, &Address),
    (seeds, bump): ([&[u8]; N], u8),
) -> Result<()> {
    const { assert!(N <= 4) };
    let bump = [bump];
    let seed = |at: usize| Seed::from(seeds.get(at).copied().unwrap_or(&bump));
    let of = (space, owner);
    match N {
        1 => create_signed(payer, account, rent, of, &[seed(0), seed(1)]),
        2 => create_signed(payer, account, rent, of, &[seed(0), seed(1), seed(2)]),
        3 => create_signed(payer, account, rent, of, &[seed(0), seed(1), seed(2), seed(3)]),
        _ => create_signed(payer, account, rent, of, &[seed(0), seed(1), seed(2), seed(3), seed(4)]),
    }
}

/// The same, the bump being the last of the seeds.
#[inline(never)]
pub fn create_signed(
    payer: &AccountView,
    account: &AccountView,
    rent: &Rent,
    (space, owner): (usize, &Address),
    seeds: &[Seed],
) -> Result<()> {
    if !account.is_writable() {
        return Err(E::AccountNotWritable.into());
    }
    // What a key signs for is no derived address: a wallet would become an account of this program.
    if account.is_signer() {
        return Err(E::WrongAddress.into());
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

/// The canonical bump of a program's address, or a refusal when the account is not at it.
#[inline(never)]
pub fn canonical_bump(account: &AccountView, seeds: &[&[u8]], program: &Address) -> Result<u8> {
    find_and_verify_program_address(seeds, program, account.address()).map_err(|_| E::WrongAddress.into())
}

/// The canonical address of seeds under a program.
#[inline(never)]
pub fn canonical_address(seeds: &[&[u8]], program: &Address) -> Result<Address> {
    let (address, _) = try_find_program_address(seeds, program)?;
    Ok(address)
}
