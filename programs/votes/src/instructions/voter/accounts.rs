//! What several instructions of a voter share.

use crate::prelude::*;

/// A position of the network with its provider.
/// Refuses: accounts that are none; a provider of another network; a position of another provider.
#[inline(always)]
pub fn load_position(
    position: &AccountView,
    provider: &AccountView,
    network: &Stored<Network>,
) -> Result<(Stored<Delegation>, Stored<Provider>)> {
    let position = Stored::<Delegation>::load(*position)?;
    let provider = Stored::<Provider>::load(*provider)?;
    require_at_in_place(&position.provider, provider.address(), E::WrongProvider)?;
    require_at_in_place(&provider.network, network.address(), E::WrongNetwork)?;
    Ok((position, provider))
}
