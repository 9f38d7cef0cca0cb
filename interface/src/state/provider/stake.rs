//! Deposits, exits and slashes of a provider's two pools, together with the position or ticket they move.

use super::{GenerationEnd, Provider, StakePool, record_flags};
use crate::{
    WorkTokenError as E,
    math::{
        Amount, Epoch, GENERATION_RING, PoolError, Shares,
        position::Harvest,
        reward::RewardIndex,
        snapshot::slot,
        unbonding::{held, matures_at_ts},
    },
    state::{Delegation, PoolKind, Unbonding},
};

/// A deposit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deposited {
    /// Shares minted.
    pub shares: Shares,
    /// First epoch in which they earn.
    pub earns_from: Epoch,
}

/// A request to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requested {
    /// What the shares are worth now.
    pub value: Amount,
    /// What stays in the position, at today's price.
    pub rest: Amount,
}

/// A withdrawal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Withdrawn {
    /// To be paid out now.
    pub paid: Amount,
    /// Held back for open claims.
    pub held: Amount,
    /// Shares that ceased to exist.
    pub shares: Shares,
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
    fn pool_mut(&mut self, kind: PoolKind) -> &mut StakePool {
        match kind {
            PoolKind::Own => &mut self.own,
            PoolKind::Delegated => &mut self.delegated,
        }
    }

    /// Brings a position up to date: credits its rewards and activates due lots. The own pool has no reward
    /// index (R H5).
    #[inline(never)]
    pub fn harvest(&self, position: &mut Delegation) -> Harvest {
        if position.pool_kind() == PoolKind::Own {
            return self.sync_own(position);
        }
        // Nothing to credit and no lot to look at: the common case of a second visit in an epoch.
        let [older, _] = &position.pending;
        if position.reward_index_paid_x64 == self.rewards.reward_index_x64
            && older.shares == 0
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
    pub fn deposit_delegated(&mut self, position: &mut Delegation, amount: Amount, now: Epoch) -> Result<Deposited, E> {
        if position.pool_kind() != PoolKind::Delegated {
            return Err(E::NotThePool);
        }
        let (pool, shares) = self.delegated.get().deposit(amount)?;
        self.add_lot(position, shares, now)?;
        self.delegated.set(pool);
        Ok(Deposited { shares, earns_from: now.next() })
    }

    #[inline]
    fn add_lot(&mut self, position: &mut Delegation, shares: Shares, now: Epoch) -> Result<(), E> {
        let mut economics = position.position();
        let moved = economics.add_lot(now.next(), shares).ok_or(E::ArithmeticOverflow)?;
        if !moved.shares.is_zero() {
            self.forfeit(moved.shares, moved.from);
        }
        position.set_position(economics);
        Ok(())
    }

    /// Adds to the owner's stake. Counts from the next epoch on, because records are written before it is
    /// added.
    ///
    /// When the owner has no live ticket, shares and position are first set to the pool's tokens, so that a
    /// pool slashed by more than 15/16 can be refilled (R M8).
    ///
    /// Only a first deposit must reach `minimum`: an owner that fell below it may always add.
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
        let mut pool = self.own.get();
        if position.live_tickets == 0 && pool.shares != Shares(pool.tokens.0) {
            pool = pool.at_par();
            position.shares = pool.shares.0;
        }
        let (pool, shares) = pool.deposit(amount)?;
        position.shares = position.shares.checked_add(shares.0).ok_or(E::ArithmeticOverflow)?;
        self.own.set(pool);
        Ok(Deposited { shares, earns_from: now.next() })
    }

    /// Moves shares from a position into a ticket. They stop earning at once, in the epochs not yet settled
    /// too, and stay liable. What stays must be nothing or worth at least `minimum`; leaving altogether is
    /// never refused.
    pub fn request_unbonding(
        &mut self,
        position: &mut Delegation,
        ticket: &mut Unbonding,
        shares: Shares,
        minimum: Amount,
        unbonding_secs: u32,
        now: (i64, Epoch),
    ) -> Result<Requested, E> {
        let kind = position.pool_kind();
        if shares.is_zero() {
            return Err(E::ZeroAmount);
        }
        let mut economics = position.position();
        let taken = economics.take(shares).ok_or(E::InsufficientShares)?;
        let pool = self.pool(kind).get();
        let rest = pool.value(economics.total_shares());
        if !economics.total_shares().is_zero() && rest < minimum {
            return Err(E::RestBelowMinimum);
        }
        if kind == PoolKind::Delegated {
            self.forfeit(taken.active, Epoch::ZERO);
            for lot in taken.lots {
                if !lot.shares.is_zero() {
                    self.forfeit(lot.shares, lot.activation);
                }
            }
        }
        let (now_ts, epoch) = now;
        let after = pool.begin_unbonding(shares);
        self.pool_mut(kind).set(after);
        if kind == PoolKind::Own {
            self.drop_challenge();
            self.note_own_left(epoch, after.staked());
        }
        position.set_position(economics);
        ticket.shares = ticket.shares.checked_add(shares.0).ok_or(E::ArithmeticOverflow)?;
        ticket.matures_at_ts = ticket.matures_at_ts.max(matures_at_ts(now_ts, unbonding_secs));
        ticket.exit_epoch = epoch.0;
        Ok(Requested { value: pool.value(shares), rest })
    }

    /// Own stake that asks to leave within an epoch earns nothing in it, cancelled or not: what stays at its
    /// lowest is what earns.
    fn note_own_left(&mut self, epoch: Epoch, staked: Amount) {
        if let Some(record) = self.record_mut(epoch) {
            record.own_kept = record.own_kept.min(staked.0);
        }
    }

    /// Puts a ticket's shares back: delegated ones as a lot that earns from the next epoch on. Only whole
    /// tickets of the present generation (rulings, table at the end).
    pub fn cancel_unbonding(&mut self, position: &mut Delegation, ticket: &Unbonding, now: Epoch) -> Result<(), E> {
        let kind = position.pool_kind();
        if ticket.held > 0 || ticket.shares == 0 {
            return Err(E::TicketPartlyPaid);
        }
        if ticket.generation != self.pool(kind).generation {
            return Err(E::TicketOfEndedGeneration);
        }
        let shares = Shares(ticket.shares);
        match kind {
            PoolKind::Delegated => self.add_lot(position, shares, now)?,
            PoolKind::Own => {
                position.shares = position.shares.checked_add(shares.0).ok_or(E::ArithmeticOverflow)?;
            }
        }
        let pool = self.pool_mut(kind);
        pool.set(pool.get().cancel_unbonding(shares));
        position.live_tickets = position.live_tickets.saturating_sub(1);
        Ok(())
    }

    /// Takes a matured ticket out of its pool at today's price. Pays `v - h` with `h = min(v, sum of
    /// ceil(shares * claim / all shares))` over the open claims, takes each part out of its claim and lists
    /// it in the ticket (R C3). A ticket of an ended generation is worth nothing. Needs no dispute's account,
    /// and fails only when there is nothing to pay.
    pub fn withdraw(&mut self, position: &mut Delegation, ticket: &mut Unbonding) -> Result<Withdrawn, E> {
        if ticket.shares == 0 {
            return Err(E::NothingToWithdraw);
        }
        let kind = position.pool_kind();
        let shares = Shares(ticket.shares);
        ticket.shares = 0;
        position.live_tickets = position.live_tickets.saturating_sub(1);
        if ticket.generation != self.pool(kind).generation {
            return Ok(Withdrawn { shares, ..Withdrawn::default() });
        }
        let before = self.pool(kind).get();
        let (after, value) = before.release(shares);
        let kept = held(value, self.depart(kind, ticket, shares.0, before.shares.0));
        self.pool_mut(kind).set(after);
        if !kept.is_zero() {
            ticket.held = kept.0;
            self.held = self.held.saturating_add(kept.0);
            position.held_tickets = position.held_tickets.saturating_add(1);
        }
        Ok(Withdrawn { paid: value.saturating_sub(kept), held: kept, shares })
    }

    /// Pays a position's credited rewards out of what the pool owes.
    pub fn pay_credited(&mut self, position: &mut Delegation) -> Amount {
        let (rewards, paid): (RewardIndex, Amount) = self.rewards.get().pay(Amount(position.credited));
        self.rewards.set(rewards);
        position.credited = 0;
        paid
    }

    /// Takes principal from everybody in a pool at once. A pool that falls to zero ends its generation (R C6,
    /// A A3): the index at which it ended is kept, and the epochs not yet settled have nobody left to pay.
    pub fn slash(&mut self, kind: PoolKind, amount: Amount) -> Amount {
        let (pool, taken, wiped) = self.pool(kind).get().slash(amount);
        self.pool_mut(kind).set(pool);
        if wiped {
            let ended = self.pool(kind).generation;
            self.pool_mut(kind).generation = ended.wrapping_add(1);
            if kind == PoolKind::Delegated {
                self.end_generation(ended);
            }
        }
        taken
    }

    fn end_generation(&mut self, ended: u32) {
        let reward_index_x64 = self.rewards.reward_index_x64;
        if let Some(entry) = self.rewards.generation_ends.get_mut(slot(Epoch(ended), GENERATION_RING)) {
            *entry = GenerationEnd { generation_plus_one: ended.wrapping_add(1), padding: 0, reward_index_x64 };
        }
        let unsettled = self.rewards.unsettled_epoch;
        for record in &mut self.records {
            if record.flags & record_flags::KEPT != 0 && record.epoch >= unsettled {
                record.delegated_shares = 0;
            }
        }
    }
}
