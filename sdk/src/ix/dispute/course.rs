//! What parties and the arbiter sign while a dispute lasts, and the crank that brings it further.

use {
    crate::{addresses::DisputeAddresses, ix::*, math::dispute::Side},
    work_token_interface::state::VaultKind,
};

/// Inputs of [`answer_dispute`].
#[derive(Clone, Copy, Debug)]
pub struct AnswerDispute {
    /// Who answers and pays: the provider, or anybody for it.
    pub answerer: Pubkey,
    /// Its token account that the counter-bond comes from.
    pub from: Pubkey,
    /// Added to the provider's counter-bond, which must cover what the claims required; 0 when it does. Base
    /// units.
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

/// Gives one's own claim up, that at `place` among the challengers': for a tenth of the bond before the
/// answer, as if dismissed after it.
pub fn withdraw_dispute(dispute: &DisputeAddresses, challenger: Pubkey, place: u8) -> Instruction {
    const TAG: [u8; 8] = tag("withdraw_dispute");
    let accounts = vec![signer(challenger), writable(dispute.network.network), writable(dispute.dispute)];
    build(TAG, &place, accounts)
}

/// Files the hash of further evidence. Anybody signs.
pub fn file_evidence(dispute: &Pubkey, author: Pubkey, hash: [u8; 32]) -> Instruction {
    const TAG: [u8; 8] = tag("file_evidence");
    build(TAG, &hash, vec![signer(author), readonly(*dispute)])
}

/// Brings a dispute as far as time and votes allow: past its deadlines, to its outcome, to its end. Needs no
/// signature but the fee payer's.
pub fn advance_dispute(dispute: &DisputeAddresses) -> Instruction {
    const TAG: [u8; 8] = tag("advance_dispute");
    build(
        TAG,
        &(),
        vec![
            writable(dispute.network.network),
            writable(dispute.provider),
            writable(dispute.dispute),
            writable(dispute.claim),
            writable(dispute.fault),
            optional(dispute.assignment),
        ],
    )
}

/// Pays for an appeal against a verdict, or to defend it; an appellant's full part holds it.
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

/// Rules as the network's arbiter: a severity that a jury found; where none decided, 0 to dismiss, or what is
/// claimed up to its own most.
pub fn rule_dispute(dispute: &DisputeAddresses, arbiter: Pubkey, severity: u8) -> Instruction {
    const TAG: [u8; 8] = tag("rule_dispute");
    let accounts =
        vec![signer(arbiter), writable(dispute.network.network), writable(dispute.provider), writable(dispute.dispute)];
    build(TAG, &severity, accounts)
}
