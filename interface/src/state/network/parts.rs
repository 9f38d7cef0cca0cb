//! Kinds of authorities, vaults and emission, and what the network's account consists of.

use crate::{
    Address,
    math::{Amount, bucket::Bucket, clock::middle_ts},
};

/// How a network's emission comes into being.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum EmissionMode {
    /// The network is the mint's authority and mints.
    Mint = 0,
    /// A vault that was filled beforehand; for tokens of fixed supply.
    Reserve = 1,
}

impl EmissionMode {
    /// From its byte.
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0 => Some(Self::Mint),
            1 => Some(Self::Reserve),
            _ => None,
        }
    }
}

/// An authority that is handed over in two steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum AuthorityRole {
    /// Governs the parameters and the other authorities.
    Admin = 0,
    /// May pause the entrances.
    Guardian = 1,
    /// Last resort of disputes.
    Arbiter = 2,
}

impl AuthorityRole {
    /// From its byte.
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0 => Some(Self::Admin),
            1 => Some(Self::Guardian),
            2 => Some(Self::Arbiter),
            _ => None,
        }
    }
}

/// A network's vaults, in the order of [`NetworkVaults::bumps`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum VaultKind {
    /// Rewards settled or about to be, not yet claimed.
    Reward = 0,
    /// Job fees, bonds and locks.
    Escrow = 1,
    /// Insurance.
    Insurance = 2,
    /// Bounties of cranks.
    Keeper = 3,
    /// The network's treasury.
    Treasury = 4,
    /// What Reserve mode emits from.
    Reserve = 5,
}

impl VaultKind {
    /// All of them, in order.
    pub const ALL: [Self; 6] =
        [Self::Reward, Self::Escrow, Self::Insurance, Self::Keeper, Self::Treasury, Self::Reserve];

    /// The first seed of the vault's address; the second is the network.
    pub const fn seed(self) -> &'static [u8] {
        match self {
            Self::Reward => crate::seeds::REWARD_VAULT,
            Self::Escrow => crate::seeds::ESCROW_VAULT,
            Self::Insurance => crate::seeds::INSURANCE_VAULT,
            Self::Keeper => crate::seeds::KEEPER_VAULT,
            Self::Treasury => crate::seeds::TREASURY_VAULT,
            Self::Reserve => crate::seeds::RESERVE_VAULT,
        }
    }
}

part! {
    /// What a provider's books need to know of an epoch, as it was when the epoch began. Empty when
    /// `epoch_plus_one` is 0.
    pub struct EpochRules {
        /// The epoch, plus one.
        pub epoch_plus_one: u32,
        /// How long own rewards of the epoch take to become free. Seconds.
        pub vesting_secs: u32,
        /// Leverage cap.
        pub leverage: u16,
        /// Windows of the epoch that a recorded outage excuses, a bit each.
        pub excused: u16,
        /// 1 once the epoch's account was opened.
        pub is_open: u32,
        /// When the epoch begins. Unix seconds.
        pub starts_at_ts: i64,
        /// When it ends. Unix seconds.
        pub ends_at_ts: i64,
        /// Least own stake for a weight, once the grace is over. Base units.
        pub minimum_stake: u64,
        /// Outages recorded before: the epoch's deadlines are in work time as of then. Seconds.
        pub outage_secs: i64,
    }
}

impl EpochRules {
    /// Where the second half of the epoch begins, in which no attester is drawn any more and the roster
    /// changes. Unix seconds.
    pub fn middle_ts(&self) -> i64 {
        middle_ts(self.starts_at_ts, self.ends_at_ts)
    }
}

part! {
    /// The randomness of an epoch: the first value that the network's account of randomness has after the
    /// epoch's draw was armed, or the hash of a slot that lay in the future then.
    pub struct Beacon {
        /// The epoch, plus one; 0 before the first.
        pub epoch_plus_one: u32,
        /// 1 once the seed is captured.
        pub is_captured: u32,
        /// Where the slot decides, the seed is the hash of the first existing slot from this one on.
        pub slot: u64,
        /// The seed; while armed, the value that the account of randomness had.
        pub seed: [u8; 32],
        /// When it was armed. Unix seconds.
        pub armed_ts: i64,
        /// What the value was read from, as a hash of account, owner and offset; zero where the slot alone
        /// decides.
        pub source: [u8; 32],
    }
}

part! {
    /// Stake of the providers convicted in an epoch.
    pub struct Convicted {
        /// The epoch, plus one; 0 when empty.
        pub epoch_plus_one: u32,
        /// Unused.
        pub padding: u32,
        /// By severity, from 3 on. Base units.
        pub stake: [u64; 3],
    }
}

