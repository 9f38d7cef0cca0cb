//! The slash that follows from a dispute, jail and debt.

use {
    crate::{
        addresses::{DisputeAddresses, ProviderAddresses},
        ix::*,
    },
    work_token_interface::state::VaultKind,
};

/// Executes what is due of a slash, as far as the network's limit has room; `stake_vault` is the provider's.
/// Needs no signature but the fee payer's.
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

/// Burns, insures and shares out what a dispute holds for nobody in particular. Needs no signature but the
/// fee payer's.
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
