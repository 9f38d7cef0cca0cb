//! A provider: its keys, its two stake pools, and what it remembers of the last epochs.

mod disputes;
mod epochs;
mod rewards;
mod score;
mod seat;
mod stake;
mod work;

pub use disputes::SlashPart;
pub use epochs::{Announced, ProviderWeighed, SettleTerms, Settled, Terms, Touched, vesting_secs};
pub use seat::NEVER;
pub use stake::{Deposited, Requested, Withdrawn};
pub use work::SkipReason;

use crate::{
    Address, WorkTokenError as E,
    limits::MAX_CLAIMS,
    math::{Amount, Epoch, GENERATION_RING, INDEX_RING, Pool, RECORD_RING, Shares, reservation, snapshot::slot},
};

/// State of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ProviderState {
    /// Registered, waiting for a seat.
    Candidate = 0,
    /// May work and earns.
    Active = 1,
    /// Suspended after a fault.
    Jailed = 2,
    /// Leaves for good: no deposits, exits only (R M24).
    Retiring = 3,
    /// Expelled for good.
    Tombstoned = 4,
}

/// Bits of [`EpochRecord::flags`].
pub mod record_flags {
    /// The record holds an epoch.
    pub const KEPT: u16 = 1;
    /// The provider was Active when the epoch began; only then it has weight (A A6).
    pub const ELIGIBLE: u16 = 2;
    /// Its weight is in the epoch's total.
    pub const WEIGHED: u16 = 4;
    /// Its score of the epoch is in `score_ppm`.
    pub const SCORED: u16 = 8;
}

/// Upheld faults that a provider remembers.
pub const OFFENCES: usize = 8;

/// Bits of [`Provider::flags`].
pub mod provider_flags {
    /// An `Offer` exists.
    pub const HAS_OFFER: u8 = 1;
}

part! {
    /// Principal of one kind and the claims on it.
    pub struct StakePool {
        /// Rises when the pool is slashed to zero; shares of earlier generations are void.
        pub generation: u32,
        /// Unused.
        pub padding: u32,
        /// Principal in base units, unbonding stake included.
        pub tokens: u64,
        /// All shares, those in tickets included.
        pub shares: u64,
        /// Shares in tickets.
        pub unbonding_shares: u64,
    }
}

part! {
    /// The index at which a generation of the delegated pool ended.
    pub struct GenerationEnd {
        /// The generation that ended, plus one; 0 when the entry is empty.
        pub generation_plus_one: u32,
        /// Unused.
        pub padding: u32,
        /// Its last reward index, Q64.64.
        pub reward_index_x64: [u8; 16],
    }
}

part! {
    /// Rewards of the delegated pool.
    pub struct RewardState {
        /// Rewards per share since the beginning, Q64.64.
        pub reward_index_x64: [u8; 16],
        /// What the last division left, in 2^-64 base units.
        pub remainder_x64: u64,
        /// Distributed and not yet claimed. Base units.
        pub owed: u64,
        /// First epoch that is not settled; every earlier one is in the index or was passed.
        pub unsettled_epoch: u32,
        /// Unused.
        pub padding: u32,
        /// Index at the end of the last 16 settled epochs, by epoch modulo 16.
        pub index_ends_x64: [[u8; 16]; INDEX_RING as usize],
        /// Indexes at which the last four generations ended, by generation modulo 4.
        pub generation_ends: [GenerationEnd; GENERATION_RING as usize],
    }
}

part! {
    /// What open disputes claim from the two pools. Empty when `dispute` is 0.
    pub struct Reservation {
        /// Number of the claim, from 1.
        pub dispute: u32,
        /// Own rewards of the epochs from this one on stop vesting.
        pub frozen_from_epoch: u32,
        /// Claimed from the own pool and still in it, booked in full even beyond what the pool holds.
        pub own: u64,
        /// Claimed from the delegated pool and still in it.
        pub delegated: u64,
        /// Claimed from the own side and not executed, what tickets took along included.
        pub own_open: u64,
        /// Claimed from the delegated side and not executed, what tickets took along included.
        pub delegated_open: u64,
        /// Own rewards of those epochs whose places in the ring were needed. Base units.
        pub frozen: u64,
        /// Since when they do not vest. Unix seconds.
        pub frozen_since_ts: i64,
        /// The last of those epochs.
        pub frozen_until_epoch: u32,
        /// Unused.
        pub padding: u32,
    }
}

