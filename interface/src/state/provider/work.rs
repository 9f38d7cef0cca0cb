//! Jobs in a provider's books: exposure, fees, counts by reason, signs of life, maintenance.

use super::{EpochRecord, Provider, ProviderState, SKIP_REASONS, Terms, provider_flags};
use crate::{
    Address, WorkTokenError as E,
    limits::*,
    math::{
        Amount, Epoch, EpochClock,
        job::{FeeSplit, exposure, exposure_room},
    },
    state::{Assignment, Job, Network, Offer},
};

/// Why a drawn provider does not get the seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum SkipReason {
    /// Not Active: jailed, retiring, or without a seat. Uses up an attempt.
    NotActive = 1,
    /// Own stake below the minimum, and its grace over. Uses up an attempt.
    BelowMinimum = 2,
    /// In declared maintenance.
    Maintenance = 3,
    /// Has another seat of the job.
    AlreadySeated = 4,
    /// Does not serve the class.
    NotServing = 5,
    /// What the job can pay in the time it asks for is below its floor price.
    BelowFloor = 6,
    /// Its own stake is bound by open seats or claims.
    ExposureFull = 7,
    /// Its own stake would cover the seat, but is leaving.
    StakeLeaving = 8,
    /// The working time is shorter than its least.
    TooShort = 9,
}

/// What became of a seat that a provider had, where it was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum SeatOutcome {
    /// It declined.
    Declined = 1,
    /// It let the time to accept pass.
    Passed = 2,
    /// It accepted, and neither submitted nor revealed in time.
    Failed = 3,
    /// It stopped the meter before it had ended.
    Stopped = 4,
}

impl SkipReason {
    /// All of them, in the order of their counts.
    pub const ALL: [Self; SKIP_REASONS] = [
        Self::NotActive,
        Self::BelowMinimum,
        Self::Maintenance,
        Self::AlreadySeated,
        Self::NotServing,
        Self::BelowFloor,
        Self::ExposureFull,
        Self::StakeLeaving,
        Self::TooShort,
    ];

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
            Self::StakeLeaving => E::StakeLeaving,
            Self::TooShort => E::WorkTooShort,
        }
    }
}

impl Provider {
    /// Own stake that further seats may bind: what is not leaving, less claims, less what open seats bind
    /// (job-exposure-2).
    pub fn exposure_room(&self) -> Amount {
        self.room_of(self.own_staked(), Amount(self.work.exposure))
    }

    fn room_of(&self, own_staked: Amount, used: Amount) -> Amount {
        let claimed = self.claimed_from_own();
        exposure_room(own_staked, claimed, used)
    }

    /// What a seat of the job would bind; `None` when it fits nobody.
    pub fn exposure_of(job: &Job) -> Option<Amount> {
        exposure(Amount(job.fee), job.rules.exposure_factor)
    }

    /// What a seat of the job binds of the provider's stake if it may have the seat now, or why it may not.
    /// Its offer is `None` when it never made one.
    /// - Refuses: the first of what a [`SkipReason`] names, in the order of its checks: state, minimum stake,
    ///   maintenance, a seat of the same job, class, floor, working time, free stake.
    pub fn seat_exposure(
        &self,
        address: &Address,
        job: &Job,
        offer: Option<&Offer>,
        network: &Network,
        terms: &Terms,
    ) -> Result<Amount, SkipReason> {
        if self.state != ProviderState::Active as u8 {
            return Err(SkipReason::NotActive);
        }
        if !self.has_minimum(network, terms) {
            return Err(SkipReason::BelowMinimum);
        }
        if self.is_in_maintenance(terms.now_ts) {
            return Err(SkipReason::Maintenance);
        }
        if job.seats_provider(address) {
            return Err(SkipReason::AlreadySeated);
        }
        let Some(asked) = offer.and_then(|offer| offer.asked(job.class, terms.epoch)) else {
            return Err(SkipReason::NotServing);
        };
        if job.payable() < asked.floor {
            return Err(SkipReason::BelowFloor);
        }
        if job.work_secs < asked.least_work_secs {
            return Err(SkipReason::TooShort);
        }
        let Some(exposure) = Self::exposure_of(job) else { return Err(SkipReason::ExposureFull) };
        if exposure <= self.exposure_room() {
            return Ok(exposure);
        }
        // Who asks for its stake and cancels dodges every draw: that is counted by itself (job-count-2).
        let is_leaving = exposure <= self.room_of(Amount(self.own.tokens), Amount(self.work.exposure));
        Err(if is_leaving { SkipReason::StakeLeaving } else { SkipReason::ExposureFull })
    }

