//! Facts that an indexer or a wallet needs: past tense, with the totals after the change. Written to the program-data log:
//! an 8-byte discriminator, then the fields in borsh order.

use crate::Address;
extern crate alloc;
use alloc::vec::Vec;

macro_rules! entry {
    ($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[cfg_attr(feature = "anchor", derive(anchor_lang::IdlType, anchor_lang::AnchorSerialize, anchor_lang::AnchorDeserialize))]
        #[cfg_attr(not(feature = "anchor"), derive(borsh::BorshSerialize, borsh::BorshDeserialize))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name { $($body)* }
    };
}

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
        /// Its part of the emission.
        pub emission: u64,
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

macro_rules! events {
    ($( $(#[doc = $doc:literal])* $name:ident { $( $(#[doc = $field_doc:literal])* $field:ident: $type:ty, )* } )*) => {
        $(
            $(#[doc = $doc])*
            #[cfg_attr(feature = "anchor", anchor_lang::prelude::event)]
            #[cfg_attr(not(feature = "anchor"), derive(Clone, Debug, PartialEq, Eq, borsh::BorshSerialize, borsh::BorshDeserialize))]
            pub struct $name { $( $(#[doc = $field_doc])* pub $field: $type, )* }
        )*

        /// Any event of the program.
        #[cfg(not(feature = "anchor"))]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Event { $( $(#[doc = $doc])* $name($name), )* }

        #[cfg(not(feature = "anchor"))]
        impl Event {
            /// Names of all events, as in the IDL.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// The event's name.
            pub const fn name(&self) -> &'static str {
                match self { $( Self::$name(_) => stringify!($name), )* }
            }

            /// Reads the fields of the event called `name`; `None` for an unknown name or malformed bytes.
            pub fn read(name: &str, mut fields: &[u8]) -> Option<Self> {
                match name {
                    $( stringify!($name) => borsh::BorshDeserialize::deserialize(&mut fields).ok().map(Self::$name), )*
                    _ => None,
                }
            }
        }
    };
}

events! {
    /// A network was created.
    NetworkCreated {
        /// The network.
        network: Address,
        /// Its work token.
        mint: Address,
        /// Who created it.
        creator: Address,
        /// 0 Mint, 1 Reserve.
        emission_mode: u8,
        /// See `network_flags`.
        flags: u8,
    }
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
        /// Providers can be weighed from then on. Unix seconds.
        weigh_from_ts: i64,
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
        /// Sum of the weights.
        total_weight: u64,
        /// Stake before the share cap.
        stake: u64,
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
    /// Tokens beyond a stake vault's books went to the treasury.
    SurplusSwept {
        /// The provider.
        provider: Address,
        /// Base units.
        amount: u64,
    }
    /// The treasury paid.
    TreasuryPaid {
        /// The network.
        network: Address,
        /// The token account.
        to: Address,
        /// Base units.
        amount: u64,
    }
    /// The entrances were paused.
    EntrancesPaused {
        /// The network.
        network: Address,
        /// Until then. Unix seconds.
        until_ts: i64,
    }
    /// The entrances were opened again.
    EntrancesUnpaused {
        /// The network.
        network: Address,
    }
    /// An authority was proposed.
    AuthorityProposed {
        /// The network.
        network: Address,
        /// 0 admin, 1 guardian, 2 arbiter.
        role: u8,
        /// Who was proposed; zero when a proposal was withdrawn.
        proposed: Address,
    }
    /// An authority was handed over.
    AuthorityAccepted {
        /// The network.
        network: Address,
        /// 0 admin, 1 guardian, 2 arbiter.
        role: u8,
        /// Who holds it now.
        authority: Address,
    }
    /// A change of parameters was proposed.
    ParamsProposed {
        /// The network.
        network: Address,
        /// Its number.
        number: u32,
        /// 0 cosmetic, 1 economic, 2 safety.
        class: u8,
        /// It may be executed from then on. Unix seconds.
        executable_from_ts: i64,
    }
    /// A change of parameters is in force.
    ParamsExecuted {
        /// The network.
        network: Address,
        /// Its number.
        number: u32,
        /// The parameter version now.
        params_version: u32,
    }
    /// A change of parameters was withdrawn.
    ParamsCancelled {
        /// The network.
        network: Address,
        /// Its number.
        number: u32,
    }
}
