//! What a pool has kept since claims began to be held against it.

use crate::math::dispute::Kept;

part! {
    /// What is left of a pool's stake since claims began to be held against it; see `math::dispute::Kept`.
    pub struct KeptState {
        /// From 2^63 on; 0 while no claim is open.
        pub mantissa: u64,
        /// Bits by which it was shifted left.
        pub halvings: u32,
        /// Unused.
        pub padding: u32,
    }
}

impl KeptState {
    /// As the economics have it.
    #[inline]
    pub fn get(&self) -> Kept {
        Kept { mantissa: self.mantissa, halvings: self.halvings }
    }

    /// Of the economics.
    pub fn of(kept: Kept) -> Self {
        Self { mantissa: kept.mantissa, halvings: kept.halvings, padding: 0 }
    }
}
