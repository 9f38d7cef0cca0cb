//! Inertia of a voice: what of it may vote, and what still waits.
//!
//! That no stake is in two votes is the core's doing: it silences a voice that passes to another voter. Here
//! a voice that grows waits, so that stake that came after a proposal does not vote on it; one that shrinks
//! does so at once (vote-inertia-1). Only one increase waits: what comes meanwhile begins to wait when that
//! has ripened, so that neither dust restarts the wait nor fresh stake rides on an old one.
//!
//! Looks of others than the holder take away only what none of them found for a whole wait (vote-update-2).
//!
//! A voice is counted in whatever it is made of: a position that votes itself in shares, which grow and fall
//! by nobody's price, a provider's owner in base units.

use crate::{
    mul_div::mul_div_ceil,
    units::{Amount, Ppm, UnixTs},
};

stored! {
    $
    /// What of a voice may vote, and what still waits.
    pub struct Inertia, inertia_fields {
        /// What has waited.
        pub counts: u64 as u64,
        /// What waits, and counts from `ripe_ts` on.
        pub waiting: u64 as u64,
        /// Meaningless while nothing waits. Unix seconds.
        pub ripe_ts: i64 as i64,
        /// The most that others found since `low_since_ts`, less than counts and waits.
        pub low: u64 as u64,
        /// Since when they find less than that; 0 while they do not. Unix seconds.
        pub low_since_ts: i64 as i64,
    }
}

impl Inertia {
    /// What a voice of `whole` makes of it: what is gone counts no more, and neither what of the increase is
    /// gone; an increase that is ripe counts; a further one begins to wait for `wait_secs`. Exact.
    #[inline]
    pub fn observe(self, whole: u64, now: UnixTs, wait_secs: i64) -> Self {
        let Self { counts, waiting, ripe_ts, .. } = self.at_most(whole);
        let ripens = waiting != 0 && now.has_reached(ripe_ts);
        if !ripens && waiting != 0 {
            return Self { counts, waiting, ripe_ts, ..Self::default() };
        }
        let counts = counts.saturating_add(waiting);
        let waiting = whole.saturating_sub(counts);
        let ripe_ts = if waiting == 0 { 0 } else { now.0.saturating_add(wait_secs) };
        Self { counts, waiting, ripe_ts, ..Self::default() }
    }

    /// What is stored when somebody else than the holder finds a voice of `whole`: as much as is stored may
    /// ripen and begin to wait. Of less the beginning is noted, and nothing is lost; from a look on that is
    /// `wait_secs` later all is lost that was found at none since (vote-update-2).
    pub fn observe_for_another(self, whole: u64, now: UnixTs, wait_secs: i64) -> Self {
        let begun = Self { low: whole, low_since_ts: now.0, ..self };
        let most = self.low.max(whole);
        if whole >= self.all() {
            self.observe(whole, now, wait_secs)
        } else if self.low_since_ts == 0 {
            begun
        } else if !now.has_reached(self.low_since_ts.saturating_add(wait_secs)) {
            Self { low: most, ..self }
        } else if whole < most {
            begun.at_most(most)
        } else {
            self.observe(whole, now, wait_secs)
        }
    }

    /// What may vote of a voice of which `heard` is not silent.
    #[inline]
    pub fn weight(&self, heard: u64) -> u64 {
        self.counts.min(heard)
    }

    /// Without what a voice of `whole` does not have: of what waits first.
    #[inline]
    fn at_most(self, whole: u64) -> Self {
        let counts = self.counts.min(whole);
        Self { counts, waiting: self.waiting.min(whole.saturating_sub(counts)), ..self }
    }

    /// What counts and what waits.
    #[inline]
    fn all(&self) -> u64 {
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
