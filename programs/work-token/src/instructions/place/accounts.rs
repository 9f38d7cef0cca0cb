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

pub fn touch_both(
    network: &Stored<Network>,
    candidate: &mut Stored<Provider>,
    incumbent: &mut Stored<Provider>,
    terms: &Terms,
) -> Result<()> {
    require_in_network(incumbent, network)?;
    touch(candidate, network, terms);
    touch(incumbent, network, terms);
    Ok(())
}

pub fn require_displaces(network: &Network, candidate: &Provider, incumbent: &Provider, terms: &Terms) -> Result<()> {
    candidate.require_candidate(Amount(network.minimum_stake))?;
    Ok(candidate.require_stronger(incumbent, terms.epoch, u32::from(network.rules_of(terms.epoch).leverage))?)
}
