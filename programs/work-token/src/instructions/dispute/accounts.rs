//! The accounts of a dispute: itself, the claim that it belongs to, and the provider's faults of its epoch.

use crate::prelude::*;

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

/// Creates a dispute; its claim, or joins an open one; and the fault, if it is the first of its epoch. Books
/// no amounts.
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
    let mut opened =
        Stored::<Dispute>::create_canonical(payer, dispute, rent, [seeds::DISPUTE, place.subject.as_ref(), &number])?;
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
        let seeds = [seeds::CLAIM, address.as_ref(), &number_seed];
        let bump = canonical_bump(claim, &seeds)?;
        let mut record = Stored::<Claim>::create_with(payer, claim, rent, Claim::size_with(1), (seeds, bump))?;
        record.network = provider.network;
        record.number = number;
        record.provider = address;
        record.payer = *payer.address();
        record
    } else {
        let record = Stored::<Claim>::writable(*claim)?;
        require_at(&record.provider, provider.address(), E::WrongClaim)?;
        require(record.number == number, E::WrongClaim)?;
        record
    };
    let space = Claim::size_with(record.open_one());
    if space > claim.data_len() {
        resize(payer, claim, rent, space)?;
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
        require_at(&record.provider, address, E::WrongFault)?;
        require(record.epoch == epoch.0, E::WrongFault)?;
        record.join();
        return Ok(());
    }
    let epoch_seed = epoch.0.to_le_bytes();
    let mut record =
        Stored::<Fault>::create_canonical(payer, fault, rent, [seeds::FAULT, address.as_ref(), &epoch_seed])?;
    record.network = provider.network;
    record.epoch = epoch.0;
    record.provider = *address;
    record.payer = *payer.address();
    record.join();
    Ok(())
}

/// Refuses a fault that is not the dispute's.
pub fn require_fault(fault: &Fault, dispute: &Dispute) -> Result<()> {
    require_at(&fault.provider, &dispute.provider, E::WrongFault)?;
    require(fault.epoch == dispute.offence_epoch, E::WrongFault)
}

/// Says where a dispute stands.
#[inline(never)]
pub fn emit_advanced(dispute: &Stored<Dispute>) {
    let machine = &dispute.machine;
    emit!(DisputeAdvanced {
        dispute: *dispute.address(),
        phase: machine.phase,
        jury: machine.jury,
        verdict: machine.verdict,
        until_work_ts: machine.until_work_ts,
    });
}
