//! Instruction arguments that are more than a few numbers.

use crate::{Address, state::NetworkParams};

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
    /// The parameters.
    pub params: NetworkParams,
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