    /// Refuses to let a drawn provider accept that is no longer fit for its seat: not Active, below the
    /// minimum after its grace, or with less own stake that is not leaving than its open seats bind
    /// (job-accept-2). Claims are not asked about: a seat that was drawn before a claim was opened can be
    /// accepted in spite of it, or whoever opens a claim decides who works (job-accept-2).
    pub fn require_fit(&self, network: &Network, terms: &Terms) -> Result<(), E> {
        if self.state != ProviderState::Active as u8 {
            return Err(E::ProviderNotActive);
        }
        if !self.has_minimum(network, terms) {
            return Err(E::BelowMinimumStake);
        }
        if self.own_staked() < Amount(self.work.exposure) { Err(E::ExposureFull) } else { Ok(()) }
    }

    /// Whether the provider has an `Offer`.
    #[inline]
    pub fn has_offer(&self) -> bool {
        self.flags & provider_flags::HAS_OFFER != 0
    }

    /// Counts that the provider's leaf was drawn, and why it was skipped. Neither score nor weight reads it
    /// (job-count-1).
    pub fn note_draw(&mut self, epoch: Epoch, skipped: Option<SkipReason>) {
        if let Some(record) = self.record_mut(epoch) {
            record.drawn = record.drawn.saturating_add(1);
            let count = skipped.and_then(|reason| record.skips.get_mut((reason as usize).wrapping_sub(1)));
            if let Some(count) = count {
                *count = count.saturating_add(1);
            }
        }
    }

    /// Counts what became of a seat. Neither score nor weight reads it, because it can be bought from either
    /// side (job-count-2).
    pub fn note_outcome(&mut self, epoch: Epoch, outcome: SeatOutcome) {
        let Some(record) = self.record_mut(epoch) else { return };
        let count = match outcome {
            SeatOutcome::Declined => &mut record.declined,
            SeatOutcome::Passed => &mut record.passed,
            SeatOutcome::Failed => &mut record.failed,
            SeatOutcome::Stopped => &mut record.stopped,
        };
        *count = count.saturating_add(1);
    }

    /// Binds own stake for a seat.
    pub fn bind(&mut self, exposure: Amount) {
        self.work.exposure = self.work.exposure.saturating_add(exposure.0);
        self.open_seats = self.open_seats.saturating_add(1);
    }

    /// Frees what a seat bound: declined, not accepted, expired, cancelled or settled.
    pub fn release(&mut self, seat: &Assignment) {
        self.free(seat.exposure);
        self.open_seats = self.open_seats.saturating_sub(1);
    }

    /// Frees own stake that a seat bound and binds no more, while the seat goes on.
    pub fn free(&mut self, exposure: u64) {
        self.work.exposure = self.work.exposure.saturating_sub(exposure);
    }

    /// Enters a settled fee: the provider's part joins the present epoch's fees (job-settle-3), the rest
    /// waits for the next weigh. A job of one's own is no work done.
    pub fn note_fee(&mut self, epoch: Epoch, split: &FeeSplit, also_burned: u64, is_own_client: bool) {
        self.work.burn_due = self.work.burn_due.saturating_add(split.burn.0).saturating_add(also_burned);
        self.work.treasury_due = self.work.treasury_due.saturating_add(split.treasury.0);
        // A meter that never ran is no work, and a job of one's own proves none.
        let is_work = !split.provider.is_zero() && !is_own_client;
        if let Some(record) = self.record_mut(epoch) {
            record.fees = record.fees.saturating_add(split.provider.0);
            record.done = record.done.saturating_add(u16::from(is_work));
            if !is_own_client {
                record.burned = record.burned.saturating_add(split.burn.0);
            }
        }
    }

    /// Whether declared maintenance is on.
    #[inline]
    pub fn is_in_maintenance(&self, now_ts: i64) -> bool {
        self.maintenance.from_ts <= now_ts && now_ts < self.maintenance.until_ts
    }

    /// Its operator gives a sign of life in the present window of the epoch. Returns the window.
    /// - Refuses: a second one in the same window.
    pub fn heartbeat(&mut self, terms: &Terms) -> Result<u32, E> {
        let window = terms.window().ok_or(E::ArithmeticOverflow)?;
        let bit = 1u16.checked_shl(window).unwrap_or(0);
        let record = self.record_mut(terms.epoch).ok_or(E::ArithmeticOverflow)?;
        if record.heartbeats & bit != 0 {
            return Err(E::HeartbeatRepeated);
        }
        record.heartbeats |= bit;
        self.note_signed();
        Ok(window)
    }

