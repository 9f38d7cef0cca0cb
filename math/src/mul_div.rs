//! The one place that widens to 128 bits and divides.
//!
//! On sBPF a `u128` division by the compiler's builtin costs up to 2,300 compute units and a checked `u64`
//! product 57. These routines work on 64-bit halves and 32-bit digits: 50-180 compute units, no library call.
//!
//! Overflow-freedom is argued per line; the bignum tests and the exhaustive small-width runs hold it.
#![allow(clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

const LOW: u64 = 0xffff_ffff;

/// The 128-bit product of two 64-bit factors as `(high, low)`. Exact.
#[inline]
pub const fn mul_wide(a: u64, b: u64) -> (u64, u64) {
    let (al, ah, bl, bh) = (a & LOW, a >> 32, b & LOW, b >> 32);
    // Each partial product is at most (2^32 - 1)^2 < 2^64.
    let ll = al.wrapping_mul(bl);
    let lh = al.wrapping_mul(bh);
    let hl = ah.wrapping_mul(bl);
    let hh = ah.wrapping_mul(bh);
    // Three values below 2^32 sum below 2^34.
    let middle = (ll >> 32).wrapping_add(lh & LOW).wrapping_add(hl & LOW);
    let low = (middle << 32) | (ll & LOW);
    // The true high half is below 2^64, so no step of its sum wraps.
    let high = hh.wrapping_add(lh >> 32).wrapping_add(hl >> 32).wrapping_add(middle >> 32);
    (high, low)
}

/// `(high * 2^64 + low) / d` and the remainder. `None` when `d` is zero or the quotient needs more than 64
/// bits (`high >= d`), which is the same test.
#[inline(always)]
pub const fn div_wide(high: u64, low: u64, d: u64) -> Option<(u64, u64)> {
    if high >= d {
        return None;
    }
    if high == 0 {
        return Some((low / d, low % d));
    }
    if d <= LOW {
        // high < d < 2^32, so each step's dividend is below d * 2^32 < 2^64 and its quotient below 2^32.
        let step = (high << 32) | (low >> 32);
        let (q1, r) = (step / d, step % d);
        let step = (r << 32) | (low & LOW);
        return Some(((q1 << 32) | (step / d), step % d));
    }
    Some(div_two_digits(high, low, d))
}

/// A de Bruijn sequence: each five bits of it, from every place on, differ.
const DE_BRUIJN: u32 = 0x07c4_acdd;

/// How many zeros stand before the highest bit of 32, where that and all below are set, by the five bits that
/// [`DE_BRUIJN`] times it begins with.
#[allow(clippy::indexing_slicing)]
const ZEROS_BEFORE: [u8; 32] = {
    let mut zeros = [0; 32];
    let mut highest = 0u8;
    while highest < 32 {
        let filled = u32::MAX >> (31 - highest);
        zeros[(filled.wrapping_mul(DE_BRUIJN) >> 27) as usize] = 31 - highest;
        highest += 1;
    }
    zeros
};

/// Zeros before the highest bit of a number of 2^32 or more. By the count of bits, which the compiler would
/// take, it costs twice as much on sBPF, and by comparisons no less. Five bits are an index of the 32.
#[inline(always)]
#[allow(clippy::indexing_slicing)]
const fn leading_zeros(d: u64) -> u32 {
    let mut filled = (d >> 32) as u32;
    filled |= filled >> 1;
    filled |= filled >> 2;
    filled |= filled >> 4;
    filled |= filled >> 8;
    filled |= filled >> 16;
    ZEROS_BEFORE[(filled.wrapping_mul(DE_BRUIJN) >> 27) as usize] as u32
}

