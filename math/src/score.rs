//! From metrics to a composite, a reputation, a score and a tier (score-composite-1, score-mix-1,
//! score-metric-2, score-value-3). A metric is a value of 0 to 10,000 bps.

use crate::{
    mul_div::mul_div_ceil,
    units::{Amount, Bps, Ppm},
};

/// Metrics of one network.
pub const MAX_METRICS: usize = 6;
/// Fractional bits of a reputation: without them the mean stalls 31 millionths below its target
/// (score-reputation-1).
pub const REPUTATION_FRACTION_BITS: u32 = 12;
/// A new identity's reputation, so that starting again after a slash costs more than rehabilitation
/// (score-reputation-2).
pub const INITIAL_REPUTATION: Ppm = Ppm(200_000);
/// A tier that is held is lost this far below the reputation that it takes to reach it. Millionths.
pub const TIER_HYSTERESIS: u32 = 50_000;
/// The highest tier.
pub const HIGHEST_TIER: u8 = 3;

/// The whole in bps.
const FULL: u16 = 10_000;
/// The whole in millionths.
const WHOLE: Ppm = Ppm(1_000_000);
/// Millionths in a hundredth of a percent.
const PPM_PER_BPS: u32 = 100;
/// The highest reputation: 10^6 with 12 fractional bits, 4.096 * 10^9, below 2^32.
const MOST_X12: u32 = 1_000_000 << REPUTATION_FRACTION_BITS;
/// Epochs in which a dispute is forgotten.
const DISPUTE_MEMORY: u32 = 30;
/// What one degree of severity costs in bps.
const SEVERITY_BPS: u32 = 2_000;
/// The part of a reputation that is left after an idle epoch, as Q32: floor(0.98 * 2^32).
const IDLE_X32: u64 = 4_209_067_950;
/// Idle epochs that count at most.
const MOST_IDLE: u32 = 64;
/// A rising reputation closes 1 / 2^5 of the distance in an epoch.
const RISE_SHIFT: u32 = 5;
/// A falling reputation closes an eighth of the distance in an epoch.
const FALL: u32 = 8;

/// How much a metric decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Metric {
    /// Its part of the composite. The weights of a network sum to 10^6 (checked where they are set).
    pub weight: Ppm,
    /// A value below this makes the composite 0, whatever the others say; 0 = no gate.
    pub gate_bps: u16,
}

/// Dispute record: `floor(10^4 - 2_000 * min(severity, 5) * (30 - epochs) / 30)` for the first 30 epochs,
/// then 10,000.
pub fn dispute_record_bps(severity: u8, epochs_since: u32) -> u16 {
    let left = DISPUTE_MEMORY.saturating_sub(epochs_since);
    // At most 5 * 2_000 * 30.
    let lost = u32::from(severity.min(5)).wrapping_mul(SEVERITY_BPS).wrapping_mul(left).div_ceil(DISPUTE_MEMORY);
    FULL.saturating_sub(u16::try_from(lost).unwrap_or(FULL))
}

/// What a metric counts as that has no value: the provider's reputation, `floor(floor(rep / 2^12) / 100)`
/// (score-value-3). So silence gives no other metric more weight.
pub fn reputation_bps(reputation_x12: u32) -> u16 {
    let points = (reputation_x12.min(MOST_X12) >> REPUTATION_FRACTION_BITS) / PPM_PER_BPS;
    u16::try_from(points).unwrap_or(FULL)
}

/// Heartbeats: `floor(10^4 * answered windows / expected windows)`, one bit a window; 10,000 when none was
/// expected. Answers outside the expected windows count for nothing.
pub fn heartbeat_bps(windows: u16, expected: u16) -> u16 {
    // At most 16 * 10^4.
    let answered = (windows & expected).count_ones().wrapping_mul(u32::from(FULL));
    let points = answered.checked_div(expected.count_ones()).unwrap_or(u32::from(FULL));
    u16::try_from(points).unwrap_or(FULL)
}

/// The composite of an epoch: 0 when a gate fails, else `floor(sum of weight * value / 10^4)` millionths, at
/// most 10^6. With weights that sum to 10^6 the sum is at most 10^10.
pub fn composite(metrics: impl IntoIterator<Item = (Metric, u16)>) -> Ppm {
    let mut sum = 0u64;
    for (metric, value) in metrics {
        if value < metric.gate_bps {
            return Ppm::ZERO;
        }
        // Below 2^32 * 10^4.
        sum = sum.saturating_add(u64::from(metric.weight.0).wrapping_mul(u64::from(value.min(FULL))));
    }
    let points = sum.checked_div(u64::from(FULL)).unwrap_or(0);
    Ppm(u32::try_from(points).unwrap_or(u32::MAX)).min(WHOLE)
}

