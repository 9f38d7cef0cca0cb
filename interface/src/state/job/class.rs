//! The classes of work that a network trades in, and the rules of each.

use bytemuck::bytes_of;

use crate::state::{
    NetworkParams,
    governed::{self, Governed},
};
use crate::{
    Address, WorkTokenError as E,
    limits::*,
    math::{
        Amount, Bps, MAX_SUPPLY,
        job::{ceiling_is_reachable, least_exposure_factor, payable_fee},
    },
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

/// Whether results of one job are to be equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Agreement {
    /// Byte for byte: one that fewer than half share is noted as a minority's.
    Exact = 0,
    /// They are sampled, or floating: no minority is noted.
    Free = 1,
}

/// No time of a job is longer than the longest liability.
const MOST_SECS: u64 = MAX_UNBONDING_SECS as u64;

governed! {
    /// Rules of a class of jobs; copied into each job when it is created. Amounts in base units, durations in
    /// seconds of work time.
    pub struct JobRules {
        /// Lowest that a seat can pay in the time asked for; at least 1,000,000 so that neither burn nor
        /// treasury rounds to nothing (job-class-3).
        pub minimum_fee: u64 => (Economic, Amount, [(MIN_JOB_FEE, MAX_SUPPLY - 1)], JobFeesOutOfBounds),
        /// From a job's creation until its seats must be drawn.
        pub seat_secs: u32 => (Economic, Secs, [(MIN_SEAT_SECS as u64, MOST_SECS)], JobWindowsOutOfBounds),
        /// From a draw until the provider must accept.
        pub accept_secs: u32 => (Economic, Secs, [(MIN_ACCEPT_SECS as u64, MOST_SECS)], JobWindowsOutOfBounds),
        /// Shortest working time that a client may ask for.
        pub least_work_secs: u32 => (Economic, Secs, [(1, MOST_SECS)], JobWindowsOutOfBounds),
        /// Longest working time, from acceptance to submission.
        pub work_secs: u32 => (Economic, Secs, [(1, MOST_SECS)], JobWindowsOutOfBounds),
        /// Most that extensions may add in all.
        pub extension_secs: u32 => (Economic, Secs, [(0, MOST_SECS)], JobWindowsOutOfBounds),
        /// How long committed results can be revealed, from the last commitment on. Redundant jobs only.
        pub reveal_secs: u32 => (Economic, Secs, [(0, MOST_SECS)], JobWindowsOutOfBounds),
        /// How long a result can be disputed.
        pub challenge_secs: u32 => (Economic, Secs, [(1, MOST_SECS)], JobWindowsOutOfBounds),
        /// A meter runs this long after the client's last sign. Metered jobs only.
        pub keep_alive_secs: u32 => (Economic, Secs, [(0, MOST_SECS)], JobWindowsOutOfBounds),
        /// Own stake that a unit of open fees binds.
        pub exposure_factor: u32 => (Economic, Number, [(1, MAX_EXPOSURE_FACTOR as u64)], ExposureFactorTooSmall),
        /// What the client pays for cancelling once the seed slot has come; of the fee, burned.
        pub cancel_fee_bps: u16 => (Economic, Bps, [(0, Bps::ONE)], JobFeesOutOfBounds),
        /// Share of faults that is assumed to be found; the exposure factor must deter the rest
        /// (job-class-4).
        pub detection_bps: u16 => (Economic, Bps, [(1, Bps::ONE)], ExposureFactorTooSmall),
        /// See `JobKind`.
        pub kind: u8 => (Fixed, Choice, [(0, JobKind::Metered as u64)], JobKindOutOfBounds),
        /// How many providers do the same job: 1, 3 or 5 (job-class-5).
        pub redundancy: u8 => (Fixed, Choice, [(1, MAX_REDUNDANCY as u64)], JobKindOutOfBounds),
        /// Part of the fee that returns to the client when a dispute ends undecided.
        pub undecided_refund_bps: u16 => (Economic, Bps, [(0, Bps::ONE)], JobFeesOutOfBounds),
        /// See `Agreement`; decides only whether a minority is noted.
        pub agreement: u8 => (Fixed, Choice, [(0, Agreement::Free as u64)], JobKindOutOfBounds),
        /// Unused.
        pub padding: [u8; 3] => (Fixed, Zero, [(0, 0); 3], UnknownFlags),
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
    /// Longest time from a job's creation to its result: seat, accept, work, extensions and reveal
    /// (job-class-2).
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

    /// What terms can pay in the time that they ask for (job-terms-1).
    #[inline]
    pub fn payable(&self, fee: u64, price_per_sec: u64, work_secs: u32) -> u64 {
        payable_fee(Amount(fee), self.is_metered().then_some(price_per_sec), work_secs).0
    }

    /// Refuses the terms of a job that the rules do not allow. A fixed job has no price per second, a metered
    /// one needs it, and a ceiling that it can reach: what no meter ever shows would only bind the provider's
    /// stake (job-terms-2).
    pub fn require_terms(&self, fee: u64, price_per_sec: u64, work_secs: u32) -> Result<(), E> {
        if self.is_metered() && price_per_sec == 0 {
            return Err(E::ZeroAmount);
        }
        if !self.is_metered() && price_per_sec != 0 {
            return Err(E::NotMetered);
        }
        if work_secs < self.least_work_secs || work_secs > self.work_secs {
            return Err(E::WorkTimeOutOfBounds);
        }
        if self.payable(fee, price_per_sec, work_secs) < self.minimum_fee {
            return Err(E::FeeBelowMinimum);
        }
        let longest_secs = u64::from(work_secs).saturating_add(u64::from(self.extension_secs));
        if self.is_metered() && !ceiling_is_reachable(Amount(fee), price_per_sec, longest_secs) {
            return Err(E::CeilingOutOfReach);
        }
        Ok(())
    }

    /// Refuses rules that break a bound or do not fit the network's parameters.
    #[inline(never)]
    pub fn validate(&self, params: &NetworkParams) -> Result<(), E> {
        governed::require_bounds(Self::RULES, bytes_of(self))?;
        if !matches!(self.redundancy, 1 | 3 | 5) || (self.is_metered() && self.redundancy != 1) {
            return Err(E::JobKindOutOfBounds);
        }
        let windows = self.least_work_secs <= self.work_secs
            && (self.redundancy == 1 || self.reveal_secs >= MIN_ACCEPT_SECS)
            && (!self.is_metered() || self.keep_alive_secs >= 1);
        if !windows {
            return Err(E::JobWindowsOutOfBounds);
        }
        let least = least_exposure_factor(SEVERITY_3_BPS, self.detection_bps);
        if least.is_none_or(|least| self.exposure_factor < least) {
            return Err(E::ExposureFactorTooSmall);
        }
        self.require_fit(params)
    }

    /// Refuses rules that do not fit the network's parameters: all that can become untrue of rules that a
    /// class once got.
    #[inline]
    pub fn require_fit(&self, params: &NetworkParams) -> Result<(), E> {
        if self.longest_secs() > u64::from(params.longest_job_secs) || self.challenge_secs > params.challenge_secs {
            return Err(E::JobLongerThanLiability);
        }
        Ok(())
    }
}

impl JobClass {
    /// The rules in force at a time.
    pub fn rules_at(&self, now_ts: i64) -> &JobRules {
        if now_ts >= self.next_from_ts { &self.next } else { &self.rules }
    }

    /// The rules in force, for a job that asks for a fee, a price per second and a working time.
    /// - Refuses: rules that no longer fit the network's parameters; what [`JobRules::require_terms`]
    ///   refuses.
    #[inline]
    pub fn rules_for(
        &self,
        params: &NetworkParams,
        (fee, price_per_sec, work_secs): (u64, u64, u32),
        now_ts: i64,
    ) -> Result<&JobRules, E> {
        let rules = self.rules_at(now_ts);
        rules.require_fit(params)?;
        rules.require_terms(fee, price_per_sec, work_secs)?;
        Ok(rules)
    }

    /// Announces rules. A new class has them at once; an existing one after the delay of economic changes, by
    /// steps from the rules in force (network-class-1).
    /// - Refuses: a step from the rules in force that is larger than its class allows.
    pub fn set(&mut self, rules: JobRules, now_ts: i64, is_new: bool) -> Result<(), E> {
        if is_new {
            (self.rules, self.next_from_ts) = (rules, now_ts);
        } else {
            let present = *self.rules_at(now_ts);
            governed::require_steps(JobRules::RULES, bytes_of(&present), bytes_of(&rules))?;
            (self.rules, self.next_from_ts) = (present, now_ts.saturating_add(ECONOMIC_DELAY_SECS));
        }
        self.next = rules;
        Ok(())
    }
}
