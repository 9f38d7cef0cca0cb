//! Where fees pay for the work, the emission gives way (epoch-emission-8).

use crate::{
    mul_div::mul_div_floor,
    units::{Amount, Ppm},
};

/// Finalized epochs over which what fees took is averaged.
pub const FEE_EPOCHS: usize = 7;

/// What an emission is once it has given way to fees: `whole - floor(part * min(whole, mean) / 10^6)`, where
/// the mean is that of what fees took from the supply, and paid the treasury, in [`FEE_EPOCHS`] epochs.
///
/// The mean is not rounded, and no utilisation either: one in millionths would take a millionth of `whole`
/// for a fee of one unit, and then fees could lower an income. With a part of at most the whole, and fees of
/// which at most half is taken, what providers get of fees and emission together never falls when fees rise.
pub fn less_fees(whole: Amount, taken: &[u64; FEE_EPOCHS], part: Ppm) -> Amount {
    let epochs = FEE_EPOCHS as u64;
    // Seven amounts below 2^60 stay below 2^63.
    let sum = taken.iter().fold(0u64, |sum, epoch| sum.saturating_add(*epoch));
    let counted = sum.min(whole.0.saturating_mul(epochs));
    let gives_way = mul_div_floor(counted, u64::from(part.0), Ppm::ONE.saturating_mul(epochs)).unwrap_or(whole.0);
    whole.saturating_sub(Amount(gives_way))
}

/// How much of an emission fees would cover: `min(10^6, floor(10^6 * mean / max(whole, 1)))`. To be shown.
pub fn utilisation(whole: Amount, taken: &[u64; FEE_EPOCHS]) -> Ppm {
    let sum = taken.iter().fold(0u64, |sum, epoch| sum.saturating_add(*epoch));
    let whole = whole.0.max(1).saturating_mul(FEE_EPOCHS as u64);
    let part = mul_div_floor(sum, Ppm::ONE, whole).unwrap_or(Ppm::ONE).min(Ppm::ONE);
    Ppm(u32::try_from(part).unwrap_or(u32::MAX))
}
