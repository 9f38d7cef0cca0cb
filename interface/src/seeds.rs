//! Seeds of every derived address. Numbers are little-endian.

/// `network`, creator, id u64.
pub const NETWORK: &[u8] = b"network";
/// `reward_vault`, network: rewards settled or about to be, not yet claimed.
pub const REWARD_VAULT: &[u8] = b"reward_vault";
/// `escrow_vault`, network: job fees, bonds and locks.
pub const ESCROW_VAULT: &[u8] = b"escrow_vault";
/// `insurance_vault`, network.
pub const INSURANCE_VAULT: &[u8] = b"insurance_vault";
/// `keeper_vault`, network: bounties of cranks.
pub const KEEPER_VAULT: &[u8] = b"keeper_vault";
/// `treasury_vault`, network.
pub const TREASURY_VAULT: &[u8] = b"treasury_vault";
/// `reserve_vault`, network: what Reserve mode emits from.
pub const RESERVE_VAULT: &[u8] = b"reserve_vault";
/// `stake_vault`, provider: the principal of one provider and its delegators.
pub const STAKE_VAULT: &[u8] = b"stake_vault";
/// `provider`, network, owner.
pub const PROVIDER: &[u8] = b"provider";
/// `delegation`, provider, delegator.
pub const DELEGATION: &[u8] = b"delegation";
/// `unbonding`, delegation, number u32.
pub const UNBONDING: &[u8] = b"unbonding";
/// `epoch`, network, epoch u32.
pub const EPOCH: &[u8] = b"epoch";
/// `param_change`, network, number u32.
pub const PARAM_CHANGE: &[u8] = b"param_change";
