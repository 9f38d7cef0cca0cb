//! What drawing a seat and taking it have in common.

use crate::prelude::*;

/// The offer of a provider that has one, in the account that `next` gives.
#[inline(always)]
pub fn offer_of<'a>(
    provider: &Stored<Provider>,
    next: impl FnOnce() -> Option<&'a AccountView>,
) -> Result<Option<Stored<Offer>>> {
    if !provider.has_offer() {
        return Ok(None);
    }
    let offer = Stored::<Offer>::load(*next().ok_or(E::WrongOffer)?)?;
    require_at_in_place(&offer.provider, provider.address(), E::WrongOffer)?;
    Ok(Some(offer))
}

/// Refuses a signer that is neither the provider's operator nor, by its offer, that of the job's class.
#[inline(always)]
pub fn require_operator(
    signer: &Signer,
    provider: &mut Stored<Provider>,
    job: &Job,
    offer: &Option<Stored<Offer>>,
) -> Result<()> {
    let offer = offer.as_deref().filter(|offer| is_at(&offer.provider, provider.address()));
    Ok(provider.require_operator(signer.address(), job.class, offer)?)
}

/// Says what became of a job's seed.
#[inline(never)]
pub fn emit_seed(job: &Stored<Job>, decided: SeedCapture) {
    emit!(SeedDecided {
        job: *job.address(),
        seed: job.seed,
        seed_slot: if decided == SeedCapture::Rearmed { job.seed_slot } else { 0 },
        self_selection: job.has(job_flags::SELF_SELECTION),
    });
}
