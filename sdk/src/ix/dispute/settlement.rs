//! What a dispute owes to whom, and the end of its accounts.

use {
    crate::{
        addresses::{DisputeAddresses, NetworkAddresses},
        ix::*,
        math::dispute::Side,
    },
    work_token_interface::state::VaultKind,
};

/// To whom a dispute owes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Creditor {
    /// One of its challengers, by its place among the dispute's parties: 0 is who opened it.
    Challenger(u8),
    /// The job's client.
    Client,
}

impl Creditor {
    const fn byte(self) -> u8 {
        match self {
            Self::Challenger(place) => place,
            Self::Client => u8::MAX,
        }
    }
}

/// The accounts of a payment out of escrow: vault, to, mint, token program.
fn out_of_escrow(network: &NetworkAddresses, to: Pubkey) -> [AccountMeta; 4] {
    [writable(network.vault(VaultKind::Escrow)), writable(to), readonly(network.mint), readonly(network.token_program)]
}

/// Pays what a decided dispute owes `owner` to `to`, any token account of it. Needs no signature but the fee
/// payer's.
pub fn claim_dispute_credit(dispute: &DisputeAddresses, owner: Pubkey, creditor: Creditor, to: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("claim_dispute_credit");
    let mut accounts =
        vec![readonly(owner), readonly(dispute.network.network), writable(dispute.dispute), writable(dispute.fault)];
    accounts.extend(out_of_escrow(&dispute.network, to));
    build(TAG, &creditor.byte(), accounts)
}

/// Pays back what is left of `owner`'s payments for the appeals of a side, and closes their account. Needs no
/// signature but the fee payer's.
pub fn claim_appeal(dispute: &DisputeAddresses, owner: Pubkey, side: Side, to: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("claim_appeal");
    let mut accounts = vec![
        writable(owner),
        readonly(dispute.network.network),
        writable(dispute.dispute),
        writable(dispute.appeal_share(&owner, side)),
    ];
    accounts.extend(out_of_escrow(&dispute.network, to));
    build(TAG, &(), accounts)
}

/// Pays a provider's counter-bond back to `owner`, who deposited it, once no answered dispute of the provider
/// is open.
pub fn claim_counter_bond(network: &NetworkAddresses, provider: Pubkey, owner: Pubkey, to: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("claim_counter_bond");
    let mut accounts = vec![signer(owner), readonly(network.network), writable(provider)];
    accounts.extend(out_of_escrow(network, to));
    build(TAG, &(), accounts)
}

/// Closes a dispute 30 days after its end; `rent_payer` is who opened it. Needs no signature but the fee
/// payer's.
pub fn close_dispute(dispute: &Pubkey, rent_payer: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("close_dispute");
    build(TAG, &(), vec![writable(*dispute), writable(rent_payer)])
}

/// Shrinks a claim 30 days after its end to what tickets are still charged by, or closes it after its
/// provider; `rent_payer` is who created it. Needs no signature but the fee payer's.
pub fn close_claim(claim: &Pubkey, provider: Pubkey, rent_payer: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("close_claim");
    build(TAG, &(), vec![writable(*claim), readonly(provider), writable(rent_payer)])
}

/// Closes what was found of a provider in one epoch, 90 days after its last dispute ended; `rent_payer` is
/// who created it. Needs no signature but the fee payer's.
pub fn close_fault(fault: &Pubkey, rent_payer: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("close_fault");
    build(TAG, &(), vec![writable(*fault), writable(rent_payer)])
}
