//! Pauses, authorities and parameters.

use super::{Authorities, AuthorityRole, Network};
use crate::{
    Address, WorkTokenError as E,
    limits::*,
    math::{Amount, Epoch, EpochClock},
    state::{ChangeClass, JobClass, JobRules, NetworkParams, ParamChange},
};

impl Authorities {
    /// Proposes an authority; `Address::default()` withdraws the proposal.
    pub fn propose(&mut self, role: AuthorityRole, proposed: Address, now_ts: i64) {
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
    /// - Refuses: anybody who was not proposed; before the delay of its role is over.
    pub fn accept(&mut self, role: AuthorityRole, signer: &Address, now_ts: i64) -> Result<(), E> {
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
}

impl Network {
    /// Closes the entrances for `secs` (network-pause-2: at most 7 days, then open for at least 7).
    /// - Refuses: zero seconds or more than 7 days; before the entrances were open for so long.
    pub fn pause(&mut self, now_ts: i64, secs: i64) -> Result<(), E> {
        if !(1..=MAX_PAUSE_SECS).contains(&secs) {
            return Err(E::PauseTooLong);
        }
        if now_ts < self.pause_allowed_from_ts {
            return Err(E::PauseTooSoon);
        }
        self.paused_before_secs = self.paused_before_secs.saturating_add(self.paused_secs());
        self.paused_from_ts = now_ts;
        self.paused_until_ts = now_ts.saturating_add(secs);
        self.pause_allowed_from_ts = self.paused_until_ts.saturating_add(MAX_PAUSE_SECS);
        Ok(())
    }

    /// Opens the entrances again. When the next pause may begin does not change.
    /// - Refuses: a network that is not paused.
    pub fn unpause(&mut self, now_ts: i64) -> Result<(), E> {
        if now_ts >= self.paused_until_ts {
            return Err(E::NotPaused);
        }
        self.paused_until_ts = now_ts;
        Ok(())
    }

    /// The class of a proposed set, and from when on it may be executed. What was set to measure nothing
    /// measures nothing for 30 days (network-params-8).
    /// - Refuses: a set that does not validate; a step larger than the class of a field allows.
    pub fn propose_params(&self, params: &NetworkParams, now_ts: i64) -> Result<(ChangeClass, i64), E> {
        params.validate()?;
        self.params.require_steps(params)?;
        let class = self.params.class_of_change(params);
        let from_ts = now_ts.saturating_add(self.params.delay_secs(class));
        let begins_to_measure = params.is_scored() && !self.params.is_scored() && self.unmeasured_since_ts != 0;
        let measured_from_ts = self.unmeasured_since_ts.saturating_add(UNMEASURED_SECS);
        Ok((class, if begins_to_measure { from_ts.max(measured_from_ts) } else { from_ts }))
    }

    /// The number of the next change.
    /// - Refuses: more changes than can be counted.
    pub fn next_change(&self) -> Result<u32, E> {
        self.param_changes.checked_add(1).ok_or(E::ArithmeticOverflow)
    }

    /// Writes down a proposed set, the next change, with its class and from when on it may be executed.
    /// - Refuses: more changes than can be counted.
    pub fn note_change(
        &mut self,
        change: &mut ParamChange,
        [network, payer]: [&Address; 2],
        params: &NetworkParams,
        (class, executable_from_ts): (ChangeClass, i64),
    ) -> Result<(), E> {
        self.param_changes = self.next_change()?;
        change.class = class as u8;
        change.number = self.param_changes;
        change.network = *network;
        change.payer = *payer;
        change.params_version = self.params_version;
        change.executable_from_ts = executable_from_ts;
        change.params = *params;
        Ok(())
    }

    /// Puts a proposed set in force. A new epoch length begins with the next epoch.
    /// - Refuses: too early; after 14 more days; a set made from another version of the parameters
    ///   (network-params-4); one that no longer validates, or lowers the cap of the supply below what exists
    ///   (network-params-1); before the epochs that can still be opened keep the present one
    ///   (network-params-6).
    pub fn execute_params(&mut self, change: &ParamChange, supply: Amount, now_ts: i64) -> Result<(), E> {
        change.require_executable(self.params_version, now_ts)?;
        let params = &change.params;
        params.validate()?;
        if params.max_supply < self.params.max_supply && params.max_supply < supply.0 {
            return Err(E::SupplyTooLarge);
        }
        self.require_epochs_open(self.epoch_at(now_ts))?;
        self.set_params(params, now_ts);
        Ok(())
    }

    /// Refuses to announce rules of a class that is not below 16, or that break a bound or do not fit the
    /// network's parameters (network-class-1); and before the epochs that can still be opened keep what was
    /// in force when they began (network-params-6).
    pub fn require_class(&self, class: u8, rules: &JobRules, now_ts: i64) -> Result<(), E> {
        if usize::from(class) >= MAX_JOB_CLASSES {
            return Err(E::UnknownJobClass);
        }
        rules.validate(&self.params)?;
        self.require_epochs_open(self.epoch_at(now_ts))
    }

    /// Announces the rules of a class: a new one has them at once, an existing one after the delay of
    /// economic changes.
    /// - Refuses: a step of more than a fifth from the rules in force, and another kind or redundancy
    ///   (network-class-1).
    pub fn set_class(&mut self, job_class: &mut JobClass, rules: JobRules, now_ts: i64, is_new: bool) -> Result<(), E> {
        job_class.set(rules, now_ts, is_new)?;
        self.job_classes |= 1u32.checked_shl(u32::from(job_class.class)).unwrap_or(0);
        Ok(())
    }

    /// Puts a validated parameter set in force. A new epoch length begins with the next epoch
    /// (network-params-7).
    fn set_params(&mut self, params: &NetworkParams, now_ts: i64) {
        let clock = self.clock().advanced_to(now_ts);
        let next = clock.epoch_at(now_ts).next();
        let changed = params.epoch_secs != clock.epoch_secs;
        self.set_clock(EpochClock {
            next_epoch_secs: if changed { params.epoch_secs } else { 0 },
            next_from: if changed { next } else { Epoch(0) },
            ..clock
        });
        if self.params.is_scored() && !params.is_scored() {
            self.unmeasured_since_ts = now_ts;
        }
        if params.emission.follows_stake() && !self.params.emission.follows_stake() {
            self.emission.rate_ppt = params.emission.initial_rate_ppt;
        }
        self.params = *params;
        self.clamp_minimum();
        self.params_version = self.params_version.saturating_add(1);
    }

    /// Length of the present or last pause.
    fn paused_secs(&self) -> i64 {
        self.paused_until_ts.saturating_sub(self.paused_from_ts).max(0)
    }

    /// Unix time less all pauses: the clock of the grace below the minimum stake, which stands still while
    /// the entrances are closed (place-minimum-3).
    pub fn grace_ts(&self, now_ts: i64) -> i64 {
        let present = now_ts.min(self.paused_until_ts).saturating_sub(self.paused_from_ts).max(0);
        now_ts.saturating_sub(self.paused_before_secs).saturating_sub(present)
    }

    /// The unix time at which the clock of the grace shows a time, if no pause begins or ends otherwise than
    /// is known now.
    pub fn unix_of_grace(&self, grace_ts: i64, now_ts: i64) -> i64 {
        let passed = now_ts.saturating_sub(self.grace_ts(now_ts));
        let is_ahead = grace_ts > self.grace_ts(now_ts);
        let still = if is_ahead { self.paused_until_ts.saturating_sub(now_ts).max(0) } else { 0 };
        grace_ts.saturating_add(passed).saturating_add(still)
    }

    /// How long a provider below the minimum stake has to top up.
    pub fn grace_secs(&self, now: Epoch) -> i64 {
        let length = self.clock().length_in(now);
        i64::from(length).saturating_mul(i64::from(MINIMUM_GRACE_EPOCHS))
    }
}
