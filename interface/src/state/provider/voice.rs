//! Who votes with a provider's stake: its owner, or the holders of positions that vote themselves.

use solana_address::address_eq;

use super::{Provider, ProviderState};
use crate::{
    Address, WorkTokenError as E,
    math::{Amount, Epoch, Shares, voice::Reach},
    state::{Delegation, Network, PoolKind},
};

/// With how much somebody votes, in base units of stake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VoiceReading {
    /// As if nothing of it were silent and nobody jailed: what is here, and grows and falls.
    pub whole: Amount,
    /// What may vote now; at most the whole.
    pub voiced: Amount,
}

/// With how many shares somebody votes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VoiceShares {
    /// As if none of them were silent: what is here, and grows and falls.
    pub whole: Shares,
    /// Those that may vote now; at most the whole.
    pub heard: Shares,
}

impl VoiceReading {
    /// Heard as a whole, or silent as a whole.
    #[inline]
    fn heard_if(is_heard: bool, whole: Amount) -> Self {
        Self { whole, voiced: if is_heard { whole } else { Amount::ZERO } }
    }
}

impl Provider {
    /// The owner's voice: the own stake and, up to the leverage, what is delegated by those who do not vote
    /// themselves; of both what was here when the epoch began, and still is (position-direct-5). Silent for
    /// a time after it passed to another owner, and while the provider is jailed or tombstoned.
    /// - Rounds: down.
    #[inline]
    pub fn owner_voice(&self, network: &Network, (now_ts, now): (i64, Epoch)) -> VoiceReading {
        let (own, reach) = self.reach(network, now);
        let staked = self.delegated.staked_shares();
        let earning = self.record(now).map_or(staked, |record| Shares(record.delegated_shares));
        let others = staked.saturating_sub(Shares(self.direct_shares)).min(earning);
        let whole = self.own.staked().min(own).saturating_add(reach.voice(self.delegated.value(others)));
        let is_barred = self.state == ProviderState::Jailed as u8 || self.state == ProviderState::Tombstoned as u8;
        VoiceReading::heard_if(!is_barred && now_ts >= self.voice_from_ts, whole)
    }

    /// The voice of a position that votes itself, priced: [`Self::voice_shares`] at [`Self::shares_voice`].
    pub fn position_voice(
        &self,
        network: &Network,
        position: &Delegation,
        (now_ts, now): (i64, Epoch),
    ) -> VoiceReading {
        let VoiceShares { whole, heard } = self.voice_shares(position, (now_ts, now));
        let [whole, voiced] = [whole, heard].map(|shares| self.shares_voice(network, shares, now));
        VoiceReading { whole, voiced }
    }

    /// With which of its shares a position votes itself: those that earn. With none where it does not, and in
    /// an ended generation. Silent until its time, in those that came by transfer until theirs, and while it
    /// returns to the owner.
    #[inline]
    pub fn voice_shares(&self, position: &Delegation, (now_ts, now): (i64, Epoch)) -> VoiceShares {
        if !position.is_direct() || position.generation != self.delegated.generation {
            return VoiceShares::default();
        }
        let whole = position.earning_shares(now);
        if position.is_returning() || now_ts < position.voice.from_ts {
            return VoiceShares { whole, heard: Shares::ZERO };
        }
        VoiceShares { whole, heard: whole.saturating_sub(position.arriving_shares(now_ts)) }
    }

    /// What shares of the delegated pool vote with: their price, up to the leverage (position-direct-5).
    /// - Rounds: down.
    #[inline]
    pub fn shares_voice(&self, network: &Network, shares: Shares, now: Epoch) -> Amount {
        let (_, reach) = self.reach(network, now);
        reach.voice(self.delegated.value(shares))
    }

    /// The own stake when the epoch began, and what of the delegated stake of that time is heard. Of the
    /// epoch's beginning, so that a request that is taken back within it silences nobody.
    #[inline]
    fn reach(&self, network: &Network, now: Epoch) -> (Amount, Reach) {
        let (own, delegated, leverage) = match self.record(now) {
            Some(record) => (Amount(record.own_staked), Amount(record.delegated_staked), record.leverage),
            None => (self.own.staked(), self.delegated.staked(), network.leverage_in(now)),
        };
        (own, Reach::of(own, delegated, u32::from(leverage)))
    }

    /// A holder takes its voice from the provider's owner, or gives it back; the return is completed by
    /// anybody, so that the stake of a holder that does not come is not silent for good (position-direct-1,
    /// position-direct-3). Whoever loses the voice loses it at once, and who gets it is silent before.
    /// - Refuses: anybody but the holder, but for the second part of a return; a position of the own pool. To
    ///   take it: a network whose stake has no voice; one that votes itself already. To give it back: one
    ///   that does not vote itself; to complete that before its time. No pause, jail, dispute or missing
    ///   crank.
    pub fn set_direct(
        &mut self,
        network: &Network,
        position: &mut Delegation,
        signer: &Address,
        on: bool,
        now_ts: i64,
    ) -> Result<(), E> {
        let is_completed = !on && position.is_returning();
        if !is_completed && !address_eq(signer, &position.delegator) {
            return Err(E::NotTheOwner);
        }
        if position.pool_kind() != PoolKind::Delegated {
            return Err(E::NotThePool);
        }
        self.harvest(position);
        let from_ts = network.params.voice_from_ts(now_ts);
        if is_completed {
            position.end_return(now_ts)?;
            self.lose_direct(position.total_shares());
        } else if !on {
            if !position.is_direct() {
                return Err(E::NotDirect);
            }
            position.begin_return(from_ts);
        } else {
            if !network.params.has_voice() {
                return Err(E::NoVoice);
            }
            if !position.is_direct() {
                self.gain_direct(position.total_shares());
            } else if !position.is_returning() {
                return Err(E::AlreadyDirect);
            }
            position.begin_direct(from_ts);
        }
        Ok(())
    }

    /// What becomes of the voice of shares that change their holder; both positions are harvested and nothing
    /// has moved yet. Returns whether the receiver votes itself from now on, as it did not before: with
    /// shares of one that does, where it held none.
    /// - Refuses: shares of a position that votes itself, for a holder of others that does not.
    #[inline]
    pub(super) fn transfer_voice(
        &mut self,
        network: &Network,
        (from, to): (&Delegation, &mut Delegation),
        shares: Shares,
        now_ts: i64,
    ) -> Result<bool, E> {
        match (from.is_direct(), to.is_direct()) {
            (false, false) => return Ok(false),
            (false, true) => self.gain_direct(shares),
            (true, true) => {}
            (true, false) => {
                if !to.total_shares().is_zero() {
                    return Err(E::ReceiverNotDirect);
                }
                to.begin_direct(network.params.voice_from_ts(now_ts));
                return Ok(true);
            }
        }
        to.receive_voice(shares, (now_ts, network.params.voice_from_ts(now_ts)));
        Ok(false)
    }

    /// More shares are voted by their holders.
    #[inline]
    pub(super) fn gain_direct(&mut self, shares: Shares) {
        self.direct_shares = self.direct_shares.saturating_add(shares.0);
    }

    /// Fewer are.
    #[inline]
    pub(super) fn lose_direct(&mut self, shares: Shares) {
        self.direct_shares = self.direct_shares.saturating_sub(shares.0);
    }
}
