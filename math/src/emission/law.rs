//! Which law an epoch emits by.

use super::{FEE_EPOCHS, Rate, less_fees, of_rate};
use crate::units::{Amount, Ppm};

/// What an epoch emits before any cap, keepers' and all other parts included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// The same amount in each epoch.
    Fixed(Amount),
    /// What a rate makes of the supply, less what gives way to fees.
    Target {
        /// Tokens in existence, or in circulation where a reserve is emitted from.
        supply: Amount,
        /// The epoch's rate.
        rate: Rate,
        /// The highest rate that the network allows.
        ceiling: Rate,
        /// How much of what fees took the emission gives way by.
        fee_part: Ppm,
    },
}

impl Law {
    /// What an epoch of so many seconds emits by the law alone.
    pub fn whole(&self, epoch_secs: u32) -> Amount {
        match *self {
            Self::Fixed(amount) => amount,
            Self::Target { supply, rate, .. } => of_rate(supply, rate, epoch_secs),
        }
    }

    /// The same, once it has given way to what fees took in the last epochs.
    pub fn less_fees(&self, whole: Amount, taken: &[u64; FEE_EPOCHS]) -> Amount {
        match *self {
            Self::Fixed(_) => whole,
            Self::Target { fee_part, .. } => less_fees(whole, taken, fee_part),
        }
    }

    /// The most that the law ever lets an epoch of so many seconds emit.
    pub fn most(&self, epoch_secs: u32) -> Amount {
        match *self {
            Self::Fixed(amount) => amount,
            Self::Target { supply, ceiling, .. } => of_rate(supply, ceiling, epoch_secs),
        }
    }
}
