//! What attesters earn.
#![allow(clippy::arithmetic_side_effects)]

mod support;

use proptest::prelude::*;
use support::{MOST, any_amount, any_width, cases, part_of};
use work_token_math::{
    Amount,
    attester::{BOND_UNIT_BITS, fine, pay, weighted_points},
};

/// The most that a seat earns in a shard: 48 providers with six metrics.
const MOST_POINTS: u32 = 48 * 60_000;

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn points_times_bond_is_what_a_seat_is_paid_by(points in 0..=MOST_POINTS, bond in any_amount()) {
        let exact = u128::from(points) * u128::from(bond >> BOND_UNIT_BITS);
        prop_assert_eq!(u128::from(weighted_points(points, bond)), exact);
    }

    #[test]
    fn two_parts_of_a_bond_weigh_for_the_same_points_no_more_than_the_whole(
        points in 0..=MOST_POINTS, bond in any_amount(), choice in any_width(),
    ) {
        let part = part_of(bond, choice);
        let parts = weighted_points(points, part) + weighted_points(points, bond - part);
        let whole = weighted_points(points, bond);
        prop_assert!(parts <= whole && whole - parts <= u64::from(points), "one unit is lost at most");
    }

    #[test]
    fn seats_share_the_emission_by_their_weight_and_the_dust_is_nobodys(
        emission in any_amount(), seats in prop::collection::vec((0..=MOST_POINTS, any_amount()), 0..=15),
    ) {
        // All bonds together are part of the supply.
        let weights: Vec<u64> = seats.iter().map(|(points, bond)| weighted_points(*points, bond / 15)).collect();
        let all: u64 = weights.iter().sum();
        let mut paid = 0;
        for weight in &weights {
            let pay = pay(Amount(emission), *weight, all).0;
            if let Some(exact) = (u128::from(emission) * u128::from(*weight)).checked_div(u128::from(all)) {
                prop_assert_eq!(u128::from(pay), exact);
            }
            paid += pay;
        }
        let dust = emission - paid;
        prop_assert!(all == 0 && paid == 0 || dust < weights.len() as u64);
    }
}

#[test]
fn the_most_points_times_all_tokens_fit_into_64_bits() {
    assert_eq!(weighted_points(MOST_POINTS, MOST), u64::from(MOST_POINTS) * (MOST >> BOND_UNIT_BITS));
}

#[test]
fn where_nobody_agreed_nobody_is_paid() {
    assert_eq!(pay(Amount(1_000), 0, 0), Amount::ZERO);
}

#[test]
fn silence_costs_the_fine_or_a_quarter_where_less_than_half_revealed() {
    let fine = |least, of, bond, revealed, drawn| {
        fine(Amount(least), Amount(of), Amount(bond), Amount(revealed), Amount(drawn)).0
    };
    assert_eq!(fine(50, 1_003, 1_003, 500, 1_000), 50, "exactly half revealed");
    assert_eq!(fine(50, 1_003, 1_003, 499, 1_000), 250, "one unit less, and the quarter is rounded down");
    assert_eq!(fine(50, 1_003, 1_003, 500, 1_001), 250);
    assert_eq!(fine(50, 100, 100, 0, 100), 50, "the larger of the two");
    assert_eq!(fine(50, 1_000, 30, 0, 100), 30, "never more than it has");
    assert_eq!(fine(0, u64::MAX, u64::MAX, u64::MAX - 1, u64::MAX), 0);
}
