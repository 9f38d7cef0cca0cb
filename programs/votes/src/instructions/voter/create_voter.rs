use crate::prelude::*;

#[derive(Accounts)]
pub struct CreateVoter {
    /// Pays for the voter and its records, and gets that back. May be the holder.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// Who votes.
    pub holder: UncheckedAccount,
    /// The registrar.
    pub registrar: Stored<Registrar>,
    /// The voter, at its canonical address.
    #[account(mut)]
    pub voter: UncheckedAccount,
    /// The record for a slot, at its canonical address.
    #[account(mut)]
    pub slot_record: UncheckedAccount,
    /// The record that stands, at the address where clients look for it.
    #[account(mut)]
    pub standing_record: UncheckedAccount,
    /// Creates all three.
    pub system_program: Program<System>,
}

/// Creates a holder's voter without positions, and its two records, which weigh nothing. Signer: anybody, who
/// pays and gets that back (vote-voter-2). Refuses: accounts that exist, or are not at their addresses.
pub fn handle_create_voter(ctx: &mut Context<CreateVoter>) -> Result<()> {
    let CreateVoter { payer, holder, registrar, voter, slot_record, standing_record, .. } = &mut ctx.accounts;
    let (key, by, rent) = (*registrar.address(), *holder.address(), rent()?);
    let (realm, mint) = (registrar.realm, registrar.mint);
    let seeds = [seeds::VOTER, key.as_ref(), by.as_ref()];
    let mut stored = Stored::<Voter>::create_canonical(payer, voter, &rent, seeds)?;
    stored.network = registrar.network;
    stored.registrar = key;
    stored.holder = by;
    stored.payer = *payer.address();
    stored.slot_record = *slot_record.address();
    stored.standing_record = *standing_record.address();

    let seeds = [seeds::SLOT_RECORD, key.as_ref(), by.as_ref()];
    let bump = canonical_bump(slot_record, &seeds, &crate::ID)?;
    create(payer, slot_record, &rent, (record::VOTER_WEIGHT_SIZE, &crate::ID), (seeds, bump))?;
    let seeds = [seeds::STANDING_RECORD, realm.as_ref(), mint.as_ref(), by.as_ref()];
    let bump = canonical_bump(standing_record, &seeds, &crate::ID)?;
    create(payer, standing_record, &rent, (record::VOTER_WEIGHT_SIZE, &crate::ID), (seeds, bump))?;
    for created in [slot_record, standing_record] {
        record::begin(&mut created.account().clone().try_borrow_mut()?, [&realm, &mint, &by]);
    }
    emit!(VoterCreated { voter: *stored.address(), registrar: key, holder: by });
    Ok(())
}
