//! One work-token economy.

use super::{NetworkParams, provider::Terms};
use crate::{
    Address, WorkTokenError as E,
    limits::*,
    math::{
        Amount, Epoch, EpochClock,
        emission::Limits,
        snapshot::{next_to_finalize, slot},
        units::Ppm,
        weight::WeightRules,
    },
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

/// A network's vaults, in the order of [`Network::vault_bumps`].
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
        /// Rewards settled or about to be, not yet claimed.
        pub reward_vault: Address,
        /// Job fees, bonds and locks.
        pub escrow_vault: Address,
        /// Insurance.
        pub insurance_vault: Address,
        /// Bounties of cranks.
        pub keeper_vault: Address,
        /// Treasury.
        pub treasury_vault: Address,
        /// What Reserve mode emits from.
        pub reserve_vault: Address,
        /// Bumps of the vaults' addresses, in the order of `VaultKind`; the last two are unused.
        pub vault_bumps: [u8; 8],
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
        /// The parameters in force.
        pub params: NetworkParams,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Network {
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
    #[inline]
    pub fn terms(&self, now_ts: i64) -> Terms {
        let clock = self.clock();
        Terms {
            now_ts,
            epoch: clock.epoch_at(now_ts),
            clock,
            leverage: self.params.leverage,
            vesting_epochs: self.params.vesting_epochs,
        }
    }

    /// Refuses while the entrances are paused.
    #[inline]
    pub fn require_open(&self, now_ts: i64) -> Result<(), E> {
        if now_ts < self.paused_until_ts { Err(E::Paused) } else { Ok(()) }
    }

    /// Whether the network mints its emission.
    pub fn mints(&self) -> bool {
        self.emission_mode == EmissionMode::Mint as u8
    }

    /// The vault of a kind.
    pub fn vault(&self, kind: VaultKind) -> &Address {
        match kind {
            VaultKind::Reward => &self.reward_vault,
            VaultKind::Escrow => &self.escrow_vault,
            VaultKind::Insurance => &self.insurance_vault,
            VaultKind::Keeper => &self.keeper_vault,
            VaultKind::Treasury => &self.treasury_vault,
            VaultKind::Reserve => &self.reserve_vault,
        }
    }

    /// Bump of a vault's address.
    pub fn vault_bump(&self, kind: VaultKind) -> u8 {
        self.vault_bumps.get(kind as usize).copied().unwrap_or(0)
    }

    /// The epoch that must be finalized next.
    pub fn next_to_finalize(&self, now: Epoch) -> Epoch {
        next_to_finalize(Epoch(self.next_finalize_epoch), now)
    }

    /// The largest stake weighed in one of the last eight finalized epochs that had any; zero before the first.
    pub fn largest_stake(&self) -> Amount {
        self.stake_ring.iter().copied().map(Amount).fold(Amount::ZERO, Amount::max)
    }

    /// What limits the emission of an epoch with `stake`, when `available` can still be emitted.
    pub fn emission_limits(&self, stake: Amount, available: Amount) -> Limits {
        Limits {
            per_epoch: Amount(self.params.emission_per_epoch),
            available,
            stake,
            largest_stake: self.largest_stake(),
            keeper_share: Ppm(self.params.keeper_share_ppm),
        }
    }

    /// The weight rules that an epoch opened now gets.
    pub fn weight_rules(&self) -> WeightRules {
        WeightRules {
            leverage: self.params.leverage,
            share_cap: Ppm(self.params.share_cap_ppm),
            stake_before: self.largest_stake(),
        }
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

    /// Closes the entrances for `secs` (R H13: at most 7 days, then open for at least 7).
    pub fn pause(&mut self, now_ts: i64, secs: i64) -> Result<(), E> {
        if !(1..=MAX_PAUSE_SECS).contains(&secs) {
            return Err(E::PauseTooLong);
        }
        if now_ts < self.pause_allowed_from_ts {
            return Err(E::PauseTooSoon);
        }
        self.paused_until_ts = now_ts.saturating_add(secs);
        self.pause_allowed_from_ts = self.paused_until_ts.saturating_add(MAX_PAUSE_SECS);
        Ok(())
    }

    /// Opens the entrances again. When the next pause may begin does not change.
    pub fn unpause(&mut self, now_ts: i64) -> Result<(), E> {
        if now_ts >= self.paused_until_ts {
            return Err(E::NotPaused);
        }
        self.paused_until_ts = now_ts;
        Ok(())
    }

    /// Proposes an authority; `Address::default()` withdraws the proposal.
    pub fn propose_authority(&mut self, role: AuthorityRole, proposed: Address, now_ts: i64) {
        let from_ts = now_ts.saturating_add(AUTHORITY_DELAY_SECS);
        match role {
            AuthorityRole::Admin => self.pending_admin = proposed,
            AuthorityRole::Guardian => {
                self.pending_guardian = proposed;
                self.guardian_from_ts = from_ts;
            }
            AuthorityRole::Arbiter => {
                self.pending_arbiter = proposed;
                self.arbiter_from_ts = from_ts;
            }
        }
    }

    /// Makes the signer the authority it was proposed as.
    pub fn accept_authority(&mut self, role: AuthorityRole, signer: &Address, now_ts: i64) -> Result<(), E> {
        let (present, pending, from_ts) = match role {
            AuthorityRole::Admin => (&mut self.admin, &mut self.pending_admin, i64::MIN),
            AuthorityRole::Guardian => (&mut self.guardian, &mut self.pending_guardian, self.guardian_from_ts),
            AuthorityRole::Arbiter => (&mut self.arbiter, &mut self.pending_arbiter, self.arbiter_from_ts),
        };
        if *pending == Address::default() || pending != signer {
            return Err(E::NotThePendingAuthority);
        }
        if now_ts < from_ts {
            return Err(E::AuthorityDelay);
        }
        *present = *pending;
        *pending = Address::default();
        Ok(())
    }

    /// Puts a validated parameter set in force. A new epoch length begins with the next epoch (MD 2.1).
    pub fn set_params(&mut self, params: NetworkParams, now_ts: i64) {
        let clock = self.clock().advanced_to(now_ts);
        let next = clock.epoch_at(now_ts).next();
        let changed = params.epoch_secs != clock.epoch_secs;
        self.set_clock(EpochClock {
            next_epoch_secs: if changed { params.epoch_secs } else { 0 },
            next_from: if changed { next } else { Epoch(0) },
            ..clock
        });
        self.params = params;
        self.params_version = self.params_version.saturating_add(1);
    }
}
