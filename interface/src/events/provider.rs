//! Providers: what their owners set and are paid.

use crate::Address;

events! { provider:
    /// A provider was registered.
    ProviderRegistered {
        /// The provider.
        provider: Address,
        /// Its owner.
        owner: Address,
        /// Its operator.
        operator: Address,
        /// Its commission.
        commission_bps: u16,
        /// The epoch.
        epoch: u32,
    }
    /// An owner's free rewards were paid out.
    OwnRewardsClaimed {
        /// The provider.
        provider: Address,
        /// Base units.
        amount: u64,
        /// Still vesting afterwards.
        vesting: u64,
    }
    /// A commission was announced.
    CommissionAnnounced {
        /// The provider.
        provider: Address,
        /// The announced commission.
        commission_bps: u16,
        /// It holds for epochs that begin then or later; 0 when it holds from the present epoch on. Unix
        /// seconds.
        effective_ts: i64,
    }
    /// A provider has a new operator.
    OperatorSet {
        /// The provider.
        provider: Address,
        /// The new operator.
        operator: Address,
    }
    /// A provider's rewards go elsewhere by default.
    RewardDestinationSet {
        /// The provider.
        provider: Address,
        /// The token account.
        reward_destination: Address,
    }
    /// A provider began to leave for good.
    ProviderRetired {
        /// The provider.
        provider: Address,
        /// The epoch.
        epoch: u32,
    }
    /// A provider's accounts were closed.
    ProviderClosed {
        /// The provider.
        provider: Address,
        /// Rounding dust of its delegators' rewards, returned to the network.
        dust: u64,
    }
    /// A provider announced what it works for.
    OfferSet {
        /// The provider.
        provider: Address,
        /// Classes, bit by class.
        classes: u16,
        /// First epoch.
        from_epoch: u32,
    }
}
