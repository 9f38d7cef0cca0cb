//! What is refused in one line: a broken rule, and an account that is not the one that it should be.

use anchor_lang::{pinocchio::address::address_eq, prelude::*};

/// Refuses what breaks a rule. A batch refuses by `if`: LLVM learns no bounds from a condition of two parts
/// here, which costs fifteen units a provider.
#[inline(always)]
pub fn require(holds: bool, broken: impl Into<Error>) -> Result<()> {
    if holds { Ok(()) } else { Err(broken.into()) }
}

/// Whether a program owns an account. Four word comparisons; `owned_by` compares byte by byte.
#[inline(always)]
pub fn is_owned_by(view: &AccountView, program: &Address) -> bool {
    address_eq(view.owner(), program)
}

/// Whether an account is the expected one. Out of line: a comparison of addresses is twenty instructions, and
/// there are hundreds of them; what has a tight budget compares in place, by Anchor's `address`.
#[inline(never)]
pub fn is_at(found: &Address, expected: &Address) -> bool {
    address_eq(found, expected)
}

/// Refuses an account, or a key, that is not the expected one.
#[inline(never)]
pub fn require_at(found: &Address, expected: &Address, broken: impl Into<Error>) -> Result<()> {
    if address_eq(found, expected) { Ok(()) } else { Err(broken.into()) }
}

/// The same without a call, where the budget is tight.
#[inline(always)]
pub fn require_at_in_place(found: &Address, expected: &Address, broken: impl Into<Error>) -> Result<()> {
    if address_eq(found, expected) { Ok(()) } else { Err(broken.into()) }
}
