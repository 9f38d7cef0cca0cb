//! Committing to a dispute, a claim or a proof, and opening it.

use {
    crate::{
        Signature,
        addresses::{DisputeAddresses, NetworkAddresses, SeatAddresses},
        commit::{SealedOpening, result_message},
        ix::*,
    },
    work_token_interface::{
        args::{OpenDisputeArgs, ProveFaultArgs},
        commitments::SIGNED_RESULT_LEN,
        state::VaultKind,
    },
};

/// The program that verifies ed25519 signatures before a transaction runs.
pub const ED25519_PROGRAM: Pubkey = Pubkey::from_str_const("Ed25519SigVerify111111111111111111111111111");
/// The transaction's own instructions, as its programs read them.
pub const INSTRUCTIONS_SYSVAR: Pubkey = Pubkey::from_str_const("Sysvar1nstructions1111111111111111111111111");

/// Inputs of [`open_dispute`].
#[derive(Clone, Copy, Debug)]
pub struct OpenDispute {
    /// Who disputes; signs and pays the rents.
    pub challenger: Pubkey,
    /// The job of a disputed result; `None` for conduct.
    pub job: Option<Pubkey>,
    /// Gets what was deposited beyond the bond required: any token account that is no vault.
    pub refund_to: Pubkey,
    /// The severity claimed, as committed to.
    pub severity: u8,
    /// Leaves the claim out of the bond, so that no stake is held before a verdict: a client on its own job.
    pub without_claim: bool,
    /// Hash of the evidence.
    pub evidence: [u8; 32],
    /// Salt of the commitment.
    pub salt: [u8; 32],
}

/// Inputs of [`raise_claim`].
#[derive(Clone, Copy, Debug)]
pub struct RaiseClaim {
    /// Who raises it.
    pub challenger: Pubkey,
    /// Gets what was deposited beyond the bond required: any token account that is no vault.
    pub refund_to: Pubkey,
    /// The severity claimed, above the present one, as committed to.
    pub severity: u8,
    /// Salt of the commitment.
    pub salt: [u8; 32],
}

/// Inputs of [`prove_fault`].
#[derive(Clone, Copy, Debug)]
pub struct ProveFault {
    /// Who proves it; signs and pays the rents.
    pub challenger: Pubkey,
    /// The seat's job.
    pub job: Pubkey,
    /// Gets what was deposited beyond the bond required: any token account that is no vault.
    pub refund_to: Pubkey,
    /// The two results that the operator signed; the first is the salt of the commitment.
    pub results: [[u8; 32]; 2],
}

/// A result and its operator's signature of [`result_message`].
#[derive(Clone, Copy, Debug)]
pub struct SignedResult {
    /// Hash of the result.
    pub result_hash: [u8; 32],
    /// The operator's signature.
    pub signature: Signature,
}

/// The accounts of a bond that is used: vault, where the surplus goes, mint, token program.
fn out_of_bond(network: &NetworkAddresses, refund_to: Pubkey) -> [AccountMeta; 4] {
    [
        writable(refund_to),
        writable(network.vault(VaultKind::Escrow)),
        readonly(network.mint),
        readonly(network.token_program),
    ]
}

