//! What a provider remembers of an epoch, and which epochs it remembers.
//!
//! The first touch of an epoch copies the live values *before* it changes them (copy on first touch). Epochs
//! that nobody touched had no change, so the next touch writes the same values for them: a pool untouched for
//! seven epochs has the same records as one touched in each (epoch-record-1).

use crate::{
    RECORD_RING,
    mul_div::mul_div_floor,
    pool::Pool,
    units::{Amount, Bps, Epoch, Shares},
};

/// A provider's stake at the beginning of an epoch (epoch-record-1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Own principal with unbonding stake: the base of slashes.
    pub own_total: Amount,
    /// Delegated principal with unbonding stake: the base of slashes.
    pub delegated_total: Amount,
    /// Own principal that is not leaving: weight and fees.
    pub own_staked: Amount,
    /// The least of it that stayed all through the epoch: emission.
    pub own_kept: Amount,
    /// Delegated principal that is not leaving: weight and rewards.
    pub delegated_staked: Amount,
    /// Delegated shares that earn; the divisor of the epoch's delegated reward.
    pub delegated_shares: Shares,
    /// Commission of the epoch.
    pub commission: Bps,
}

impl Snapshot {
    /// Of the live pools.
    #[inline]
    pub fn of(own: &Pool, delegated: &Pool, commission: Bps) -> Self {
        Self {
            own_total: own.tokens,
            delegated_total: delegated.tokens,
            own_staked: own.staked(),
            own_kept: own.staked(),
            delegated_staked: delegated.staked(),
            delegated_shares: delegated.staked_shares(),
            commission,
        }
    }
}

/// Whether an epoch's record still exists at `now`, so that it can be weighed and settled: it and the seven
/// after it.
#[inline]
pub const fn is_kept(epoch: Epoch, now: Epoch) -> bool {
    epoch.0 <= now.0 && now.since(epoch) < RECORD_RING
}

/// The oldest epoch whose record exists at `now`.
#[inline]
pub const fn oldest_kept(now: Epoch) -> Epoch {
    Epoch(now.0.saturating_sub(RECORD_RING.saturating_sub(1)))
}

/// Whether an epoch's account can be opened at `now`: the running epoch, and the eight that ended last.
#[inline]
pub const fn can_open(epoch: Epoch, now: Epoch) -> bool {
    epoch.0 <= now.0 && now.since(epoch) <= RECORD_RING
}

/// The oldest epoch whose account can be opened at `now`.
#[inline]
pub const fn oldest_open(now: Epoch) -> Epoch {
    Epoch(now.0.saturating_sub(RECORD_RING))
}

/// Whether an epoch can be swept at `now`: nothing of it can be settled any more (epoch-sweep-1).
#[inline]
pub const fn can_sweep(epoch: Epoch, now: Epoch) -> bool {
    now.since(epoch) > RECORD_RING
}

/// Which epoch must be finalized next: the one after the last, or the oldest that can still be opened when
/// that is gone.
///
/// Finalizing in order is what lets a settlement pass the epochs before it: none of them can be weighed any
/// more.
#[inline]
pub const fn next_to_finalize(recorded: Epoch, now: Epoch) -> Epoch {
    recorded.max(Epoch(now.0.saturating_sub(RECORD_RING)))
}

/// Position of an epoch in a ring.
#[inline]
pub const fn slot(epoch: Epoch, ring: u32) -> usize {
    match epoch.0.checked_rem(ring) {
        // A ring is at most 16 long, so the slot fits every usize.
        #[allow(clippy::cast_possible_truncation)]
        Some(slot) => slot as usize,
        None => 0,
    }
}

/// `floor(amount * part / whole)`, zero when the whole is zero.
#[inline]
pub(crate) fn share_floor(amount: Amount, part: u64, whole: u64) -> Amount {
    Amount(mul_div_floor(amount.0, part, whole).unwrap_or(0))
}
