//! The accounts of a dispute: itself, the claim that it belongs to, and the provider's faults of its epoch.

use {
    crate::{
        create::{canonical_bump, create, rent},
        instructions::common::*,
        stored::{Stored, resize},
    },
    anchor_lang::prelude::*,
    pinocchio::cpi::Seed,
    work_token_interface::{
        WorkTokenError as E,
        math::Epoch,
        seeds,
        state::{Claim, Dispute, Fault, Network, Provider},
    },
};

/// Where a dispute stands among others.
pub struct Place<'a> {
    /// The assignment, or the provider.
    pub subject: &'a Address,
    /// Number among the subject's disputes.
    pub number: u32,
    /// Epoch of the fault.
    pub epoch: Epoch,
    /// Epochs whose own rewards stop vesting.
    pub frozen: (Epoch, Epoch),
}

/// Creates a dispute; its claim, or joins an open one; and the fault, if it is the first of its epoch. Books no amounts.
/// Refuses: another address.
#[inline(never)]
pub fn open_case(
    payer: &Signer,
    network: &Stored<Network>,
    provider: &mut Stored<Provider>,
    [dispute, fault, claim]: [&AccountView; 3],
    place: &Place,
    now_ts: i64,
) -> Result<Stored<Dispute>> {
    let rent = rent()?;
    let mut opened = open_account(payer, dispute, &rent, place)?;
    opened.network = *network.address();
    opened.provider = *provider.address();
    opened.payer = *payer.address();
    opened.claim = open_claim(payer, network, provider, claim, &rent, place, now_ts)?;
    open_fault(payer, provider, fault, &rent, place.epoch)?;
    Ok(opened)
}

#[inline(never)]
fn open_account(payer: &Signer, dispute: &AccountView, rent: &Rent, place: &Place) -> Result<Stored<Dispute>> {
    let number = place.number.to_le_bytes();
    let bump = [canonical_bump(dispute, &[seeds::DISPUTE, place.subject.as_ref(), &number])?];
    let seeds =
        [Seed::from(seeds::DISPUTE), Seed::from(place.subject.as_ref()), Seed::from(&number), Seed::from(&bump)];
    create(payer.account(), dispute, rent, (Dispute::SIZE, &crate::ID), &seeds)?;
    let mut opened = Stored::<Dispute>::created(*dispute);
    [opened.bump] = bump;
    opened.number = place.number;
    opened.subject = *place.subject;
    Ok(opened)
}

/// Returns the claim's number.
#[inline(never)]
fn open_claim(
    payer: &Signer,
    network: &Network,
    provider: &mut Stored<Provider>,
    claim: &AccountView,
    rent: &Rent,
    place: &Place,
    now_ts: i64,
) -> Result<u32> {
    let (number, is_new) = provider.next_claim(now_ts);
    let mut record = if is_new {
        let number_seed = number.to_le_bytes();
        let address = *provider.address();
        let bump = [canonical_bump(claim, &[seeds::CLAIM, address.as_ref(), &number_seed])?];
        let seeds =
            [Seed::from(seeds::CLAIM), Seed::from(address.as_ref()), Seed::from(&number_seed), Seed::from(&bump)];
        create(payer.account(), claim, rent, (Claim::size_with(1), &crate::ID), &seeds)?;
        let mut record = Stored::<Claim>::created(*claim);
        [record.bump] = bump;
        record.number = number;
        record.provider = address;
        record.payer = *payer.address();
        record
    } else {
        let record = Stored::<Claim>::writable(*claim)?;
        require_same(&record.provider, provider.address(), E::WrongClaim)?;
        if record.number != number {
            return Err(E::WrongClaim.into());
        }
        record
    };
    let space = Claim::size_with(record.open_one());
    if space > claim.data_len() {
        resize(payer.account(), claim, rent, space)?;
    }
    let joinable_until_ts = now_ts.saturating_add(i64::from(network.params.longest_dispute_secs));
    provider.open_claim(number, is_new, place.frozen, (now_ts, joinable_until_ts));
    Ok(number)
}

#[inline(never)]
fn open_fault(
    payer: &Signer,
    provider: &Stored<Provider>,
    fault: &AccountView,
    rent: &Rent,
    epoch: Epoch,
) -> Result<()> {
    let address = provider.address();
    if fault.data_len() != 0 {
        let mut record = Stored::<Fault>::writable(*fault)?;
        require_same(&record.provider, address, E::WrongFault)?;
        if record.epoch != epoch.0 {
            return Err(E::WrongFault.into());
        }
        record.join();
        return Ok(());
    }
    let epoch_seed = epoch.0.to_le_bytes();
    let bump = [canonical_bump(fault, &[seeds::FAULT, address.as_ref(), &epoch_seed])?];
    let seeds = [Seed::from(seeds::FAULT), Seed::from(address.as_ref()), Seed::from(&epoch_seed), Seed::from(&bump)];
    create(payer.account(), fault, rent, (Fault::SIZE, &crate::ID), &seeds)?;
    let mut record = Stored::<Fault>::created(*fault);
    [record.bump] = bump;
    record.epoch = epoch.0;
    record.provider = *address;
    record.payer = *payer.address();
    record.join();
    Ok(())
}
