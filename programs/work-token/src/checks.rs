//! What is refused in one line: a broken rule, and an account that is not the one that it should be.

use crate::prelude::*;

/// Refuses what breaks a rule. A batch refuses by `if`: LLVM learns no bounds from a condition of two parts
/// here, which costs fifteen units a provider.
#[inline(always)]
pub fn require(holds: bool, broken: E) -> Result<()> {
    if holds { Ok(()) } else { Err(broken.into()) }
}

/// Whether an account is the expected one. Out of line: a comparison of addresses is twenty instructions, and
/// there are hundreds of them; what has a tight budget compares in place, by Anchor's `address`.
#[inline(never)]
pub fn is_at(found: &Address, expected: &Address) -> bool {
    address_eq(found, expected)
}

/// Refuses an account, or a key, that is not the expected one.
#[inline(never)]
pub fn require_at(found: &Address, expected: &Address, broken: E) -> Result<()> {
    if address_eq(found, expected) { Ok(()) } else { Err(broken.into()) }
}

/// The same without a call, where the budget is tight.
#[inline(always)]
pub fn require_at_in_place(found: &Address, expected: &Address, broken: E) -> Result<()> {
    if address_eq(found, expected) { Ok(()) } else { Err(broken.into()) }
}

/// Refuses a provider of another network.
#[inline(always)]
pub fn require_in_network(provider: &Provider, network: &Stored<Network>) -> Result<()> {
    require_at_in_place(&provider.network, network.address(), E::WrongNetwork)
}

/// Refuses a position of another provider.
#[inline(always)]
pub fn require_position(position: &Delegation, provider: &Stored<Provider>) -> Result<()> {
    require_at_in_place(&position.provider, provider.address(), E::WrongProvider)
}

/// Refuses a signer that does not own the position.
#[inline(always)]
pub fn require_holder(position: &Delegation, signer: &Signer) -> Result<()> {
    require_at_in_place(&position.delegator, signer.address(), E::NotTheOwner)
}