/// Knuth's algorithm D with two 32-bit digits (TAOCP 4.3.1; the form of Hacker's Delight `divlu`), for
/// `high < d` and `d >= 2^32`. Wrapping steps are exact modulo 2^64 by the algorithm's own argument.
#[inline]
const fn div_two_digits(high: u64, low: u64, d: u64) -> (u64, u64) {
    let shift = leading_zeros(d);
    let d = d << shift;
    let (d1, d0) = (d >> 32, d & LOW);
    let n32 = if shift == 0 { high } else { (high << shift) | (low >> (64 - shift)) };
    let n10 = low << shift;
    let (n1, n0) = (n10 >> 32, n10 & LOW);

    let mut q1 = n32 / d1;
    let mut r = n32 % d1;
    while q1 > LOW || q1.wrapping_mul(d0) > ((r << 32) | n1) {
        q1 = q1.wrapping_sub(1);
        r = r.wrapping_add(d1);
        if r > LOW {
            break;
        }
    }
    let n21 = (n32 << 32).wrapping_add(n1).wrapping_sub(q1.wrapping_mul(d));
    let mut q0 = n21 / d1;
    r = n21 % d1;
    while q0 > LOW || q0.wrapping_mul(d0) > ((r << 32) | n0) {
        q0 = q0.wrapping_sub(1);
        r = r.wrapping_add(d1);
        if r > LOW {
            break;
        }
    }
    let remainder = (n21 << 32).wrapping_add(n0).wrapping_sub(q0.wrapping_mul(d)) >> shift;
    ((q1 << 32).wrapping_add(q0), remainder)
}

/// `floor(a * b / d)`. `None` when `d` is zero or the result exceeds 64 bits.
///
/// One copy in the program: thirty inlined ones cost 6 KB and save fifteen compute units each.
#[inline(never)]
pub const fn mul_div_floor(a: u64, b: u64, d: u64) -> Option<u64> {
    let (high, low) = mul_wide(a, b);
    match div_wide(high, low, d) {
        Some((quotient, _)) => Some(quotient),
        None => None,
    }
}

/// `ceil(a * b / d)`. `None` when `d` is zero or the result exceeds 64 bits. One copy in the program, as of
/// [`mul_div_floor`].
#[inline(never)]
pub const fn mul_div_ceil(a: u64, b: u64, d: u64) -> Option<u64> {
    mul_div_ceil_in_place(a, b, d)
}

/// [`mul_div_ceil`] without a call, for the part of a claim that each withdrawal asks for four times.
#[inline(always)]
pub const fn mul_div_ceil_in_place(a: u64, b: u64, d: u64) -> Option<u64> {
    let (high, low) = mul_wide(a, b);
    match div_wide(high, low, d) {
        Some((quotient, 0)) => Some(quotient),
        Some((quotient, _)) => quotient.checked_add(1),
        None => None,
    }
}

/// `floor(a * index / 2^64)` for a Q64.64 index difference. `None` when the result exceeds 64 bits.
///
/// With `index = h * 2^64 + l` the result is `a * h + (a * l >> 64)`: exact for every input.
#[inline]
pub const fn mul_shift_64(a: u64, index: u128) -> Option<u64> {
    let (whole, fraction) = ((index >> 64) as u64, index as u64);
    let (carry, _) = mul_wide(a, fraction);
    if whole == 0 {
        return Some(carry);
    }
    let (overflow, product) = mul_wide(a, whole);
    if overflow != 0 {
        return None;
    }
    product.checked_add(carry)
}

/// One step of a reward index: `(amount * 2^64 + remainder) / shares` with its remainder, both exact.
/// `None` when `shares` is zero. The quotient is Q64.64, the new remainder is below `shares`.
#[inline]
pub const fn index_step(amount: u64, remainder: u64, shares: u64) -> Option<(u128, u64)> {
    if shares == 0 {
        return None;
    }
    let (whole, rest) = (amount / shares, amount % shares);
    // rest < shares, so the second quotient fits 64 bits.
    match div_wide(rest, remainder, shares) {
        Some((fraction, remainder)) => Some((((whole as u128) << 64) | fraction as u128, remainder)),
        None => None,
    }
}

/// Product of two 64-bit factors, or `None` beyond 64 bits; without the library call of `checked_mul`.
#[inline]
pub const fn mul_checked(a: u64, b: u64) -> Option<u64> {
    match mul_wide(a, b) {
        (0, product) => Some(product),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::leading_zeros;

    #[test]
    fn zeros_are_counted_of_all_divisors_of_two_digits_by_their_highest_bit() {
        for highest in 32..64 {
            let least = 1u64 << highest;
            for d in [least, least | 1, least | (least >> 1), least | 0x5555_5555, least | (least - 1)] {
                assert_eq!(leading_zeros(d), d.leading_zeros(), "{d:#x}");
            }
        }
    }
}
