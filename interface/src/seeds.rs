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
/// `delegation`, provider, delegator; the owner's own position: `delegation`, provider, provider, so that it
/// stays where it is when the provider is handed over.
pub const DELEGATION: &[u8] = b"delegation";
/// `unbonding`, delegation, number u32.
pub const UNBONDING: &[u8] = b"unbonding";
/// `epoch`, network, epoch u32.
pub const EPOCH: &[u8] = b"epoch";
/// `param_change`, network, number u32.
pub const PARAM_CHANGE: &[u8] = b"param_change";
/// `param_draft`, network, author, sha256 of the set.
pub const PARAM_DRAFT: &[u8] = b"param_draft";
/// `job_class`, network, class u8.
pub const JOB_CLASS: &[u8] = b"job_class";
/// `model`, network, name in 32 bytes.
pub const MODEL: &[u8] = b"model";
/// `client`, network, owner.
pub const CLIENT: &[u8] = b"client";
/// `job`, network, client's owner, number u64.
pub const JOB: &[u8] = b"job";
/// `assignment`, job, seat u8.
pub const ASSIGNMENT: &[u8] = b"assignment";
/// `offer`, provider.
pub const OFFER: &[u8] = b"offer";
/// `queue_entry`, network, number u64.
pub const QUEUE_ENTRY: &[u8] = b"queue_entry";
/// `handover`, provider.
pub const HANDOVER: &[u8] = b"handover";
/// `beneficiary`, provider.
pub const BENEFICIARY: &[u8] = b"beneficiary";
/// `attester`, network, owner.
pub const ATTESTER: &[u8] = b"attester";
/// `attester_roster`, network.
pub const ATTESTER_ROSTER: &[u8] = b"attester_roster";
/// `scores`, network, epoch u32, shard u16.
pub const SCORES: &[u8] = b"scores";
/// `dispute`, assignment or provider, number u32.
pub const DISPUTE: &[u8] = b"dispute";
/// `opening`, challenger, hash of what is opened.
pub const OPENING: &[u8] = b"opening";
/// `claim`, provider, number u32.
pub const CLAIM: &[u8] = b"claim";
/// `fault`, provider, epoch u32.
pub const FAULT: &[u8] = b"fault";
/// `ballot`, dispute, jury u8, seat u8.
pub const BALLOT: &[u8] = b"ballot";
/// `juror`, network, owner.
pub const JUROR: &[u8] = b"juror";
/// `appeal`, dispute, owner, side u8.
pub const APPEAL: &[u8] = b"appeal";