part! {
    /// A fault that was upheld. Empty when `epoch_plus_one` is 0.
    pub struct Offence {
        /// Epoch of the verdict, plus one.
        pub epoch_plus_one: u32,
        /// Its severity.
        pub severity: u8,
        /// Unused.
        pub padding: [u8; 3],
    }
}

part! {
    /// A provider's stake at the beginning of an epoch, and what the epoch brought.
    pub struct EpochRecord {
        /// The epoch.
        pub epoch: u32,
        /// Commission of the epoch.
        pub commission_bps: u16,
        /// See `record_flags`.
        pub flags: u16,
        /// Own principal, unbonding included: base of slashes.
        pub own_total: u64,
        /// Delegated principal, unbonding included: base of slashes.
        pub delegated_total: u64,
        /// Own principal that is not leaving.
        pub own_staked: u64,
        /// Delegated principal that is not leaving.
        pub delegated_staked: u64,
        /// Delegated shares that share the epoch's reward; falls when one of them leaves before it is settled.
        pub delegated_shares: u64,
        /// Weight, once weighed.
        pub weight: u64,
        /// Fees of jobs settled in the epoch, the provider's part.
        pub fees: u64,
        /// Burned fees of jobs settled in the epoch for clients other than the owner.
        pub burned: u64,
        /// Score of the epoch, once scored. Millionths.
        pub score_ppm: u32,
        /// Declared maintenance in the epoch. Seconds.
        pub maintenance_secs: u32,
        /// How often its leaf was drawn.
        pub drawn: u16,
        /// How often it was then skipped for its own settings: class, floor price, exposure.
        pub skipped: u16,
        /// Seats settled.
        pub done: u16,
        /// Marks: draws not accepted, results not submitted or revealed.
        pub marks: u16,
        /// Windows of the epoch with a sign of life.
        pub heartbeats: u16,
        /// Windows of the epoch in declared maintenance.
        pub excused: u16,
        /// Tier of the epoch.
        pub tier: u8,
        /// Unused.
        pub padding: [u8; 3],
    }
}

part! {
    /// A provider's seat: its index in the work tree, and in which epochs it is its own.
    pub struct Seat {
        /// Index of the leaf.
        pub index: u16,
        /// Unused.
        pub padding: u16,
        /// First epoch.
        pub from_epoch: u32,
        /// First epoch in which it is not; `u32::MAX` while the seat is held, 0 when there never was one.
        pub until_epoch: u32,
        /// Unused.
        pub padding_2: u32,
    }
}

part! {
    /// A candidate's challenge for a seat. Empty when `epoch_plus_one` is 0.
    pub struct SeatChallenge {
        /// The provider whose seat is challenged.
        pub incumbent: Address,
        /// Epoch of the challenge, plus one; the swap may follow in a later one.
        pub epoch_plus_one: u32,
        /// Unused.
        pub padding: u32,
    }
}

part! {
    /// One epoch's own reward on its way to the owner. Empty when `amount` is 0.
    pub struct VestingEntry {
        /// The epoch that earned it.
        pub epoch: u32,
        /// How long it takes to become free. Seconds.
        pub duration_secs: u32,
        /// When that begins: the epoch's end. Unix seconds.
        pub starts_at_ts: i64,
        /// The whole. Base units.
        pub amount: u64,
        /// What was already paid. Base units.
        pub taken: u64,
    }
}

