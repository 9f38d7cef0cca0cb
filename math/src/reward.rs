//! How an epoch's reward reaches a provider, and how it is split between the owner and the delegators.

use crate::{
    MIN_REWARD_SHARES,
    mul_div::{index_step, mul_div_floor},
    snapshot::{Snapshot, share_floor},
    units::{Amount, Bps, IndexX64, Shares},
    weight::effective_delegated,
};

/// A provider's part of an epoch's emission: `floor(emission * weight / total_weight)`; zero without weight.
/// The parts never sum to more than the emission; the remainder is less than one base unit per provider and
/// is swept. Largest product: 2^60 * 2^61.
#[inline]
pub fn of_emission(emission: Amount, weight: u64, total_weight: u64) -> Amount {
    share_floor(emission, weight, total_weight)
}

/// One provider's reward of one epoch, split. The parts sum to the reward exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// The owner's: the reward of the own stake and the commission. Enters the vesting ring.
    pub own: Amount,
    /// The commission contained in `own`.
    pub commission: Amount,
    /// The delegators': goes into the reward index at once.
    pub delegated: Amount,
    /// The delegators' part of the emission when nobody is eligible for it: returns to the next emission.
    pub reclaimed: Amount,
}

/// Splits emission and fees of one epoch by that epoch's snapshot (epoch-settle-4, epoch-record-3).
///
/// The emission goes by the stake that earned it: the own stake that stayed all through the epoch, and the
/// delegated stake that counts. The fees go by own and counted delegated stake when the epoch began; without
/// own stake in the limit's proportion, own : delegated = 1 : leverage, because else an owner that leaves for
/// a second would take its delegators' fees. All fees are the owner's only where nobody is delegated.
///
/// own = floor(reward * own / (own + counted delegated)); commission = floor(rest * commission / 10^4); the
/// delegators get what is left. With fewer than 2^20 eligible shares the fees are the owner's, and the
/// delegators' part of the emission returns to the network: fees are never reclaimed.
#[inline]
pub fn split(emission: Amount, fees: Amount, snapshot: &Snapshot, leverage: u32) -> Split {
    let own = snapshot.own_staked;
    let delegated = effective_delegated(own, snapshot.delegated_staked, leverage);
    let is_eligible = snapshot.delegated_shares.0 >= MIN_REWARD_SHARES;
    if delegated.is_zero() && !(own.is_zero() && is_eligible && leverage > 0) {
        return Split { own: emission.saturating_add(fees), ..Split::default() };
    }
    let kept = snapshot.own_kept.min(own);
    let of_emission = share_floor(emission, kept.0, kept.saturating_add(delegated).0);
    let shared_fees = if is_eligible { fees } else { Amount::ZERO };
    // Most epochs of most providers have none.
    let of_fees = if shared_fees.is_zero() {
        Amount::ZERO
    } else if own.is_zero() {
        share_floor(shared_fees, 1, u64::from(leverage).saturating_add(1))
    } else {
        share_floor(shared_fees, own.0, own.saturating_add(delegated).0)
    };
    let to_own = of_emission.saturating_add(of_fees);
    let rest = emission.saturating_add(shared_fees).saturating_sub(to_own);
    let commission = Amount(mul_div_floor(rest.0, u64::from(snapshot.commission.0), Bps::ONE).unwrap_or(0)).min(rest);
    let delegators = rest.saturating_sub(commission);
    let to_owner = to_own.saturating_add(commission);
    if is_eligible {
        Split { own: to_owner, commission, delegated: delegators, reclaimed: Amount::ZERO }
    } else {
        Split { own: to_owner.saturating_add(fees), commission, delegated: Amount::ZERO, reclaimed: delegators }
    }
}

/// A delegated pool's claimable rewards, as an index per share with its remainder carried in token units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RewardIndex {
    /// Rewards per share since the beginning.
    pub index: IndexX64,
    /// What the last division left, in 2^-64 base units. Survives a change of the shares.
    pub remainder: u64,
    /// Distributed and not yet claimed.
    pub owed: Amount,
}

impl RewardIndex {
    /// Distributes `reward` over `shares`: `index += (reward * 2^64 + remainder) / shares`, the remainder is
    /// carried. `None` when there are fewer than 2^20 shares, or at the end of the index's range (the caller
    /// reclaims the reward instead).
    ///
    /// Bound: the index grows by less than 2^(60 + 64 - 20) per reward, so it does not wrap before 2^84 base
    /// units went through one pool.
    #[inline]
    pub fn distribute(self, reward: Amount, shares: Shares) -> Option<Self> {
        if shares.0 < MIN_REWARD_SHARES {
            return None;
        }
        let (step, remainder) = index_step(reward.0, self.remainder, shares.0)?;
        Some(Self { index: self.index.checked_add(IndexX64(step))?, remainder, owed: self.owed.saturating_add(reward) })
    }

    /// Pays `credited` out of what is owed. An exit may not fail: should the books owe less, only that is
    /// paid.
    #[inline]
    pub fn pay(self, credited: Amount) -> (Self, Amount) {
        let paid = credited.min(self.owed);
        (Self { owed: self.owed.saturating_sub(paid), ..self }, paid)
    }
}
