//! What several instructions of a registrar share.

use crate::prelude::*;

use work_token_interface::votes::realm;

/// The realm, as the program that owns it wrote it, when its authority signs.
/// Refuses: an account that is no realm with an authority; another signer.
#[inline(never)]
pub fn realm_of(view: &AccountView, authority: &Signer) -> Result<realm::Realm> {
    let found = realm::realm(&view.try_borrow()?).ok_or(V::NotARealm)?;
    require_at(&found.authority, authority.address(), V::NotTheRealmAuthority)?;
    Ok(found)
}

/// Says what a registrar's terms are.
pub fn emit_terms(registrar: &Stored<Registrar>) {
    let RegistrarTerms { longest_vote_secs, standing_slots, least_max_ppm } = registrar.terms;
    emit!(RegistrarSet {
        registrar: *registrar.address(),
        realm: registrar.realm,
        network: registrar.network,
        longest_vote_secs,
        standing_slots,
        least_max_ppm,
    });
}
