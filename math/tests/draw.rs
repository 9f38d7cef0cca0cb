//! Drawing in proportion to weight.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation
)]

mod support;

use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use support::{
    any_width, cases,
    exact::{over, whole, zero},
};
use work_token_math::draw::{CAPACITY, add, find, leaf, prefix, reduce, set, total};

type Tree = Box<[u64; CAPACITY]>;

fn empty() -> Tree {
    Box::new([0; CAPACITY])
}

fn tree(leaves: &[(u16, u64)]) -> Tree {
    let mut sums = empty();
    for &(index, weight) in leaves {
        add(&mut sums, index, weight).expect("the total fits");
    }
    sums
}

/// The weight of each leaf, added up without a tree.
fn weights(leaves: &[(u16, u64)]) -> Vec<u64> {
    let mut weights = vec![0; CAPACITY];
    for &(index, weight) in leaves {
        weights[usize::from(index)] += weight;
    }
    weights
}

fn hash(text: &str, number: u64) -> [u8; 32] {
    Sha256::new().chain_update(text).chain_update(number.to_le_bytes()).finalize().into()
}

/// A number of up to so many bits that is the same in every run.
fn number(text: &str, of: u64, bits: u32) -> u64 {
    u64::from_le_bytes(hash(text, of)[..8].try_into().expect("eight bytes")) >> (64 - bits)
}

fn index() -> impl Strategy<Value = u16> {
    let ends = [0, 1, 2, 1_023, 1_024, 2_046, 2_047, 2_048, 4_094, 4_095];
    prop_oneof![1 => prop::sample::select(ends.to_vec()), 4 => 0..CAPACITY as u16]
}

/// Leaves of every width whose weights sum within 64 bits.
fn leaves() -> impl Strategy<Value = Vec<(u16, u64)>> {
    prop::collection::vec((index(), any_width()), 0..200).prop_map(|mut leaves| {
        let mut left = u64::MAX;
        for (_, weight) in &mut leaves {
            *weight = (*weight).min(left);
            left -= *weight;
        }
        leaves
    })
}

fn little_endian(h: &BigInt) -> [u8; 32] {
    let mut bytes = [0xa5; 32];
    let number = u128::try_from(h).expect("128 bits");
    bytes[..16].copy_from_slice(&number.to_le_bytes());
    bytes
}

/// The leaf of every `r` in turn, by counting.
fn assert_every_draw(sums: &[u64; CAPACITY], weights: &[u64]) {
    let mut r = 0;
    for (index, weight) in weights.iter().enumerate() {
        assert_eq!((prefix(sums, index as u16), leaf(sums, index as u16)), (r, *weight), "leaf {index}");
        for _ in 0..*weight {
            assert_eq!(find(sums, r).map(usize::from), Some(index), "r = {r}");
            r += 1;
        }
    }
    assert_eq!((total(sums), find(sums, r)), (r, None));
}

// job-draw-4.
#[test]
fn every_r_over_1024_random_leaves_finds_the_leaf_that_holds_it() {
    for (round, bits) in [1, 2, 4, 8, 10].into_iter().enumerate() {
        let text = format!("leaves {round}");
        let spread = |of| (of * CAPACITY as u64 / 1_024 + number("place", of, 2)) as u16;
        let leaves: Vec<_> = (0..1_024).map(|of| (spread(of), number(&text, of, bits))).collect();
        let weights = weights(&leaves);
        assert!(weights.iter().filter(|weight| **weight == 0).count() >= CAPACITY - 1_024);
        assert_every_draw(&tree(&leaves), &weights);
    }
}

