//! Amounts in fifteen bits: every code by itself.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used)]

mod support;

use proptest::prelude::*;
use support::{any_width, cases};
use work_token_math::minifloat::{MOST, MOST_CODE, decode, encode};

/// By the definition: a mantissa of ten bits, and with an exponent an implied one above it.
fn meaning(code: u16) -> u64 {
    let (exponent, mantissa) = (u32::from(code / 1_024), u64::from(code % 1_024));
    if exponent == 0 { mantissa } else { (1_024 + mantissa) * 2u64.pow(exponent - 1) }
}

#[test]
fn every_code_stands_for_an_amount_of_its_own_in_the_order_of_codes() {
    for code in 0..=MOST_CODE {
        assert_eq!(decode(code), meaning(code));
        assert_eq!(encode(decode(code)), code, "and no amount is written in two ways");
        assert!(code == 0 || decode(code) > decode(code - 1));
    }
    assert_eq!((decode(0), decode(MOST_CODE)), (0, MOST));
    assert_eq!(MOST, 2_046 << 30);
}

#[test]
fn small_amounts_are_exact_and_beyond_the_largest_all_are_the_same() {
    for amount in 0..=2_048 {
        assert_eq!(decode(encode(amount)), amount);
    }
    assert_eq!((decode(encode(2_049)), decode(encode(2_050))), (2_048, 2_050));
    for amount in [MOST, MOST + 1, 1 << 60, u64::MAX] {
        assert_eq!(encode(amount), MOST_CODE);
    }
    assert_eq!(encode(MOST - 1), MOST_CODE - 1);
    for code in [MOST_CODE + 1, 1 << 15, u16::MAX] {
        assert_eq!(decode(code), MOST, "what nobody can report is not more than what they can");
    }
}

#[test]
fn a_doubling_is_1_024_codes() {
    for amount in [1_024, 1_500, 123_456, 1 << 39] {
        assert_eq!(encode(2 * amount) - encode(amount), 1_024);
    }
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn a_code_is_at_most_a_1_024th_below_its_amount_and_never_above(amount in any_width()) {
        let amount = amount.min(MOST);
        let kept = decode(encode(amount));
        prop_assert!(kept <= amount && (amount - kept) * 1_024 <= amount, "{amount} is kept as {kept}");
    }

    #[test]
    fn more_never_has_a_smaller_code(one in any_width(), other in any_width()) {
        let (less, more) = (one.min(other), one.max(other));
        prop_assert!(encode(less) <= encode(more));
    }
}