account! {
    /// One that stakes in order to work.
    pub struct Provider {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Bump of the stake vault's address.
        pub vault_bump: u8,
        /// See `ProviderState`.
        pub state: u8,
        /// Level of reputation; index into the network's tier multipliers.
        pub tier: u8,
        /// See `provider_flags`.
        pub flags: u8,
        /// Commission in force.
        pub commission_bps: u16,
        /// Last score, in millionths; the initial reputation before the first, neutral (1,000,000) in networks without metrics.
        pub score_ppm: u32,
        /// Announced commission; meaningless while `commission_effective_ts` is 0.
        pub commission_announced_bps: u16,
        /// Unused.
        pub padding: u16,
        /// The announced commission holds from the first epoch that begins then or later; 0 when none is announced. Unix seconds.
        pub commission_effective_ts: i64,
        /// The network.
        pub network: Address,
        /// Cold key: funds, commission, retirement.
        pub owner: Address,
        /// Hot key without power over funds.
        pub operator: Address,
        /// Token account that the owner's rewards go to by default.
        pub reward_destination: Address,
        /// Token account that holds the principal of both pools.
        pub stake_vault: Address,
        /// Hash of the document that describes the provider.
        pub metadata_hash: [u8; 32],
        /// Epoch of registration.
        pub registered_epoch: u32,
        /// Newest epoch that has a record.
        pub last_touched_epoch: u32,
        /// Epoch of retirement; 0 before.
        pub retired_epoch: u32,
        /// Positions that exist, the own one included.
        pub live_positions: u32,
        /// The owner's stake.
        pub own: StakePool,
        /// The delegators' stake.
        pub delegated: StakePool,
        /// Rewards of the delegated pool.
        pub rewards: RewardState,
        /// Held back in tickets for open claims; in the stake vault. Base units.
        pub held: u64,
        /// Due to receivers of slashes that could not be paid; in the stake vault. Base units.
        pub slash_credits: u64,
        /// What open disputes claim.
        pub reservations: [Reservation; MAX_CLAIMS],
        /// The last eight epochs, by epoch modulo 8.
        pub records: [EpochRecord; RECORD_RING as usize],
        /// Own rewards of the last eight settled epochs, by epoch modulo 8.
        pub vesting: [VestingEntry; RECORD_RING as usize],
        /// Own rewards that are free and not yet claimed, of entries that made room. Base units.
        pub own_claimable: u64,
        /// The seat.
        pub seat: Seat,
        /// The challenge for somebody's seat.
        pub seat_challenge: SeatChallenge,
        /// Since when the own stake is below the minimum, in unix time less pauses; 0 while it is not.
        pub underbonded_since_ts: i64,
        /// The declared maintenance begins. Unix seconds.
        pub maintenance_from_ts: i64,
        /// It ends. Unix seconds.
        pub maintenance_until_ts: i64,
        /// Own stake that open seats bind. Base units.
        pub exposure: u64,
        /// Burned fees of settled jobs, on their way to an epoch. In the reward vault. Base units.
        pub burn_due: u64,
        /// The treasury's part of settled fees, on its way. In the reward vault. Base units.
        pub treasury_due: u64,
        /// Reputation in millionths, times 4096.
        pub reputation_x12: u32,
        /// Seats of jobs that are not settled, expired or given back.
        pub open_seats: u32,
        /// Epoch of the last settled job, plus one; 0 before the first.
        pub last_job_epoch_plus_one: u32,
        /// Epoch of the last upheld fault, plus one; 0 before the first.
        pub last_fault_epoch_plus_one: u32,
        /// First epoch that was not scored.
        pub unscored_from_epoch: u32,
        /// No maintenance can be declared before this epoch.
        pub maintenance_allowed_epoch: u32,
        /// Epochs weighed without a score since the last one.
        pub unscored_epochs: u8,
        /// Severity of the last upheld fault.
        pub fault_severity: u8,
        /// Unused.
        pub padding_2: [u8; 6],
        /// The last eight upheld faults, the newest replacing the oldest.
        pub offences: [Offence; OFFENCES],
        /// What slashes could not take; paid out of own rewards before they are released. Base units.
        pub slash_debt: u64,
        /// Deposited against the challengers of open disputes. In the escrow vault. Base units.
        pub counter_bond: u64,
        /// Who deposited it and gets it back.
        pub counter_bonder: Address,
        /// Disputes whose outcome was not yet applied.
        pub open_disputes: u32,
        /// Claims that were ever made.
        pub claims: u32,
        /// Disputes about its conduct or its scores that were ever opened.
        pub conduct_disputes: u32,
        /// First epoch in which it can leave jail; meaningless unless it is jailed.
        pub jailed_until_epoch: u32,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl StakePool {
    /// The pool's economics.
    #[inline]
    pub fn get(&self) -> Pool {
        Pool {
            tokens: Amount(self.tokens),
            shares: Shares(self.shares),
            unbonding_shares: Shares(self.unbonding_shares),
        }
    }

    /// Stores the pool's economics.
    #[inline]
    pub fn set(&mut self, pool: Pool) {
        self.tokens = pool.tokens.0;
        self.shares = pool.shares.0;
        self.unbonding_shares = pool.unbonding_shares.0;
    }
}

impl Provider {
    /// Whether deposits, cancellations and seats are over for good.
    pub fn is_leaving(&self) -> bool {
        self.state == ProviderState::Retiring as u8 || self.state == ProviderState::Tombstoned as u8
    }

    /// Refuses deposits and cancellations into a provider that leaves.
    #[inline]
    pub fn require_staying(&self) -> Result<(), E> {
        if self.is_leaving() { Err(E::ProviderRetiring) } else { Ok(()) }
    }

    /// Sum of what open disputes claim from the delegated pool.
    pub fn claimed_from_delegated(&self) -> Amount {
        reservation::total(self.reservations.iter().map(|claim| Amount(claim.delegated)))
    }

    /// Everything that the stake vault must hold: both pools, held parts, credits of slashes (R H11).
    pub fn vault_books(&self) -> Amount {
        Amount(self.own.tokens)
            .saturating_add(Amount(self.delegated.tokens))
            .saturating_add(Amount(self.held))
            .saturating_add(Amount(self.slash_credits))
    }

    /// The record of an epoch, while it is kept.
    #[inline]
    pub fn record(&self, epoch: Epoch) -> Option<&EpochRecord> {
        self.records
            .get(slot(epoch, RECORD_RING))
            .filter(|record| record.epoch == epoch.0 && record.flags & record_flags::KEPT != 0)
    }

    #[inline]
    fn record_mut(&mut self, epoch: Epoch) -> Option<&mut EpochRecord> {
        self.records
            .get_mut(slot(epoch, RECORD_RING))
            .filter(|record| record.epoch == epoch.0 && record.flags & record_flags::KEPT != 0)
    }

    /// Refuses to close a provider that anything still hangs on (R M24).
    #[inline(never)]
    pub fn require_closable(&self, now: Epoch) -> Result<(), E> {
        let empty = self.own.shares == 0
            && self.delegated.shares == 0
            && self.live_positions == 0
            && self.held == 0
            && self.slash_credits == 0
            && self.own_rewards().is_zero()
            && self.reservations.iter().all(|claim| claim.dispute == 0)
            && self.open_seats == 0
            && self.open_disputes == 0
            && self.slash_debt == 0
            && self.counter_bond == 0
            && self.records.iter().all(|record| record.fees == 0);
        if !empty || self.state != ProviderState::Retiring as u8 {
            return Err(E::ProviderNotEmpty);
        }
        let last = self.retired_epoch.max(self.last_fault_epoch_plus_one.saturating_sub(1));
        if now.since(Epoch(last)) < crate::limits::CLOSE_PROVIDER_EPOCHS {
            return Err(E::TooEarlyToCloseProvider);
        }
        Ok(())
    }
}
