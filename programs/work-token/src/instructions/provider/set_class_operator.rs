use crate::prelude::*;

use super::set_offer::create_offer;

#[derive(Accounts)]
pub struct SetClassOperator {
    /// Owns the provider; pays the rent of a new offer, which is the owner's when the provider closes.
    #[account(mut, constraint = is_at(owner.address(), &provider.owner) @ E::NotTheProviderOwner)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// Its offer, at its canonical address.
    #[account(mut)]
    pub offer: UncheckedAccount,
    /// The key that takes seats of the class from now on; none where nobody does but the operator.
    pub operator: Option<Signer>,
    /// Creates the offer.
    pub system_program: Program<System>,
}

/// Names the key that takes seats of a class beside the operator, at once: another machine, which can lose
/// no more than its own class (provider-operator-1). Seats that were accepted stay with who accepted them.
/// Signer: the owner, and the key that is named (provider-operator-2). Refuses: a class that cannot be; the
/// owner itself; a fifth key.
pub fn handle_set_class_operator(ctx: &mut Context<SetClassOperator>, class: u8) -> Result<()> {
    let SetClassOperator { owner, provider, offer, operator, .. } = &mut ctx.accounts;
    let mut offer = match is_owned_by(offer, &crate::ID) {
        true => Stored::<Offer>::writable(*offer.account())?,
        false => create_offer(owner, offer, provider)?,
    };
    require_at(&offer.provider, provider.address(), E::WrongOffer)?;
    let operator = operator.as_ref().map_or(Address::default(), |operator| *operator.address());
    provider.set_class_operator(&mut offer, class, &operator)?;
    emit!(ClassOperatorSet { provider: *provider.address(), class, operator });
    Ok(())
}
