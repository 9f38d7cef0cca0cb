//! Units as types: two scales can never meet in one expression by accident.

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "bytemuck", derive(bytemuck::Pod, bytemuck::Zeroable))]
        #[repr(transparent)]
        pub struct $name(pub $inner);

        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(0);

            /// Sum, or `None` beyond the type.
            #[inline]
            pub const fn checked_add(self, other: Self) -> Option<Self> {
                match self.0.checked_add(other.0) {
                    Some(sum) => Some(Self(sum)),
                    None => None,
                }
            }

            /// Difference, or `None` below zero.
            #[inline]
            pub const fn checked_sub(self, other: Self) -> Option<Self> {
                match self.0.checked_sub(other.0) {
                    Some(rest) => Some(Self(rest)),
                    None => None,
                }
            }

            /// Sum, clamped to the type. For exit paths, which may not fail.
            #[inline]
            pub const fn saturating_add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }

            /// Difference, clamped to zero. For exit paths, which may not fail.
            #[inline]
            pub const fn saturating_sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }

            /// Whether this is zero.
            #[inline]
            pub const fn is_zero(self) -> bool {
                self.0 == 0
            }

            /// The smaller of two.
            #[inline]
            pub const fn min(self, other: Self) -> Self {
                if self.0 < other.0 { self } else { other }
            }

            /// The larger of two.
            #[inline]
            pub const fn max(self, other: Self) -> Self {
                if self.0 > other.0 { self } else { other }
            }
        }
    };
}

unit! {
    /// Tokens in base units. Always below 2^60 ([`crate::MAX_SUPPLY`]).
    Amount(u64)
}
unit! {
    /// Claims on a stake pool. Below 2^64 because a pool has at most 16 shares per token at a deposit.
    Shares(u64)
}
unit! {
    /// Hundredths of a percent: 10,000 is the whole.
    Bps(u16)
}
unit! {
    /// Millionths: 1,000,000 is the whole.
    Ppm(u32)
}
unit! {
    /// Rewards per share since the beginning, as Q64.64. Differences stay below 2^124.
    IndexX64(u128)
}
unit! {
    /// Number of an epoch: a function of the clock, never a counter that somebody increments.
    Epoch(u32)
}

impl Bps {
    /// The whole: 10,000.
    pub const ONE: u64 = 10_000;
}

impl Ppm {
    /// The whole: 1,000,000.
    pub const ONE: u64 = 1_000_000;
}

impl Epoch {
    /// The epoch after this one (the last epoch follows itself; it is 11 million years away).
    #[inline]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// How many epochs lie between an earlier epoch and this one; 0 if it is not earlier.
    #[inline]
    pub const fn since(self, earlier: Self) -> u32 {
        self.0.saturating_sub(earlier.0)
    }
}

impl IndexX64 {
    /// From the 16 little-endian bytes that accounts store.
    #[inline]
    pub const fn from_le_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_le_bytes(bytes))
    }

    /// To the 16 little-endian bytes that accounts store.
    #[inline]
    pub const fn to_le_bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }
}

/// Unix time. Seconds. A name that ends in `_ts` holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct UnixTs(pub i64);

/// Work time: unix time less the recorded outages, so that every open deadline moves with them. Seconds. A
/// name that ends in `_work_ts` holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct WorkTs(pub i64);

impl UnixTs {
    /// The work time at this time, after so many seconds of outages.
    #[inline]
    pub const fn less_outages(self, outage_secs: i64) -> WorkTs {
        WorkTs(self.0.saturating_sub(outage_secs))
    }

    /// Whether a deadline in unix time has come. A window `[start, end)` is over at its end.
    #[inline]
    pub const fn has_reached(self, deadline_ts: i64) -> bool {
        self.0 >= deadline_ts
    }
}

impl WorkTs {
    /// The unix time at which it was this work time, after so many seconds of outages.
    #[inline]
    pub const fn with_outages(self, outage_secs: i64) -> UnixTs {
        UnixTs(self.0.saturating_add(outage_secs))
    }

    /// Whether a deadline in work time has come. A window `[start, end)` is over at its end.
    #[inline]
    pub const fn has_reached(self, deadline_work_ts: i64) -> bool {
        self.0 >= deadline_work_ts
    }

    /// A deadline so many seconds later, as accounts keep it.
    #[inline]
    pub const fn after_secs(self, secs: u32) -> i64 {
        self.0.saturating_add(secs as i64)
    }
}
