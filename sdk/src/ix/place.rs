//! Places of the active set, signs of life, maintenance and the work trees.

use {
    super::*,
    crate::addresses::{ProviderAddresses, queue_entry},
    work_token_interface::state::{QueueEntry, Tree},
};

/// Creates the plain account of a work tree, for [`init_tree`] in the same transaction; `tree` signs.
/// `lamports` is the rent exemption of
/// [`Tree::SIZE`] bytes, about 1.14 SOL, which stays in the tree.
pub fn create_tree(rent_payer: Pubkey, tree: Pubkey, lamports: u64) -> Instruction {
    const CREATE_ACCOUNT: [u8; 4] = [0; 4];
    let mut data = Vec::with_capacity(52);
    data.extend_from_slice(&CREATE_ACCOUNT);
    data.extend_from_slice(&lamports.to_le_bytes());
    data.extend_from_slice(&(Tree::SIZE as u64).to_le_bytes());
    data.extend_from_slice(ID.as_ref());
    Instruction { program_id: SYSTEM_PROGRAM, accounts: vec![payer(rent_payer), payer(tree)], data }
}

/// Adopts an empty tree; `kind` is a [`TreeKind`]. Anybody signs.
///
/// [`TreeKind`]: crate::state::TreeKind
pub fn init_tree(network: &Pubkey, creator: Pubkey, tree: Pubkey, kind: u8) -> Instruction {
    const TAG: [u8; 8] = tag("init_tree");
    build(TAG, &kind, vec![signer(creator), writable(*network), writable(tree)])
}

/// Takes a free place of the active set: [`Network::first_free_place`] names one.
///
/// [`Network::first_free_place`]: crate::state::Network::first_free_place
pub fn take_place(provider: &ProviderAddresses, index: u16) -> Instruction {
    const TAG: [u8; 8] = tag("take_place");
    let accounts = vec![signer(provider.owner), writable(provider.network.network), writable(provider.provider)];
    build(TAG, &index, accounts)
}

/// Joins the queue for a place; `number` is the next: [`PlaceQueue::next`] names it. The owner pays the rent
/// of the entry, and gets it back when its turn has come.
///
/// [`PlaceQueue::next`]: crate::state::PlaceQueue::next
pub fn join_queue(provider: &ProviderAddresses, number: u64) -> Instruction {
    const TAG: [u8; 8] = tag("join_queue");
    let network = provider.network.network;
    let accounts = vec![
        payer(provider.owner),
        writable(network),
        writable(provider.provider),
        writable(queue_entry(&network, number)),
        readonly(SYSTEM_PROGRAM),
    ];
    build(TAG, &(), accounts)
}

/// Gives the head of the queue the first free place. Nobody need sign.
pub fn admit_head(entry: &QueueEntry) -> Instruction {
    const TAG: [u8; 8] = tag("admit_head");
    head(TAG, entry)
}

/// Passes a head of the queue that cannot have a place. Nobody need sign.
pub fn pass_head(entry: &QueueEntry) -> Instruction {
    const TAG: [u8; 8] = tag("pass_head");
    head(TAG, entry)
}

fn head(tag: [u8; 8], entry: &QueueEntry) -> Instruction {
    let key = queue_entry(&entry.network, entry.number);
    let accounts = vec![writable(entry.network), writable(key), writable(entry.provider), writable(entry.payer)];
    build(tag, &(), accounts)
}

/// Takes the place of a provider that does not keep it up. Nobody need sign.
pub fn vacate_place(network: &Pubkey, provider: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("vacate_place");
    build(TAG, &(), vec![writable(*network), writable(provider)])
}

/// Challenges a place when none is free; it can be swapped in the second epoch after this one.
pub fn challenge_place(candidate: &ProviderAddresses, incumbent: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("challenge_place");
    rivals(TAG, &candidate.network.network, candidate.owner, [candidate.provider, incumbent])
}

/// Swaps a challenged place when it is due, or lets the challenge fall. Anybody signs.
pub fn swap_place(network: &Pubkey, who: Pubkey, candidate: Pubkey, incumbent: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("swap_place");
    rivals(TAG, network, who, [candidate, incumbent])
}

fn rivals(tag: [u8; 8], network: &Pubkey, who: Pubkey, [candidate, incumbent]: [Pubkey; 2]) -> Instruction {
    build(tag, &(), vec![signer(who), readonly(*network), writable(candidate), writable(incumbent)])
}

fn operator_signs(
    tag: [u8; 8],
    network: &Pubkey,
    (operator, provider): (Pubkey, Pubkey),
    args: &impl BorshSerialize,
) -> Instruction {
    build(tag, args, vec![signer(operator), readonly(*network), writable(provider)])
}

/// Gives a sign of life; one counts in each sixteenth of an epoch.
pub fn heartbeat(network: &Pubkey, operator: Pubkey, provider: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("heartbeat");
    operator_signs(TAG, network, (operator, provider), &())
}

/// A declared maintenance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Maintenance {
    /// From then: at least an hour ahead. Unix seconds.
    pub from_ts: i64,
    /// For so long: inside the present epoch, at most a quarter of it. Seconds.
    pub secs: u32,
}

/// Declares maintenance; once in four epochs.
pub fn declare_maintenance(network: &Pubkey, operator: Pubkey, provider: Pubkey, when: Maintenance) -> Instruction {
    const TAG: [u8; 8] = tag("declare_maintenance");
    operator_signs(TAG, network, (operator, provider), &(when.from_ts, when.secs))
}
