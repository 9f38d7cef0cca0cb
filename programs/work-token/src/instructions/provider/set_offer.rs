use crate::prelude::*;

#[derive(Accounts)]
pub struct SetOffer {
    /// The provider's owner or operator; pays the offer's rent, which is the owner's when the provider
    /// closes.
    #[account(mut, constraint = is_run_by(&provider, authority.address()) @ E::NotTheProviderOwner)]
    pub authority: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// Its offer, at its canonical address.
    #[account(mut)]
    pub offer: UncheckedAccount,
    /// Creates the offer.
    pub system_program: Program<System>,
}

/// Sets which classes the provider works for, its lowest fee and its least working time in each, from the
/// next epoch on, so that nobody dodges a draw whose seed is known (provider-offer-1). Signer: the owner, or
/// the operator. Refuses: another provider's offer.
pub fn handle_set_offer(ctx: &mut Context<SetOffer>, args: SetOfferArgs) -> Result<()> {
    let SetOffer { authority, network, provider, offer, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    let mut offer = if is_owned_by(offer, &crate::ID) {
        Stored::<Offer>::writable(*offer.account())?
    } else {
        create_offer(authority, offer, provider)?
    };
    require_at(&offer.provider, provider.address(), E::WrongOffer)?;

    provider.set_offer(&mut offer, &args, terms.epoch);
    emit!(OfferSet { provider: *provider.address(), classes: args.classes, from_epoch: offer.next_from_epoch });
    Ok(())
}

/// Whether a key is the provider's owner or operator.
fn is_run_by(provider: &Provider, key: &Address) -> bool {
    is_at(key, &provider.owner) || is_at(key, &provider.operator)
}

/// Creates the offer of a provider.
#[inline(never)]
pub fn create_offer(payer: &AccountView, view: &AccountView, provider: &Stored<Provider>) -> Result<Stored<Offer>> {
    let address = provider.address();
    let mut offer = Stored::<Offer>::create_canonical(payer, view, &rent()?, [seeds::OFFER, address.as_ref()])?;
    offer.network = provider.network;
    offer.provider = *address;
    Ok(offer)
}
