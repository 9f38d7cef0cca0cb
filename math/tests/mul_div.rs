//! Multiplying and dividing against exact arithmetic: random operands of every width, all 8-bit operands at
//! several positions of the word, and all operands built from the digits at which a two-digit division
//! corrects its guess.
#![allow(clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

mod support;

use num_bigint::BigInt;
use proptest::prelude::*;
use support::{
    DIGITS, any_width, cases,
    exact::{ceil, floor, over, product_over, wide},
};
use work_token_math::mul_div::{
    div_wide, index_step, mul_checked, mul_div_ceil, mul_div_floor, mul_shift_64, mul_wide,
};

proptest! {
    #![proptest_config(cases(8_000))]

    #[test]
    fn a_product_of_two_words_is_exact(a in any_width(), b in any_width()) {
        let (high, low) = mul_wide(a, b);
        prop_assert_eq!(wide(high, low), BigInt::from(a) * BigInt::from(b));
        prop_assert_eq!(mul_checked(a, b), a.checked_mul(b));
    }

    #[test]
    fn a_quotient_of_two_words_is_exact_and_none_only_beyond_64_bits(
        high in any_width(), low in any_width(), d in any_width(), below in any::<bool>(),
    ) {
        let high = if below && d > 0 { high % d } else { high };
        match div_wide(high, low, d) {
            Some((quotient, remainder)) => {
                prop_assert!(remainder < d);
                prop_assert_eq!(BigInt::from(quotient) * BigInt::from(d) + BigInt::from(remainder), wide(high, low));
            }
            None => prop_assert!(d == 0 || floor(&over(wide(high, low), d)).is_none()),
        }
        prop_assert_eq!(div_wide(high, low, d).is_none(), high >= d);
    }

    #[test]
    fn mul_div_rounds_the_exact_quotient_down_and_up(a in any_width(), b in any_width(), d in any_width()) {
        if d == 0 {
            prop_assert_eq!((mul_div_floor(a, b, d), mul_div_ceil(a, b, d)), (None, None));
        } else {
            let exact = product_over(a, b, d);
            prop_assert_eq!(mul_div_floor(a, b, d), floor(&exact));
            prop_assert_eq!(mul_div_ceil(a, b, d), ceil(&exact));
        }
    }

    #[test]
    fn mul_shift_takes_the_exact_product_with_a_fixed_point_number_down(
        a in any_width(), whole in any_width(), fraction in any_width(),
    ) {
        let index = (u128::from(whole) << 64) | u128::from(fraction);
        let exact = over(BigInt::from(a) * BigInt::from(index), BigInt::from(1) << 64);
        prop_assert_eq!(mul_shift_64(a, index), floor(&exact));
    }

    #[test]
    fn a_step_of_an_index_loses_nothing(amount in any_width(), carried in any_width(), shares in any_width()) {
        match index_step(amount, carried, shares) {
            None => prop_assert_eq!(shares, 0),
            Some((step, remainder)) => {
                prop_assert!(remainder < shares);
                let given = wide(amount, carried);
                prop_assert_eq!(BigInt::from(step) * BigInt::from(shares) + BigInt::from(remainder), given);
            }
        }
    }
}

/// Compares one triple with the operators of the language.
fn agrees(a: u64, b: u64, d: u64) {
    let product = u128::from(a) * u128::from(b);
    if d == 0 {
        assert_eq!((mul_div_floor(a, b, d), mul_div_ceil(a, b, d)), (None, None));
        return;
    }
    let (quotient, remainder) = (product / u128::from(d), product % u128::from(d));
    assert_eq!(mul_div_floor(a, b, d), u64::try_from(quotient).ok(), "{a:#x} * {b:#x} / {d:#x}");
    let above = quotient + u128::from(remainder != 0);
    assert_eq!(mul_div_ceil(a, b, d), u64::try_from(above).ok(), "{a:#x} * {b:#x} / {d:#x}");
}

fn all_8_bit_operands_agree(place: impl Fn(u64) -> u64, divisor: impl Fn(u64) -> u64) {
    for d in 0..256 {
        let d = divisor(d);
        for a in 0..256 {
            let a = place(a);
            for b in 0..256 {
                agrees(a, place(b), d);
            }
        }
    }
}

