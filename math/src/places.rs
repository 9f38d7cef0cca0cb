//! The active set: whose stake takes a place, how many places there are, and the least stake of a provider
//! (place-cap-1).

use crate::{
    draw::CAPACITY,
    mul_div::{mul_div_ceil, mul_div_floor, mul_wide},
    units::{Amount, Bps, Ppm},
    weight::effective_delegated,
};

/// A candidate displaces a placeed provider only with more than this on top of its stake: 5 %.
pub const MARGIN_BPS: u16 = 500;

/// Epochs of the mean of the demand.
const DEMAND_EPOCHS: u64 = 14;
/// Epochs of the mean of the rewards.
const REWARD_EPOCHS: u64 = 20;
/// Fractional bits of the mean of the demand.
const DEMAND_BITS: u32 = 12;
/// Part of the cap by which it moves in an epoch at most: a tenth.
const CAP_STEP: u32 = 10;
/// Part of the minimum by which it moves in an epoch at most: 5 %.
const MINIMUM_STEP: u64 = 20;
/// All leaves of the draw's tree.
#[allow(clippy::cast_possible_truncation)]
const ALL_PLACES: u32 = CAPACITY as u32;

/// The stake that is compared for places: `own + min(delegated, leverage * own)`. Exact below 2^60.
pub fn effective_stake(own: Amount, delegated: Amount, leverage: u32) -> Amount {
    own.saturating_add(effective_delegated(own, delegated, leverage))
}

/// Whether a candidate displaces: `candidate * 10^4 > weak * 10_500`. Exactly at the margin it does not, and
/// nobody displaces an equal. Largest product: 2^64 * 10_500, exact.
pub fn exceeds_margin(candidate: Amount, weak: Amount) -> bool {
    mul_wide(candidate.0, Bps::ONE) > mul_wide(weak.0, Bps::ONE.wrapping_add(u64::from(MARGIN_BPS)))
}

/// How many places a network has (place-cap-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cap {
    /// As many as there are leaves.
    Unbounded,
    /// So many, at most as many as there are leaves.
    Static(u32),
    /// Following the demand.
    Dynamic {
        /// Places for each provider that is at work, in bps: 10,000 is one.
        headroom_bps: u32,
        /// Stake of the network for which there is one place; zero: stake makes no room.
        stake_per_place: Amount,
        /// Never aims below.
        least: u32,
        /// Never aims above.
        most: u32,
    },
}

/// The mean of about 14 epochs with 12 fractional bits: `ema + (value * 2^12 - ema) / 14`, the step rounded
/// away from zero, so that a constant value is reached exactly and never passed.
pub fn ema14(ema_x12: u64, value: u32) -> u64 {
    // Below 2^44.
    toward(ema_x12, u64::from(value).wrapping_shl(DEMAND_BITS), DEMAND_EPOCHS)
}

/// The mean of about 20 epochs, in the value's own unit: `ema + (value - ema) / 20`, the step rounded away
/// from zero.
pub fn ema20(ema: u64, value: u64) -> u64 {
    toward(ema, value, REWARD_EPOCHS)
}

/// One step of an exponential mean. A step of a distance above zero is at least 1 and at most the distance,
/// for `epochs` above zero.
fn toward(mean: u64, value: u64, epochs: u64) -> u64 {
    let step = mean.abs_diff(value).div_ceil(epochs.max(1));
    if mean < value { mean.wrapping_add(step) } else { mean.wrapping_sub(step) }
}

/// The next epoch's cap. Unbounded: all leaves. Static: itself, at most all leaves. Dynamic: the larger of
/// `ceil(headroom * working / 10^4)` and `floor(stake / stake per place)`, between `least` and `most`, moving
/// from the present cap by at most `max(1, floor(present / 10))`; without a present one it starts at its
/// target.
///
/// `working_ema_x12` is the mean of the providers at work, with 12 fractional bits; `stake` is that of the
/// last finalized epoch. The larger, because whoever takes stake away must not close the door on others. A
/// limit that governance moved is approached at the same pace; a cap that shrinks evicts nobody, it only
/// stops refills (place-cap-1). At 4,096 leaves every cap ends (place-cap-1).
pub fn next_cap(cap: Cap, present: u32, working_ema_x12: u64, stake: Amount) -> u32 {
    let aimed = match cap {
        Cap::Unbounded => return ALL_PLACES,
        Cap::Static(places) => return places.min(ALL_PLACES),
        Cap::Dynamic { headroom_bps, stake_per_place, least, most } => {
            let whole = Bps::ONE.wrapping_shl(DEMAND_BITS);
            let places = mul_div_ceil(working_ema_x12, u64::from(headroom_bps), whole).unwrap_or(u64::MAX);
            let places = places.max(stake.0.checked_div(stake_per_place.0).unwrap_or(0));
            u32::try_from(places).unwrap_or(u32::MAX).max(least).min(most)
        }
    };
    let next = if present == 0 {
        aimed
    } else {
        let step = present.checked_div(CAP_STEP).unwrap_or(0).max(1);
        aimed.max(present.saturating_sub(step)).min(present.saturating_add(step))
    };
    next.min(ALL_PLACES)
}

