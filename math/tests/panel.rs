//! Attesters heard all at once say what they say one by one, whoever of the fifteen is silent.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use proptest::prelude::*;
use support::{
    any_amount,
    attesters::{agreement, lower_median},
    cases,
    exact::{floor, over, whole, zero},
};
use work_token_math::{
    minifloat::MOST_CODE,
    panel::{Agreement, MAX_REPORTS, MOST, MOST_METRICS, Panel, Reports},
};

/// A report by number, or none.
type Heard = [Option<u16>; MAX_REPORTS];
/// Bonds below 2^60, so that fifteen of them sum below 2^64.
type Weights = [u64; MAX_REPORTS];

fn reports(heard: &Heard) -> Reports {
    Reports::of(&heard.map(|report| report.map_or(0, |value| value + 1)))
}

fn median(weights: &Weights, heard: &Heard) -> Option<u16> {
    Panel::new(weights).expect("a supply's worth at most").lower_median(&reports(heard))
}

/// One by one.
fn plain_median(weights: &Weights, heard: &Heard) -> Option<u16> {
    let reports: Vec<_> = heard.iter().zip(weights).filter_map(|(value, weight)| Some(((*value)?, *weight))).collect();
    lower_median(&reports)
}

/// Points and completeness by number.
fn agreements(tolerance: u16, metrics: &[(Heard, u16)]) -> Vec<(u32, bool)> {
    let mut agreement = Agreement::within(tolerance);
    for (heard, median) in metrics {
        agreement.add(&reports(heard), *median);
    }
    let mut told = Vec::new();
    agreement.each(|points, is_complete| told.push((points, is_complete)));
    told
}

fn value() -> impl Strategy<Value = u16> {
    prop_oneof![prop::sample::select(vec![0, 1, 5_000, MOST - 1, MOST]), 0..=MOST, 9_480u16..9_520]
}

fn heard() -> impl Strategy<Value = Heard> {
    let report = prop_oneof![1 => Just(None), 6 => value().prop_map(Some)];
    let few = prop_oneof![1 => Just(None), 1 => (0u16..3).prop_map(Some)];
    prop_oneof![prop::array::uniform15(report), prop::array::uniform15(few)]
}

fn codes() -> impl Strategy<Value = Heard> {
    let code = prop_oneof![prop::sample::select(vec![0, 1, MOST_CODE - 1, MOST_CODE]), 0..=MOST_CODE, 1_000u16..1_100];
    prop::array::uniform15(prop_oneof![1 => Just(None), 6 => code.prop_map(Some)])
}

