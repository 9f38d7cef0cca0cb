//! Providers and the stake behind them: deposits, tickets, rewards.

use crate::Address;

events! { stake:
    /// A provider was registered.
    ProviderRegistered {
        /// The network.
        network: Address,
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
    /// Stake was deposited into a pool.
    StakeDeposited {
        /// The provider.
        provider: Address,
        /// The position.
        delegation: Address,
        /// 0 own, 1 delegated.
        pool: u8,
        /// Base units.
        amount: u64,
        /// Shares minted.
        shares: u64,
        /// First epoch in which they earn.
        earns_from_epoch: u32,
        /// The pool's principal afterwards.
        pool_tokens: u64,
        /// The pool's shares afterwards.
        pool_shares: u64,
    }
    /// Stake asked to leave.
    UnbondingRequested {
        /// The provider.
        provider: Address,
        /// The position.
        delegation: Address,
        /// The ticket's number.
        ticket: u32,
        /// Shares that leave.
        shares: u64,
        /// Their value now; what is paid depends on the price at withdrawal.
        value: u64,
        /// When the ticket can be withdrawn. Unix seconds.
        matures_at_ts: i64,
    }
    /// A ticket went back into its pool.
    UnbondingCancelled {
        /// The provider.
        provider: Address,
        /// The position.
        delegation: Address,
        /// The ticket's number.
        ticket: u32,
        /// Its shares.
        shares: u64,
    }
    /// A matured ticket was paid.
    StakeWithdrawn {
        /// The position; it names its provider.
        delegation: Address,
        /// The ticket's number.
        ticket: u32,
        /// Paid out.
        paid: u64,
        /// Held back for open disputes.
        held: u64,
        /// The pool's principal afterwards.
        pool_tokens: u64,
    }
    /// A delegator's rewards were paid out.
    RewardsClaimed {
        /// The provider.
        provider: Address,
        /// The position.
        delegation: Address,
        /// Base units.
        amount: u64,
        /// Whether they became stake.
        restaked: bool,
    }
    /// The books of a pool owed less than a position had been credited; only what was owed was paid. Never seen; watch for it.
    RewardBooksShort {
        /// The provider.
        provider: Address,
        /// The position.
        delegation: Address,
        /// What it had been credited.
        credited: u64,
        /// What was paid.
        paid: u64,
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
    /// A lot became active and paid the keeper who saw to it.
    LotActivated {
        /// The provider.
        provider: Address,
        /// The position.
        delegation: Address,
        /// Shares that became active.
        shares: u64,
        /// Taken out of the lot's reward for the keeper.
        bounty: u64,
    }
    /// A commission was announced.
    CommissionAnnounced {
        /// The provider.
        provider: Address,
        /// The announced commission.
        commission_bps: u16,
        /// It holds for epochs that begin then or later; 0 when it holds from the present epoch on. Unix seconds.
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
    /// An empty position was closed.
    PositionClosed {
        /// The provider.
        provider: Address,
        /// The position.
        delegation: Address,
    }
}