/// How the least stake of a provider is found (place-minimum-1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MinimumRules {
    /// Never less.
    pub floor: Amount,
    /// Never more; not below the floor (checked where it is set).
    pub ceiling: Amount,
    /// Epochs of an average reward, in bps: 10,000 is one epoch.
    pub reward_bps: u32,
    /// Part of the supply that all work together has to stake, at most the whole.
    pub supply_ppm: u32,
    /// Burned fees below which the network counts as burning so many.
    pub baseline: Amount,
    /// How many times the part of the network's stake that is slashed in an epoch raises the minimum.
    pub fault_gain: u32,
}

/// What the least stake depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MinimumInputs {
    /// Mean reward of a provider in one epoch.
    pub average_reward: Amount,
    /// The supply.
    pub supply: Amount,
    /// What the fees of strangers' jobs burned in the epoch, a mean over the providers with weight.
    pub burned_per_provider: Amount,
    /// The same of all providers.
    pub burned: Amount,
    /// What is slashed in an epoch, a mean over 20 of them.
    pub slashed: Amount,
    /// The network's stake, of which that is a part.
    pub stake: Amount,
}

/// The next epoch's least stake (place-minimum-1). It aims at `target = max(floor, floor(reward * rate /
/// 10^4) + floor(floor(supply * rate / 10^6) * burned by one / max(burned by all, baseline)))`, raised by
/// faults to `floor(target * (10^6 + gain * part) / 10^6)`, with `part = min(10^6, floor(10^6 * slashed /
/// stake))` in millionths of the network's stake, 0 without stake (place-minimum-4). From the present one it
/// moves by at most `max(1, floor(present / 20))`, then it is put between floor and ceiling, so that a limit
/// that governance moved holds at once. It starts at the floor, and is the floor when both rates and the gain
/// are zero. Rounds down, in favour of who joins. Largest products: 2^60 * 2^52; what exceeds 64 bits counts
/// as the most there is.
pub fn next_minimum(present: Amount, rules: &MinimumRules, inputs: &MinimumInputs) -> Amount {
    if rules.reward_bps == 0 && rules.supply_ppm == 0 && rules.fault_gain == 0 {
        return rules.floor;
    }
    let step = Amount(present.0.checked_div(MINIMUM_STEP).unwrap_or(0).max(1));
    let target = raised_by_faults(aimed_minimum(rules, inputs).max(rules.floor), rules.fault_gain, inputs);
    let aimed = target.max(present.saturating_sub(step)).min(present.saturating_add(step));
    aimed.max(rules.floor).min(rules.ceiling)
}

/// What faults make of a target: see [`next_minimum`].
fn raised_by_faults(target: Amount, gain: u32, inputs: &MinimumInputs) -> Amount {
    let part = mul_div_floor(inputs.slashed.min(inputs.stake).0, Ppm::ONE, inputs.stake.0).unwrap_or(0);
    // At most 2^32 * 10^6, below 2^52.
    let raise = u64::from(gain).wrapping_mul(part);
    Amount(mul_div_floor(target.0, Ppm::ONE.saturating_add(raise), Ppm::ONE).unwrap_or(u64::MAX))
}

fn aimed_minimum(rules: &MinimumRules, inputs: &MinimumInputs) -> Amount {
    let rewards = mul_div_floor(inputs.average_reward.0, u64::from(rules.reward_bps), Bps::ONE).unwrap_or(u64::MAX);
    let work = inputs.burned.max(rules.baseline).0;
    let supply = if work == 0 {
        0
    } else {
        let part = u64::from(rules.supply_ppm).min(Ppm::ONE);
        let all = mul_div_floor(inputs.supply.0, part, Ppm::ONE).unwrap_or(inputs.supply.0);
        mul_div_floor(all, inputs.burned_per_provider.0, work).unwrap_or(u64::MAX)
    };
    Amount(rewards).saturating_add(Amount(supply))
}
