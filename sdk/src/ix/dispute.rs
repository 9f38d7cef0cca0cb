//! What parties to a dispute sign, and the crank that brings it further.

use {
    super::*,
    crate::{
        addresses::{DisputeAddresses, SeatAddresses},
        commit::result_message,
        math::dispute::Side,
    },
    solana_sdk::signature::Signature,
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
    /// The job of a disputed result; `None` for conduct and scores.
    pub job: Option<Pubkey>,
    /// The challenger's token account that the bond comes from.
    pub from: Pubkey,
    /// The severity claimed; 1 for a score.
    pub severity: u8,
    /// The bond. Base units.
    pub bond: u64,
    /// Leaves the claim out of the bond, so that no stake is held before a verdict: a client on its own job.
    pub without_claim: bool,
    /// Hash of the evidence.
    pub evidence: [u8; 32],
}

/// Inputs of [`raise_claim`].
#[derive(Clone, Copy, Debug)]
pub struct RaiseClaim {
    /// Who raises it.
    pub challenger: Pubkey,
    /// Its token account that the bond comes from.
    pub from: Pubkey,
    /// The severity claimed, above the present one.
    pub severity: u8,
    /// The bond on top of those that there are. Base units.
    pub bond: u64,
}

/// Inputs of [`answer_dispute`].
#[derive(Clone, Copy, Debug)]
pub struct AnswerDispute {
    /// Who answers and pays: the provider, or anybody for it.
    pub answerer: Pubkey,
    /// Its token account that the counter-bond comes from.
    pub from: Pubkey,
    /// Added to the provider's counter-bond, which must cover the challengers' bonds; 0 when it does. Base units.
    pub bond: u64,
    /// A token account of who deposited the present counter-bond, when another replaces it with a larger one.
    pub refund_to: Option<Pubkey>,
}

/// Inputs of [`fund_appeal`].
#[derive(Clone, Copy, Debug)]
pub struct FundAppeal {
    /// Who pays, for whichever side.
    pub contributor: Pubkey,
    /// Its token account.
    pub from: Pubkey,
    /// The side that the payment is for.
    pub side: Side,
    /// What is beyond the side's part is not taken. Base units.
    pub amount: u64,
}

/// Inputs of [`prove_fault`].
#[derive(Clone, Copy, Debug)]
pub struct ProveFault {
    /// Who proves it; signs and pays the rents.
    pub challenger: Pubkey,
    /// The seat's job.
    pub job: Pubkey,
    /// The challenger's token account that the bond comes from.
    pub from: Pubkey,
    /// The two results that the operator signed.
    pub results: [[u8; 32]; 2],
    /// The bond: the network's smallest or more; no reward exceeds it. Base units.
    pub bond: u64,
}

/// A result and its operator's signature of [`result_message`].
#[derive(Clone, Copy, Debug)]
pub struct SignedResult {
    /// Hash of the result.
    pub result_hash: [u8; 32],
    /// The operator's signature.
    pub signature: Signature,
}

/// The accounts of a payment into escrow: from, vault, mint, token program.
fn into_escrow(dispute: &DisputeAddresses, from: Pubkey) -> [AccountMeta; 4] {
    let network = &dispute.network;
    [
        writable(from),
        writable(network.vault(VaultKind::Escrow)),
        readonly(network.mint),
        readonly(network.token_program),
    ]
}

/// Contests a result, a conduct or a score: [`DisputeAddresses`] are those of the next dispute about it.
pub fn open_dispute(dispute: &DisputeAddresses, input: &OpenDispute) -> Instruction {
    const TAG: [u8; 8] = tag("open_dispute");
    let args = OpenDisputeArgs {
        kind: dispute.kind as u8,
        severity: input.severity,
        epoch: dispute.epoch,
        bond: input.bond,
        without_claim: input.without_claim,
        evidence: input.evidence,
    };
    let mut accounts = vec![
        payer(input.challenger),
        writable(dispute.network.network),
        writable(dispute.provider),
        optional(dispute.assignment),
        optional_readonly(input.job),
        writable(dispute.dispute),
        optional(dispute.claim),
        writable(dispute.fault),
    ];
    accounts.extend(into_escrow(dispute, input.from));
    accounts.push(readonly(SYSTEM_PROGRAM));
    build(TAG, &args, accounts)
}

