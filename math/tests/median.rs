//! What attesters say together: the rules of the median, of the agreement with it and of a quorum.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation
)]

mod support;

use proptest::prelude::*;
use support::{any_amount, any_width, attesters::lower_median, cases};
use work_token_math::panel::{Agreement, MAX_REPORTS, MOST, Panel, Reports, has_value};

/// Values and weights.
type Said = Vec<(u16, u64)>;

/// Takes the first numbers, as far as there are reports.
fn median(said: &[(u16, u64)]) -> Option<u16> {
    let (mut values, mut weights) = ([0; MAX_REPORTS], [0; MAX_REPORTS]);
    for (number, (value, weight)) in said.iter().enumerate() {
        (values[number], weights[number]) = (value + 1, *weight);
    }
    Panel::new(&weights).expect("a supply's worth at most").lower_median(&Reports::of(&values))
}

/// Points of a single report.
fn points(value: u16, median: u16, tolerance: u16) -> u32 {
    let mut agreement = Agreement::within(tolerance);
    let mut values = [0; MAX_REPORTS];
    values[0] = value + 1;
    agreement.add(&Reports::of(&values), median);
    let mut told = Vec::new();
    agreement.each(|points, _| told.push(points));
    told[0]
}

fn value() -> impl Strategy<Value = u16> {
    prop_oneof![prop::sample::select(vec![0, 1, 5_000, MOST - 1, MOST]), 0..=MOST]
}

fn said(most: usize) -> impl Strategy<Value = Said> {
    let small = prop::collection::vec((0u16..6, 0u64..4), 0..=most);
    prop_oneof![1 => small, 2 => prop::collection::vec((value(), any_amount()), 0..=most)]
}

/// Honest reports, and an adversary's whose weight is cut until the honest have more than half.
fn honest_and_others() -> impl Strategy<Value = (Said, Said)> {
    (1..MAX_REPORTS).prop_flat_map(|honest| {
        let honest = prop::collection::vec((value(), any_amount()), honest);
        (honest, said(MAX_REPORTS)).prop_map(|(mut honest, mut others)| {
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
    fn the_median_is_the_largest_value_that_more_than_half_of_the_weight_reaches(said in said(MAX_REPORTS)) {
        prop_assert_eq!(median(&said), lower_median(&said));
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
    fn the_order_of_reports_is_no_matter(
        (said, shuffled) in said(MAX_REPORTS).prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle())),
    ) {
        prop_assert_eq!(median(&said), median(&shuffled));
    }

    #[test]
    fn a_report_split_over_two_keys_changes_nothing(
        said in said(MAX_REPORTS - 1), which in any::<usize>(), part in any_amount(),
    ) {
        let mut split = said.clone();
        if let Some((value, weight)) = split.get(which % said.len().max(1)).copied() {
            let part = part.min(weight);
            split.push((value, part));
            split.get_mut(which % said.len()).expect("found above").1 -= part;
        }
        prop_assert_eq!(median(&split), median(&said));
    }

    #[test]
    fn a_value_takes_half_of_the_unmasked_and_a_third_of_all_exactly(
        reported in any_width(), unmasked in any_width(), drawn in any_width(), near in 0u64..3,
    ) {
        let exact = |reported: u64| {
            2 * u128::from(reported) >= u128::from(unmasked) && 3 * u128::from(reported) >= u128::from(drawn)
        };
        for reported in [reported, unmasked.div_ceil(2).saturating_sub(near), drawn.div_ceil(3).saturating_sub(near)] {
            prop_assert_eq!(has_value(reported, unmasked, drawn), exact(reported));
        }
    }

    #[test]
    fn a_panel_gives_the_median_where_enough_reported_and_else_nothing(
        said in said(MAX_REPORTS), silent in any::<u16>(), masks in any::<u16>(),
    ) {
        let mut weights = [0; MAX_REPORTS];
        let mut values = [0; MAX_REPORTS];
        for (number, (value, weight)) in said.iter().enumerate() {
            weights[number] = *weight;
            let is_silent = (silent | masks) >> number & 1 == 1;
            values[number] = if is_silent { 0 } else { value.min(&MOST) + 1 };
        }
        let Some(panel) = Panel::new(&weights) else { return Ok(()) };
        let of = |counts: &dyn Fn(usize) -> bool| -> u64 {
            (0..MAX_REPORTS).filter(|number| counts(*number)).map(|number| weights[number]).sum()
        };
        let masked = of(&|number| masks >> number & 1 == 1);
        let (drawn, reported) = (of(&|_| true), of(&|number| values[number] > 0));
        let expected = if 2 * u128::from(reported) >= u128::from(drawn - masked) && 3 * u128::from(reported) >= drawn.into() {
            panel.lower_median(&Reports::of(&values))
        } else {
            None
        };
        prop_assert_eq!(panel.value(&Reports::of(&values), || masked), expected);
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
fn fifteen_reports_of_any_bond_count() {
    let fifteen: Vec<_> = (0..15).map(|value| (value, support::MOST)).collect();
    assert_eq!(median(&fifteen), Some(7));
}

#[test]
fn there_is_no_median_without_weight() {
    assert_eq!(median(&[]), None);
    assert_eq!(median(&[(5, 0), (6, 0)]), None);
}

// score-value-1: after a clip at 20 % the honest 60 % would have counted 20 against 40.
#[test]
fn one_honest_attester_with_sixty_percent_decides_against_two_with_twenty() {
    assert_eq!(median(&[(9_000, 60), (0, 20), (0, 20)]), Some(9_000));
    assert_eq!(median(&[(9_000, 20), (0, 20), (0, 20)]), Some(0), "clipped");
}

#[test]
fn every_small_set_of_reports_has_the_median_of_the_definition() {
    for code in 0..16u64.pow(4) {
        let said: Vec<_> = (0..4).map(|i| code / 16u64.pow(i) % 16).map(|it| ((it / 4) as u16, it % 4)).collect();
        assert_eq!(median(&said), lower_median(&said), "{said:?}");
    }
}

#[test]
fn every_small_count_of_reports_is_exact() {
    for drawn in 0..60 {
        for unmasked in 0..=drawn {
            for reported in 0..=unmasked {
                let exact = 2 * reported >= unmasked && 3 * reported >= drawn;
                assert_eq!(has_value(reported, unmasked, drawn), exact, "{reported} of {unmasked} of {drawn}");
            }
        }
    }
}

#[test]
fn half_the_tolerance_away_is_half_of_the_points() {
    let away = [0, 1, 50, 99, 100, 101];
    assert_eq!(away.map(|away| points(5_000 + away, 5_000, 100)), [10_000, 9_900, 5_000, 100, 0, 0]);
    assert_eq!(away.map(|away| points(5_000 - away, 5_000, 100)), [10_000, 9_900, 5_000, 100, 0, 0]);
    assert_eq!([points(7, 7, 0), points(8, 7, 0), points(6, 7, 0)], [10_000, 0, 0]);
}
