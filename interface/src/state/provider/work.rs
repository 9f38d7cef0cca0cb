//! Jobs in a provider's books: exposure, fees, marks, signs of life, maintenance.

use super::{EpochRecord, Provider, ProviderState, Terms, provider_flags};
use crate::{
    Address, WorkTokenError as E,
    limits::*,
    math::{
        Amount, Epoch, EpochClock,
        job::{FeeSplit, exposure, exposure_room},
        reservation,
    },
    state::{Assignment, Job, Offer},
};

/// Why a drawn provider does not get the seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum SkipReason {
    /// Not Active: jailed, retiring, or without a seat. Uses up an attempt.
    NotActive = 1,
    /// Own stake below the minimum. Uses up an attempt.
    BelowMinimum = 2,
    /// In declared maintenance.
    Maintenance = 3,
    /// Has another seat of the job.
    AlreadySeated = 4,
    /// Does not serve the class.
    NotServing = 5,
    /// The fee is below its floor price.
    BelowFloor = 6,
    /// Its own stake is bound by open seats.
    ExposureFull = 7,
}

impl SkipReason {
    /// Whether the provider's own settings are the reason (R H19).
    pub const fn is_own_setting(self) -> bool {
        matches!(self, Self::NotServing | Self::BelowFloor | Self::ExposureFull)
    }

    /// Whether the skip uses up one of the seat's attempts.
    pub const fn uses_attempt(self) -> bool {
        matches!(self, Self::NotActive | Self::BelowMinimum)
    }

    /// The refusal when such a provider tries to take or accept a seat itself.
    pub const fn error(self) -> E {
        match self {
            Self::NotActive => E::ProviderNotActive,
            Self::BelowMinimum => E::BelowMinimumStake,
            Self::Maintenance => E::InMaintenance,
            Self::AlreadySeated => E::AlreadySeated,
            Self::NotServing => E::ClassNotServed,
            Self::BelowFloor => E::BelowFloorPrice,
            Self::ExposureFull => E::ExposureFull,
        }
    }
}

impl Provider {
    /// Own stake that further seats may bind: what is not leaving, less claims, less what open seats bind (R H18).
    pub fn exposure_room(&self) -> Amount {
        self.room_of(self.own_staked(), Amount(self.exposure))
    }

    fn room_of(&self, own_staked: Amount, used: Amount) -> Amount {
        let claimed = reservation::total(self.reservations.iter().map(|claim| Amount(claim.own)));
        exposure_room(own_staked, claimed, used)
    }

    /// What a seat of the job would bind; `None` when it fits nobody.
    pub fn exposure_of(job: &Job) -> Option<Amount> {
        exposure(Amount(job.fee), job.rules.exposure_factor)
    }

    /// What a seat of the job binds of the provider's stake if it may have the seat now, or why it may not. Its offer is `None` when it never made
    /// one.
    pub fn seat_exposure(
        &self,
        address: &Address,
        job: &Job,
        offer: Option<&Offer>,
        terms: &Terms,
        minimum: Amount,
    ) -> Result<Amount, SkipReason> {
        if self.state != ProviderState::Active as u8 {
            return Err(SkipReason::NotActive);
        }
        let own_staked = self.own_staked();
        if own_staked < minimum {
            return Err(SkipReason::BelowMinimum);
        }
        if self.is_in_maintenance(terms.now_ts) {
            return Err(SkipReason::Maintenance);
        }
        if job.seats_provider(address) {
            return Err(SkipReason::AlreadySeated);
        }
        let Some(floor) = offer.and_then(|offer| offer.floor(job.class, terms.epoch)) else {
            return Err(SkipReason::NotServing);
        };
        if job.fee < floor {
            return Err(SkipReason::BelowFloor);
        }
        let room = self.room_of(own_staked, Amount(self.exposure));
        Self::exposure_of(job).filter(|exposure| *exposure <= room).ok_or(SkipReason::ExposureFull)
    }

    /// Refuses to let a drawn provider accept that is no longer fit for its seat: not Active, with less own stake than the minimum, or with less than
    /// its open seats bind (R H18).
    pub fn require_fit(&self, minimum: Amount) -> Result<(), E> {
        if self.state != ProviderState::Active as u8 {
            return Err(E::ProviderNotActive);
        }
        if self.own_staked() < minimum {
            return Err(E::BelowMinimumStake);
        }
        self.require_covered()
    }

    /// Refuses a provider whose own stake, less what is leaving and what is claimed, no longer covers what its open seats bind (R H18).
    pub fn require_covered(&self) -> Result<(), E> {
        if self.room_of(self.own_staked(), Amount::ZERO) < Amount(self.exposure) {
            return Err(E::ExposureFull);
        }
        Ok(())
    }

    /// Whether the provider has an `Offer`.
    #[inline]
    pub fn has_offer(&self) -> bool {
        self.flags & provider_flags::HAS_OFFER != 0
    }

    /// Counts that the provider's leaf was drawn.
    pub fn note_draw(&mut self, epoch: Epoch, skipped: Option<SkipReason>) {
        if let Some(record) = self.record_mut(epoch) {
            record.drawn = record.drawn.saturating_add(1);
            if skipped.is_some_and(SkipReason::is_own_setting) {
                record.skipped = record.skipped.saturating_add(1);
            }
        }
    }

    /// Binds own stake for a seat.
    pub fn bind(&mut self, exposure: Amount) {
        self.exposure = self.exposure.saturating_add(exposure.0);
        self.open_seats = self.open_seats.saturating_add(1);
    }

