use crate::wide::{divide, multiply, multiply_halves};

/// Every operand whose bits are a run of ones, its neighbours, and a few thousand others.
fn edges() -> impl Iterator<Item = u128> + Clone {
    let runs = (0..128).flat_map(|from| (from..128).map(move |to| (u128::MAX >> (127 - to)) & (u128::MAX << from)));
    [0_u128, 1].into_iter().chain(runs.step_by(7)).flat_map(|x| [x.wrapping_sub(1), x, x.wrapping_add(1)])
}

/// A generator without dependencies: xorshift, Marsaglia 2003.
fn numbers(mut state: u64) -> impl FnMut() -> u64 {
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    }
}

fn assert_divides(n: u128, d: u128) {
    assert_eq!(divide(n, d), (n / d, n % d), "{n} / {d}");
}

#[test]
fn products_agree_with_the_host_at_the_edges() {
    for a in edges() {
        for b in edges().step_by(5) {
            assert_eq!(multiply(a, b), a.wrapping_mul(b), "{a} * {b}");
            assert_eq!(multiply(a, b) as i128, (a as i128).wrapping_mul(b as i128), "{a} * {b}, signed");
        }
    }
}

#[test]
fn the_two_halves_hold_the_whole_product() {
    for (a, b) in [(u64::MAX, u64::MAX), (u64::MAX, 1), (1 << 32, 1 << 32), ((1 << 32) - 1, (1 << 32) + 1)] {
        let (high, low) = multiply_halves(a, b);
        assert_eq!((u128::from(high) << 64) | u128::from(low), u128::from(a) * u128::from(b));
    }
}

#[test]
fn quotients_agree_with_the_host_at_the_edges() {
    for n in edges() {
        for d in edges().step_by(5).filter(|d| *d != 0) {
            assert_divides(n, d);
        }
    }
}

#[test]
fn quotients_agree_when_the_first_guess_of_a_digit_is_two_too_large() {
    // Divisors with a small top digit and a large second one, dividends just below a multiple of them.
    for d in [0x8000_0000_ffff_ffff_u128, 0x8000_0001_ffff_ffff, 0x1_ffff_ffff, 0xffff_ffff_0000_0001] {
        for q in [1, 2, 0xffff_fffe, 0xffff_ffff, 0x1_0000_0000, 0xffff_ffff_ffff_fffe_u128] {
            for n in [d * q - 1, d * q, d * q + 1, d * q + (d - 1)] {
                assert_divides(n, d);
            }
        }
    }
}

#[test]
fn everything_agrees_on_two_million_numbers_of_every_length() {
    let mut next = numbers(0x9e37_79b9_7f4a_7c15);
    for _ in 0..2_000_000 {
        let mut wide = || ((u128::from(next()) << 64) | u128::from(next())) >> (next() % 128);
        let (a, b) = (wide(), wide());
        assert_eq!(multiply(a, b), a.wrapping_mul(b), "{a} * {b}");
        assert_divides(a, b.max(1));
    }
}
