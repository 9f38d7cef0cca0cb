//! One work-token economy.

mod creation;
mod disputes;
mod emission;
mod epochs;
mod finalize;
mod governance;
mod param_change;
mod param_draft;
mod params;
mod parts;
mod payments;
mod policy;
mod validate;
mod work;
mod work_pay;

pub use disputes::arming_end;
pub use emission::{EmissionState, EmittingEpoch, PlannedEmission};
pub use finalize::{Finalized, Ledger, Vaults};
pub use param_change::ParamChange;
pub use param_draft::{DRAFT_PART, DRAFT_PARTS, ParamDraft, draft_parts};
pub use params::NetworkParams;
pub use parts::{
    Authorities, AuthorityRole, Beacon, BucketLevel, Convicted, EmissionMode, EpochRules, NetworkVaults, Outages,
    PlacePace, UnitsRing, VaultKind,
};
pub use payments::{AnnouncedPayment, EpochPaid};
pub use policy::{EmissionLaw, EmissionPolicy};
pub use work::{BeaconStep, EpochWork};
pub use work_pay::WorkPay;

use super::{PoolKind, provider::Terms};
use crate::{
    Address, WorkTokenError as E,
    math::{
        Amount, Epoch, EpochClock,
        draw::CAPACITY,
        snapshot::{next_to_finalize, slot},
    },
    state::PlaceQueue,
};

/// Epochs whose rules are kept: the running one, and the eight before it that can still be opened.
pub const EPOCH_RULES: usize = 9;
/// Windows of slots in which the arming of a draw may end: that of the present slot, and those that an
/// account of randomness may take.
pub const ARMED_WINDOWS: usize = 4;
/// Epochs whose convictions are remembered.
pub const CONVICTED_RING: usize = 8;
/// Words of the place map.
pub const PLACE_WORDS: usize = CAPACITY / 64;

/// Bits of [`Network::flags`].
pub mod network_flags {
    /// The creator accepted a mint with a freeze authority; shown to every staker.
    pub const FREEZE_AUTHORITY_ACCEPTED: u8 = 1;
}

