//! The classes of work that a network trades in, and the rules of each.

use super::NetworkParams;
use crate::{
    Address, WorkTokenError as E,
    limits::*,
    math::{Bps, job::least_exposure_factor},
};

/// How a job is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum JobKind {
    /// A fixed fee for a result.
    Fixed = 0,
    /// A price per second up to a ceiling.
    Metered = 1,
}

value! {
    /// Rules of a class of jobs; copied into each job when it is created. Amounts in base units, durations in seconds of work time.
    pub struct JobRules {
        /// Lowest fee of a seat; at least 1,000,000 so that neither burn nor treasury rounds to nothing (R L2).
        pub minimum_fee: u64,
        /// From a job's creation until its seats must be drawn.
        pub seat_secs: u32,
        /// From a draw until the provider must accept.
        pub accept_secs: u32,
        /// Shortest working time that a client may ask for.
        pub least_work_secs: u32,
        /// Longest working time, from acceptance to submission.
        pub work_secs: u32,
        /// Most that extensions may add in all.
        pub extension_secs: u32,
        /// How long committed results can be revealed, from the last commitment on. Redundant jobs only.
        pub reveal_secs: u32,
        /// How long a result can be disputed.
        pub challenge_secs: u32,
        /// A meter runs this long after the client's last sign. Metered jobs only.
        pub keep_alive_secs: u32,
        /// Own stake that a unit of open fees binds.
        pub exposure_factor: u32,
        /// What the client pays for cancelling once the seed slot has come; of the fee, burned.
        pub cancel_fee_bps: u16,
        /// Share of faults that is assumed to be found; the exposure factor must deter the rest (R H18).
        pub detection_bps: u16,
        /// See `JobKind`.
        pub kind: u8,
        /// How many providers do the same job: 1, 3 or 5 (R M4).
        pub redundancy: u8,
        /// Part of the fee that returns to the client when a dispute ends undecided.
        pub undecided_refund_bps: u16,
        /// Unused.
        pub padding: [u8; 4],
    }
}

account! {
    /// A class of jobs. A change of an existing class counts three days after it was made.
    pub struct JobClass {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// The class's number, below 16.
        pub class: u8,
        /// Unused.
        pub padding: [u8; 5],
        /// The network.
        pub network: Address,
        /// Who paid this account's rent.
        pub payer: Address,
        /// Since when `next` holds. Unix seconds.
        pub next_from_ts: i64,
        /// The rules before `next_from_ts`.
        pub rules: JobRules,
        /// The rules from `next_from_ts` on.
        pub next: JobRules,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl JobRules {
    /// Longest time from a job's creation to its result: seat, accept, work, extensions and reveal (R M14).
    pub fn longest_secs(&self) -> u64 {
        [self.seat_secs, self.accept_secs, self.work_secs, self.extension_secs, self.reveal_secs]
            .into_iter()
            .map(u64::from)
            .fold(0, u64::saturating_add)
    }

    /// Whether the job is paid by time.
    pub fn is_metered(&self) -> bool {
        self.kind == JobKind::Metered as u8
    }

    /// Refuses the terms of a job that the rules do not allow. A fixed job has no price per second, a metered one needs it.
    pub fn require_terms(&self, fee: u64, price_per_sec: u64, work_secs: u32) -> Result<(), E> {
        if fee < self.minimum_fee {
            return Err(E::FeeBelowMinimum);
        }
        if self.is_metered() && price_per_sec == 0 {
            return Err(E::ZeroAmount);
        }
        if !self.is_metered() && price_per_sec != 0 {
            return Err(E::NotMetered);
        }
        if work_secs < self.least_work_secs || work_secs > self.work_secs {
            return Err(E::WorkTimeOutOfBounds);
        }
        Ok(())
    }

    /// Refuses rules that break a bound or do not fit the network's parameters.
    #[inline(never)]
    pub fn validate(&self, params: &NetworkParams) -> Result<(), E> {
        let kind = self.kind <= JobKind::Metered as u8;
        let redundancy = matches!(self.redundancy, 1 | 3 | 5) && !(self.is_metered() && self.redundancy != 1);
        if !kind || !redundancy {
            return Err(E::JobKindOutOfBounds);
        }
        let windows = self.seat_secs >= MIN_SEAT_SECS
            && self.accept_secs >= MIN_ACCEPT_SECS
            && self.least_work_secs >= 1
            && self.least_work_secs <= self.work_secs
            && self.challenge_secs >= 1
            && (self.redundancy == 1 || self.reveal_secs >= MIN_ACCEPT_SECS)
            && (!self.is_metered() || self.keep_alive_secs >= 1);
        if !windows {
            return Err(E::JobWindowsOutOfBounds);
        }
        if self.longest_secs() > u64::from(params.longest_job_secs) || self.challenge_secs > params.challenge_secs {
            return Err(E::JobLongerThanLiability);
        }
        if self.minimum_fee < MIN_JOB_FEE || u64::from(self.cancel_fee_bps.max(self.undecided_refund_bps)) > Bps::ONE {
            return Err(E::JobFeesOutOfBounds);
        }
        let least = least_exposure_factor(SEVERITY_3_BPS, self.detection_bps);
        if !least.is_some_and(|least| (least..=MAX_EXPOSURE_FACTOR).contains(&self.exposure_factor)) {
            return Err(E::ExposureFactorTooSmall);
        }
        Ok(())
    }
}

impl JobClass {
    /// The rules in force at a time.
    pub fn rules_at(&self, now_ts: i64) -> &JobRules {
        if now_ts >= self.next_from_ts { &self.next } else { &self.rules }
    }

    /// Announces rules: a new class has them at once, an existing one after the delay of economic changes.
    pub fn set(&mut self, rules: JobRules, now_ts: i64, is_new: bool) {
        self.rules = if is_new { rules } else { *self.rules_at(now_ts) };
        self.next = rules;
        self.next_from_ts = if is_new { now_ts } else { now_ts.saturating_add(ECONOMIC_DELAY_SECS) };
    }
}
