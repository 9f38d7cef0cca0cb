//! What the holder of a position asks of a provider, and what anybody may do for it.
//!
//! The provider is touched before; each of these brings the position up to date first. What the tokens of the
//! holder can be refused for is asked between `require_...` and the deed.

use super::{Provider, stake::Deposited};
use crate::{
    Address, WorkTokenError as E,
    limits::ACTIVATION_COVER,
    math::{
        Amount, Epoch, Shares,
        position::Harvest,
        restake::covered,
        reward::RewardIndex,
        unbonding::{held, matures_at_ts},
    },
    state::{Delegation, Network, PoolKind, Terms, Unbonding},
};

/// What a position was paid of its rewards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// What it had earned.
    pub credited: Amount,
    /// What is paid: less only where the books fall short, because an exit may not fail.
    pub paid: Amount,
}

/// A request to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requested {
    /// What the shares are worth now.
    pub value: Amount,
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

/// Due lots that were activated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activated {
    /// Their shares.
    pub shares: Shares,
    /// What a keeper may be paid for it out of their own reward; zero while that does not cover it ten times.
    pub bounty: Amount,
}

impl Provider {
    /// Begins somebody's position, which counts among the live ones. Base of its rewards is the index of now.
    /// - Refuses: more positions than can be counted.
    pub fn open_position(
        &mut self,
        position: &mut Delegation,
        kind: PoolKind,
        [provider, holder]: [&Address; 2],
    ) -> Result<(), E> {
        position.network = self.network;
        position.pool = kind as u8;
        position.provider = *provider;
        position.delegator = *holder;
        position.generation = self.pool(kind).generation;
        position.reward_index_paid_x64 = self.rewards.reward_index_x64;
        self.live_positions = self.live_positions.checked_add(1).ok_or(E::ArithmeticOverflow)?;
        Ok(())
    }

    /// Asks whether a deposit may come, before its tokens are looked at.
    /// - Refuses: a pause; a provider that leaves; less than the minimum; a pool from which open disputes
    ///   claim more than `max_open_claims`; its own owner.
    #[inline(always)]
    pub fn require_delegable(
        &self,
        network: &Network,
        delegator: &Address,
        (amount, max_open_claims): (u64, u64),
        now_ts: i64,
    ) -> Result<(), E> {
        self.require_joinable(network, delegator, max_open_claims, now_ts)?;
        if amount < network.params.minimum_delegation { Err(E::BelowMinimumDelegation) } else { Ok(()) }
    }

    /// Asks whether somebody may come to stand behind the provider, by a deposit or by shares of another.
    /// - Refuses: a pause; a provider that leaves; a pool from which open disputes claim more than
    ///   `max_open_claims`; its own owner.
    #[inline(always)]
    pub fn require_joinable(
        &self,
        network: &Network,
        who: &Address,
        max_open_claims: u64,
        now_ts: i64,
    ) -> Result<(), E> {
        network.require_open(now_ts)?;
        self.require_staying()?;
        if self.claimed_from_delegated().0 > max_open_claims {
            return Err(E::OpenClaims);
        }
        // The owner's derived position address is the own position's: one delegated share would be withdrawn
        // as own stake (position-kind-1).
        self.require_not_owner(who, E::OwnerCannotDelegate)
    }

    /// Places stake behind the provider for shares of its delegated pool, which earn from the next epoch
    /// on.
    /// - Rounds: shares down.
    /// - Refuses: an own position; nothing; a pool that is full, or slashed too deep; fewer shares than
    ///   asked.
    #[inline(always)]
    pub fn delegate(
        &mut self,
        position: &mut Delegation,
        amount: Amount,
        min_shares_out: Shares,
        now: Epoch,
    ) -> Result<Deposited, E> {
        self.harvest(position);
        let deposited = self.deposit_delegated(position, amount, now)?;
        if deposited.shares < min_shares_out {
            return Err(E::FewerSharesThanAsked);
        }
        position.emptied_at_ts = 0;
        Ok(deposited)
    }

    /// Adds to the owner's stake, for shares of the own pool. Counts from the next epoch on. That the
    /// provider stays was asked before.
    /// - Rounds: shares down.
    /// - Refuses: a delegated position; a first deposit below the minimum (position-deposit-3); nothing; a
    ///   pool that is full, or slashed too deep.
    pub fn stake_self(
        &mut self,
        network: &Network,
        position: &mut Delegation,
        amount: Amount,
        now: Epoch,
    ) -> Result<Deposited, E> {
        self.harvest(position);
        let deposited = self.deposit_own(position, amount, network.minimum_of(PoolKind::Own), now)?;
        position.emptied_at_ts = 0;
        Ok(deposited)
    }

