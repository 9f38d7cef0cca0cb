//! How much a provider counts in an epoch (epoch-weigh-1).
//!
//! Linear in stake below the share cap: splitting or merging identities gains nothing (epoch-weigh-1).

use crate::{
    mul_div::{mul_checked, mul_div_floor},
    snapshot::share_floor,
    units::{Amount, Bps, Ppm},
};

/// The rules of one epoch, copied into its account when it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeightRules {
    /// Delegated stake counts up to this many times the own stake.
    pub leverage: u32,
    /// No provider counts more than this part of `stake_before`.
    pub share_cap: Ppm,
    /// Stake before the share cap, of the best of the last eight finalized epochs that had any; zero means no
    /// cap (epoch-weigh-3).
    pub stake_before: Amount,
}

/// A provider's stake of an epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stake {
    /// Own stake when the epoch began.
    pub own: Amount,
    /// The least of it that stayed all through the epoch.
    pub own_kept: Amount,
    /// Delegated stake when the epoch began.
    pub delegated: Amount,
}

impl Stake {
    /// Of an epoch that nobody leaves.
    pub const fn kept(own: Amount, delegated: Amount) -> Self {
        Self { own, own_kept: own, delegated }
    }
}

/// What a provider's stake counts for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weighed {
    /// `own + min(delegated, leverage * own)`, before the share cap: what the epoch folds into its stake.
    pub stake: Amount,
    /// The same with the own stake that stayed: what can get weight. Own stake that asked to leave within the
    /// epoch earns nothing in it.
    pub earning: Amount,
    /// The weight, in base units of stake.
    pub weight: u64,
}

/// Delegated stake that counts: `min(delegated, leverage * own)`.
#[inline]
pub fn effective_delegated(own: Amount, delegated: Amount, leverage: u32) -> Amount {
    // Below 2^57 and at most 2^6 the product fits 64 bits; the wide one costs fifty compute units more.
    let most = if own.0 >> 57 == 0 && leverage <= 64 {
        Some(own.0.wrapping_mul(u64::from(leverage)))
    } else {
        mul_checked(own.0, u64::from(leverage))
    };
    match most {
        Some(most) => delegated.min(Amount(most)),
        None => delegated,
    }
}

/// `floor(floor(floor(min(stake, share_cap * total) * earning / stake) * score / 10^6) * tier / 10^4)`.
/// Rounds down; the dust goes to the others. With tier * score <= 1.5 the weight stays below 2^61. Largest
/// product: 2^60 * 2^60.
///
/// The delegators count by the own stake of the epoch's beginning: that the owner leaves costs the owner, not
/// them. The cap is of the whole stake, before what left is taken off: else stake beyond it could leave for
/// nothing, and the delegators of one at the cap would get what its owner lost.
#[inline]
pub fn weigh(of: &Stake, score: Ppm, tier: Bps, rules: &WeightRules) -> Weighed {
    let delegated = effective_delegated(of.own, of.delegated, rules.leverage);
    let (stake, earning) = (of.own.saturating_add(delegated), of.own_kept.min(of.own).saturating_add(delegated));
    let capped = if rules.stake_before.is_zero() {
        stake
    } else {
        let cap = mul_div_floor(rules.stake_before.0, u64::from(rules.share_cap.0), Ppm::ONE).unwrap_or(u64::MAX);
        stake.min(Amount(cap))
    };
    // In most epochs nothing left, and the division costs what it costs.
    let capped = if earning == stake { capped } else { share_floor(capped, earning.0, stake.0) };
    let scored = if u64::from(score.0) == Ppm::ONE {
        capped.0
    } else {
        mul_div_floor(capped.0, u64::from(score.0), Ppm::ONE).unwrap_or(0)
    };
    let weight = if u64::from(tier.0) == Bps::ONE {
        scored
    } else {
        mul_div_floor(scored, u64::from(tier.0), Bps::ONE).unwrap_or(0)
    };
    Weighed { stake, earning, weight }
}

/// A weight less the part of the epoch spent in maintenance: `floor(weight * (length - maintenance) /
/// length)`; nothing when all of it was. The dust goes to the others. Exact for every weight: the product
/// stays below 2^96.
#[inline]
pub fn less_maintenance(weight: u64, maintenance_secs: u32, epoch_secs: u32) -> u64 {
    if maintenance_secs == 0 {
        return weight;
    }
    let served_secs = epoch_secs.saturating_sub(maintenance_secs);
    mul_div_floor(weight, u64::from(served_secs), u64::from(epoch_secs)).unwrap_or(0)
}
