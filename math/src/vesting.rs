//! Own rewards and commission become free linearly, so that those of a faulty epoch can be confiscated first
//! (provider-reward-1).

use crate::{mul_div::mul_div_floor, units::Amount};

/// One epoch's own reward on its way to its owner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vesting {
    /// When it begins to become free: the end of the epoch that earned it. Unix seconds.
    pub starts_at_ts: i64,
    /// How long until all of it is free. Stored in seconds, so a later change of the epoch length cannot
    /// shorten it.
    pub duration_secs: u32,
    /// The whole.
    pub amount: Amount,
    /// What has already been taken.
    pub taken: Amount,
}

impl Vesting {
    /// What is free and not yet taken: `floor(amount * elapsed / duration) - taken`. Largest product: 2^60 *
    /// 2^32.
    #[inline(never)]
    pub fn free(&self, now_ts: i64) -> Amount {
        let elapsed = u64::try_from(now_ts.saturating_sub(self.starts_at_ts)).unwrap_or(0);
        let duration = u64::from(self.duration_secs);
        let vested = if elapsed >= duration {
            self.amount
        } else {
            Amount(mul_div_floor(self.amount.0, elapsed, duration).unwrap_or(0))
        };
        vested.saturating_sub(self.taken)
    }

    /// What is still in the entry: free or not.
    #[inline]
    pub fn left(&self) -> Amount {
        self.amount.saturating_sub(self.taken)
    }

    /// When all of it is free.
    pub fn ends_at_ts(&self) -> i64 {
        self.starts_at_ts.saturating_add(i64::from(self.duration_secs))
    }

    /// An entry that makes room for a newer one: what is free goes to the owner, what is not yet free joins
    /// the newer entry. Returns the freed part and the newer entry's amount.
    pub fn replaced_by(&self, amount: Amount, now_ts: i64) -> (Amount, Amount) {
        let free = self.free(now_ts);
        let unvested = self.left().saturating_sub(free);
        (free, amount.saturating_add(unvested))
    }
}
