//! What a job costs, what a meter shows, and how much work a stake answers for (job-draw-6, job-escrow-1,
//! job-exposure-1, job-meter-2, job-work-2, job-settle-3).

use crate::{
    MAX_SUPPLY,
    mul_div::{mul_checked, mul_div_floor, mul_wide},
    units::{Amount, Bps, Ppm},
};

/// Cranks that a job's draw fee pays once: the capture of its seed, and one capture again after a re-arm.
pub const SEED_CRANKS: u64 = 2;
/// Cranks that it pays for each seat: eight draws and the end.
pub const SEAT_CRANKS: u64 = 9;

/// Where a settled fee goes. The three parts sum to the fee exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeeSplit {
    /// Burned.
    pub burn: Amount,
    /// The treasury vault's.
    pub treasury: Amount,
    /// The provider's: the rest.
    pub provider: Amount,
}

/// Splits a settled fee: `floor(fee * burn / 10^6)` burns, `floor(fee * treasury / 10^6)` goes to the
/// treasury, the provider gets the rest with the dust (job-settle-3). Parts above the whole are cut, the
/// treasury's first. Largest product: 2^60 * 10^6.
pub fn split_fee(fee: Amount, burn: Ppm, treasury: Ppm) -> FeeSplit {
    let burn = part(fee, u64::from(burn.0), Ppm::ONE);
    let rest = fee.saturating_sub(burn);
    let treasury = part(fee, u64::from(treasury.0), Ppm::ONE).min(rest);
    FeeSplit { burn, treasury, provider: rest.saturating_sub(treasury) }
}

/// The bounties of a job's cranks: `bounty * (2 + 9 * seats)`. `None` from 2^60 on, which no supply can pay.
/// The draw fee is twice this: as much again burns, so that junk jobs cost even a client who is his own
/// keeper (job-escrow-1).
pub fn bounties(bounty: Amount, seats: u8) -> Option<Amount> {
    // At most 2 + 9 * 255.
    let cranks = u64::from(seats).wrapping_mul(SEAT_CRANKS).wrapping_add(SEED_CRANKS);
    payable(mul_checked(bounty.0, cranks)?)
}

/// What cancelling after the seed slot costs, burned: `floor(fee * rate / 10^4)`, at most the fee
/// (job-cancel-1). Largest product: 2^60 * 2^16.
pub fn cancel_fee(fee: Amount, cancel_fee: Bps) -> Amount {
    part(fee, u64::from(cancel_fee.0), Bps::ONE)
}

/// What a meter has run up: `min(ceiling, price * seconds)`. Exact up to the ceiling for every price
/// (job-meter-1).
pub fn metered_fee(price_per_sec: u64, seconds: u64, ceiling: Amount) -> Amount {
    match mul_wide(price_per_sec, seconds) {
        (0, fee) => ceiling.min(Amount(fee)),
        _ => ceiling,
    }
}

/// What a job can pay in the time that it asks for: a fixed fee whole, `None` for its price; of a meter
/// `min(ceiling, price * seconds)`. Lowest fees are compared with this and not with a ceiling that no meter
/// reaches (job-terms-1).
pub fn payable_fee(fee: Amount, price_per_sec: Option<u64>, work_secs: u32) -> Amount {
    price_per_sec.map_or(fee, |price| metered_fee(price, u64::from(work_secs), fee))
}

/// Whether a meter can reach its ceiling at all: `ceiling <= price * seconds`, the seconds being those asked
/// for and all extensions that the class allows. A ceiling binds the provider's stake, so none is higher
/// (job-terms-2). Exact for every pair.
pub fn ceiling_is_reachable(ceiling: Amount, price_per_sec: u64, seconds: u64) -> bool {
    match mul_wide(price_per_sec, seconds) {
        (0, most) => ceiling.0 <= most,
        _ => true,
    }
}

/// Seconds that a meter has run, in unix time: from its start to the earliest of now (or the stop), one
/// interval after the client's last sign of life, and the end of the work; never negative (job-meter-1). The
/// start counts as the first sign of life, set by the caller.
pub fn metered_secs(from_ts: i64, last_keep_alive_ts: i64, interval_secs: u32, work_until_ts: i64, now_ts: i64) -> u64 {
    let alive_until_ts = last_keep_alive_ts.saturating_add(i64::from(interval_secs));
    let stopped_ts = alive_until_ts.min(work_until_ts).min(now_ts);
    u64::try_from(stopped_ts.saturating_sub(from_ts)).unwrap_or(0)
}

/// Own stake that a job binds from its draw to its settlement: `ceiling * factor` (job-exposure-1). `None`
/// from 2^60 on: it fits nobody's stake.
pub fn exposure(ceiling: Amount, factor: u32) -> Option<Amount> {
    payable(mul_checked(ceiling.0, u64::from(factor))?)
}

/// Own stake that further exposure may bind: what is staked and not leaving, less claims, less what is bound;
/// clamped to zero (job-exposure-2).
pub fn exposure_room(own_staked: Amount, claimed: Amount, used: Amount) -> Amount {
    own_staked.saturating_sub(claimed).saturating_sub(used)
}

/// The least exposure factor that deters (job-class-4): `ceil((10^4 / base) * (10^4 - p) / p)`, `base` the
/// slash of a conviction and `p` the probability of detection, both in bps. One rounding, up. `None` without
/// slash or detection; 0 when every fault is detected. Largest product: 10^4 * 10^4, over at most 2^32.
pub fn least_exposure_factor(base_bps: u16, detection_bps: u16) -> Option<u32> {
    let undetected = Bps::ONE.saturating_sub(u64::from(detection_bps));
    let risk = u64::from(base_bps).wrapping_mul(u64::from(detection_bps));
    if risk == 0 {
        return None;
    }
    u32::try_from(Bps::ONE.wrapping_mul(undetected).div_ceil(risk)).ok()
}

/// `floor(of * rate / whole)`, at most all of it.
fn part(of: Amount, rate: u64, whole: u64) -> Amount {
    // A quotient beyond 64 bits is more than all of it.
    Amount(mul_div_floor(of.0, rate, whole).unwrap_or(u64::MAX)).min(of)
}

fn payable(amount: u64) -> Option<Amount> {
    (amount < MAX_SUPPLY).then_some(Amount(amount))
}
