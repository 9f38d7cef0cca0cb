//! Canonical addresses of this program.

use crate::prelude::*;

/// The canonical bump of an address, or a refusal when the account is not at it.
#[inline(always)]
pub fn canonical_bump(account: &AccountView, seeds: &[&[u8]]) -> Result<u8> {
    work_token_accounts::create::canonical_bump(account, seeds, &crate::ID)
}

/// The canonical address of seeds.
#[inline(always)]
pub fn canonical_address(seeds: &[&[u8]]) -> Result<Address> {
    work_token_accounts::create::canonical_address(seeds, &crate::ID)
}