fn weights() -> impl Strategy<Value = Weights> {
    prop_oneof![prop::array::uniform15(any_amount()), prop::array::uniform15(0u64..4), Just([1; MAX_REPORTS])]
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn the_median_is_the_one_of_those_who_reported(weights in weights(), heard in heard()) {
        prop_assert_eq!(median(&weights, &heard), plain_median(&weights, &heard));
    }

    #[test]
    fn agreement_is_summed_over_the_metrics_before_it_is_rounded(
        tolerance in prop_oneof![Just(0), 0..=MOST],
        metrics in prop::collection::vec((heard(), value()), 0..=MOST_METRICS),
    ) {
        for (number, (points, is_complete)) in agreements(tolerance, &metrics).into_iter().take(MAX_REPORTS).enumerate() {
            let reported: Vec<_> = metrics.iter().filter_map(|(heard, median)| Some((heard[number]?, *median))).collect();
            let exact = reported.iter().fold(zero(), |sum, (value, median)| match (tolerance, value.abs_diff(*median)) {
                (_, 0) => sum + whole(1),
                (0, _) => sum,
                (_, distance) => sum + (whole(1) - over(distance, tolerance)).max(zero()),
            });
            prop_assert_eq!(Some(u64::from(points)), floor(&(whole(10_000) * exact)));
            prop_assert_eq!(is_complete, reported.len() == metrics.len());
        }
    }

    #[test]
    fn codes_of_units_have_medians_and_a_tolerance_of_their_own(
        (codes, heard) in (codes().boxed(), heard().boxed()), of_heard in value(),
        median in prop_oneof![0..=MOST_CODE, 1_000u16..1_100],
        (tolerance, of_units) in (prop_oneof![Just(0), 0..=MOST], prop_oneof![Just(0), 0..=MOST]),
    ) {
        let weights = [1, 2, 3, 5, 8, 1, 2, 3, 5, 8, 0, 1 << 50, 1, 1, 1];
        prop_assert_eq!(self::median(&weights, &codes), plain_median(&weights, &codes));
        let mut agreement = Agreement::within(tolerance);
        agreement.add(&reports(&heard), of_heard);
        agreement.add_units(&reports(&codes), median, of_units);
        let mut number = 0;
        agreement.each(|points, is_complete| {
            let Some(code) = codes.get(number) else { return };
            let (tolerance, of_units) = (u64::from(tolerance.max(1)), u64::from(of_units.max(1)));
            let near = |report: Option<u16>, median: u16, tolerance: u64| {
                report.map_or(0, |value| tolerance.saturating_sub(u64::from(value.abs_diff(median))))
            };
            let units = near(*code, median, of_units) * tolerance / of_units;
            let sum = near(heard[number], of_heard, tolerance) + units;
            assert_eq!(u64::from(points), sum * 10_000 / tolerance);
            assert_eq!(is_complete, heard[number].is_some() && code.is_some());
            number += 1;
        });
    }

    #[test]
    fn on_one_metric_it_is_the_agreement_of_each(tolerance in prop_oneof![Just(0), 0..=MOST], heard in heard(), median in value()) {
        for (report, (points, _)) in heard.iter().zip(agreements(tolerance, &[(heard, median)])) {
            prop_assert_eq!(points, report.map_or(0, |value| agreement(value, median, tolerance)));
        }
    }
}

#[test]
fn every_order_of_few_values_has_the_median_of_the_definition() {
    for code in 0..4u32.pow(7) {
        let mut heard = [None; MAX_REPORTS];
        for (place, report) in heard.iter_mut().step_by(2).take(7).enumerate() {
            *report = [None, Some(0), Some(1), Some(MOST)][(code >> (2 * place)) as usize & 3];
        }
        let weights = [3, 0, 1, 0, 1, 0, 2, 0, 1, 0, 1, 0, 4, 0, 1];
        assert_eq!(median(&weights, &heard), plain_median(&weights, &heard), "{heard:?}");
    }
}

#[test]
fn nobody_has_no_median_and_all_agree_with_nothing() {
    assert_eq!(median(&[1; MAX_REPORTS], &[None; MAX_REPORTS]), None);
    assert_eq!(median(&[0; MAX_REPORTS], &[Some(7); MAX_REPORTS]), None);
    assert_eq!(agreements(100, &[]), vec![(0, true); 16]);
}

#[test]
fn weights_beyond_64_bits_are_refused() {
    let mut weights = [0; MAX_REPORTS];
    (weights[3], weights[14]) = (u64::MAX, 1);
    assert!(Panel::new(&weights).is_none());
    weights[14] = 0;
    assert_eq!(Panel::new(&weights).and_then(|panel| panel.lower_median(&Reports::of(&[8; MAX_REPORTS]))), Some(7));
}

#[test]
fn six_metrics_at_the_widest_tolerance_fill_no_lane() {
    let all = agreements(MOST, &[([Some(MOST); MAX_REPORTS], MOST); MOST_METRICS]);
    assert_eq!(all.get(..MAX_REPORTS), Some(&[(60_000, true); MAX_REPORTS][..]));
    let none = agreements(MOST, &[([Some(0); MAX_REPORTS], MOST); MOST_METRICS]);
    assert_eq!(none.get(..MAX_REPORTS), Some(&[(0, true); MAX_REPORTS][..]));
}
