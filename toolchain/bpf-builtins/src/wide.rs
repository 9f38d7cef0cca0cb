//! Product, quotient and remainder of 128-bit integers from 64-bit instructions.

const LOW: u64 = 0xffff_ffff;

const fn join(high: u64, low: u64) -> u128 {
    ((high as u128) << 64) | low as u128
}

/// a * b modulo 2^128, which is the same for signed and unsigned operands.
pub const fn multiply(a: u128, b: u128) -> u128 {
    let (a_high, a_low, b_high, b_low) = ((a >> 64) as u64, a as u64, (b >> 64) as u64, b as u64);
    let (high, low) = multiply_halves(a_low, b_low);
    let high = high.wrapping_add(a_low.wrapping_mul(b_high)).wrapping_add(a_high.wrapping_mul(b_low));
    join(high, low)
}

/// The whole product of two 64-bit numbers, as (high, low). Each of the four products is at most (2^32 - 1)^2
/// = 2^64 - 2^33 + 1, `middle` at most 3 * (2^32 - 1): nothing wraps.
pub const fn multiply_halves(a: u64, b: u64) -> (u64, u64) {
    let (a1, a0, b1, b0) = (a >> 32, a & LOW, b >> 32, b & LOW);
    let (low, cross, other, high) =
        (a0.wrapping_mul(b0), a0.wrapping_mul(b1), a1.wrapping_mul(b0), a1.wrapping_mul(b1));
    let middle = (low >> 32).wrapping_add(cross & LOW).wrapping_add(other & LOW);
    let high = high.wrapping_add(cross >> 32).wrapping_add(other >> 32).wrapping_add(middle >> 32);
    (high, (middle << 32) | (low & LOW))
}

/// Quotient and remainder. The caller rules out d = 0, as the compiler does before it calls. One to three
/// hardware divisions up to d < 2^32, two 32-bit digits up to d < 2^64, shift and subtract beyond: the last
/// is slow (up to 64 rounds) and no formula of the protocol has such a divisor.
pub fn divide(n: u128, d: u128) -> (u128, u128) {
    if n < d {
        return (0, n);
    }
    let (n_high, n_low, d_high, d_low) = ((n >> 64) as u64, n as u64, (d >> 64) as u64, d as u64);
    if d_high != 0 {
        return divide_by_long(n, d);
    }
    if n_high == 0 {
        return ((n_low / d_low) as u128, (n_low % d_low) as u128);
    }
    let (q_high, r) = (n_high / d_low, n_high % d_low);
    let (q_low, r) = if d_low <= LOW { divide_by_short(r, n_low, d_low) } else { divide_by_digits(r, n_low, d_low) };
    (join(q_high, q_low), r as u128)
}

/// (high * 2^64 + low) / d for high < d < 2^32: each step's dividend is below d * 2^32, so each digit fits 32
/// bits.
const fn divide_by_short(high: u64, low: u64, d: u64) -> (u64, u64) {
    let step = (high << 32) | (low >> 32);
    let (q1, r) = (step / d, step % d);
    let step = (r << 32) | (low & LOW);
    ((q1 << 32) | (step / d), step % d)
}

/// (high * 2^64 + low) / d for high < d and 2^32 <= d < 2^64. Knuth, The Art of Computer Programming 2,
/// 4.3.1, algorithm D with two digits of 32 bits: the divisor is shifted until its top bit is set, then a
/// digit guessed from the top digits alone is at most two too large.
const fn divide_by_digits(high: u64, low: u64, d: u64) -> (u64, u64) {
    let shift = d.leading_zeros();
    let d = d << shift;
    let top = if shift == 0 { high } else { (high << shift) | (low >> (64 - shift)) };
    let low = low << shift;
    let (q1, rest) = digit(top, low >> 32, d);
    let (q0, rest) = digit(rest, low & LOW, d);
    ((q1 << 32) | q0, rest >> shift)
}

/// One digit of (top * 2^32 + next) / d, with its remainder, for top < d and the top bit of d set.
/// The true remainder is below d, so it may be taken modulo 2^64 although its terms are wider.
const fn digit(top: u64, next: u64, d: u64) -> (u64, u64) {
    let (d1, d0) = (d >> 32, d & LOW);
    let (mut q, mut r) = (top / d1, top % d1);
    // q <= 2^32 + 1 here (top < d, d1 >= 2^31), so q * d0 < 2^64 + 2^32 can wrap only while the first test
    // already holds.
    while q >> 32 != 0 || q.wrapping_mul(d0) > ((r << 32) | next) {
        q = q.wrapping_sub(1);
        r = r.wrapping_add(d1);
        if r >> 32 != 0 {
            break;
        }
    }
    (q, (top << 32).wrapping_add(next).wrapping_sub(q.wrapping_mul(d)))
}

/// n / d for 2^64 <= d <= n: the quotient is below 2^64, one bit of it per round.
fn divide_by_long(n: u128, d: u128) -> (u128, u128) {
    let mut bit = (d >> 64).leading_zeros().wrapping_sub((n >> 64).leading_zeros());
    let (mut quotient, mut rest) = (0_u64, n);
    let mut divisor = shift_left(d, bit);
    loop {
        if rest >= divisor {
            rest = rest.wrapping_sub(divisor);
            quotient |= 1 << bit;
        }
        if bit == 0 {
            return (quotient as u128, rest);
        }
        bit = bit.wrapping_sub(1);
        divisor = shift_right_by_one(divisor);
    }
}

/// x * 2^by for by < 64. A shift of a `u128` by a variable would be a call to a routine that is not here.
const fn shift_left(x: u128, by: u32) -> u128 {
    let (high, low) = ((x >> 64) as u64, x as u64);
    if by == 0 { x } else { join((high << by) | (low >> (64 - by)), low << by) }
}

const fn shift_right_by_one(x: u128) -> u128 {
    let (high, low) = ((x >> 64) as u64, x as u64);
    join(high >> 1, (high << 63) | (low >> 1))
}
