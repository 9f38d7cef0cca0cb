//! Shares that change their holder, and rewards that become stake without their holder coming.

use super::{Claimed, Deposited, Provider, ProviderState};
use crate::{
    WorkTokenError as E,
    limits::ACTIVATION_COVER,
    math::{Amount, Epoch, Shares, restake},
    state::{Delegation, Network, PoolKind},
};

/// What a receiver of shares wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransferTerms {
    /// How many.
    pub shares: Shares,
    /// At least so much worth.
    pub min_value: Amount,
}

/// Shares that changed their holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transferred {
    /// What they are worth now.
    pub value: Amount,
    /// All shares that the giver has left.
    pub left: Shares,
    /// All shares that the receiver has.
    pub held: Shares,
    /// Whether the receiver votes itself because of them.
    pub votes_itself_now: bool,
}

/// Rewards that became stake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restaked {
    /// What the position had earned, and what the books paid of it.
    pub claimed: Claimed,
    /// What of it is the keeper's.
    pub bounty: Amount,
    /// What became stake.
    pub amount: Amount,
    /// The deposit.
    pub deposited: Deposited,
}

impl Provider {
    /// Gives active shares of the delegated pool to another holder's position. They stay in the pool, liable
    /// for every claim as before, and count in every record as before: nothing is forfeited, nothing is
    /// earned twice (position-transfer-1). Lots, tickets and rewards already earned stay where they are. That
    /// the receiver may join was asked before.
    /// - Rounds: nothing.
    /// - Refuses: a position of the own pool; zero; more active shares than there are; shares worth less than
    ///   the receiver asked for; a giver that keeps less than the minimum without giving all; a receiver that
    ///   holds less than the minimum then; shares of a position that votes itself, for a holder of others
    ///   that does not (position-direct-4).
    #[inline(always)]
    pub fn transfer_shares(
        &mut self,
        network: &Network,
        (from, to): (&mut Delegation, &mut Delegation),
        asked: &TransferTerms,
        now_ts: i64,
    ) -> Result<Transferred, E> {
        if from.pool_kind() != PoolKind::Delegated || to.pool_kind() != PoolKind::Delegated {
            return Err(E::NotThePool);
        }
        if asked.shares.is_zero() {
            return Err(E::ZeroAmount);
        }
        self.harvest(from);
        self.harvest(to);
        let (mut giver, mut receiver) = (from.position(), to.position());
        giver.give(&mut receiver, asked.shares).ok_or(E::InsufficientShares)?;
        let (left, held) = (giver.total_shares(), receiver.total_shares());
        let (pool, minimum) = (*self.delegated, network.minimum_of(PoolKind::Delegated));
        let value = pool.value(asked.shares);
        if value < asked.min_value {
            return Err(E::WorthLessThanAsked);
        }
        if !left.is_zero() && pool.value(left) < minimum {
            return Err(E::RestBelowMinimum);
        }
        if pool.value(held) < minimum {
            return Err(E::BelowMinimumDelegation);
        }
        let votes_itself_now = self.transfer_voice(network, (from, to), asked.shares, now_ts)?;
        (from.shares, to.shares) = (giver.shares.0, receiver.shares.0);
        from.end_auto_restake_if_left();
        from.note_emptiness(now_ts);
        to.emptied_at_ts = 0;
        Ok(Transferred { value, left, held, votes_itself_now })
    }

    /// Turns what a position has earned into stake, for a holder that asked for it and does not come: a
    /// delegator's rewards, or own rewards that are free, less what is due of the slash debt. The keeper's
    /// bounty comes out of them once they cover it ten times, if it can be paid at all.
    ///
    /// What a stranger chooses is the moment. It cannot choose one in which the holder loses: no claim beyond
    /// what it accepts is open, no lot of it is moved, and a smaller reward than is worth it waits
    /// (position-restake-2).
    /// - Rounds: rewards and shares down.
    /// - Refuses: a pause; a provider that is not Active; a position whose holder did not ask for it, or has
    ///   left; own rewards that a beneficiary shares; again within four epochs; open claims above what the
    ///   holder accepts; while a lot of another epoch waits; nothing, or too little to be worth it; what a
    ///   deposit is refused for; a position that would stay below the minimum.
    #[inline(always)]
    pub fn restake_for(
        &mut self,
        network: &Network,
        position: &mut Delegation,
        is_paid: bool,
        (now_ts, now): (i64, Epoch),
    ) -> Result<Restaked, E> {
        network.require_open(now_ts)?;
        if self.state != ProviderState::Active as u8 {
            return Err(E::ProviderNotActive);
        }
        self.harvest(position);
        position.require_auto_restake(now)?;
        let kind = position.pool_kind();
        if kind == PoolKind::Own && self.has_beneficiary() {
            return Err(E::RewardsShared);
        }
        if self.claimed_from(kind).0 > position.auto_restake.max_open_claims {
            return Err(E::OpenClaims);
        }
        if !position.waits_for_no_epoch_but(now.next()) {
            return Err(E::LotWaits);
        }
        let minimum = network.minimum_of(kind);
        let claimed = match kind {
            PoolKind::Delegated => self.take_credited(position)?,
            PoolKind::Own => {
                let free = self.claim_own_rewards(now_ts)?;
                Claimed { credited: free, paid: free }
            }
        };
        // What the position is worth decides of less than the minimum alone.
        let mut worth = minimum;
        if claimed.paid < minimum {
            worth = self.pool(kind).value(position.total_shares());
            if !restake::is_worth(claimed.paid, worth, minimum) {
                return Err(E::TooLittleToRestake);
            }
        }
        let each = Amount(if is_paid { network.activation_bounty() } else { 0 });
        let bounty = restake::covered(each, claimed.paid, ACTIVATION_COVER);
        let amount = claimed.paid.saturating_sub(bounty);
        let deposited = match kind {
            PoolKind::Delegated => self.deposit_delegated(position, amount, now)?,
            PoolKind::Own => self.deposit_own(position, amount, minimum, now)?,
        };
        let may_be_too_small = worth < minimum || amount < minimum && claimed.paid >= minimum;
        if may_be_too_small && self.pool(kind).value(position.total_shares()) < minimum {
            return Err(if kind == PoolKind::Own { E::BelowMinimumSelfStake } else { E::BelowMinimumDelegation });
        }
        position.auto_restake.last_epoch_plus_one = now.next().0;
        Ok(Restaked { claimed, bounty, amount, deposited })
    }
}