#[test]
fn every_small_tree_draws_exactly_at_both_ends_and_in_the_middle() {
    for first in [0, 1_020, 2_044, 4_088] {
        for code in 0..3u64.pow(8) {
            let leaves: Vec<_> = (0..8u16).map(|i| (first + i, code / 3u64.pow(i.into()) % 3)).collect();
            let sums = tree(&leaves);
            let mut r = 0;
            for &(index, weight) in &leaves {
                assert_eq!((prefix(&sums, index), leaf(&sums, index)), (r, weight));
                for _ in 0..weight {
                    assert_eq!(find(&sums, r), Some(index));
                    r += 1;
                }
            }
            assert_eq!((total(&sums), find(&sums, r)), (r, None));
        }
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_draw_finds_the_first_and_the_last_r_of_every_leaf_with_weight_and_never_one_without(leaves in leaves()) {
        let sums = tree(&leaves);
        let mut before = 0;
        for (index, weight) in weights(&leaves).into_iter().enumerate() {
            let index = index as u16;
            prop_assert_eq!(prefix(&sums, index), before);
            prop_assert_eq!(leaf(&sums, index), weight);
            if weight > 0 {
                prop_assert_eq!(find(&sums, before), Some(index));
                prop_assert_eq!(find(&sums, before + (weight - 1)), Some(index));
                prop_assert_eq!(find(&sums, before + (weight - 1) / 2), Some(index));
            }
            before += weight;
        }
        prop_assert_eq!(prefix(&sums, CAPACITY as u16), before);
        prop_assert_eq!(total(&sums), before);
    }

    #[test]
    fn the_order_in_which_cranks_weigh_does_not_change_the_tree(
        (leaves, shuffled) in leaves().prop_flat_map(|leaves| (Just(leaves.clone()), Just(leaves).prop_shuffle())),
    ) {
        prop_assert_eq!(tree(&leaves), tree(&shuffled));
    }

    #[test]
    fn a_leaf_that_is_added_in_parts_or_split_over_two_is_drawn_for_as_many_r(
        leaves in leaves(), index in index(), other in index(), weight in any_width(), part in any_width(),
    ) {
        let mut once = tree(&leaves);
        let weight = weight.min(u64::MAX - total(&once));
        let part = part.min(weight);
        let (mut in_parts, mut split) = (once.clone(), once.clone());
        let before = leaf(&once, index) + if index == other { 0 } else { leaf(&once, other) };
        prop_assert_eq!(add(&mut once, index, weight), Some(()));
        for (sums, second) in [(&mut in_parts, index), (&mut split, other)] {
            prop_assert_eq!(add(sums, index, part), Some(()));
            prop_assert_eq!(add(sums, second, weight - part), Some(()));
        }
        prop_assert_eq!(&in_parts, &once);
        let drawn = leaf(&split, index) + if index == other { 0 } else { leaf(&split, other) };
        prop_assert_eq!(drawn, before + weight);
        prop_assert_eq!(total(&split), total(&once));
    }

    // Jurors' locks rise and fall, and a juror that leaves frees its leaf.
    #[test]
    fn leaves_set_anew_any_number_of_times_make_the_tree_of_their_last_weights(
        leaves in leaves(), changes in prop::collection::vec((index(), any_width()), 0..50),
    ) {
        let (mut sums, mut last) = (tree(&leaves), weights(&leaves));
        for (index, weight) in changes {
            let others = total(&sums) - leaf(&sums, index);
            let before = sums.clone();
            let fits = others.checked_add(weight).is_some();
            prop_assert_eq!(set(&mut sums, index, weight).is_some(), fits);
            if fits {
                last[usize::from(index)] = weight;
                prop_assert_eq!((leaf(&sums, index), total(&sums)), (weight, others + weight));
            } else {
                prop_assert_eq!(&sums, &before);
            }
        }
        let anew: Vec<_> = last.iter().enumerate().map(|(index, weight)| (index as u16, *weight)).collect();
        prop_assert_eq!(sums, tree(&anew));
    }

    #[test]
    fn what_does_not_fit_the_tree_changes_nothing(leaves in leaves(), index in any::<u16>(), weight in any_width()) {
        let before = tree(&leaves);
        let mut after = before.clone();
        let fits = usize::from(index) < CAPACITY && total(&before).checked_add(weight).is_some();
        prop_assert_eq!(add(&mut after, index, weight).is_some(), fits);
        if !fits {
            prop_assert_eq!(&after, &before);
        }
        for beyond in [CAPACITY as u16, index | CAPACITY as u16, u16::MAX] {
            prop_assert_eq!((add(&mut after, beyond, 0), set(&mut after, beyond, 0)), (None, None));
            prop_assert_eq!((leaf(&before, beyond), prefix(&before, beyond)), (0, total(&before)));
        }
    }
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn a_hash_is_reduced_to_the_exact_part_of_the_total_and_stays_below_it(
        hash in any::<[u8; 32]>(), total in any_width(),
    ) {
        let (low, _) = hash.split_at(16);
        let h = u128::from_le_bytes(low.try_into().expect("16 bytes"));
        let expected = (BigInt::from(h) * total) >> 128;
        let r = reduce(&hash, total);
        prop_assert_eq!(BigInt::from(r), expected);
        prop_assert!(r < total || (r, total) == (0, 0));
    }

    // job-draw-4: a 64-bit hash would favour some leaves by 6 % when the total is near 2^60.
    #[test]
    fn every_r_has_its_2_to_the_128_over_total_hashes_to_within_one(total in any_width(), choice in any::<u64>()) {
        let total = total.max(1);
        let r = support::part_of(total - 1, choice);
        let first = |r: u64| (whole(r) * over(BigInt::from(1) << 128, total)).ceil().to_integer();
        let (from, until) = (first(r), if r < total - 1 { first(r + 1) } else { BigInt::from(1) << 128 });
        prop_assert_eq!(reduce(&little_endian(&from), total), r);
        prop_assert_eq!(reduce(&little_endian(&(until.clone() - 1)), total), r);
        if r > 0 {
            prop_assert_eq!(reduce(&little_endian(&(from.clone() - 1)), total), r - 1);
        }
        let fair = over(BigInt::from(1) << 128, total);
        let found = whole(until - from);
        prop_assert!(found.clone() - fair.clone() < whole(1) && fair - found < whole(1));
    }
}

#[test]
fn the_first_sixteen_bytes_count_low_word_first_and_the_rest_does_not() {
    let mut hash = [0; 32];
    hash[15] = 0x80;
    assert_eq!(reduce(&hash, 1 << 60), 1 << 59);
    hash[16..].fill(0xff);
    assert_eq!(reduce(&hash, 1 << 60), 1 << 59);
    hash[..16].fill(0);
    assert_eq!(reduce(&hash, u64::MAX), 0);
    hash[7] = 0xff;
    assert_eq!(reduce(&hash, u64::MAX), 0, "the low word alone never makes one");
    hash[..16].fill(0xff);
    assert_eq!([1, 2, 1 << 60, u64::MAX].map(|total| reduce(&hash, total)), [0, 1, (1 << 60) - 1, u64::MAX - 1]);
}

// job-draw-4.
#[test]
fn nothing_is_drawn_from_a_tree_without_weight() {
    let sums = empty();
    assert_eq!((total(&sums), reduce(&[0xff; 32], 0)), (0, 0));
    for r in [0, 1, u64::MAX] {
        assert_eq!(find(&sums, r), None);
    }
    let zeros: Vec<_> = (0..CAPACITY as u16).map(|index| (index, 0)).collect();
    assert_eq!(find(&tree(&zeros), 0), None);
}

#[test]
fn a_full_tree_of_equal_leaves_draws_each_of_them() {
    let weight = u64::MAX / CAPACITY as u64;
    let sums = tree(&(0..CAPACITY as u16).map(|index| (index, weight)).collect::<Vec<_>>());
    for index in 0..CAPACITY as u16 {
        let first = u64::from(index) * weight;
        assert_eq!((find(&sums, first), find(&sums, first + weight - 1)), (Some(index), Some(index)));
    }
}

/// Pearson's statistic over 100,000 draws by sha256 from 64 leaves of random weight, as an exact rational.
fn chi_square(seed: &str) -> BigRational {
    const DRAWS: u64 = 100_000;
    let leaves: Vec<_> = (0..64).map(|of| (of as u16 * 64 + 5, (1 << 50) + number(seed, of, 54))).collect();
    let sums = tree(&leaves);
    let mut drawn = vec![0u64; CAPACITY];
    for job in 0..DRAWS {
        let hash: [u8; 32] =
            Sha256::new().chain_update("draw").chain_update(seed).chain_update(job.to_le_bytes()).finalize().into();
        let found = find(&sums, reduce(&hash, total(&sums))).expect("below the total");
        drawn[usize::from(found)] += 1;
    }
    assert_eq!(leaves.iter().map(|(index, _)| drawn[usize::from(*index)]).sum::<u64>(), DRAWS);
    leaves.iter().fold(zero(), |sum, &(index, weight)| {
        let expected = whole(DRAWS) * over(weight, total(&sums));
        let distance = whole(drawn[usize::from(index)]) - expected.clone();
        sum + distance.clone() * distance / expected
    })
}

#[test]
fn over_100_000_draws_64_random_weights_are_drawn_in_proportion_at_p_above_a_thousandth() {
    // With 63 degrees of freedom 103.4 is exceeded with probability 0.001 and 31.7 not reached with 0.0004.
    for seed in ["first", "second", "third"] {
        let statistic = chi_square(seed);
        assert!(statistic < over(1_034, 10), "{statistic}");
        assert!(statistic > over(317, 10), "too even to be random: {statistic}");
    }
}
