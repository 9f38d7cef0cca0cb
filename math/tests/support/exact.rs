//! Exact arithmetic: what a formula means before anything is rounded or cut to 64 bits.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

/// A whole number as a rational.
pub fn whole(number: impl Into<BigInt>) -> BigRational {
    BigRational::from_integer(number.into())
}

/// `a * b / d`.
pub fn product_over(a: u64, b: u64, d: u64) -> BigRational {
    BigRational::new(BigInt::from(a) * BigInt::from(b), d.into())
}

/// `a / d`.
pub fn over(a: impl Into<BigInt>, d: impl Into<BigInt>) -> BigRational {
    BigRational::new(a.into(), d.into())
}

/// The integer below, where 64 bits hold it.
pub fn floor(number: &BigRational) -> Option<u64> {
    u64::try_from(number.floor().to_integer()).ok()
}

/// The integer above, where 64 bits hold it.
pub fn ceil(number: &BigRational) -> Option<u64> {
    u64::try_from(number.ceil().to_integer()).ok()
}

/// `high * 2^64 + low`.
pub fn wide(high: u64, low: u64) -> BigInt {
    (BigInt::from(high) << 64) + BigInt::from(low)
}

/// Nothing.
pub fn zero() -> BigRational {
    BigRational::zero()
}