/// A reputation after an epoch: `rep + (c * 2^12 - rep) / 32` when it rises, rounded down,
/// `rep - (rep - c * 2^12) / 8` when it falls, the fall rounded up: slow up, fast down (score-reputation-1).
/// Stays within 0 and `10^6 * 2^12`, and converges to within a millionth.
pub fn reputation_step(reputation_x12: u32, composite: Ppm) -> u32 {
    let reputation = reputation_x12.min(MOST_X12);
    let target = composite.min(WHOLE).0.wrapping_shl(REPUTATION_FRACTION_BITS);
    match target.checked_sub(reputation) {
        Some(distance) => reputation.wrapping_add(distance >> RISE_SHIFT),
        None => reputation.wrapping_sub(reputation.saturating_sub(target).div_ceil(FALL)),
    }
}

/// A reputation after idle epochs: `rep * 0.98^min(epochs, 64)` by squaring in Q32, every product rounded
/// down: less than 22 units of 2^-12 millionths below the exact one, never above. Lazy: one call for all
/// epochs without a place (place-take-2). Factors below 2^32.
pub fn idle_decay(reputation_x12: u32, epochs: u32) -> u32 {
    let mut left = epochs.min(MOST_IDLE);
    let mut power = IDLE_X32;
    let mut decayed = u64::from(reputation_x12.min(MOST_X12));
    while left > 0 {
        if left & 1 == 1 {
            decayed = decayed.wrapping_mul(power) >> 32;
        }
        power = power.wrapping_mul(power) >> 32;
        left >>= 1;
    }
    u32::try_from(decayed).unwrap_or(MOST_X12)
}

/// The score: `floor((part * c + (10^6 - part) * floor(rep / 2^12)) / 10^6)`, at most 10^6. Largest sum:
/// 10^12.
pub fn score(composite: Ppm, reputation_x12: u32, composite_part: Ppm) -> Ppm {
    let part = composite_part.min(WHOLE);
    let rest = WHOLE.saturating_sub(part);
    let reputation = Ppm(reputation_x12 >> REPUTATION_FRACTION_BITS).min(WHOLE);
    let now = u64::from(part.0).wrapping_mul(u64::from(composite.min(WHOLE).0));
    let past = u64::from(rest.0).wrapping_mul(u64::from(reputation.0));
    let points = now.wrapping_add(past).checked_div(Ppm::ONE).unwrap_or(0);
    Ppm(u32::try_from(points).unwrap_or(0))
}

/// What it takes to reach each tier. Index 0 is unused: tier 0 takes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierRules<'a> {
    /// Least reputation in millionths.
    pub reputation_ppm: &'a [u32; 4],
    /// Least epochs without an upheld dispute.
    pub fault_free_epochs: &'a [u16; 4],
    /// Least own stake.
    pub stake: &'a [u64; 4],
}

/// The tier after an epoch: the highest whose reputation, epochs and own stake are reached. Tiers up to the
/// present one are held, and a held tier takes [`TIER_HYSTERESIS`] less reputation, but all of its epochs and
/// of its own stake (score-tier-1, score-tier-2).
pub fn tier(present: u8, reputation_x12: u32, fault_free_epochs: u32, own: Amount, rules: &TierRules) -> u8 {
    let reputation = reputation_x12 >> REPUTATION_FRACTION_BITS;
    let reaches = |tier: u8, threshold: u32, epochs: u16, stake: u64| {
        let slack = if tier <= present { TIER_HYSTERESIS } else { 0 };
        reputation >= threshold.saturating_sub(slack) && fault_free_epochs >= u32::from(epochs) && own.0 >= stake
    };
    let ([_, first, second, third], [_, e1, e2, e3]) = (*rules.reputation_ppm, *rules.fault_free_epochs);
    let [_, s1, s2, s3] = *rules.stake;
    if reaches(HIGHEST_TIER, third, e3, s3) {
        HIGHEST_TIER
    } else if reaches(2, second, e2, s2) {
        2
    } else {
        u8::from(reaches(1, first, e1, s1))
    }
}

/// The own stake that a tier asks for: `ceil(minimum * part / 10^4)`, at most the most there is
/// (score-tier-2). Largest product: 2^64 * 2^32.
pub fn tier_stake(minimum: Amount, bps: u32) -> Amount {
    Amount(mul_div_ceil(minimum.0, u64::from(bps), Bps::ONE).unwrap_or(u64::MAX))
}
