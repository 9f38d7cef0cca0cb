//! What governs a network, keeps its time and pays out of its vaults.

use {
    super::*,
    crate::addresses::{self, NetworkAddresses, ProviderAddresses},
    work_token_interface::{
        args::{CreateNetworkArgs, DraftParamsArgs, SetModelArgs},
        state::{
            AuthorityRole, DRAFT_PARTS, EmissionMode, JobRules, NetworkParams, VaultKind, draft_parts, network_flags,
        },
    },
};

/// Inputs of [`create_network`].
#[derive(Clone, Copy, Debug)]
pub struct CreateNetwork {
    /// Pays the rent.
    pub creator: Pubkey,
    /// The creator's number for the network.
    pub id: u64,
    /// Whether the network mints its emission or takes it from a reserve.
    pub emission_mode: EmissionMode,
    /// Whether a mint with a freeze authority is accepted.
    pub accept_freeze_authority: bool,
    /// Governance authority.
    pub admin: Pubkey,
    /// May pause the entrances.
    pub guardian: Pubkey,
    /// Last resort of disputes.
    pub arbiter: Pubkey,
    /// The parameters.
    pub params: NetworkParams,
}

/// Writes a parameter set to the chain, as its author: it is larger than a transaction, so these are several,
/// of which each fits one. [`create_network`] and [`propose_params`] use what is drafted, and close it.
pub fn draft_params(network: &Pubkey, author: Pubkey, params: &NetworkParams) -> [Instruction; DRAFT_PARTS] {
    const TAG: [u8; 8] = tag("draft_params");
    let hash = addresses::hash_of_params(params);
    let draft = addresses::param_draft(network, &author, params);
    let parts = draft_parts(params);
    core::array::from_fn(|part| {
        let number = u8::try_from(part).unwrap_or(u8::MAX);
        let args = DraftParamsArgs { hash, part: number, bytes: parts[part] };
        build(TAG, &args, vec![payer(author), readonly(*network), writable(draft), readonly(SYSTEM_PROGRAM)])
    })
}

/// Closes a draft that nobody used, as its author.
pub fn close_draft(network: &Pubkey, author: Pubkey, params: &NetworkParams) -> Instruction {
    const TAG: [u8; 8] = tag("close_draft");
    build(TAG, &(), vec![payer(author), writable(addresses::param_draft(network, &author, params))])
}

/// Creates a network with its six vaults. Its creator has drafted the parameters before: [`draft_params`].
pub fn create_network(network: &NetworkAddresses, input: &CreateNetwork) -> Instruction {
    const TAG: [u8; 8] = tag("create_network");
    let args = CreateNetworkArgs {
        id: input.id,
        emission_mode: input.emission_mode as u8,
        flags: if input.accept_freeze_authority { network_flags::FREEZE_AUTHORITY_ACCEPTED } else { 0 },
        vault_bumps: network.vault_bumps,
        admin: input.admin,
        guardian: input.guardian,
        arbiter: input.arbiter,
    };
    let draft = addresses::param_draft(&network.network, &input.creator, &input.params);
    let mut accounts = vec![payer(input.creator), writable(network.network), writable(draft), readonly(network.mint)];
    accounts.extend(network.vaults.map(writable));
    accounts.extend([readonly(network.token_program), readonly(SYSTEM_PROGRAM)]);
    build(TAG, &args, accounts)
}

/// Proposes an authority; `Pubkey::default()` withdraws the proposal.
pub fn propose_authority(network: &Pubkey, admin: Pubkey, role: AuthorityRole, proposed: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("propose_authority");
    build(TAG, &(role as u8, proposed.to_bytes()), vec![signer(admin), writable(*network)])
}

/// Takes over a proposed authority.
pub fn accept_authority(network: &Pubkey, authority: Pubkey, role: AuthorityRole) -> Instruction {
    const TAG: [u8; 8] = tag("accept_authority");
    build(TAG, &(role as u8), vec![signer(authority), writable(*network)])
}

/// Closes the entrances for `secs` seconds, at most 7 days.
pub fn pause(network: &Pubkey, guardian: Pubkey, secs: u32) -> Instruction {
    const TAG: [u8; 8] = tag("pause");
    build(TAG, &secs, vec![signer(guardian), writable(*network)])
}

/// Opens the entrances before the pause is over.
pub fn unpause(network: &Pubkey, guardian: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("unpause");
    build(TAG, &(), vec![signer(guardian), writable(*network)])
}

