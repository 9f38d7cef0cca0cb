//! What follows from a dispute: its slash, what is owed to whom, jail, debt, and the end of its accounts.

use {
    super::*,
    crate::addresses::{self, DisputeAddresses, NetworkAddresses, PositionAddresses, ProviderAddresses},
    crate::math::dispute::Side,
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

/// Executes what is due of a slash, as far as the network's limit has room; `stake_vault` is the provider's. Needs no
/// signature but the fee payer's.
pub fn execute_installment(dispute: &DisputeAddresses, stake_vault: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("execute_installment");
    let network = &dispute.network;
    build(
        TAG,
        &(),
        vec![
            writable(network.network),
            writable(dispute.provider),
            writable(dispute.dispute),
            writable(stake_vault),
            writable(network.vault(VaultKind::Escrow)),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Burns, insures and shares out what a dispute holds for nobody in particular. Needs no signature but the fee payer's.
pub fn distribute_slash(dispute: &DisputeAddresses) -> Instruction {
    const TAG: [u8; 8] = tag("distribute_slash");
    let network = &dispute.network;
    build(
        TAG,
        &(),
        vec![
            readonly(network.network),
            writable(dispute.provider),
            writable(dispute.dispute),
            writable(network.vault(VaultKind::Escrow)),
            writable(network.vault(VaultKind::Insurance)),
            writable(network.vault(VaultKind::Reward)),
            writable(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Keeps `keep_bps` of a slash before its first installment, as the admin; 0 cancels it.
pub fn veto_slash(dispute: &DisputeAddresses, admin: Pubkey, keep_bps: u16) -> Instruction {
    const TAG: [u8; 8] = tag("veto_slash");
    build(
        TAG,
        &keep_bps,
        vec![signer(admin), writable(dispute.network.network), writable(dispute.provider), writable(dispute.dispute)],
    )
}

/// Settles what a paid ticket holds back for `claims` that it lists, one or more of those whose disputes have
/// ended: what they take is burned, what the claims that are left cannot take goes to `to`, a token account
/// of the holder, who gets the ticket's rent with the last. Needs no signature but the fee payer's.
pub fn settle_ticket(position: &PositionAddresses, ticket: u32, claims: &[u32], to: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("settle_ticket");
    let (provider, network) = (&position.provider, &position.provider.network);
    let mut accounts = vec![
        readonly(network.network),
        writable(provider.provider),
        writable(position.delegation),
        writable(position.ticket(ticket).0),
        writable(position.holder),
        writable(provider.stake_vault),
        writable(to),
        writable(network.mint),
        readonly(network.token_program),
    ];
    accounts.extend(claims.iter().map(|number| readonly(addresses::claim(&provider.provider, *number))));
    build(TAG, &(), accounts)
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

/// Leaves jail, as the provider's owner.
pub fn unjail(provider: &ProviderAddresses) -> Instruction {
    const TAG: [u8; 8] = tag("unjail");
    let accounts = vec![signer(provider.owner), readonly(provider.network.network), writable(provider.provider)];
    build(TAG, &(), accounts)
}

/// Writes off part of what slashes could not take, as the admin. Base units.
pub fn forgive_debt(network: &Pubkey, admin: Pubkey, provider: Pubkey, amount: u64) -> Instruction {
    const TAG: [u8; 8] = tag("forgive_debt");
    build(TAG, &amount, vec![signer(admin), readonly(*network), writable(provider)])
}

/// Announces a payment out of the insurance vault, or makes the one announced three days ago, as the admin. Base units.
pub fn pay_insurance(network: &NetworkAddresses, admin: Pubkey, to: Pubkey, amount: u64) -> Instruction {
    const TAG: [u8; 8] = tag("pay_insurance");
    build(
        TAG,
        &amount,
        vec![
            signer(admin),
            writable(network.network),
            writable(network.vault(VaultKind::Insurance)),
            writable(to),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Closes a dispute 30 days after its end; `rent_payer` is who opened it. Needs no signature but the fee payer's.
pub fn close_dispute(dispute: &Pubkey, rent_payer: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("close_dispute");
    build(TAG, &(), vec![writable(*dispute), writable(rent_payer)])
}

/// Shrinks a claim 30 days after its end to what tickets are still charged by, closes it after its provider,
/// and a provider's faults of an epoch 90 days after their end; `rent_payer` is who created the account.
/// Needs no signature but the fee payer's.
pub fn close_case(record: &Pubkey, provider: Pubkey, rent_payer: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("close_case");
    build(TAG, &(), vec![writable(*record), readonly(provider), writable(rent_payer)])
}