part! {
    /// Who holds which power, and who is proposed for it.
    pub struct Authorities {
        /// Governance authority.
        pub admin: Address,
        /// Proposed admin; zero when none is.
        pub pending_admin: Address,
        /// May pause the entrances.
        pub guardian: Address,
        /// Proposed guardian; zero when none is.
        pub pending_guardian: Address,
        /// Last resort of disputes.
        pub arbiter: Address,
        /// Proposed arbiter; zero when none is.
        pub pending_arbiter: Address,
        /// The proposed guardian may accept from then on. Unix seconds.
        pub guardian_from_ts: i64,
        /// The proposed arbiter may accept from then on. Unix seconds.
        pub arbiter_from_ts: i64,
    }
}

part! {
    /// The addresses of a network's vaults.
    pub struct NetworkVaults {
        /// Rewards settled or about to be, not yet claimed.
        pub reward: Address,
        /// Job fees, bonds and locks.
        pub escrow: Address,
        /// Insurance.
        pub insurance: Address,
        /// Bounties of cranks.
        pub keeper: Address,
        /// Treasury.
        pub treasury: Address,
        /// What Reserve mode emits from.
        pub reserve: Address,
        /// Bumps of the vaults' addresses, in the order of `VaultKind`; the last two are unused.
        pub bumps: [u8; 8],
    }
}

part! {
    /// Time that was lost to outages, and what the next one is measured from.
    pub struct Outages {
        /// Recorded outages: work time is unix time less this. Seconds.
        pub secs: i64,
        /// Slot noted last.
        pub noted_slot: u64,
        /// Its time. Unix seconds.
        pub noted_ts: i64,
        /// When the present week of outages began. Unix seconds.
        pub week_from_ts: i64,
        /// Outages recorded in it. Seconds.
        pub week_secs: u64,
    }
}

part! {
    /// What is in a bucket that leaks: slashed of late, or emitted.
    pub struct BucketLevel {
        /// Put in and not yet leaked away. Base units.
        pub tokens: u64,
        /// As of when. Unix seconds.
        pub as_of_ts: i64,
    }
}

part! {
    /// What the minimum stake follows, and when it was decided: a rise is known for a whole epoch before it
    /// counts (place-minimum-2).
    pub struct PlacePace {
        /// The minimum stake that was decided before the epoch of the last decision. Base units.
        pub minimum_before: u64,
        /// Executed of slashes since an epoch was last finalized. Base units.
        pub slashed: u64,
        /// The same for each finalized epoch, a mean over 20 of them.
        pub slashed_mean: u64,
        /// The epoch in which the minimum stake was decided last.
        pub decided_epoch: u32,
        /// Unused.
        pub padding: u32,
    }
}

part! {
    /// Units of work that counted in the last epochs.
    pub struct UnitsRing {
        /// In the last eight that had any, by `epochs` modulo 8.
        pub counted: [u64; 8],
        /// Finalized epochs that had any.
        pub epochs: u64,
    }
}

impl BucketLevel {
    /// As the economics have it.
    pub fn bucket(&self) -> Bucket {
        Bucket { level: Amount(self.tokens), as_of_ts: self.as_of_ts }
    }

    /// Stores it.
    pub fn set(&mut self, bucket: &Bucket) {
        (self.tokens, self.as_of_ts) = (bucket.level.0, bucket.as_of_ts);
    }
}

impl UnitsRing {
    /// Remembers a finalized epoch that had any.
    pub fn fold(&mut self, units: u64) {
        if units == 0 {
            return;
        }
        let place = usize::try_from(self.epochs & 7).unwrap_or(0);
        if let Some(entry) = self.counted.get_mut(place) {
            *entry = units;
        }
        self.epochs = self.epochs.saturating_add(1);
    }

    /// What the last of them had.
    pub fn last(&self) -> u64 {
        let place = usize::try_from(self.epochs.wrapping_sub(1) & 7).unwrap_or(0);
        self.counted.get(place).copied().unwrap_or(0)
    }

    /// The most that one of them had.
    pub fn largest(&self) -> u64 {
        self.counted.iter().copied().fold(0, u64::max)
    }
}

impl NetworkVaults {
    /// The vault of a kind.
    pub fn of(&self, kind: VaultKind) -> &Address {
        match kind {
            VaultKind::Reward => &self.reward,
            VaultKind::Escrow => &self.escrow,
            VaultKind::Insurance => &self.insurance,
            VaultKind::Keeper => &self.keeper,
            VaultKind::Treasury => &self.treasury,
            VaultKind::Reserve => &self.reserve,
        }
    }
}
