//! Hard bounds that no governance can move.

/// Shortest epoch: 6 hours.
pub const MIN_EPOCH_SECS: u32 = 6 * 3_600;
/// Longest epoch: 30 days.
pub const MAX_EPOCH_SECS: u32 = 30 * 86_400;
/// Shortest weigh window: 10 minutes, so that nobody can weigh himself and finalize in one breath (R H1).
pub const MIN_WEIGH_SECS: u32 = 600;
/// Own rewards become free over at most this many epochs, one less than the vesting ring.
pub const MAX_VESTING_EPOCHS: u32 = 7;
/// Longest unbonding time: 365 days.
pub const MAX_UNBONDING_SECS: u32 = 365 * 86_400;
/// Highest leverage cap.
pub const MAX_LEVERAGE: u32 = 64;
/// Keepers get at most 15 % of the emission (R M21).
pub const MAX_KEEPER_SHARE_PPM: u32 = 150_000;
/// A tier multiplies a weight by at most 1.5.
pub const MAX_TIER_BPS: u16 = 15_000;
/// A bounty is at most this part of what the minimum stake earns in an epoch: 1 % (R H9).
pub const BOUNTY_PART_OF_MINIMUM_REWARD: u64 = 100;
/// A lot pays for its own activation once its reward covers the bounty this many times (R C9).
pub const ACTIVATION_COVER: u64 = 10;
/// Epochs in which the minimum delegation must earn that much (R C9).
pub const ACTIVATION_EPOCHS: u64 = 8;
/// Smallest minimum delegation and minimum self-stake: 2^20 base units, so that every pool can be rewarded (R M16).
pub const MIN_MINIMUM_STAKE: u64 = 1 << 20;
/// Unbonding tickets of one position whose shares are still in the pool; a further request joins the newest (R M7).
pub const MAX_LIVE_TICKETS: u8 = 8;
/// Open claims of one provider.
pub const MAX_CLAIMS: usize = 4;
/// Providers in one weigh or settle instruction.
pub const MAX_BATCH: usize = 24;
/// Longest pause of the entrances: 7 days; the next may begin 7 days after it ended (R H13).
pub const MAX_PAUSE_SECS: i64 = 7 * 86_400;
/// A new guardian or arbiter waits 3 days before it can accept (R L9).
pub const AUTHORITY_DELAY_SECS: i64 = 3 * 86_400;
/// An empty position may be closed by anybody after 30 days; its rent returns to its owner.
pub const CLOSE_BY_ANYBODY_SECS: i64 = 30 * 86_400;
/// A closed provider's address may be used again 90 epochs after it retired (R M24).
pub const CLOSE_PROVIDER_EPOCHS: u32 = 90;
/// One governance step changes an economic or safety parameter by at most a fifth.
pub const MAX_STEP_PART: u64 = 5;
/// Delay of a change that touches keeper bounties only: 1 day.
pub const COSMETIC_DELAY_SECS: i64 = 86_400;
/// Delay of a change of economic parameters: 3 days.
pub const ECONOMIC_DELAY_SECS: i64 = 3 * 86_400;
/// A parameter change that nobody executed expires 14 days after it could have been.
pub const EXECUTION_WINDOW_SECS: i64 = 14 * 86_400;
