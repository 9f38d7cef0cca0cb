use {
    crate::{
        create::{canonical_bump, create, rent},
        instructions::common::*,
        stored::{Stored, is_owned_by},
    },
    anchor_lang::prelude::*,
    pinocchio::cpi::Seed,
    work_token_interface::{
        WorkTokenError as E,
        args::SetOfferArgs,
        events::OfferSet,
        seeds,
        state::{Network, Offer, Provider, provider::provider_flags},
    },
};

#[derive(Accounts)]
pub struct SetOffer {
    /// Owns the provider; pays the offer's rent, which returns when the provider closes.
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
    /// Creates the offer.
    pub system_program: Program<System>,
}

/// Sets which classes the provider works for, its lowest fee and its least working time in each, from the next epoch on, so that nobody dodges a draw whose seed is known
/// (R H19).
/// Signer: the owner. Refuses: another provider's offer.
pub fn handle_set_offer(ctx: &mut Context<SetOffer>, args: SetOfferArgs) -> Result<()> {
    let SetOffer { owner, network, provider, offer, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    let mut offer = if is_owned_by(offer.account(), &crate::ID) {
        Stored::<Offer>::writable(*offer.account())?
    } else {
        create_offer(owner.account(), offer.account(), provider.address())?
    };
    require_same(&offer.provider, provider.address(), E::WrongOffer)?;

    offer.set(terms.epoch, &args);
    provider.flags |= provider_flags::HAS_OFFER;
    emit!(OfferSet { provider: *provider.address(), classes: args.classes, from_epoch: offer.next_from_epoch });
    Ok(())
}

#[inline(never)]
fn create_offer(owner: &AccountView, view: &AccountView, provider: &Address) -> Result<Stored<Offer>> {
    let bump = canonical_bump(view, &[seeds::OFFER, provider.as_ref()])?;
    let bump_seed = [bump];
    let seeds = [Seed::from(seeds::OFFER), Seed::from(provider.as_ref()), Seed::from(&bump_seed)];
    create(owner, view, &rent()?, (Offer::SIZE, &crate::ID), &seeds)?;
    let mut offer = Stored::<Offer>::created(*view);
    offer.bump = bump;
    offer.provider = *provider;
    Ok(offer)
}