/// Commits to opening a dispute, raising a claim or proving a fault within an hour, with its bond: at least
/// what is required then, at most a tenth more, which returns. The salt must be stored before this is sent:
/// without it the deposit loses a tenth.
pub fn commit_dispute(network: &NetworkAddresses, sealed: &SealedOpening, from: Pubkey, deposit: u64) -> Instruction {
    const TAG: [u8; 8] = tag("commit_dispute");
    let (opening, bump) = sealed.address();
    build(
        TAG,
        &(sealed.hash(), deposit, bump),
        vec![
            payer(sealed.challenger),
            writable(network.network),
            writable(opening),
            writable(from),
            writable(network.vault(VaultKind::Escrow)),
            readonly(network.mint),
            readonly(network.token_program),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// Returns the deposit of a commitment that was not opened within its hour to `to`, a token account of the
/// challenger, but for a tenth. Needs no signature but the fee payer's.
pub fn lapse_opening(network: &NetworkAddresses, opening: Pubkey, challenger: Pubkey, to: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("lapse_opening");
    build(
        TAG,
        &(),
        vec![
            writable(network.network),
            writable(opening),
            writable(challenger),
            writable(network.vault(VaultKind::Escrow)),
            writable(to),
            writable(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Contests a result or a conduct, as committed to: [`DisputeAddresses`] are those of the next dispute about
/// it.
pub fn open_dispute(dispute: &DisputeAddresses, input: &OpenDispute) -> Instruction {
    const TAG: [u8; 8] = tag("open_dispute");
    let sealed = SealedOpening::open(dispute, input.challenger, input.severity, input.salt);
    let args = OpenDisputeArgs {
        kind: dispute.kind as u8,
        severity: sealed.severity,
        epoch: sealed.epoch,
        without_claim: input.without_claim,
        evidence: input.evidence,
        salt: input.salt,
    };
    let mut accounts = vec![
        payer(input.challenger),
        writable(dispute.network.network),
        writable(dispute.provider),
        writable(sealed.address().0),
        optional(dispute.assignment),
        optional_readonly(input.job),
        writable(dispute.dispute),
        writable(dispute.claim),
        writable(dispute.fault),
    ];
    accounts.extend(out_of_bond(&dispute.network, input.refund_to));
    accounts.push(readonly(SYSTEM_PROGRAM));
    build(TAG, &args, accounts)
}

/// Claims a higher severity, as committed to, with a bond of one's own, until the first jury is called.
pub fn raise_claim(dispute: &DisputeAddresses, input: RaiseClaim) -> Instruction {
    const TAG: [u8; 8] = tag("raise_claim");
    let sealed = SealedOpening::raise(dispute, input.challenger, input.severity, input.salt);
    let mut accounts = vec![
        payer(input.challenger),
        writable(dispute.network.network),
        writable(dispute.provider),
        writable(dispute.dispute),
        writable(sealed.address().0),
    ];
    accounts.extend(out_of_bond(&dispute.network, input.refund_to));
    build(TAG, &(input.severity, input.salt), accounts)
}

/// Opens a dispute whose fault two signed results of one seat prove; [`signed_results`] must stand in the
/// same transaction. Both fit into one without compute-budget instructions.
pub fn prove_fault(dispute: &DisputeAddresses, input: &ProveFault) -> Instruction {
    const TAG: [u8; 8] = tag("prove_fault");
    let [first, second] = input.results;
    let sealed = SealedOpening::prove(dispute, input.challenger, first);
    let [refund_to, vault, mint, token_program] = out_of_bond(&dispute.network, input.refund_to);
    build(
        TAG,
        &ProveFaultArgs { first, second },
        vec![
            payer(input.challenger),
            writable(dispute.network.network),
            writable(dispute.provider),
            writable(sealed.address().0),
            optional(dispute.assignment),
            readonly(input.job),
            writable(dispute.dispute),
            writable(dispute.claim),
            writable(dispute.fault),
            refund_to,
            vault,
            readonly(INSTRUCTIONS_SYSVAR),
            mint,
            token_program,
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// The signatures of an operator under two results of a seat, for the runtime to verify; `created_slot` is
/// the job's. Layout: count, padding, two records of seven offsets, the key, then signature and message of
/// each.
pub fn signed_results(
    seat: &SeatAddresses,
    created_slot: u64,
    operator: &Pubkey,
    results: &[SignedResult; 2],
) -> Instruction {
    const KEY_AT: u16 = 2 + 2 * 14;
    const FIRST_AT: u16 = KEY_AT + 32;
    const MESSAGE_LEN: u16 = SIGNED_RESULT_LEN as u16;
    // Every offset is into this instruction.
    const HERE: u16 = u16::MAX;
    let mut data = Vec::with_capacity(476);
    data.extend_from_slice(&[2, 0]);
    for signature_at in [FIRST_AT, FIRST_AT + 64 + MESSAGE_LEN] {
        for word in [signature_at, HERE, KEY_AT, HERE, signature_at + 64, MESSAGE_LEN, HERE] {
            data.extend_from_slice(&word.to_le_bytes());
        }
    }
    data.extend_from_slice(operator.as_ref());
    for result in results {
        data.extend_from_slice(result.signature.as_ref());
        data.extend_from_slice(&result_message(seat, created_slot, &result.result_hash));
    }
    Instruction { program_id: ED25519_PROGRAM, accounts: Vec::new(), data }
}
