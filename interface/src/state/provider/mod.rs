//! A provider: its keys, its two stake pools, and what it remembers of the last epochs.

mod beneficiary;
mod disputes;
mod epochs;
mod handover;
mod operators;
mod owner;
mod parts;
mod place;
mod position;
mod queue;
mod rewards;
mod score;
mod stake;
mod terms;
mod transfer;
mod voice;
mod work;

pub use beneficiary::{Beneficiary, Shared};
pub use disputes::{SlashPart, first_number};
pub use epochs::vesting_secs;
pub use handover::Handover;
pub use owner::Announced;
pub use parts::{
    CounterBond, DeclaredMaintenance, DisputeCounts, EpochRecord, FaultRecord, GenerationEnd, LastConviction, OFFENCES,
    Offence, Place, PlaceChallenge, PlaceWait, Reputation, Reservation, RewardState, SKIP_REASONS, StakePool,
    VestingEntry, WorkBooks,
};
pub use place::NEVER;
pub use position::{Activated, Claimed, Requested, Withdrawn};
pub use score::{Measured, Scored};
pub use stake::Deposited;
pub use terms::{ProviderWeighed, SettleTerms, Settled, Terms, Touched};
pub use transfer::{Restaked, TransferTerms, Transferred};
pub use voice::{VoiceReading, VoiceShares};
pub use work::{SeatOutcome, SkipReason, windows_covered, windows_touched};

use crate::{
    Address, WorkTokenError as E,
    limits::MAX_CLAIMS,
    math::{Amount, Epoch, RECORD_RING, reservation, snapshot::slot},
    state::{KeptState, PoolKind},
};
use solana_address::address_eq;

/// State of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ProviderState {
    /// Registered, waiting for a place.
    Candidate = 0,
    /// May work and earns.
    Active = 1,
    /// Suspended after a fault.
    Jailed = 2,
    /// Leaves for good: no deposits, exits only (provider-retire-1).
    Retiring = 3,
    /// Expelled for good.
    Tombstoned = 4,
}

/// Bits of [`EpochRecord::flags`].
pub mod record_flags {
    /// The record holds an epoch.
    pub const KEPT: u16 = 1;
    /// The provider was Active when the epoch began; only then it has weight (epoch-record-2).
    pub const ELIGIBLE: u16 = 2;
    /// Its weight is in the epoch's total.
    pub const WEIGHED: u16 = 4;
    /// Its score of the epoch is in `score_ppm`.
    pub const SCORED: u16 = 8;
    /// Attesters' reports had a value for it.
    pub const ATTESTED: u16 = 16;
}

