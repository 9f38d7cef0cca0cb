use crate::prelude::*;

use super::accounts::{emit_terms, realm_of};

#[derive(Accounts)]
pub struct CreateRegistrar {
    /// The realm's authority.
    pub realm_authority: Signer,
    /// Pays for the registrar and the record. May be the authority.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// The realm.
    pub realm: UncheckedAccount,
    /// The network of its community token.
    pub network: Stored<Network>,
    /// The registrar, at its canonical address.
    #[account(mut)]
    pub registrar: UncheckedAccount,
    /// The record of the maximum weight, at the address where clients look for it.
    #[account(mut)]
    pub max_record: UncheckedAccount,
    /// Creates both.
    pub system_program: Program<System>,
}

/// Joins a realm to a network, once: whose stake votes in it cannot be changed (vote-registrar-1).
/// Signers: the realm's authority, and who pays. Refuses: an account that is no realm with an authority;
/// others; a network of another token, or whose stake has no voice; terms outside their bounds.
pub fn handle_create_registrar(ctx: &mut Context<CreateRegistrar>, terms: RegistrarTerms) -> Result<()> {
    let CreateRegistrar { realm_authority, payer, realm, network, registrar, max_record, .. } = &mut ctx.accounts;
    let found = realm_of(realm, realm_authority)?;
    require_at(&found.community_mint, &network.mint, V::NotTheCommunityMint)?;

    let (key, mint, rent) = (*realm.address(), network.mint, rent()?);
    let seeds = [seeds::REGISTRAR, key.as_ref(), mint.as_ref()];
    let mut stored = Stored::<Registrar>::create_canonical(payer, registrar, &rent, seeds)?;
    stored.network = *network.address();
    stored.realm = key;
    stored.mint = mint;
    stored.governance_program = *realm.owner();
    stored.max_record = *max_record.address();
    stored.set_terms(terms, network)?;

    let seeds = [seeds::MAX_RECORD, key.as_ref(), mint.as_ref()];
    let bump = canonical_bump(max_record, &seeds, &crate::ID)?;
    create(payer, max_record, &rent, (record::MAX_WEIGHT_SIZE, &crate::ID), (seeds, bump))?;
    record::begin_max(&mut max_record.account().clone().try_borrow_mut()?, [&key, &mint]);
    emit_terms(&stored);
    Ok(())
}
