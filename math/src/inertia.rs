//! Inertia of a voice: what of it may vote, and what still waits.
//!
//! That no stake is in two votes is the core's doing: it silences a voice that passes to another voter. Here
//! a voice that grows waits, so that stake that came after a proposal does not vote on it; one that shrinks
//! does so at once (vote-inertia-1). Only one increase waits: what comes meanwhile begins to wait when that
//! has ripened, so that neither dust restarts the wait nor fresh stake rides on an old one.

use crate::{
    mul_div::mul_div_ceil,
    units::{Amount, Ppm, UnixTs},
};

stored! {
    $
    /// What of a voice may vote, and what still waits.
    pub struct Inertia, inertia_fields {
        /// What has waited. Base units.
        pub counts: Amount as u64,
        /// What waits, and counts from `ripe_ts` on. Base units.
        pub waiting: Amount as u64,
        /// Meaningless while nothing waits. Unix seconds.
        pub ripe_ts: i64 as i64,
    }
}

impl Inertia {
    /// What a voice of `whole` makes of it: what is gone counts no more, and neither what of the increase is
    /// gone; an increase that is ripe counts; a further one begins to wait for `wait_secs`. Exact.
    #[inline]
    pub fn observe(self, whole: Amount, now: UnixTs, wait_secs: i64) -> Self {
        let counts = self.counts.min(whole);
        let room = whole.saturating_sub(counts);
        let waiting = self.waiting.min(room);
        let ripens = !waiting.is_zero() && now.has_reached(self.ripe_ts);
        if !ripens && !waiting.is_zero() {
            return Self { counts, waiting, ..self };
        }
        let counts = counts.saturating_add(waiting);
        let waiting = whole.saturating_sub(counts);
        let ripe_ts = if waiting.is_zero() { 0 } else { now.0.saturating_add(wait_secs) };
        Self { counts, waiting, ripe_ts }
    }

    /// What is stored of what somebody else than the holder saw: it may ripen and begin to wait, and nothing
    /// of it is lost; where something would be, all stays as it is (vote-update-2).
    #[inline]
    pub fn unless_less(self, seen: Self) -> Self {
        if seen.counts < self.counts || seen.all() < self.all() { self } else { seen }
    }

    /// What may vote of a voice of which `voiced` is not silent.
    #[inline]
    pub fn weight(&self, voiced: Amount) -> Amount {
        self.counts.min(voiced)
    }

    /// What counts and what waits.
    #[inline]
    fn all(&self) -> Amount {
        self.counts.saturating_add(self.waiting)
    }
}

/// The weight that a realm's thresholds are parts of: the largest stake of the last epochs, and no less than
/// a part of the supply, so that where little stake was weighed a vote is not won by a little (vote-max-1).
/// Rounds up.
pub fn maximum_weight(largest: Amount, supply: Amount, least: Ppm) -> Amount {
    let part = mul_div_ceil(supply.0, u64::from(least.0), 1_000_000).unwrap_or(supply.0);
    largest.max(Amount(part))
}
