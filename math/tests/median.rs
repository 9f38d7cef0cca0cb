//! What attesters say together.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::cast_possible_truncation)]

mod support;

use proptest::prelude::*;
use support::{
    MOST, any_amount, any_width, cases,
    exact::{floor, over, whole, zero},
};
use work_token_math::median::{MAX_REPORTS, agreement, has_quorum, lower_median};

type Reports = Vec<(u16, u64)>;

/// By the definition of MD 4.2: every value is tried.
fn by_definition(reports: &[(u16, u64)]) -> Option<u16> {
    let sum: u128 = reports.iter().map(|(_, weight)| u128::from(*weight)).sum();
    let at_least = |value: u16| -> u128 {
        reports.iter().filter(|(found, _)| *found >= value).map(|(_, weight)| u128::from(*weight)).sum()
    };
    reports.iter().map(|(value, _)| *value).filter(|value| 2 * at_least(*value) > sum).max()
}

fn median(reports: &[(u16, u64)]) -> Option<u16> {
    lower_median(&mut reports.to_vec())
}

fn value() -> impl Strategy<Value = u16> {
    prop_oneof![prop::sample::select(vec![0, 1, 5_000, 9_999, 10_000, u16::MAX]), 0u16..=10_000, any::<u16>()]
}

fn reports(most: usize) -> impl Strategy<Value = Reports> {
    let small = prop::collection::vec((0u16..6, 0u64..4), 0..=most);
    prop_oneof![1 => small, 2 => prop::collection::vec((value(), any_amount()), 0..=most)]
}

/// Honest reports, and an adversary's whose weight is cut until the honest have more than half.
fn honest_and_others() -> impl Strategy<Value = (Reports, Reports)> {
    (1..MAX_REPORTS).prop_flat_map(|honest| {
        let honest = prop::collection::vec((value(), any_amount()), honest);
        (honest, reports(MAX_REPORTS)).prop_map(|(mut honest, mut others)| {
            honest.first_mut().expect("one at least").1 += 1;
            others.truncate(MAX_REPORTS - honest.len());
            let mut left = honest.iter().map(|(_, weight)| weight).sum::<u64>() - 1;
            for (_, weight) in &mut others {
                *weight = (*weight).min(left);
                left -= *weight;
            }
            (honest, others)
        })
    })
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn the_median_is_the_largest_value_that_more_than_half_of_the_weight_reaches(reports in reports(MAX_REPORTS)) {
        prop_assert_eq!(median(&reports), by_definition(&reports));
    }

    #[test]
    fn with_more_than_half_of_the_weight_honest_the_median_lies_in_the_honest_range(
        (honest, others) in honest_and_others(),
    ) {
        let weighing: Vec<_> = honest.iter().filter(|(_, weight)| *weight > 0).map(|(value, _)| *value).collect();
        let found = median(&[honest.clone(), others].concat()).expect("there is weight");
        prop_assert!(weighing.iter().min() <= Some(&found) && Some(&found) <= weighing.iter().max());
    }

    #[test]
    fn attesters_below_half_of_the_weight_cannot_move_what_the_others_agree_on(
        (honest, others) in honest_and_others(), agreed in value(),
    ) {
        let honest: Vec<_> = honest.into_iter().map(|(_, weight)| (agreed, weight)).collect();
        prop_assert_eq!(median(&[honest, others].concat()), Some(agreed));
    }

    #[test]
    fn the_order_of_reports_is_no_matter_and_they_are_left_sorted(
        (reports, shuffled) in reports(MAX_REPORTS).prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle())),
    ) {
        let mut sorted = shuffled.clone();
        prop_assert_eq!(median(&reports), lower_median(&mut sorted));
        prop_assert!(sorted.is_sorted_by(|first, second| first.0 >= second.0));
        let (mut before, mut after) = (shuffled, sorted);
        before.sort_unstable();
        after.sort_unstable();
        prop_assert_eq!(before, after, "every report is still there");
    }

    #[test]
    fn a_report_split_over_two_keys_changes_nothing(
        reports in reports(MAX_REPORTS - 1), which in any::<usize>(), part in any_amount(),
    ) {
        let mut split = reports.clone();
        if let Some((value, weight)) = split.get(which % reports.len().max(1)).copied() {
            let part = part.min(weight);
            split.push((value, part));
            split.get_mut(which % reports.len()).expect("found above").1 -= part;
        }
        prop_assert_eq!(median(&split), median(&reports));
    }

    #[test]
    fn a_quorum_is_two_thirds_exactly(revealed in any_width(), seated in any_width(), near in 0u64..3) {
        let exact = |revealed: u64| 3 * u128::from(revealed) >= 2 * u128::from(seated);
        prop_assert_eq!(has_quorum(revealed, seated), exact(revealed));
        let at_the_bound = ((2 * u128::from(seated)).div_ceil(3) as u64).saturating_sub(near);
        prop_assert_eq!(has_quorum(at_the_bound, seated), exact(at_the_bound));
    }

    #[test]
    fn agreement_falls_linearly_to_nothing_at_the_tolerance(
        value in value(), median in value(), tolerance in value(), near in 0u16..300,
    ) {
        for value in [value, median.saturating_add(near), median.saturating_sub(near)] {
            let distance = value.abs_diff(median);
            let expected = match (tolerance, distance) {
                (0, 0) => whole(10_000),
                (0, _) => zero(),
                _ => (whole(10_000) * (whole(1) - over(distance, tolerance))).max(zero()),
            };
            prop_assert_eq!(Some(u64::from(agreement(value, median, tolerance))), floor(&expected));
        }
    }
}

