//! What is refused because it belongs to another: a provider, a position, a signer that does not hold it.

use crate::prelude::*;

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
