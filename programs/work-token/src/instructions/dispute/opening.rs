//! Who disputes commits to what it will open, so that nobody who sees an opening comes first
//! (dispute-open-1).

use crate::prelude::*;

use work_token_interface::commitments::{OpeningCommitment, OpeningKind};

/// What is opened.
pub struct Content<'a> {
    /// See `OpeningKind`.
    pub kind: OpeningKind,
    /// The seat, the provider or the dispute.
    pub subject: &'a Address,
    /// Severity claimed; 0 for a proof.
    pub severity: u8,
    /// Epoch of the conduct; 0 for a seat.
    pub epoch: u32,
    /// Salt.
    pub salt: &'a [u8; 32],
}

/// Refuses a commitment to anything else, of anybody else, or whose hour has passed.
#[inline(never)]
pub fn require_committed(
    opening: &DisputeOpening,
    network: &Stored<Network>,
    challenger: &Signer,
    opened: &Content,
    work_ts: WorkTs,
) -> Result<()> {
    require_at(&opening.network, network.address(), E::WrongNetwork)?;
    require_at(&opening.challenger, challenger.address(), E::WrongOpening)?;
    let content = OpeningCommitment {
        network: network.address(),
        challenger: challenger.address(),
        subject: opened.subject,
        kind_and_severity: &[opened.kind as u8, opened.severity],
        epoch: &opened.epoch.to_le_bytes(),
        salt: opened.salt,
    };
    require(sha256(&content.parts()) == opening.hash, E::WrongOpening)?;
    opening.require_in_time(work_ts)?;
    Ok(())
}

/// The commitment is used: what was deposited beyond the bond required returns, and its account closes.
#[inline(never)]
pub fn use_up(
    (network, mint): (&Stored<Network>, &AccountView),
    opening: &Stored<DisputeOpening>,
    challenger: &Signer,
    [escrow_vault, refund_to]: [&AccountView; 2],
    surplus: u64,
) -> Result<()> {
    if surplus > 0 {
        token::require_destination(refund_to, network)?;
        Till::of(network, mint).pay(escrow_vault, refund_to, surplus);
    }
    close(opening.view(), challenger)
}

/// Says that a dispute was opened.
#[inline(never)]
pub fn emit_opened(provider: &Stored<Provider>, dispute: &Stored<Dispute>, evidence: [u8; 32]) {
    let (challenger, bond) = dispute.parties.first().map(|party| (party.owner, party.bond)).unwrap_or_default();
    emit!(DisputeOpened {
        dispute: *dispute.address(),
        provider: *provider.address(),
        subject: dispute.subject,
        kind: dispute.kind,
        severity: dispute.machine.claimed,
        challenger,
        bond,
        claim: dispute.claim,
        own_claimed: dispute.stake.own_claimed,
        delegated_claimed: dispute.stake.delegated_claimed,
        offence_epoch: dispute.offence_epoch,
        evidence,
    });
}