#[test]
fn every_8_bit_operand_agrees_in_the_low_byte() {
    all_8_bit_operands_agree(|operand| operand, |d| d);
}

#[test]
fn every_8_bit_operand_agrees_across_the_border_of_one_and_two_digits() {
    all_8_bit_operands_agree(|operand| operand << 44, |d| d << 26);
}

#[test]
fn every_8_bit_operand_agrees_in_the_high_byte() {
    all_8_bit_operands_agree(|operand| operand << 56, |d| d << 56);
}

#[test]
fn every_8_bit_operand_agrees_in_the_high_byte_above_full_low_digits() {
    all_8_bit_operands_agree(|operand| (operand << 56) | 0x00ff_ffff_ffff_ffff, |d| (d << 56) | 0xffff_ffff);
}

#[test]
fn every_8_bit_operand_agrees_one_below_a_digit() {
    all_8_bit_operands_agree(|operand| (operand << 24).wrapping_sub(1), |d| (d << 40).wrapping_sub(1));
}

fn words_of_extreme_digits() -> Vec<u64> {
    DIGITS.iter().flat_map(|high| DIGITS.iter().map(move |low| (high << 32) | low)).collect()
}

#[test]
fn every_word_of_extreme_digits_agrees() {
    for a in words_of_extreme_digits() {
        for b in words_of_extreme_digits() {
            for d in words_of_extreme_digits() {
                agrees(a, b, d);
            }
        }
    }
}

#[test]
fn every_dividend_of_four_extreme_digits_is_divided_exactly() {
    for high in words_of_extreme_digits() {
        for low in words_of_extreme_digits() {
            for d in words_of_extreme_digits() {
                let dividend = (u128::from(high) << 64) | u128::from(low);
                let exact = dividend.checked_div(u128::from(d)).and_then(|quotient| u64::try_from(quotient).ok());
                assert_eq!(div_wide(high, low, d).map(|(quotient, _)| quotient), exact, "{dividend:#x} / {d:#x}");
                if let Some((quotient, remainder)) = div_wide(high, low, d) {
                    assert_eq!(u128::from(quotient) * u128::from(d) + u128::from(remainder), dividend);
                }
            }
        }
    }
}

#[test]
fn every_8_bit_step_of_an_index_is_exact_at_both_ends_of_the_word() {
    for shift in [0, 24, 56] {
        for amount in 0..256u64 {
            for remainder in 0..256u64 {
                for shares in 1..256u64 {
                    let (amount, remainder, shares) = (amount << shift, remainder << shift, shares << shift);
                    let dividend = (u128::from(amount) << 64) | u128::from(remainder);
                    let divisor = u128::from(shares);
                    let exact = (dividend / divisor, (dividend % divisor) as u64);
                    assert_eq!(index_step(amount, remainder, shares), Some(exact));
                }
            }
        }
    }
}

#[test]
fn every_8_bit_share_of_an_index_is_exact_at_both_ends_of_the_word() {
    for a in 0..256u64 {
        for whole in 0..256u128 {
            for fraction in (0..256u128).step_by(3) {
                let index = (whole << 64) | (fraction << 56) | fraction;
                for a in [a, a << 56] {
                    let low = u128::from(a) * (index & u128::from(u64::MAX));
                    let exact = (u128::from(a) * whole).checked_add(low >> 64);
                    assert_eq!(mul_shift_64(a, index), exact.and_then(|exact| u64::try_from(exact).ok()));
                }
            }
        }
    }
}

#[test]
fn a_quotient_that_only_rounding_up_lifts_beyond_64_bits_is_refused_by_the_ceiling_alone() {
    // 31 * 1,190,112,520,884,487,201 = 2^65 - 1.
    let (a, b) = (31, 1_190_112_520_884_487_201);
    assert_eq!((mul_div_floor(a, b, 2), mul_div_ceil(a, b, 2)), (Some(u64::MAX), None));
    assert_eq!((mul_div_floor(a, b, 1), mul_div_ceil(a, b, 1)), (None, None));
    assert_eq!((mul_div_floor(u64::MAX, 3, 3), mul_div_ceil(u64::MAX, 3, 3)), (Some(u64::MAX), Some(u64::MAX)));
}
