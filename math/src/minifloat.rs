//! Amounts of work in fifteen bits: five of exponent, ten of mantissa, so that an amount of anything fits a
//! report (score-units-1).
//!
//! A code below 1,024 is its amount. Above, `code = 2^10 * exponent + mantissa` stands for
//! `(2^10 + mantissa) * 2^(exponent - 1)`: exact up to 2,048, and then to a 1,024th. Every code up to
//! [`MOST_CODE`] stands for an amount of its own and the order of codes is that of amounts. So the median of
//! codes is the code of the median, and no amount can be written in two ways.

/// The highest code: one more would not fit the lane that a report takes (`panel`).
pub const MOST_CODE: u16 = 32_766;
/// The largest amount: 2,046 * 2^30, below 2^41.
pub const MOST: u64 = decode(MOST_CODE);

/// Bits of the mantissa.
const MANTISSA_BITS: u32 = 10;
/// What is implied above the mantissa of a code that has an exponent.
const IMPLIED: u64 = 1 << MANTISSA_BITS;

/// The amount that a code stands for. One above [`MOST_CODE`], which nobody can report, counts as that.
#[inline]
#[allow(clippy::arithmetic_side_effects, reason = "a code of fifteen bits has an exponent of at most 31")]
pub const fn decode(code: u16) -> u64 {
    let code = if code > MOST_CODE { MOST_CODE } else { code };
    let (exponent, mantissa) = (code >> MANTISSA_BITS, code as u64 & (IMPLIED - 1));
    if exponent == 0 { mantissa } else { (IMPLIED | mantissa) << (exponent - 1) }
}

/// The code of the largest amount that is not above this one: rounds down, by less than a 1,024th of the
/// amount. Beyond [`MOST`] it is [`MOST_CODE`].
#[allow(clippy::arithmetic_side_effects, clippy::cast_possible_truncation, reason = "the amount is at most 2^41")]
pub const fn encode(amount: u64) -> u16 {
    if amount >= MOST {
        return MOST_CODE;
    }
    if amount < IMPLIED {
        return amount as u16;
    }
    let shift = amount.ilog2() - MANTISSA_BITS;
    // The implied bit of what is left raises the exponent by one.
    (((shift as u64) << MANTISSA_BITS) + (amount >> shift)) as u16
}
