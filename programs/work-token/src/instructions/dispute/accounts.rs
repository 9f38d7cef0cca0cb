//! The accounts of a dispute: itself, the claim that it belongs to, and the provider's faults of its epoch.

use crate::prelude::*;

use work_token_interface::state::dispute::{Accused, Opened, Opening};

/// What a dispute is about.
pub struct Subject {
    /// The assignment, or the provider.
    pub key: Address,
    /// Number among the subject's disputes.
    pub number: u32,
    /// The job's client; zero without a job.
    pub client: Address,
    /// The accused.
    pub accused: Accused,
}

/// Creates a dispute; its claim, or joins an open one; and the fault, if it is the first of its epoch.
/// Returns the dispute, and what was deposited beyond the bond required.
/// Refuses: another address; what [`Dispute::open`] refuses.
#[inline(never)]
pub fn open_case(
    payer: &Signer,
    network: &Stored<Network>,
    provider: &mut Stored<Provider>,
    [dispute, fault, claim]: [&AccountView; 3],
    subject: &Subject,
    opening: &Opening,
) -> Result<(Stored<Dispute>, u64)> {
    let rent = rent()?;
    let mut dispute = open_account(payer, dispute, &rent, subject)?;
    dispute.network = *network.address();
    dispute.provider = *provider.address();
    dispute.payer = *payer.address();
    let mut record = open_claim(payer, provider, claim, &rent, opening.now_ts)?;
    let mut fault = open_fault(payer, provider, fault, &rent, subject.accused.epoch)?;
    let Opened { surplus, entries } =
        dispute.open(opening, &subject.accused, network, provider, &mut record, &mut fault)?;
    let space = Claim::size_with(entries);
    if space > claim.data_len() {
        resize(payer, claim, &rent, space)?;
    }
    Ok((dispute, surplus))
}

#[inline(never)]
fn open_account(payer: &Signer, dispute: &AccountView, rent: &Rent, subject: &Subject) -> Result<Stored<Dispute>> {
    let number = subject.number.to_le_bytes();
    let mut opened =
        Stored::<Dispute>::create_canonical(payer, dispute, rent, [seeds::DISPUTE, subject.key.as_ref(), &number])?;
    opened.number = subject.number;
    opened.subject = subject.key;
    opened.client = subject.client;
    Ok(opened)
}

#[inline(never)]
fn open_claim(
    payer: &Signer,
    provider: &Stored<Provider>,
    claim: &AccountView,
    rent: &Rent,
    now_ts: i64,
) -> Result<Stored<Claim>> {
    let (number, is_new) = provider.next_claim(now_ts);
    let address = provider.address();
    if !is_new {
        let record = Stored::<Claim>::writable(*claim)?;
        require_at(&record.provider, address, E::WrongClaim)?;
        require(record.number == number, E::WrongClaim)?;
        return Ok(record);
    }
    let number_seed = number.to_le_bytes();
    let seeds = [seeds::CLAIM, address.as_ref(), &number_seed];
    let bump = canonical_bump(claim, &seeds)?;
    let mut record = Stored::<Claim>::create_with(payer, claim, rent, Claim::size_with(1), (seeds, bump))?;
    record.network = provider.network;
    record.number = number;
    record.provider = *address;
    record.payer = *payer.address();
    Ok(record)
}

#[inline(never)]
fn open_fault(
    payer: &Signer,
    provider: &Stored<Provider>,
    fault: &AccountView,
    rent: &Rent,
    epoch: Epoch,
) -> Result<Stored<Fault>> {
    let address = provider.address();
    if fault.data_len() != 0 {
        let record = Stored::<Fault>::writable(*fault)?;
        require_at(&record.provider, address, E::WrongFault)?;
        require(record.epoch == epoch.0, E::WrongFault)?;
        return Ok(record);
    }
    let epoch_seed = epoch.0.to_le_bytes();
    let mut record =
        Stored::<Fault>::create_canonical(payer, fault, rent, [seeds::FAULT, address.as_ref(), &epoch_seed])?;
    record.network = provider.network;
    record.epoch = epoch.0;
    record.provider = *address;
    record.payer = *payer.address();
    Ok(record)
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
