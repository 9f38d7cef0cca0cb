//! What a holder says of restaking for it.

use super::Delegation;
use crate::{WorkTokenError as E, limits::AUTO_RESTAKE_EPOCHS, math::Epoch};

/// Bits of [`Delegation::flags`].
pub mod position_flags {
    /// Anybody may turn what it earned into stake.
    pub const AUTO_RESTAKE: u8 = 1;
    /// Its stake is voted by its holder, and not by the provider's owner (position-direct-1).
    pub const DIRECT: u8 = 2;
    /// Its voice returns to the provider's owner: until that is completed nobody has it. Only with `DIRECT`.
    pub const RETURNING: u8 = 4;
}

impl Delegation {
    /// Whether anybody may turn what it earns into stake.
    pub fn auto_restakes(&self) -> bool {
        self.flags & position_flags::AUTO_RESTAKE != 0
    }

    /// Says whether anybody may, and up to which open claims on the pool. When somebody did last stays noted.
    pub fn set_auto_restake(&mut self, on: bool, max_open_claims: u64) {
        let others = self.flags & !position_flags::AUTO_RESTAKE;
        self.flags = others | if on { position_flags::AUTO_RESTAKE } else { 0 };
        self.auto_restake.max_open_claims = if on { max_open_claims } else { 0 };
    }

    /// Who has left altogether comes back by itself only: what it earned is not to draw it in again
    /// (position-restake-1).
    pub(in crate::state) fn end_auto_restake_if_left(&mut self) {
        if self.total_shares().is_zero() {
            self.set_auto_restake(false, 0);
        }
    }

    /// Refuses to restake for a holder that did not ask for it, that has left, or for which it was done in
    /// the last epochs.
    pub fn require_auto_restake(&self, now: Epoch) -> Result<(), E> {
        if !self.auto_restakes() || self.total_shares().is_zero() {
            return Err(E::NotAutoRestaked);
        }
        let again = self.auto_restake.last_epoch_plus_one.saturating_add(AUTO_RESTAKE_EPOCHS);
        if self.auto_restake.last_epoch_plus_one != 0 && now.next().0 < again {
            return Err(E::RestakedRecently);
        }
        Ok(())
    }
}