    /// Declares maintenance inside the present epoch: at least an hour ahead, at most a quarter of it, once
    /// in four epochs. The provider is not drawn meanwhile, its silence is excused in the windows that the
    /// maintenance covers wholly, and the epoch's weight shrinks by the time.
    /// - Refuses: too soon after the last; no time at all, more than a quarter of the epoch, or beyond its
    ///   end; less than an hour ahead.
    pub fn declare_maintenance(&mut self, from_ts: i64, secs: u32, terms: &Terms) -> Result<(), E> {
        let (starts_at_ts, length) = epoch_span(&terms.clock, terms.epoch).ok_or(E::ArithmeticOverflow)?;
        let until_ts = from_ts.saturating_add(i64::from(secs));
        if terms.epoch.0 < self.maintenance.allowed_epoch {
            return Err(E::MaintenanceTooOften);
        }
        let most = length.checked_div(i64::from(MAINTENANCE_PART_OF_EPOCH)).unwrap_or(0);
        if secs == 0 || i64::from(secs) > most || until_ts > starts_at_ts.saturating_add(length) {
            return Err(E::MaintenanceOutOfBounds);
        }
        if from_ts < terms.now_ts.saturating_add(i64::from(MAINTENANCE_NOTICE_SECS)) {
            return Err(E::MaintenanceNotAhead);
        }
        let record = self.record_mut(terms.epoch).ok_or(E::ArithmeticOverflow)?;
        record.maintenance_secs = secs;
        record.excused |= windows_covered((starts_at_ts, starts_at_ts.saturating_add(length)), (from_ts, until_ts));
        self.maintenance.from_ts = from_ts;
        self.maintenance.until_ts = until_ts;
        self.note_signed();
        self.maintenance.allowed_epoch = terms.epoch.0.saturating_add(MAINTENANCE_EVERY_EPOCHS);
        Ok(())
    }

    /// The record of the present epoch.
    pub fn present_record(&self, terms: &Terms) -> Option<&EpochRecord> {
        self.record(terms.epoch)
    }
}

impl Terms {
    /// The present window of the epoch, of sixteen.
    pub fn window(&self) -> Option<u32> {
        let (starts_at_ts, length) = epoch_span(&self.clock, self.epoch)?;
        Some(window_at(self.now_ts.saturating_sub(starts_at_ts), length))
    }
}

/// When an epoch begins and how long it lasts.
fn epoch_span(clock: &EpochClock, epoch: Epoch) -> Option<(i64, i64)> {
    let starts_at_ts = clock.starts_at_ts(epoch)?;
    let ends_at_ts = clock.starts_at_ts(epoch.next())?;
    Some((starts_at_ts, ends_at_ts.checked_sub(starts_at_ts)?))
}

/// The windows of an epoch, a bit each, that a span of time touches; none where it touches nothing of the
/// epoch.
pub fn windows_touched((starts_at_ts, ends_at_ts): (i64, i64), (from_ts, until_ts): (i64, i64)) -> u16 {
    let (from_ts, until_ts) = (from_ts.max(starts_at_ts), until_ts.min(ends_at_ts));
    if from_ts >= until_ts {
        return 0;
    }
    let length = ends_at_ts.saturating_sub(starts_at_ts);
    let first = window_at(from_ts.saturating_sub(starts_at_ts), length);
    let last = window_at(until_ts.saturating_sub(starts_at_ts).saturating_sub(1), length);
    bits(first..last.saturating_add(1))
}

/// The windows of an epoch, a bit each, of which a span of time leaves no second out.
pub fn windows_covered((starts_at_ts, ends_at_ts): (i64, i64), (from_ts, until_ts): (i64, i64)) -> u16 {
    let (from_ts, until_ts) = (from_ts.max(starts_at_ts), until_ts.min(ends_at_ts));
    if from_ts >= until_ts {
        return 0;
    }
    let length = ends_at_ts.saturating_sub(starts_at_ts);
    // A window is left out if the second before the span is in it, or the first one after it.
    let first = if from_ts == starts_at_ts {
        0
    } else {
        window_at(from_ts.saturating_sub(starts_at_ts).saturating_sub(1), length).saturating_add(1)
    };
    let end = if until_ts == ends_at_ts {
        HEARTBEAT_WINDOWS
    } else {
        window_at(until_ts.saturating_sub(starts_at_ts), length)
    };
    bits(first..end)
}

fn bits(windows: core::ops::Range<u32>) -> u16 {
    windows.fold(0, |bits, window| bits | 1u16.checked_shl(window).unwrap_or(0))
}

/// The window of an epoch, of sixteen, that a time since its beginning falls in.
fn window_at(elapsed_secs: i64, length_secs: i64) -> u32 {
    let windows = i64::from(HEARTBEAT_WINDOWS);
    let window = elapsed_secs.saturating_mul(windows).checked_div(length_secs).unwrap_or(0);
    u32::try_from(window).unwrap_or(0).min(HEARTBEAT_WINDOWS.saturating_sub(1))
}
