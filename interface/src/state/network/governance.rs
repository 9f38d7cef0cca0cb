//! Pauses, authorities and parameters.

use super::{AuthorityRole, Network};
use crate::{
    Address, WorkTokenError as E,
    limits::*,
    math::{Epoch, EpochClock},
    state::NetworkParams,
};

impl Network {
    /// Closes the entrances for `secs` (R H13: at most 7 days, then open for at least 7).
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
        self.clamp_minimum();
        self.params_version = self.params_version.saturating_add(1);
    }

    /// Length of the present or last pause.
    fn paused_secs(&self) -> i64 {
        self.paused_until_ts.saturating_sub(self.paused_from_ts).max(0)
    }

    /// Unix time less all pauses: the clock of the grace below the minimum stake, which stands still while the entrances are closed (R H13).
    pub fn grace_ts(&self, now_ts: i64) -> i64 {
        let present = now_ts.min(self.paused_until_ts).saturating_sub(self.paused_from_ts).max(0);
        now_ts.saturating_sub(self.paused_before_secs).saturating_sub(present)
    }

    /// How long a provider below the minimum stake has to top up.
    pub fn grace_secs(&self) -> i64 {
        let epochs = i64::from(self.epoch_secs.max(self.next_epoch_secs));
        epochs.saturating_mul(i64::from(MINIMUM_GRACE_EPOCHS))
    }
}
