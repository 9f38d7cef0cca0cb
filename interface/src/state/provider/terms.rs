//! What an epoch's steps need to know, and what they did.

use crate::{
    math::{Amount, Epoch, EpochClock, reward::Split},
    state::PaidWork,
};

/// What a provider's books need to know of its network at a time.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Now. Unix seconds.
    pub now_ts: i64,
    /// The epoch now.
    pub epoch: Epoch,
    /// The network's clock.
    pub clock: EpochClock,
}

/// What a settlement needs to know of its epoch.
#[derive(Clone, Copy, Debug)]
pub struct SettleTerms {
    /// The emission that the weights share.
    pub emission: Amount,
    /// Sum of the weights.
    pub total_weight: u64,
    /// What is paid for work beside fees.
    pub work: PaidWork,
    /// The epoch's leverage cap.
    pub leverage: u32,
    /// The epoch's end. Unix seconds.
    pub ends_at_ts: i64,
    /// How long own rewards of the epoch take to become free. Seconds.
    pub vesting_secs: u32,
    /// Now. Unix seconds.
    pub now_ts: i64,
}

/// What a touch did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Epochs that left the ring with a weight that was never settled; their rewards return to the network at
    /// the sweep.
    pub lost_epochs: u32,
    /// Fees of epochs that left the ring, shared by their own records.
    pub fees: Amount,
}

/// What weighing a provider brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProviderWeighed {
    /// Stake before the share cap.
    pub stake: Amount,
    /// Weight that shares the emission.
    pub weight: u64,
    /// Weight in the draws of the epoch after the next, and the place it is for.
    pub leaf: Option<(u16, u64)>,
    /// Of the stake, what got weight: without own stake that left within the epoch, and nothing without
    /// weight.
    pub stake_weighted: Amount,
    /// Of the stake, all where attesters' reports had a value for the provider, else nothing.
    pub stake_attested: Amount,
    /// What the fees of strangers' jobs burned in the epoch.
    pub burned: u64,
    /// What of them comes back.
    pub burn_back: u64,
    /// Units of work that count.
    pub units: u64,
    /// Burned fees that leave the provider's books.
    pub burn_due: u64,
    /// The treasury's part of fees that leaves the provider's books.
    pub treasury_due: u64,
}

/// One provider's settlement of one epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// The provider's part of the emission, by weight.
    pub emission: Amount,
    /// Its part of the emission, by units.
    pub by_units: Amount,
    /// What comes back to it of burned fees.
    pub burn_back: Amount,
    /// Its fees of the epoch.
    pub fees: Amount,
    /// All of it, split.
    pub split: Split,
    /// Its weight.
    pub weight: u64,
    /// Its units that count.
    pub units: u64,
}

impl Settled {
    /// What the epoch had emitted, or left unburned, for it: all but the fees.
    #[inline]
    pub fn emitted(&self) -> Amount {
        self.emission.saturating_add(self.by_units).saturating_add(self.burn_back)
    }
}
