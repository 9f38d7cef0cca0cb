//! Whether a position votes itself, and with which of its shares.

use super::{Delegation, Voice, position_flags};
use crate::{
    WorkTokenError as E,
    math::{Epoch, Shares, voice},
};

impl Delegation {
    /// Whether its stake is not voted by the provider's owner: its holder votes with it, or nobody does while
    /// it returns.
    #[inline]
    pub fn is_direct(&self) -> bool {
        self.flags & position_flags::DIRECT != 0
    }

    /// Whether its voice returns to the provider's owner, and is nobody's until that is completed.
    #[inline]
    pub fn is_returning(&self) -> bool {
        self.flags & position_flags::RETURNING != 0
    }

    /// Its shares that earn, with those of lots whose epoch has come.
    #[inline]
    pub fn earning_shares(&self, now: Epoch) -> Shares {
        let due = self.pending.iter().filter(|lot| lot.activation_epoch <= now.0);
        due.fold(Shares(self.shares), |sum, lot| sum.saturating_add(Shares(lot.shares)))
    }

    /// Shares that are silent because they came by transfer a short time ago.
    #[inline]
    pub fn arriving_shares(&self, now_ts: i64) -> Shares {
        if now_ts < self.voice.arrived_ts { Shares(self.voice.arriving) } else { Shares::ZERO }
    }

    /// Votes itself from then on.
    pub(in crate::state) fn begin_direct(&mut self, from_ts: i64) {
        self.flags = self.flags & !position_flags::RETURNING | position_flags::DIRECT;
        self.voice.from_ts = from_ts;
    }

    /// Is nobody's voice from now on, and the provider's owner's once the return is completed.
    pub(in crate::state) fn begin_return(&mut self, from_ts: i64) {
        self.flags |= position_flags::RETURNING;
        self.voice.from_ts = from_ts;
    }

    /// Is the provider's owner's voice from now on.
    /// - Refuses: before it, and all that came by transfer, was silent for long enough.
    pub(in crate::state) fn end_return(&mut self, now_ts: i64) -> Result<(), E> {
        if now_ts < self.voice.from_ts || now_ts < self.voice.arrived_ts {
            return Err(E::ReturnNotDue);
        }
        self.flags &= !(position_flags::DIRECT | position_flags::RETURNING);
        self.voice = bytemuck::Zeroable::zeroed();
        Ok(())
    }

    /// Shares that came by transfer are silent until then, with those that came before them and still are. No
    /// request takes them out again: a ticket that is cancelled would bring them back unsilenced.
    pub(in crate::state) fn receive_voice(&mut self, shares: Shares, (now_ts, arrived_ts): (i64, i64)) {
        let Voice { arriving, arrived_ts: before_ts, .. } = self.voice;
        self.voice.arriving = voice::arriving(Shares(arriving), before_ts, shares, now_ts).0;
        self.voice.arrived_ts = arrived_ts;
    }
}
