//! Drawing several without repetition.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use proptest::prelude::*;
use support::{any_amount, any_width, cases, part_of};
use work_token_math::sampling::pick;

/// What is left to draw from.
fn open(weights: &[u64], taken: &[usize]) -> Vec<(usize, u64)> {
    weights.iter().copied().enumerate().filter(|(index, _)| !taken.contains(index)).collect()
}

fn total(open: &[(usize, u64)]) -> u64 {
    open.iter().map(|(_, weight)| weight).sum()
}

/// Draws up to `seats`, each by the next of some numbers.
fn sample(weights: &[u64], seats: usize, numbers: &[u64]) -> Vec<usize> {
    let mut taken = Vec::new();
    for number in numbers.iter().take(seats) {
        let open = open(weights, &taken);
        let Some(last) = total(&open).checked_sub(1) else { break };
        taken.push(pick(open.into_iter(), part_of(last, *number)).expect("below the total"));
    }
    taken
}

#[test]
fn every_r_picks_the_entry_whose_part_of_the_sum_holds_it() {
    for code in 0..4u64.pow(5) {
        let weights: Vec<u64> = (0..5).map(|i| code / 4u64.pow(i) % 4).collect();
        let mut expected: Vec<Option<usize>> = Vec::new();
        for (index, weight) in weights.iter().enumerate() {
            expected.extend((0..*weight).map(|_| Some(index)));
        }
        expected.extend([None, None]);
        for (r, expected) in (0..).zip(expected) {
            assert_eq!(pick(weights.iter().copied().enumerate(), r), expected, "{r} of {weights:?}");
        }
    }
}

// score-draw-1: of one seat; once it is taken, those that are left of the fifteen can be picked for the next.
#[test]
fn a_bond_split_in_fifteen_is_picked_for_as_many_r_as_the_whole_one() {
    let picks = |weights: &[u64]| {
        let total = weights.iter().sum::<u64>();
        (0..total).filter(|r| pick(weights.iter().copied().enumerate(), *r) != Some(0)).count()
    };
    let mut split = vec![1_000];
    split.extend([10; 15]);
    assert_eq!((picks(&[1_000, 150]), picks(&split)), (150, 150));
}

#[test]
fn nothing_is_picked_from_nothing() {
    assert_eq!(pick(core::iter::empty(), 0), None);
    assert_eq!(pick([(0, 0), (1, 0)].into_iter(), 0), None);
}

#[test]
fn an_entry_is_named_by_its_own_index_not_by_its_place() {
    assert_eq!(
        [0, 4, 5, 9].map(|r| pick([(7, 5), (3, 0), (2, 5)].into_iter(), r)),
        [Some(7), Some(7), Some(2), Some(2)]
    );
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn a_sample_never_repeats_and_never_takes_what_weighs_nothing(
        weights in prop::collection::vec(prop_oneof![1 => Just(0), 4 => any_amount()], 1..15),
        numbers in prop::collection::vec(any::<u64>(), 15),
    ) {
        let mut taken = sample(&weights, 15, &numbers);
        prop_assert_eq!(taken.len(), weights.iter().filter(|weight| **weight > 0).count(), "all that weigh");
        prop_assert!(taken.iter().all(|index| weights[*index] > 0));
        taken.sort_unstable();
        taken.dedup();
        prop_assert_eq!(taken.len(), weights.iter().filter(|weight| **weight > 0).count(), "each once");
    }

    #[test]
    fn a_sum_beyond_64_bits_is_no_overflow(weights in prop::collection::vec(any_width(), 0..20), r in any_width()) {
        let mut sum = 0u128;
        let expected = weights.iter().position(|weight| {
            sum += u128::from(*weight);
            sum > u128::from(r)
        });
        prop_assert_eq!(pick(weights.iter().copied().enumerate(), r), expected);
    }
}

#[test]
fn without_repetition_the_pairs_of_three_weights_come_in_their_exact_proportions() {
    // Out of 1, 2, 3: the pair (a, b) has probability w_a / 6 * w_b / (6 - w_a), each side counted over 6 *
    // 60 cases.
    let weights = [1u64, 2, 3];
    let mut counts = [[0u64; 3]; 3];
    for first_r in 0..6 {
        let first = pick(weights.into_iter().enumerate(), first_r).expect("below 6");
        let open = open(&weights, &[first]);
        let left = total(&open);
        for second_r in 0..left {
            let second = pick(open.iter().copied(), second_r).expect("below the rest");
            counts[first][second] += 60 / left;
        }
    }
    for first in 0..3 {
        for second in 0..3 {
            let rest = 6 - weights[first];
            let expected = if first == second { 0 } else { weights[first] * weights[second] * 60 / rest };
            assert_eq!(counts[first][second], expected, "{first} then {second}");
        }
    }
}
