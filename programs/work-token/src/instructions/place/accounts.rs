//! What several instructions of a place share.

use crate::prelude::*;

#[derive(Accounts)]
pub struct PlaceRivals {
    /// Owns the candidate, to challenge; anybody, to swap.
    pub signer: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &candidate.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// Wants the place.
    #[account(mut)]
    pub candidate: Stored<Provider>,
    /// Has the place.
    #[account(mut)]
    pub incumbent: Stored<Provider>,
}

#[derive(Accounts)]
pub struct OperatorSigns {
    /// The provider's operator.
    #[account(constraint = is_at(operator.address(), &provider.operator) @ E::OperatorsOnly)]
    pub operator: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
}

/// Both providers, brought up to date, before anything is refused: what fails leaves nothing behind.
pub fn touch_both(
    network: &Stored<Network>,
    candidate: &mut Stored<Provider>,
    incumbent: &mut Stored<Provider>,
    terms: &Terms,
) {
    touch(candidate, network, terms);
    touch(incumbent, network, terms);
}
