//! What several instructions of a voter share.

use crate::prelude::*;

/// A position with its provider. Of which network they are is asked when the position is added: neither ever
/// changes what it belongs to.
/// Refuses: accounts that are none; a position of another provider.
#[inline(always)]
pub fn load_position(position: &AccountView, provider: &AccountView) -> Result<(Stored<Delegation>, Stored<Provider>)> {
    let position = Stored::<Delegation>::load(*position)?;
    let provider = Stored::<Provider>::load(*provider)?;
    require_at_in_place(&position.provider, provider.address(), E::WrongProvider)?;
    Ok((position, provider))
}