/// Proposes a parameter set as change `number`, the network's `param_changes` + 1. The author has drafted it
/// before: [`draft_params`]; the draft's rent returns to it.
pub fn propose_params(
    network: &Pubkey,
    admin: Pubkey,
    rent_payer: Pubkey,
    author: Pubkey,
    number: u32,
    params: &NetworkParams,
) -> Instruction {
    const TAG: [u8; 8] = tag("propose_params");
    build(
        TAG,
        &(),
        vec![
            signer(admin),
            payer(rent_payer),
            writable(*network),
            writable(addresses::param_change(network, number)),
            writable(addresses::param_draft(network, &author, params)),
            writable(author),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// Puts change `number` in force; `rent_payer` is who proposed it. Every epoch that can still be opened must
/// be open: [`open_due_epochs`] comes before, in the same transaction if it is due.
pub fn execute_params(network: &NetworkAddresses, number: u32, rent_payer: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("execute_params");
    let change = addresses::param_change(&network.network, number);
    build(TAG, &(), vec![writable(network.network), readonly(network.mint), writable(change), writable(rent_payer)])
}

/// Withdraws change `number`; `rent_payer` is who proposed it. The signer is the admin, or anybody once the
/// change has expired.
pub fn cancel_params(network: &Pubkey, by: Pubkey, number: u32, rent_payer: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("cancel_params");
    build(
        TAG,
        &(),
        vec![signer(by), readonly(*network), writable(addresses::param_change(network, number)), writable(rent_payer)],
    )
}

/// Announces a payment out of the treasury vault, or makes the one announced three days ago, as the admin.
/// Base units.
pub fn pay_treasury(network: &NetworkAddresses, admin: Pubkey, to: Pubkey, amount: u64) -> Instruction {
    const TAG: [u8; 8] = tag("pay_treasury");
    build(TAG, &amount, payment(network, VaultKind::Treasury, admin, to))
}

/// Announces the rules of a class; of a new one they hold at once, of an existing one after three days.
pub fn set_job_class(network: &Pubkey, admin: Pubkey, rent_payer: Pubkey, class: u8, rules: &JobRules) -> Instruction {
    const TAG: [u8; 8] = tag("set_job_class");
    build(
        TAG,
        &(class, *rules),
        vec![
            signer(admin),
            payer(rent_payer),
            writable(*network),
            writable(addresses::job_class(network, class)),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// Sets what a model's name stands for, at once: another hash is its next version. Name and URI as
/// [`Model::name_bytes`](crate::state::Model::name_bytes) and
/// [`Model::uri_bytes`](crate::state::Model::uri_bytes) give them.
pub fn set_model(network: &Pubkey, admin: Pubkey, rent_payer: Pubkey, model: &SetModelArgs) -> Instruction {
    const TAG: [u8; 8] = tag("set_model");
    build(
        TAG,
        model,
        vec![
            signer(admin),
            payer(rent_payer),
            readonly(*network),
            writable(addresses::model(network, &model.name)),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// Moves every open deadline by the time that the chain has lost. Needs no signature but the fee payer's.
pub fn record_outage(network: &Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("record_outage");
    build(TAG, &(), vec![writable(*network)])
}

/// Notes slot and time anew, from which the next outage is measured; refused once the clock has gained on the
/// slots. Needs no signature but the fee payer's.
pub fn refresh_note(network: &Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("refresh_note");
    build(TAG, &(), vec![writable(*network)])
}

/// Announces a payment out of the insurance vault, or makes the one announced three days ago, as the admin.
/// Base units.
pub fn pay_insurance(network: &NetworkAddresses, admin: Pubkey, to: Pubkey, amount: u64) -> Instruction {
    const TAG: [u8; 8] = tag("pay_insurance");
    build(TAG, &amount, payment(network, VaultKind::Insurance, admin, to))
}

fn payment(network: &NetworkAddresses, vault: VaultKind, admin: Pubkey, to: Pubkey) -> Vec<AccountMeta> {
    vec![
        signer(admin),
        writable(network.network),
        writable(network.vault(vault)),
        writable(to),
        readonly(network.mint),
        readonly(network.token_program),
    ]
}

/// Moves what strangers sent to a stake vault into the treasury.
pub fn sweep_surplus(provider: &ProviderAddresses) -> Instruction {
    const TAG: [u8; 8] = tag("sweep_surplus");
    let network = &provider.network;
    build(
        TAG,
        &(),
        vec![
            readonly(network.network),
            readonly(provider.provider),
            writable(provider.stake_vault),
            writable(network.vault(VaultKind::Treasury)),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}
