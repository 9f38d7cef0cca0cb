//! What several instructions of a provider share.

use crate::prelude::*;

#[derive(Accounts)]
pub struct OwnerSettings {
    /// Owns the provider.
    #[account(constraint = is_at(owner.address(), &provider.owner) @ E::NotTheProviderOwner)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
}

#[derive(Accounts)]
pub struct OwnerPlace {
    /// Owns the provider.
    #[account(constraint = is_at(owner.address(), &provider.owner) @ E::NotTheProviderOwner)]
    pub owner: Signer,
    /// The network: gives the place, or gets it back.
    #[account(mut, constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
}

#[derive(Accounts)]
pub struct BeneficiarySigns {
    /// The provider's beneficiary.
    pub signer: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &beneficiary.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// What was agreed.
    #[account(mut)]
    pub beneficiary: Stored<Beneficiary>,
}

/// The beneficiary of a provider that has one; `None` where none was ever proposed.
#[inline(never)]
pub fn beneficiary_of(
    provider: &Stored<Provider>,
    given: &Option<UncheckedAccount>,
) -> Result<Option<Stored<Beneficiary>>> {
    if !provider.has_beneficiary() {
        return Ok(None);
    }
    let given = given.as_ref().ok_or(E::WrongBeneficiary)?;
    let beneficiary = Stored::<Beneficiary>::load(*given.account())?;
    require_at(&beneficiary.provider, provider.address(), E::WrongBeneficiary)?;
    Ok(Some(beneficiary))
}