account! {
    /// One work-token economy: its mint, authorities, vaults, clock, totals and parameters.
    pub struct Network {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Decimals of the mint; needed by every checked transfer.
        pub mint_decimals: u8,
        /// 0 Mint, 1 Reserve. Fixed at creation.
        pub emission_mode: u8,
        /// See `network_flags`. Fixed at creation.
        pub flags: u8,
        /// Unused.
        pub padding: [u8; 3],
        /// The creator's number for this network.
        pub id: u64,
        /// Who created the network; part of its address, without power.
        pub creator: Address,
        /// The work token.
        pub mint: Address,
        /// The program that owns the mint: SPL Token or Token-2022.
        pub token_program: Address,
        /// Who holds which power.
        pub authorities: Authorities,
        /// The vaults.
        pub vaults: NetworkVaults,
        /// When `clock_anchor_epoch` began. Moves only when the epoch length changes. Unix seconds.
        pub clock_anchor_ts: i64,
        /// The epoch that began at the anchor.
        pub clock_anchor_epoch: u32,
        /// Length of an epoch since the anchor. Seconds.
        pub epoch_secs: u32,
        /// Length from `next_epoch_secs_from` on; 0 when no change is scheduled.
        pub next_epoch_secs: u32,
        /// First epoch of the new length.
        pub next_epoch_secs_from: u32,
        /// Entrances are closed until then. Unix seconds.
        pub paused_until_ts: i64,
        /// No pause may begin before. Unix seconds; the network's clock, whoever is guardian.
        pub pause_allowed_from_ts: i64,
        /// Epochs are finalized in order; this one is next, unless it can no longer be opened.
        pub next_finalize_epoch: u32,
        /// Providers weighed with a weight in the last finalized epoch that had any.
        pub active_providers: u32,
        /// Stake before the share cap, of the last finalized epoch that had any.
        pub stake_total: u64,
        /// Stake of the last eight finalized epochs that had any, by `finalized_with_stake`.
        pub stake_ring: [u64; 8],
        /// Finalized epochs that had any stake.
        pub finalized_with_stake: u64,
        /// In the reward vault, owed to nobody: joins the next emission.
        pub carried: u64,
        /// Emitted since creation, minted or taken from the reserve.
        pub emitted_total: u64,
        /// Rises with every executed change of parameters.
        pub params_version: u32,
        /// Number of the last proposed change of parameters.
        pub param_changes: u32,
        /// Classes of jobs that exist, bit by class.
        pub job_classes: u32,
        /// Places taken, this epoch's takers included.
        pub places_taken: u32,
        /// Places there may be; moved when an epoch is finalized.
        pub place_cap: u32,
        /// Unused.
        pub padding_2: u32,
        /// Taken places, bit by index.
        pub places: [u64; PLACE_WORDS],
        /// The candidates that wait for a place.
        pub queue: PlaceQueue,
        /// What the minimum stake and the dynamic cap follow besides.
        pub pace: PlacePace,
        /// Working providers per epoch, a mean over 14 epochs, in 4096ths.
        pub working_mean_x12: u64,
        /// Emission per provider with a weight, a mean over 20 epochs. Base units.
        pub reward_mean: u64,
        /// Least own stake for a place and a weight, from the second epoch after the one in which it was
        /// decided on; before that, where it fell. Moved when an epoch is finalized. Base units.
        pub minimum_stake: u64,
        /// Burned fees that no provider carries any more; burned with the next epoch finalized. In the reward
        /// vault.
        pub burn_due: u64,
        /// The same of the treasury's part.
        pub treasury_due: u64,
        /// The trees that jobs are drawn from, by parity of the epoch; zero until adopted.
        pub work_trees: [Address; 2],
        /// The randomness of the present epoch.
        pub beacon: Beacon,
        /// When the present or last pause began. Unix seconds.
        pub paused_from_ts: i64,
        /// Length of all pauses before that one. Seconds.
        pub paused_before_secs: i64,
        /// Recorded outages.
        pub outages: Outages,
        /// The tree that jurors are drawn from; zero until adopted.
        pub juror_tree: Address,
        /// When it was adopted: while it is young locks need not ripen. Unix seconds.
        pub juror_tree_from_ts: i64,
        /// Draws of juries that are armed and whose seed is not captured, by the window of slots in which
        /// their arming ends, modulo 4: the tree stands still for them.
        pub armed_draws: [u16; ARMED_WINDOWS],
        /// The window in which a draw was armed last.
        pub armed_window: u64,
        /// The last of the draws that ever began is over then. Work time.
        pub draws_until_work_ts: i64,
        /// The slashing limit's level.
        pub slashing: BucketLevel,
        /// The announced payment of the insurance.
        pub insurance: AnnouncedPayment,
        /// The announced payment of the treasury.
        pub treasury: AnnouncedPayment,
        /// What the treasury paid in the epoch of its last payment.
        pub treasury_paid: EpochPaid,
        /// What the next emission follows from.
        pub emission: EmissionState,
        /// Stake of convicted providers in the last epochs that had any, by epoch modulo 8.
        pub convicted: [Convicted; CONVICTED_RING],
        /// The rules of the last nine epochs, by epoch modulo 9.
        pub epoch_rules: [EpochRules; EPOCH_RULES],
        /// When the metrics were set to none last; 0 when they never were. Unix seconds.
        pub unmeasured_since_ts: i64,
        /// Units of work that counted in the last epochs that had any.
        pub units: UnitsRing,
        /// The parameters in force.
        pub params: NetworkParams,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Network {
    /// The least that a position of a pool holds, unless it holds nothing.
    #[inline]
    pub fn minimum_of(&self, kind: PoolKind) -> Amount {
        Amount(match kind {
            PoolKind::Own => self.params.minimum_self_stake,
            PoolKind::Delegated => self.params.minimum_delegation,
        })
    }

    /// The network's epoch clock.
    #[inline]
    pub fn clock(&self) -> EpochClock {
        EpochClock {
            anchor_ts: self.clock_anchor_ts,
            anchor_epoch: Epoch(self.clock_anchor_epoch),
            epoch_secs: self.epoch_secs,
            next_epoch_secs: self.next_epoch_secs,
            next_from: Epoch(self.next_epoch_secs_from),
        }
    }

    /// Stores a clock.
    pub fn set_clock(&mut self, clock: EpochClock) {
        self.clock_anchor_ts = clock.anchor_ts;
        self.clock_anchor_epoch = clock.anchor_epoch.0;
        self.epoch_secs = clock.epoch_secs;
        self.next_epoch_secs = clock.next_epoch_secs;
        self.next_epoch_secs_from = clock.next_from.0;
    }

    /// The epoch at a time.
    #[inline]
    pub fn epoch_at(&self, now_ts: i64) -> Epoch {
        self.clock().epoch_at(now_ts)
    }

    /// What a provider's books need to know of the network at a time.
    #[inline(never)]
    pub fn terms(&self, now_ts: i64) -> Terms {
        let clock = self.clock();
        Terms { now_ts, epoch: clock.epoch_at(now_ts), clock }
    }

    /// Refuses while the entrances are paused.
    #[inline]
    pub fn require_open(&self, now_ts: i64) -> Result<(), E> {
        if now_ts < self.paused_until_ts { Err(E::Paused) } else { Ok(()) }
    }

    /// Whether the network mints its emission.
    #[inline]
    pub fn mints(&self) -> bool {
        self.emission_mode == EmissionMode::Mint as u8
    }

    /// The vault of a kind.
    pub fn vault(&self, kind: VaultKind) -> &Address {
        self.vaults.of(kind)
    }

    /// Bump of a vault's address.
    pub fn vault_bump(&self, kind: VaultKind) -> u8 {
        self.vaults.bumps.get(kind as usize).copied().unwrap_or(0)
    }

    /// The epoch that must be finalized next.
    pub fn next_to_finalize(&self, now: Epoch) -> Epoch {
        next_to_finalize(Epoch(self.next_finalize_epoch), now)
    }

    /// The largest stake weighed in one of the last eight finalized epochs that had any; zero before the
    /// first.
    pub fn largest_stake(&self) -> Amount {
        self.stake_ring.iter().copied().map(Amount).fold(Amount::ZERO, Amount::max)
    }

    /// Remembers a finalized epoch that had stake.
    pub fn fold_stake(&mut self, stake: Amount, active_providers: u32) {
        if stake.is_zero() {
            return;
        }
        self.stake_total = stake.0;
        self.active_providers = active_providers;
        let finalized = u32::try_from(self.finalized_with_stake & 7).unwrap_or(0);
        if let Some(entry) = self.stake_ring.get_mut(slot(Epoch(finalized), 8)) {
            *entry = stake.0;
        }
        self.finalized_with_stake = self.finalized_with_stake.saturating_add(1);
    }
}