    /// Takes everything that a position has earned in settled epochs out of the books.
    /// - Rounds: rewards down.
    /// - Refuses: when there is nothing to claim.
    #[inline(always)]
    pub fn claim(&mut self, position: &mut Delegation, now_ts: i64) -> Result<Claimed, E> {
        self.harvest(position);
        let claimed = self.take_credited(position)?;
        position.note_emptiness(now_ts);
        Ok(claimed)
    }

    /// Turns everything that a position has earned into stake, which earns from the next epoch on.
    /// - Rounds: rewards and shares down.
    /// - Refuses: a pause; a provider that leaves; open claims above `max_open_claims`; when there is
    ///   nothing to claim; an own position, whose rewards vest; what a deposit is refused for; a position
    ///   that would stay below the minimum.
    pub fn restake(
        &mut self,
        network: &Network,
        position: &mut Delegation,
        max_open_claims: u64,
        terms: &Terms,
    ) -> Result<(Claimed, Deposited), E> {
        network.require_open(terms.now_ts)?;
        self.require_staying()?;
        if self.claimed_from_delegated().0 > max_open_claims {
            return Err(E::OpenClaims);
        }
        self.harvest(position);
        let claimed = self.take_credited(position)?;
        let deposited = self.deposit_delegated(position, claimed.paid, terms.epoch)?;
        if !self.delegated.is_worth(position.total_shares(), network.minimum_of(PoolKind::Delegated)) {
            return Err(E::BelowMinimumDelegation);
        }
        position.emptied_at_ts = 0;
        Ok((claimed, deposited))
    }

    #[inline(always)]
    pub(super) fn take_credited(&mut self, position: &mut Delegation) -> Result<Claimed, E> {
        let credited = Amount(position.credited);
        let paid = self.pay_credited(position);
        if paid.is_zero() { Err(E::NothingToClaim) } else { Ok(Claimed { credited, paid }) }
    }

    /// Pays a position's credited rewards out of what the pool owes.
    pub fn pay_credited(&mut self, position: &mut Delegation) -> Amount {
        let (rewards, paid): (RewardIndex, Amount) = self.rewards.get().pay(Amount(position.credited));
        self.rewards.set(rewards);
        position.credited = 0;
        paid
    }

    /// Moves shares from a position into a ticket, which is the position's newest. They stop earning at
    /// once, in the epochs not yet settled too, and stay liable.
    /// - Refuses: zero; more shares than there are; leaving less than the minimum without leaving
    ///   altogether. Neither a pause nor a missing crank, a dispute or a retirement refuses it.
    #[inline(always)]
    pub fn request_unbonding(
        &mut self,
        network: &Network,
        position: &mut Delegation,
        ticket: &mut Unbonding,
        shares: Shares,
        (now_ts, now): (i64, Epoch),
    ) -> Result<Requested, E> {
        let kind = position.pool_kind();
        let unbonding_secs = match kind {
            PoolKind::Own => network.params.own_unbonding_secs,
            PoolKind::Delegated => network.params.unbonding_secs,
        };
        self.harvest(position);
        ticket.begin_request(self.pool(kind).generation);
        if shares.is_zero() {
            return Err(E::ZeroAmount);
        }
        let mut economics = position.position();
        let taken = economics.take(shares).ok_or(E::InsufficientShares)?;
        let pool = **self.pool(kind);
        if !taken.left.is_zero() && !pool.is_worth(taken.left, network.minimum_of(kind)) {
            return Err(E::RestBelowMinimum);
        }
        if kind == PoolKind::Delegated {
            if position.is_direct() {
                self.lose_direct(shares);
            }
            self.forfeit(taken.active, Epoch::ZERO);
            for lot in taken.lots {
                self.forfeit(lot.shares, lot.activation);
            }
        }
        let after = pool.begin_unbonding(shares);
        **self.pool_mut(kind) = after;
        if kind == PoolKind::Own {
            self.drop_challenge();
            self.note_wait(network, after.staked(), now);
            self.note_own_left(now, after.staked());
        }
        position.set_position(economics);
        position.end_auto_restake_if_left();
        ticket.shares = ticket.shares.checked_add(shares.0).ok_or(E::ArithmeticOverflow)?;
        ticket.matures_at_ts = ticket.matures_at_ts.max(matures_at_ts(now_ts, unbonding_secs));
        ticket.exit_epoch = now.0;
        Ok(Requested { value: pool.value(shares) })
    }

