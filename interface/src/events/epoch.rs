//! Epochs, from what a provider misses of them to what their sweep returns, and their seeds.

use crate::Address;
use alloc::vec::Vec;

entry! {
    /// One provider of a weighed batch.
    pub struct WeighedProvider {
        /// The provider.
        pub provider: Address,
        /// Stake before the share cap.
        pub stake: u64,
        /// The weight.
        pub weight: u64,
    }
}

entry! {
    /// One provider of a settled batch.
    pub struct SettledProvider {
        /// The provider.
        pub provider: Address,
        /// Its part of the emission, by weight.
        pub emission: u64,
        /// Its part of the emission, by units of work.
        pub by_units: u64,
        /// What comes back of the fees that its work burned.
        pub burn_back: u64,
        /// Its fees.
        pub fees: u64,
        /// The owner's, commission included.
        pub own: u64,
        /// The commission in it.
        pub commission: u64,
        /// The delegators'.
        pub delegated: u64,
        /// The delegators' part that nobody was eligible for.
        pub reclaimed: u64,
    }
}

events! { epoch:
    /// An epoch left a provider's memory before it was settled; its part returns to the network at the sweep.
    EpochsLost {
        /// The provider.
        provider: Address,
        /// How many.
        epochs: u32,
        /// Fees in them, which were shared all the same.
        fees: u64,
    }
    /// An ended epoch was opened for weighing.
    EpochOpened {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// Providers can be weighed from then on. Work time.
        weigh_from_work_ts: i64,
    }
    /// Providers were newly weighed, in one crank.
    ProvidersWeighed {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// Which, and with what.
        providers: Vec<WeighedProvider>,
    }
    /// An epoch's weights are final and its emission is in the reward vault.
    EpochFinalized {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// What the weights share.
        emission: u64,
        /// The part of it that earlier epochs had left.
        carried: u64,
        /// What went to the keeper vault.
        keepers: u64,
        /// Emitted for the attesters.
        attesters: u64,
        /// Emitted for units of work.
        by_units: u64,
        /// Units that count.
        units: u64,
        /// Burned part of fees, burned with the epoch, less what comes back.
        burned: u64,
        /// What comes back of the fees that the epoch's work burned.
        burn_back: u64,
        /// The treasury's part of fees, paid with the epoch; what was beyond its cap is among the burned.
        treasury: u64,
        /// Emitted for the treasury.
        treasury_emission: u64,
        /// The epoch's rate, of the target law: part of the supply in a year, in 10^-12.
        rate_ppt: u64,
        /// Sum of the weights.
        total_weight: u64,
        /// Stake before the share cap.
        stake: u64,
        /// Stake that got weight.
        stake_weighted: u64,
    }
    /// Providers were newly settled, in one crank.
    ProvidersSettled {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// Which, and with what.
        providers: Vec<SettledProvider>,
    }
    /// What an epoch had left returned to the network.
    EpochSwept {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// Parts of providers that were not settled in time (`SNAPSHOT_EXPIRED`).
        expired: u64,
        /// Delegators' parts that nobody was eligible for (`NO_ELIGIBLE_SHARES`).
        no_eligible_shares: u64,
        /// Rounding dust (`ROUNDING`).
        rounding: u64,
        /// What the attesters did not earn.
        attesters: u64,
        /// What the next emission will be raised by.
        carried: u64,
    }
    /// An epoch's account was closed.
    EpochClosed {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
    }
    /// A keeper was paid for a crank.
    BountyPaid {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// The keeper.
        keeper: Address,
        /// Base units.
        amount: u64,
    }
    /// An epoch's seed was armed or captured.
    BeaconDecided {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// The slot whose hash it is, unless the account of randomness decides.
        slot: u64,
        /// The seed; zero while armed.
        seed: [u8; 32],
        /// 1 where the account of randomness decides, 0 where the slot alone does.
        by_randomness: u8,
    }
}
