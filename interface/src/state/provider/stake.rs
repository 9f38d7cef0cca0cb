//! Deposits into and slashes of a provider's two pools, together with the position they move.

use super::{GenerationEnd, Provider, StakePool, record_flags};
use crate::{
    WorkTokenError as E,
    math::{Amount, Epoch, GENERATION_RING, PoolError, Shares, position::Harvest, snapshot::slot},
    state::{Delegation, PoolKind},
};

/// A deposit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deposited {
    /// Shares minted.
    pub shares: Shares,
    /// First epoch in which they earn.
    pub earns_from: Epoch,
}

impl From<PoolError> for E {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Zero => Self::ZeroAmount,
            PoolError::TooLarge => Self::PoolTooLarge,
            PoolError::SlashedTooDeep => Self::PoolSlashedTooDeep,
        }
    }
}

impl Provider {
    /// The pool of a kind.
    #[inline]
    pub fn pool(&self, kind: PoolKind) -> &StakePool {
        match kind {
            PoolKind::Own => &self.own,
            PoolKind::Delegated => &self.delegated,
        }
    }

    #[inline]
    pub(super) fn pool_mut(&mut self, kind: PoolKind) -> &mut StakePool {
        match kind {
            PoolKind::Own => &mut self.own,
            PoolKind::Delegated => &mut self.delegated,
        }
    }

    /// Brings a position up to date: credits its rewards and activates due lots. The own pool has no reward
    /// index (provider-reward-1).
    #[inline(never)]
    pub fn harvest(&self, position: &mut Delegation) -> Harvest {
        if position.pool_kind() == PoolKind::Own {
            return self.sync_own(position);
        }
        // Nothing to credit and no lot that is due: the common case of a second visit in an epoch.
        let [older, _] = &position.pending;
        if position.reward_index_paid_x64 == self.rewards.reward_index_x64
            && (older.shares == 0 || older.activation_epoch > self.rewards.unsettled_epoch)
            && position.generation == self.delegated.generation
        {
            return Harvest::default();
        }
        let mut economics = position.position();
        let harvest = economics.harvest(self);
        position.set_position(economics);
        harvest
    }

    fn sync_own(&self, position: &mut Delegation) -> Harvest {
        let mut harvest = Harvest::default();
        if position.generation != self.own.generation {
            harvest.wiped = Shares(position.shares);
            position.shares = 0;
            position.generation = self.own.generation;
        }
        harvest
    }

    /// Places stake behind the provider. It earns from the next epoch on. The provider is touched and the
    /// position harvested.
    /// - Refuses: a position of the own pool; what
    ///   [`math::pool::Pool::deposit`](crate::math::pool::Pool::deposit) refuses.
    pub fn deposit_delegated(&mut self, position: &mut Delegation, amount: Amount, now: Epoch) -> Result<Deposited, E> {
        if position.pool_kind() != PoolKind::Delegated {
            return Err(E::NotThePool);
        }
        let (pool, shares) = self.delegated.deposit(amount)?;
        self.add_lot(position, shares, now)?;
        *self.delegated = pool;
        Ok(Deposited { shares, earns_from: now.next() })
    }

    #[inline]
    pub(super) fn add_lot(&mut self, position: &mut Delegation, shares: Shares, now: Epoch) -> Result<(), E> {
        let moved = position.add_lot(now.next(), shares).ok_or(E::ArithmeticOverflow)?;
        self.forfeit(moved.shares, moved.from);
        if position.is_direct() {
            self.gain_direct(shares);
        }
        Ok(())
    }

    /// Adds to the owner's stake. Counts from the next epoch on, because records are written before it is
    /// added.
    ///
    /// When the owner has no live ticket, shares and position are first set to the pool's tokens, so that a
    /// pool slashed by more than 15/16 can be refilled (position-pool-5).
    ///
    /// Only a first deposit must reach `minimum`: an owner that fell below it may always add.
    /// - Refuses: a position of the delegated pool; a first deposit below `minimum`; what
    ///   [`math::pool::Pool::deposit`](crate::math::pool::Pool::deposit) refuses.
    pub fn deposit_own(
        &mut self,
        position: &mut Delegation,
        amount: Amount,
        minimum: Amount,
        now: Epoch,
    ) -> Result<Deposited, E> {
        if position.pool_kind() != PoolKind::Own {
            return Err(E::NotThePool);
        }
        if self.own_staked().is_zero() && !amount.is_zero() && amount < minimum {
            return Err(E::BelowMinimumSelfStake);
        }
        let mut pool = *self.own;
        if position.live_tickets == 0 && pool.shares != Shares(pool.tokens.0) {
            pool = pool.at_par();
            position.shares = pool.shares.0;
        }
        let (pool, shares) = pool.deposit(amount)?;
        position.shares = position.shares.checked_add(shares.0).ok_or(E::ArithmeticOverflow)?;
        *self.own = pool;
        Ok(Deposited { shares, earns_from: now.next() })
    }

    /// Takes principal from everybody in a pool at once. A pool that falls to zero ends its generation
    /// (position-generation-1): the index at which it ended is kept, and the epochs not yet settled have
    /// nobody left to pay.
    pub fn slash(&mut self, kind: PoolKind, amount: Amount) -> Amount {
        let ended = self.pool(kind).generation;
        let (pool, taken, wiped) = self.pool(kind).slash(amount);
        **self.pool_mut(kind) = pool;
        if wiped && kind == PoolKind::Delegated {
            self.end_generation(ended);
        }
        taken
    }

    fn end_generation(&mut self, ended: u32) {
        let reward_index_x64 = self.rewards.reward_index_x64;
        if let Some(entry) = self.rewards.generation_ends.get_mut(slot(Epoch(ended), GENERATION_RING)) {
            *entry = GenerationEnd { generation_plus_one: ended.wrapping_add(1), padding: 0, reward_index_x64 };
        }
        self.direct_shares = 0;
        let unsettled = self.rewards.unsettled_epoch;
        for record in &mut self.records {
            if record.flags & record_flags::KEPT != 0 && record.epoch >= unsettled {
                record.delegated_shares = 0;
            }
        }
    }
}
