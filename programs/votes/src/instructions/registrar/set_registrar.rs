use crate::prelude::*;

use super::accounts::{emit_terms, realm_of};

#[derive(Accounts)]
pub struct SetRegistrar {
    /// The realm's present authority.
    pub realm_authority: Signer,
    /// The realm.
    #[account(constraint = is_at(realm.address(), &registrar.realm) @ V::WrongRealm)]
    pub realm: UncheckedAccount,
    /// The network.
    #[account(constraint = is_at(network.address(), &registrar.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The registrar.
    #[account(mut)]
    pub registrar: Stored<Registrar>,
}

/// Sets a registrar's terms. Signer: the realm's present authority. What waits keeps its time; what begins to
/// wait then waits by the new terms. Refuses: others; terms outside their bounds.
pub fn handle_set_registrar(ctx: &mut Context<SetRegistrar>, terms: RegistrarTerms) -> Result<()> {
    let SetRegistrar { realm_authority, realm, network, registrar } = &mut ctx.accounts;
    require_at(realm.owner(), &registrar.governance_program, V::NotARealm)?;
    realm_of(realm, realm_authority)?;
    registrar.set_terms(terms, network)?;
    emit_terms(registrar);
    Ok(())
}