    /// Own stake that asks to leave within an epoch earns nothing in it, cancelled or not: what stays at its
    /// lowest is what earns.
    fn note_own_left(&mut self, epoch: Epoch, staked: Amount) {
        if let Some(record) = self.record_mut(epoch) {
            record.own_kept = record.own_kept.min(staked.0);
        }
    }

    /// Puts a ticket's shares back: delegated ones as a lot that earns from the next epoch on.
    /// - Refuses: a provider that leaves; a ticket of which anything was paid; one of an ended generation.
    pub fn cancel_unbonding(&mut self, position: &mut Delegation, ticket: &Unbonding, now: Epoch) -> Result<(), E> {
        self.require_staying()?;
        self.harvest(position);
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
        **pool = pool.cancel_unbonding(shares);
        position.live_tickets = position.live_tickets.saturating_sub(1);
        Ok(())
    }

    /// Takes a ticket, which is mature, out of its pool at today's price. Pays `v - h` with
    /// `h = min(v, sum of ceil(shares * claim / all shares))` over the open claims, takes each part out of
    /// its claim and lists it in the ticket (position-withdraw-2). A ticket of an ended generation is worth
    /// nothing. Needs no dispute's account.
    /// - Rounds: the value down, held parts up.
    /// - Refuses: a ticket that was paid but for a held part.
    #[inline(always)]
    pub fn withdraw(&mut self, position: &mut Delegation, ticket: &mut Unbonding, now_ts: i64) -> Result<Withdrawn, E> {
        self.harvest(position);
        let withdrawn = self.release_ticket(position, ticket)?;
        position.note_emptiness(now_ts);
        Ok(withdrawn)
    }

    fn release_ticket(&mut self, position: &mut Delegation, ticket: &mut Unbonding) -> Result<Withdrawn, E> {
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
        let before = **self.pool(kind);
        let (after, value) = before.release(shares);
        let kept = held(value, self.depart(kind, ticket, shares.0, before.shares.0));
        **self.pool_mut(kind) = after;
        if !kept.is_zero() {
            ticket.held = kept.0;
            self.held = self.held.saturating_add(kept.0);
            position.held_tickets = position.held_tickets.saturating_add(1);
        }
        Ok(Withdrawn { paid: value.saturating_sub(kept), held: kept, shares })
    }

    /// A ticket's held part is settled, by `amount`: it leaves the provider's books, and with the last of
    /// it the position's.
    pub fn release_held(&mut self, position: &mut Delegation, ticket: &Unbonding, amount: Amount, now_ts: i64) {
        self.held = self.held.saturating_sub(amount.0);
        if ticket.is_settled() {
            position.held_tickets = position.held_tickets.saturating_sub(1);
        }
        position.note_emptiness(now_ts);
    }

    /// Activates a position's due lots, so that a holder who never comes back does not lose what the index
    /// ring forgets (position-lot-3). The bounty is the fixed amount, once per lot, so it cannot be farmed.
    /// - Refuses: a position without a due lot.
    pub fn activate(&self, network: &Network, position: &mut Delegation) -> Result<Activated, E> {
        let Harvest { activated, from_lots, .. } = self.harvest(position);
        if activated.is_zero() {
            return Err(E::LotNotDue);
        }
        let each = Amount(network.activation_bounty());
        Ok(Activated { shares: activated, bounty: covered(each, from_lots, ACTIVATION_COVER) })
    }

    /// Takes a keeper's bounty for an activation out of what the lots earned. Returns what is paid.
    pub fn pay_activation(&mut self, position: &mut Delegation, bounty: Amount) -> Amount {
        let (rewards, paid) = self.rewards.get().pay(bounty);
        self.rewards.set(rewards);
        position.credited = position.credited.saturating_sub(paid.0);
        paid
    }

    /// Takes an empty position out of the live ones.
    /// - Refuses: the own position of a provider that has not retired; shares, lots, tickets or rewards;
    ///   anybody but the holder within 30 days after it became empty.
    pub fn close_position(&mut self, position: &mut Delegation, closer: &Address, now_ts: i64) -> Result<(), E> {
        if position.pool_kind() == PoolKind::Own && !self.is_leaving() {
            return Err(E::OwnPositionInUse);
        }
        self.harvest(position);
        position.require_closable(closer, now_ts)?;
        self.live_positions = self.live_positions.saturating_sub(1);
        Ok(())
    }
}