    /// Frees what a seat bound: declined, not accepted, expired, cancelled or settled.
    pub fn release(&mut self, seat: &Assignment) {
        self.exposure = self.exposure.saturating_sub(seat.exposure);
        self.open_seats = self.open_seats.saturating_sub(1);
    }

    /// Counts a mark.
    pub fn mark(&mut self, epoch: Epoch) {
        if let Some(record) = self.record_mut(epoch) {
            record.marks = record.marks.saturating_add(1);
        }
    }

    /// Enters a settled fee: the provider's part joins the present epoch's fees (R C8), the rest waits for the next weigh. A job of one's own
    /// does not count as volume.
    pub fn note_fee(&mut self, epoch: Epoch, split: &FeeSplit, also_burned: u64, is_own_client: bool) {
        self.burn_due = self.burn_due.saturating_add(split.burn.0).saturating_add(also_burned);
        self.treasury_due = self.treasury_due.saturating_add(split.treasury.0);
        // A meter that never ran is no work, and a job of one's own proves none.
        let is_work = !split.provider.is_zero() && !is_own_client;
        if is_work {
            self.last_job_epoch_plus_one = epoch.next().0;
        }
        if let Some(record) = self.record_mut(epoch) {
            record.fees = record.fees.saturating_add(split.provider.0);
            record.done = record.done.saturating_add(u16::from(is_work));
            if !is_own_client {
                record.burned = record.burned.saturating_add(split.burn.0);
            }
        }
    }

    /// Whether a job was settled in the eight epochs that end with this one; one that never settled any does not work, in a young network either.
    #[inline]
    pub fn is_working(&self, epoch: Epoch) -> bool {
        // Without the first term whoever never worked would count as working until the network is eight epochs old.
        self.last_job_epoch_plus_one != 0
            && self.last_job_epoch_plus_one.saturating_add(WORKING_EPOCHS) > epoch.next().0
    }

    /// Whether declared maintenance is on.
    #[inline]
    pub fn is_in_maintenance(&self, now_ts: i64) -> bool {
        self.maintenance_from_ts <= now_ts && now_ts < self.maintenance_until_ts
    }

    /// Gives a sign of life in the present window of the epoch. Returns the window.
    pub fn heartbeat(&mut self, terms: &Terms) -> Result<u32, E> {
        let (starts_at_ts, length) = epoch_span(&terms.clock, terms.epoch).ok_or(E::ArithmeticOverflow)?;
        let window = window_at(terms.now_ts.saturating_sub(starts_at_ts), length);
        let bit = 1u16.checked_shl(window).unwrap_or(0);
        let record = self.record_mut(terms.epoch).ok_or(E::ArithmeticOverflow)?;
        if record.heartbeats & bit != 0 {
            return Err(E::HeartbeatRepeated);
        }
        record.heartbeats |= bit;
        Ok(window)
    }

    /// Declares maintenance inside the present epoch: at least an hour ahead, at most a quarter of it, once in four epochs. The provider is not
    /// drawn meanwhile, its silence is excused, and the epoch's weight shrinks by the time.
    pub fn declare_maintenance(&mut self, from_ts: i64, secs: u32, terms: &Terms) -> Result<(), E> {
        let (starts_at_ts, length) = epoch_span(&terms.clock, terms.epoch).ok_or(E::ArithmeticOverflow)?;
        let until_ts = from_ts.saturating_add(i64::from(secs));
        if terms.epoch.0 < self.maintenance_allowed_epoch {
            return Err(E::MaintenanceTooOften);
        }
        let most = length.checked_div(i64::from(MAINTENANCE_PART_OF_EPOCH)).unwrap_or(0);
        if secs == 0 || i64::from(secs) > most || until_ts > starts_at_ts.saturating_add(length) {
            return Err(E::MaintenanceOutOfBounds);
        }
        if from_ts < terms.now_ts.saturating_add(i64::from(MAINTENANCE_NOTICE_SECS)) {
            return Err(E::MaintenanceNotAhead);
        }
        let first = window_at(from_ts.saturating_sub(starts_at_ts), length);
        let last = window_at(until_ts.saturating_sub(starts_at_ts).saturating_sub(1), length);
        let record = self.record_mut(terms.epoch).ok_or(E::ArithmeticOverflow)?;
        record.maintenance_secs = secs;
        for window in first..=last {
            record.excused |= 1u16.checked_shl(window).unwrap_or(0);
        }
        self.maintenance_from_ts = from_ts;
        self.maintenance_until_ts = until_ts;
        self.maintenance_allowed_epoch = terms.epoch.0.saturating_add(MAINTENANCE_EVERY_EPOCHS);
        Ok(())
    }

    /// The record of the present epoch.
    pub fn present_record(&self, terms: &Terms) -> Option<&EpochRecord> {
        self.record(terms.epoch)
    }
}

/// When an epoch begins and how long it lasts.
fn epoch_span(clock: &EpochClock, epoch: Epoch) -> Option<(i64, i64)> {
    let starts_at_ts = clock.starts_at_ts(epoch)?;
    let ends_at_ts = clock.starts_at_ts(epoch.next())?;
    Some((starts_at_ts, ends_at_ts.checked_sub(starts_at_ts)?))
}

/// The window of an epoch, of sixteen, that a time since its beginning falls in.
fn window_at(elapsed_secs: i64, length_secs: i64) -> u32 {
    let windows = i64::from(HEARTBEAT_WINDOWS);
    let window = elapsed_secs.saturating_mul(windows).checked_div(length_secs).unwrap_or(0);
    u32::try_from(window).unwrap_or(0).min(HEARTBEAT_WINDOWS.saturating_sub(1))
}
