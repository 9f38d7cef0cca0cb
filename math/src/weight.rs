//! How much a provider counts in an epoch (protocol 6, MD 2.5).
//!
//! Linear in stake below the share cap: splitting or merging identities gains nothing (MD I10).

use crate::{
    mul_div::{mul_checked, mul_div_floor},
    units::{Amount, Bps, Ppm},
};

/// The rules of one epoch, copied into its account when it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeightRules {
    /// Delegated stake counts up to this many times the own stake.
    pub leverage: u32,
    /// No provider counts more than this part of `stake_before`.
    pub share_cap: Ppm,
    /// Stake before the share cap, of the best of the last eight finalized epochs that had any; zero means no cap (R H6).
    pub stake_before: Amount,
}

/// What a provider's stake counts for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weighed {
    /// `own + min(delegated, leverage * own)`, before the share cap: what the epoch folds into its total stake.
    pub stake: Amount,
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

/// `floor(floor(min(stake, share_cap * total) * score / 10^6) * tier / 10^4)`. Rounds down; the dust goes to the others.
/// With tier * score <= 1.5 the weight stays below 2^61. Largest product: 2^60 * 10^6.
#[inline]
pub fn weigh(own: Amount, delegated: Amount, score: Ppm, tier: Bps, rules: &WeightRules) -> Weighed {
    let stake = own.saturating_add(effective_delegated(own, delegated, rules.leverage));
    let capped = if rules.stake_before.is_zero() {
        stake
    } else {
        let cap = mul_div_floor(rules.stake_before.0, u64::from(rules.share_cap.0), Ppm::ONE).unwrap_or(u64::MAX);
        stake.min(Amount(cap))
    };
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
    Weighed { stake, weight }
}

/// A weight less the part of the epoch spent in maintenance: `floor(weight * (length - maintenance) / length)`; nothing
/// when all of it was. The dust goes to the others. Exact for every weight: the product stays below 2^96.
#[inline]
pub fn less_maintenance(weight: u64, maintenance_secs: u32, epoch_secs: u32) -> u64 {
    if maintenance_secs == 0 {
        return weight;
    }
    let served_secs = epoch_secs.saturating_sub(maintenance_secs);
    mul_div_floor(weight, u64::from(served_secs), u64::from(epoch_secs)).unwrap_or(0)
}
