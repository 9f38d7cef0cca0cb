//! What several instructions of a network share.

use crate::prelude::*;

#[derive(Accounts)]
pub struct Pause {
    /// The guardian.
    #[account(constraint = is_at(guardian.address(), &network.authorities.guardian) @ E::NotTheGuardian)]
    pub guardian: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
}

#[derive(Accounts)]
pub struct NoteTime {
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
}
