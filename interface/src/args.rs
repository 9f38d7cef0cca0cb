//! Instruction arguments that are more than a few numbers.

use crate::{
    Address,
    limits::{MAX_JOB_CLASSES, MAX_REDUNDANCY, MODEL_NAME, MODEL_URI},
    state::DRAFT_PART,
};

/// Arguments of `create_network`.
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::IdlType, anchor_lang::AnchorSerialize, anchor_lang::AnchorDeserialize)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshSerialize, borsh::BorshDeserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreateNetworkArgs {
    /// The creator's number for this network; part of its address.
    pub id: u64,
    /// 0 Mint, 1 Reserve.
    pub emission_mode: u8,
    /// Bit 0: a mint with a freeze authority is accepted.
    pub flags: u8,
    /// Bumps of the six vaults' addresses, in the order reward, escrow, insurance, keeper, treasury, reserve.
    pub vault_bumps: [u8; 6],
    /// Governance authority.
    pub admin: Address,
    /// May pause the entrances.
    pub guardian: Address,
    /// Last resort of disputes.
    pub arbiter: Address,
}

/// Arguments of `draft_params`.
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::IdlType, anchor_lang::AnchorSerialize, anchor_lang::AnchorDeserialize)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshSerialize, borsh::BorshDeserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftParamsArgs {
    /// sha256 of the complete set.
    pub hash: [u8; 32],
    /// Which part of the set follows, from 0.
    pub part: u8,
    /// Its bytes.
    pub bytes: [u8; DRAFT_PART],
}

/// Arguments of `register_provider`.
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::IdlType, anchor_lang::AnchorSerialize, anchor_lang::AnchorDeserialize)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshSerialize, borsh::BorshDeserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegisterProviderArgs {
    /// Hot key without power over funds; not the owner.
    pub operator: Address,
    /// Token account that the owner's rewards go to by default.
    pub reward_destination: Address,
    /// Hash of the document that describes the provider.
    pub metadata_hash: [u8; 32],
    /// Part of the delegators' rewards that the provider keeps; at most 5,000.
    pub commission_bps: u16,
    /// Bump of the stake vault's address.
    pub vault_bump: u8,
    /// Bump of the own position's address.
    pub delegation_bump: u8,
}

/// Arguments of `accept_owner`: what the new owner sets, and how the provider must be for it to accept.
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::IdlType, anchor_lang::AnchorSerialize, anchor_lang::AnchorDeserialize)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshSerialize, borsh::BorshDeserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcceptOwnerArgs {
    /// Hot key without power over funds; not the new owner.
    pub operator: Address,
    /// Token account that the owner's rewards go to by default.
    pub reward_destination: Address,
    /// Least own stake that is not leaving. Base units.
    pub min_own_staked: u64,
    /// Most that open claims and slash debt may take of it. Base units.
    pub max_liabilities: u64,
    /// Most that a beneficiary may still be paid. Base units.
    pub max_quota: u64,
    /// Most seats that are not paid, expired or given back: the former operator works on them.
    pub max_open_seats: u32,
    /// Its state. See `ProviderState`.
    pub state: u8,
}

/// Arguments of `create_job`.
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::IdlType, anchor_lang::AnchorSerialize, anchor_lang::AnchorDeserialize)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshSerialize, borsh::BorshDeserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreateJobArgs {
    /// Fee of each seat, or its ceiling. Base units.
    pub fee: u64,
    /// Price of a metered second; zero for a fixed fee.
    pub price_per_sec: u64,
    /// Working time, from acceptance to submission. Seconds.
    pub work_secs: u32,
    /// Hash of the input.
    pub input_hash: [u8; 32],
    /// The client's hot key: keeps a meter running and stops it. May be the client.
    pub operator: Address,
    /// Token account that refunds go to.
    pub refund_account: Address,
    /// Version of the model that the job shall run; zero for none.
    pub model_version: u32,
    /// Bump of the job's address.
    pub job_bump: u8,
    /// Bumps of the assignments' addresses, by seat; those beyond the class's redundancy are ignored.
    pub assignment_bumps: [u8; MAX_REDUNDANCY],
}

/// Arguments of `set_model`.
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::IdlType, anchor_lang::AnchorSerialize, anchor_lang::AnchorDeserialize)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshSerialize, borsh::BorshDeserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetModelArgs {
    /// The model's name, zero-padded; part of its address.
    pub name: [u8; MODEL_NAME],
    /// Hash of what runs; another one than the present is another version.
    pub hash: [u8; 32],
    /// See `ModelStatus`.
    pub status: u8,
    /// Bytes of the URI.
    pub uri_len: u8,
    /// Where it can be had, zero-padded.
    pub uri: [u8; MODEL_URI],
}

/// Arguments of `set_offer`.
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::IdlType, anchor_lang::AnchorSerialize, anchor_lang::AnchorDeserialize)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshSerialize, borsh::BorshDeserialize))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetOfferArgs {
    /// Classes served, bit by class.
    pub classes: u16,
    /// Lowest that a job of a class can pay in the time it asks for. Base units.
    pub floors: [u64; MAX_JOB_CLASSES],
    /// Shortest working time per class. Seconds.
    pub least_work_secs: [u32; MAX_JOB_CLASSES],
}

/// Arguments of `open_dispute`.
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::IdlType, anchor_lang::AnchorSerialize, anchor_lang::AnchorDeserialize)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshSerialize, borsh::BorshDeserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenDisputeArgs {
    /// See `DisputeKind`.
    pub kind: u8,
    /// The severity claimed.
    pub severity: u8,
    /// Epoch of the conduct; 0 for a seat, whose fault's is that of acceptance.
    pub epoch: u32,
    /// Leaves the claim out of the bond: a client on its own job (dispute-bond-2).
    pub without_claim: bool,
    /// Hash of the evidence.
    pub evidence: [u8; 32],
    /// Salt of the commitment.
    pub salt: [u8; 32],
}

/// Arguments of `prove_fault`: two results of one seat that its operator signed.
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::IdlType, anchor_lang::AnchorSerialize, anchor_lang::AnchorDeserialize)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshSerialize, borsh::BorshDeserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProveFaultArgs {
    /// One result.
    pub first: [u8; 32],
    /// The other.
    pub second: [u8; 32],
}
