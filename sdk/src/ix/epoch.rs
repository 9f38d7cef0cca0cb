//! What brings an epoch from its opening to its end, late, twice, and in any order across providers; and its
//! seed.

use {
    super::*,
    crate::addresses::{self, NetworkAddresses},
    work_token_interface::state::{Network, VaultKind},
};

/// Providers that one transaction weighs, with the tree and two compute-budget instructions, when the keeper
/// pays for it itself.
pub const WEIGH_BATCH: usize = 22;
/// Providers that one transaction settles, with two compute-budget instructions, when the keeper pays for it
/// itself.
pub const SETTLE_BATCH: usize = 24;

/// Opens an epoch, from its first second on.
pub fn open_epoch(network: &Pubkey, rent_payer: Pubkey, epoch: u32) -> Instruction {
    open_epoch_at(network, rent_payer, epoch, addresses::epoch_pool(network, epoch))
}

/// [`open_epoch`] when the address of the epoch's account is known.
pub fn open_epoch_at(network: &Pubkey, rent_payer: Pubkey, epoch: u32, pool: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("open_epoch");
    build(TAG, &epoch, vec![payer(rent_payer), writable(*network), writable(pool), readonly(SYSTEM_PROGRAM)])
}

/// Opens every epoch that is due: the running one, and each earlier one that can still be opened. Comes
/// before [`execute_params`] and
/// [`set_job_class`], which refuse while one is missing; all nine fit into their transaction.
pub fn open_due_epochs(network: &Pubkey, state: &Network, rent_payer: Pubkey, now_ts: i64) -> Vec<Instruction> {
    let now = state.epoch_at(now_ts);
    state.due_epochs(now).map(|epoch| open_epoch(network, rent_payer, epoch.0)).collect()
}

/// Brings a provider's records up to the present epoch.
pub fn touch_provider(network: &Pubkey, provider: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("touch_provider");
    build(TAG, &(), vec![readonly(*network), writable(provider)])
}

/// Who cranks, and where its bounty goes.
#[derive(Clone, Copy, Debug)]
pub struct Keeper {
    /// Signs.
    pub keeper: Pubkey,
    /// A token account of the keeper; `None` works unpaid.
    pub account: Option<Pubkey>,
}

/// What `weigh_providers` and `settle_providers` have in common: the epoch, who cranks, whom.
fn provider_batch(
    tag: [u8; 8],
    network: (&NetworkAddresses, AccountMeta),
    (pool, work_tree): (Pubkey, Option<AccountMeta>),
    keeper: Keeper,
    providers: &[Pubkey],
) -> Instruction {
    let mut accounts = Vec::with_capacity(providers.len() + 8);
    let (network, network_account) = network;
    accounts.extend([signer(keeper.keeper), network_account, writable(pool)]);
    accounts.extend(work_tree);
    accounts.extend([
        writable(network.vault(VaultKind::Keeper)),
        optional(keeper.account),
        readonly(network.mint),
        readonly(network.token_program),
    ]);
    accounts.extend(providers.iter().copied().map(writable));
    build(tag, &(), accounts)
}

/// Weighs 1 to 24 providers for an ended epoch; [`WEIGH_BATCH`] fit into a transaction that the keeper pays
/// itself. `work_tree` is the network's tree of the epoch's parity, `None` while it has adopted none:
/// [`Network::work_tree`] says which.
///
/// [`Network::work_tree`]: crate::state::Network::work_tree
pub fn weigh_providers(
    network: &NetworkAddresses,
    epoch: u32,
    keeper: Keeper,
    work_tree: Option<Pubkey>,
    providers: &[Pubkey],
) -> Instruction {
    weigh_providers_at(network, addresses::epoch_pool(&network.network, epoch), keeper, work_tree, providers)
}

/// [`weigh_providers`] when the address of the epoch's account is known.
pub fn weigh_providers_at(
    network: &NetworkAddresses,
    pool: Pubkey,
    keeper: Keeper,
    work_tree: Option<Pubkey>,
    providers: &[Pubkey],
) -> Instruction {
    const TAG: [u8; 8] = tag("weigh_providers");
    provider_batch(TAG, (network, writable(network.network)), (pool, Some(optional(work_tree))), keeper, providers)
}

/// Settles 1 to 24 providers for a finalized epoch; [`SETTLE_BATCH`] fit into a transaction that the keeper
/// pays itself.
pub fn settle_providers(network: &NetworkAddresses, epoch: u32, keeper: Keeper, providers: &[Pubkey]) -> Instruction {
    settle_providers_at(network, addresses::epoch_pool(&network.network, epoch), keeper, providers)
}

/// [`settle_providers`] when the address of the epoch's account is known.
pub fn settle_providers_at(
    network: &NetworkAddresses,
    pool: Pubkey,
    keeper: Keeper,
    providers: &[Pubkey],
) -> Instruction {
    const TAG: [u8; 8] = tag("settle_providers");
    provider_batch(TAG, (network, readonly(network.network)), (pool, None), keeper, providers)
}

/// Freezes an epoch's weights and emits its tokens.
pub fn finalize_epoch(network: &NetworkAddresses, epoch: u32, keeper: Keeper) -> Instruction {
    finalize_epoch_at(network, addresses::epoch_pool(&network.network, epoch), keeper)
}

/// [`finalize_epoch`] when the address of the epoch's account is known.
pub fn finalize_epoch_at(network: &NetworkAddresses, pool: Pubkey, keeper: Keeper) -> Instruction {
    const TAG: [u8; 8] = tag("finalize_epoch");
    build(
        TAG,
        &(),
        vec![
            signer(keeper.keeper),
            writable(network.network),
            writable(pool),
            writable(network.mint),
            writable(network.vault(VaultKind::Reward)),
            writable(network.vault(VaultKind::Treasury)),
            writable(network.vault(VaultKind::Keeper)),
            writable(network.vault(VaultKind::Reserve)),
            optional(keeper.account),
            readonly(network.token_program),
        ],
    )
}

/// Returns what an epoch could not hand out to the next emission.
pub fn sweep_epoch(network: &Pubkey, epoch: u32) -> Instruction {
    sweep_epoch_at(network, addresses::epoch_pool(network, epoch))
}

/// [`sweep_epoch`] when the address of the epoch's account is known.
pub fn sweep_epoch_at(network: &Pubkey, pool: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("sweep_epoch");
    build(TAG, &(), vec![writable(*network), writable(pool)])
}

/// Closes a swept epoch; `rent_payer` is who opened it.
pub fn close_epoch(network: &Pubkey, epoch: u32, rent_payer: Pubkey) -> Instruction {
    close_epoch_at(addresses::epoch_pool(network, epoch), rent_payer)
}

/// [`close_epoch`] when the address of the epoch's account is known.
pub fn close_epoch_at(pool: Pubkey, rent_payer: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("close_epoch");
    build(TAG, &(), vec![writable(pool), writable(rent_payer)])
}

/// Arms the present epoch's seed, or captures it once it can be known; `randomness` is the account that the
/// network's parameters name, if they name one. Needs no signature but the fee payer's.
pub fn advance_beacon(network: &Pubkey, randomness: Option<Pubkey>) -> Instruction {
    const TAG: [u8; 8] = tag("advance_beacon");
    build(TAG, &(), vec![writable(*network), readonly(SLOT_HASHES), optional_readonly(randomness)])
}