#[test]
fn a_tie_gives_the_lower_value() {
    assert_eq!(median(&[(10, 5), (20, 5)]), Some(10));
    assert_eq!(median(&[(10, 5), (20, 6)]), Some(20));
    assert_eq!(median(&[(1, 1), (2, 1), (3, 1), (4, 1)]), Some(2));
    assert_eq!(median(&[(1, 1), (2, 1), (3, 1), (4, 1), (9, 0)]), Some(2), "a report without weight breaks no tie");
}

#[test]
fn fifteen_reports_of_any_bond_count_and_sixteen_are_refused() {
    let fifteen: Vec<_> = (0..15).map(|value| (value, MOST)).collect();
    assert_eq!(median(&fifteen), Some(7));
    let sixteen: Vec<_> = (0..16).map(|value| (value, 1)).collect();
    assert_eq!(median(&sixteen), None);
}

#[test]
fn there_is_no_median_without_weight_or_of_weights_beyond_64_bits() {
    assert_eq!(median(&[]), None);
    assert_eq!(median(&[(5, 0), (6, 0)]), None);
    assert_eq!(median(&[(5, u64::MAX), (6, 1)]), None);
    assert_eq!(median(&[(5, u64::MAX), (6, 0)]), Some(5));
}

// R M23: after a clip at 20 % the honest 60 % would have counted 20 against 40.
#[test]
fn one_honest_attester_with_sixty_percent_decides_against_two_with_twenty() {
    assert_eq!(median(&[(9_000, 60), (0, 20), (0, 20)]), Some(9_000));
    assert_eq!(median(&[(9_000, 20), (0, 20), (0, 20)]), Some(0), "clipped");
}

#[test]
fn every_small_set_of_reports_has_the_median_of_the_definition() {
    for code in 0..16u64.pow(4) {
        let reports: Vec<_> = (0..4).map(|i| code / 16u64.pow(i) % 16).map(|it| ((it / 4) as u16, it % 4)).collect();
        assert_eq!(median(&reports), by_definition(&reports), "{reports:?}");
    }
}

#[test]
fn every_small_quorum_is_exact() {
    for seated in 0..200 {
        for revealed in 0..=seated {
            assert_eq!(has_quorum(revealed, seated), 3 * revealed >= 2 * seated);
        }
    }
}

#[test]
fn half_the_tolerance_away_is_half_of_the_points() {
    assert_eq!(
        [0, 1, 50, 99, 100, 101].map(|away| agreement(5_000 + away, 5_000, 100)),
        [10_000, 9_900, 5_000, 100, 0, 0]
    );
    assert_eq!([agreement(7, 7, 0), agreement(8, 7, 0), agreement(6, 7, 0)], [10_000, 0, 0]);
}