/// Bits of [`Provider::flags`].
pub mod provider_flags {
    /// An `Offer` exists.
    pub const HAS_OFFER: u8 = 1;
    /// A `Handover` exists.
    pub const HAS_HANDOVER: u8 = 2;
    /// A `Beneficiary` exists.
    pub const HAS_BENEFICIARY: u8 = 4;
    /// The operator has signed as such since it was named (provider-operator-2).
    pub const OPERATOR_SIGNED: u8 = 8;
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
        /// See `provider_flags`.
        pub flags: u8,
        /// Unused.
        pub padding: u8,
        /// Commission in force.
        pub commission_bps: u16,
        /// The network.
        pub network: Address,
        /// What its work is worth, by its score.
        pub reputation: Reputation,
        /// Announced commission; meaningless while `commission_effective_ts` is 0.
        pub commission_announced_bps: u16,
        /// Unused.
        pub padding_2: [u8; 6],
        /// The announced commission holds from the first epoch that begins then or later; 0 when none is
        /// announced. Unix seconds.
        pub commission_effective_ts: i64,
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
        /// Seats of jobs that are not paid, expired or given back.
        pub open_seats: u32,
        /// Unused.
        pub padding_3: u32,
        /// The owner's stake.
        pub own: StakePool,
        /// The delegators' stake.
        pub delegated: StakePool,
        /// Rewards of the delegated pool.
        pub rewards: RewardState,
        /// Held back in tickets for open claims; in the stake vault. Base units.
        pub held: u64,
        /// Slashed, and still in the stake vault because a vault was frozen. Base units.
        pub unmoved_slashes: u64,
        /// What open disputes claim.
        pub reservations: [Reservation; MAX_CLAIMS],
        /// The last eight epochs, by epoch modulo 8.
        pub records: [EpochRecord; RECORD_RING as usize],
        /// Own rewards of the last eight settled epochs, by epoch modulo 8.
        pub vesting: [VestingEntry; RECORD_RING as usize],
        /// Own rewards that are free and not yet claimed, of entries that made room. Base units.
        pub own_claimable: u64,
        /// The place.
        pub place: Place,
        /// The challenge for somebody's place.
        pub place_challenge: PlaceChallenge,
        /// The wait for one.
        pub wait: PlaceWait,
        /// Since when the own stake is below the minimum, in unix time less pauses; 0 while it is not.
        pub underbonded_since_ts: i64,
        /// The declared maintenance, and when the next can be declared.
        pub maintenance: DeclaredMaintenance,
        /// What its work binds, and what of its fees is on its way.
        pub work: WorkBooks,
        /// What it was found guilty of.
        pub faults: FaultRecord,
        /// What is left of the own pool since claims began to be held against it.
        pub own_kept: KeptState,
        /// The same of the delegated pool.
        pub delegated_kept: KeptState,
        /// What slashes could not take; paid out of own rewards before they are released. Base units.
        pub slash_debt: u64,
        /// What was deposited for it in answered disputes.
        pub counter: CounterBond,
        /// Its disputes and claims.
        pub disputes: DisputeCounts,
        /// All shares of the delegated pool's present generation in positions that vote themselves: lots are
        /// counted, tickets are not.
        pub direct_shares: u64,
        /// Its owner's voice is silent before; 0 until it passes to another owner. Unix seconds.
        pub voice_from_ts: i64,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Provider {
    /// Whether deposits, cancellations and places are over for good.
    pub fn is_leaving(&self) -> bool {
        self.state == ProviderState::Retiring as u8 || self.state == ProviderState::Tombstoned as u8
    }

    /// Refuses its owner, as what the owner of a provider may not be.
    #[inline(always)]
    pub fn require_not_owner(&self, key: &Address, broken: E) -> Result<(), E> {
        if address_eq(key, &self.owner) { Err(broken) } else { Ok(()) }
    }

    /// Refuses deposits and cancellations into a provider that leaves.
    #[inline]
    pub fn require_staying(&self) -> Result<(), E> {
        if self.is_leaving() { Err(E::ProviderRetiring) } else { Ok(()) }
    }

    /// Sum of what open disputes claim from the own pool.
    #[inline]
    pub fn claimed_from_own(&self) -> Amount {
        reservation::total(self.reservations.iter().map(|claim| Amount(claim.own)))
    }

    /// Sum of what open disputes claim from the delegated pool.
    pub fn claimed_from_delegated(&self) -> Amount {
        reservation::total(self.reservations.iter().map(|claim| Amount(claim.delegated)))
    }

    /// Sum of what open disputes claim from a pool.
    pub fn claimed_from(&self, kind: PoolKind) -> Amount {
        match kind {
            PoolKind::Own => self.claimed_from_own(),
            PoolKind::Delegated => self.claimed_from_delegated(),
        }
    }

    /// Everything that the stake vault must hold: both pools, held parts, credits of slashes
    /// (network-surplus-1).
    pub fn vault_books(&self) -> Amount {
        Amount(self.own.tokens)
            .saturating_add(Amount(self.delegated.tokens))
            .saturating_add(Amount(self.held))
            .saturating_add(Amount(self.unmoved_slashes))
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

    /// The index of the place that the provider had in an epoch: as its record says, or, where nothing
    /// touched it in that epoch, as its place says. By the record, because a place that was lost and taken
    /// again no longer knows what it was.
    pub fn place_in(&self, epoch: Epoch) -> Option<u16> {
        let place_plus_one =
            self.record(epoch).map_or_else(|| self.place.place_plus_one_in(epoch), |record| record.place_plus_one);
        place_plus_one.checked_sub(1)
    }

    /// Refuses to close a provider that anything still hangs on (provider-close-1).
    #[inline(never)]
    pub fn require_closable(&self, now: Epoch) -> Result<(), E> {
        let empty = self.own.shares == 0
            && self.delegated.shares == 0
            && self.live_positions == 0
            && self.held == 0
            && self.unmoved_slashes == 0
            && self.own_rewards().is_zero()
            && self.reservations.iter().all(|claim| claim.claim == 0)
            && self.open_seats == 0
            && self.disputes.open == 0
            && self.slash_debt == 0
            && self.counter.bond == 0
            && self.records.iter().all(|record| record.fees == 0);
        if !empty || self.state != ProviderState::Retiring as u8 {
            return Err(E::ProviderNotEmpty);
        }
        let last = self.retired_epoch.max(self.faults.last_epoch_plus_one.saturating_sub(1));
        if now.since(Epoch(last)) < crate::limits::CLOSE_PROVIDER_EPOCHS {
            return Err(E::TooEarlyToCloseProvider);
        }
        Ok(())
    }
}