/// Claims a higher severity with a bond of one's own, until the first jury is seated.
pub fn raise_claim(dispute: &DisputeAddresses, input: RaiseClaim) -> Instruction {
    const TAG: [u8; 8] = tag("raise_claim");
    let mut accounts = vec![
        signer(input.challenger),
        writable(dispute.network.network),
        writable(dispute.provider),
        writable(dispute.dispute),
    ];
    accounts.extend(into_escrow(dispute, input.from));
    build(TAG, &(input.severity, input.bond), accounts)
}

/// Answers for the provider with a counter-bond; a jury is called at once.
pub fn answer_dispute(dispute: &DisputeAddresses, input: AnswerDispute) -> Instruction {
    const TAG: [u8; 8] = tag("answer_dispute");
    let [from, vault, mint, token_program] = into_escrow(dispute, input.from);
    build(
        TAG,
        &input.bond,
        vec![
            signer(input.answerer),
            writable(dispute.network.network),
            writable(dispute.provider),
            writable(dispute.dispute),
            from,
            vault,
            optional(input.refund_to),
            mint,
            token_program,
        ],
    )
}

/// Gives the dispute up: for a tenth of the bond before the answer, as if dismissed after it.
pub fn withdraw_dispute(dispute: &DisputeAddresses, challenger: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("withdraw_dispute");
    let accounts = vec![signer(challenger), writable(dispute.network.network), writable(dispute.dispute)];
    build(TAG, &(), accounts)
}

/// Files the hash of further evidence. Anybody signs.
pub fn file_evidence(dispute: &Pubkey, author: Pubkey, hash: [u8; 32]) -> Instruction {
    const TAG: [u8; 8] = tag("file_evidence");
    build(TAG, &hash, vec![signer(author), readonly(*dispute)])
}

/// Brings a dispute as far as time and votes allow: past its deadlines, to its outcome, to its end. Needs no signature
/// but the fee payer's.
pub fn advance_dispute(dispute: &DisputeAddresses) -> Instruction {
    const TAG: [u8; 8] = tag("advance_dispute");
    build(
        TAG,
        &(),
        vec![
            writable(dispute.network.network),
            writable(dispute.provider),
            writable(dispute.dispute),
            optional(dispute.claim),
            writable(dispute.fault),
            optional(dispute.assignment),
        ],
    )
}

/// Pays for an appeal against a verdict; the losing side's full part holds it.
pub fn fund_appeal(dispute: &DisputeAddresses, input: FundAppeal) -> Instruction {
    fund_appeal_at(dispute, dispute.appeal_share(&input.contributor, input.side), input)
}

/// [`fund_appeal`] when the address of the contributor's share is known.
pub fn fund_appeal_at(dispute: &DisputeAddresses, share: Pubkey, input: FundAppeal) -> Instruction {
    const TAG: [u8; 8] = tag("fund_appeal");
    let mut accounts =
        vec![payer(input.contributor), writable(dispute.network.network), writable(dispute.dispute), writable(share)];
    accounts.extend(into_escrow(dispute, input.from));
    accounts.push(readonly(SYSTEM_PROGRAM));
    build(TAG, &(input.side as u8, input.amount), accounts)
}

/// Rules as the network's arbiter: 0 dismisses, else a severity that a jury found or the challenger claimed.
pub fn rule_dispute(dispute: &DisputeAddresses, arbiter: Pubkey, severity: u8) -> Instruction {
    const TAG: [u8; 8] = tag("rule_dispute");
    let accounts = vec![signer(arbiter), writable(dispute.network.network), writable(dispute.dispute)];
    build(TAG, &severity, accounts)
}

/// Opens a dispute whose fault two signed results of one seat prove; [`signed_results`] must stand in the same
/// transaction. Both fit into one without compute-budget instructions.
pub fn prove_fault(dispute: &DisputeAddresses, input: &ProveFault) -> Instruction {
    const TAG: [u8; 8] = tag("prove_fault");
    let [first, second] = input.results;
    let [from, vault, mint, token_program] = into_escrow(dispute, input.from);
    build(
        TAG,
        &ProveFaultArgs { first, second, bond: input.bond },
        vec![
            payer(input.challenger),
            writable(dispute.network.network),
            writable(dispute.provider),
            optional(dispute.assignment),
            readonly(input.job),
            writable(dispute.dispute),
            optional(dispute.claim),
            writable(dispute.fault),
            from,
            vault,
            readonly(INSTRUCTIONS_SYSVAR),
            mint,
            token_program,
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// The signatures of an operator under two results of a seat, for the runtime to verify; `created_slot` is the job's.
/// Layout: count, padding, two records of seven offsets, the key, then signature and message of each.
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
