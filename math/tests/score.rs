//! Metrics, reputation, scores and tiers.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation
)]

mod support;

use num_rational::BigRational;
use proptest::prelude::*;
use support::{
    cases,
    exact::{ceil, floor, over, whole, zero},
};
use work_token_math::{
    Amount, Ppm,
    score::{
        HIGHEST_TIER, INITIAL_REPUTATION, MAX_METRICS, Metric, REPUTATION_FRACTION_BITS, TIER_HYSTERESIS, TierRules,
        composite, dispute_record_bps, heartbeat_bps, idle_decay, reputation_step, score, tier, tier_stake,
    },
};

const MOST_X12: u32 = 1_000_000 << REPUTATION_FRACTION_BITS;

const TIERS: TierRules = TierRules {
    reputation_ppm: &[0, 500_000, 700_000, 900_000],
    fault_free_epochs: &[0, 10, 30, 90],
    stake: &[0, 1_000, 2_000, 5_000],
};
/// Own stake with which no tier of these is out of reach.
const ENOUGH: Amount = Amount(5_000);

fn ppm() -> impl Strategy<Value = u32> {
    prop_oneof![prop::sample::select(vec![0, 1, 200_000, 999_999, 1_000_000]), 0u32..=1_000_000]
}

fn reputation() -> impl Strategy<Value = u32> {
    prop_oneof![prop::sample::select(vec![0, 1, 31, 4_096, MOST_X12 - 1, MOST_X12]), 0..=MOST_X12]
}

fn bps() -> impl Strategy<Value = u16> {
    prop_oneof![prop::sample::select(vec![0, 1, 9_999, 10_000]), 0u16..=10_000]
}

/// Weights that sum to 10^6, as networks have them, with gates and values.
fn metrics() -> impl Strategy<Value = Vec<(Metric, u16)>> {
    prop::collection::vec((ppm(), prop_oneof![3 => Just(0), 1 => bps()], bps()), 1..=MAX_METRICS).prop_map(|metrics| {
        let mut left = 1_000_000;
        let last = metrics.len() - 1;
        let weigh = |(place, (weight, gate_bps, value)): (usize, (u32, u16, u16))| {
            let weight = if place == last { left } else { weight.min(left) };
            left -= weight;
            (Metric { weight: Ppm(weight), gate_bps }, value)
        };
        metrics.into_iter().enumerate().map(weigh).collect()
    })
}

fn points(exact: &BigRational) -> u16 {
    floor(exact).expect("a metric") as u16
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn heartbeats_count_the_expected_windows_that_were_answered(windows in any::<u16>(), expected in any::<u16>()) {
        let answered = (0..16).filter(|bit| windows >> bit & expected >> bit & 1 == 1).count();
        let all = (0..16).filter(|bit| expected >> bit & 1 == 1).count();
        let exact = if all == 0 { whole(10_000) } else { whole(10_000) * over(answered, all) };
        prop_assert_eq!(heartbeat_bps(windows, expected), points(&exact));
    }

    #[test]
    fn a_composite_is_the_exact_weighted_mean_in_millionths(metrics in metrics()) {
        let gated = metrics.iter().any(|(metric, value)| *value < metric.gate_bps);
        let sum = metrics.iter().fold(zero(), |sum, (metric, value)| {
            sum + over(metric.weight.0, 1_000_000) * over(*value, 10_000)
        });
        let exact = if gated { zero() } else { sum * whole(1_000_000) };
        prop_assert_eq!(Some(u64::from(composite(metrics.iter().copied()).0)), floor(&exact));
        prop_assert!(composite(metrics.iter().copied()) <= Ppm(1_000_000));
    }

    #[test]
    fn one_value_below_its_gate_makes_the_composite_nothing_whatever_the_others_say(
        metrics in metrics(), which in any::<usize>(), gate in 1u16..=10_000, below in any::<u16>(),
    ) {
        let ungated = |(metric, _): (Metric, u16)| (Metric { gate_bps: 0, ..metric }, 10_000);
        let mut metrics: Vec<_> = metrics.into_iter().map(ungated).collect();
        prop_assert_eq!(composite(metrics.iter().copied()), Ppm(1_000_000));
        let which = which % metrics.len();
        metrics[which].0.gate_bps = gate;
        metrics[which].1 = gate;
        let exact = (over(metrics[which].0.weight.0, 10_000) * whole(10_000 - gate)).ceil();
        prop_assert_eq!(whole(composite(metrics.iter().copied()).0), whole(1_000_000) - exact, "at its gate it passes");
        metrics[which].1 = below % gate;
        prop_assert_eq!(composite(metrics.iter().copied()), Ppm(0));
    }

    #[test]
    fn a_reputation_closes_a_32nd_of_the_distance_up_and_an_eighth_down_rounded_down_both_ways(
        reputation in reputation(), target in ppm(),
    ) {
        let target_x12 = i64::from(target) << REPUTATION_FRACTION_BITS;
        let distance = whole(target_x12 - i64::from(reputation));
        let parts = if target_x12 > i64::from(reputation) { 32 } else { 8 };
        let exact = (whole(reputation) + distance / whole(parts)).floor();
        let next = reputation_step(reputation, Ppm(target));
        prop_assert_eq!(whole(next), exact);
        let (low, high) = (i64::from(reputation).min(target_x12), i64::from(reputation).max(target_x12));
        prop_assert!(low <= i64::from(next) && i64::from(next) <= high, "never past the target");
    }

    // score-reputation-1: with integer millionths it stalls 31 below.
    #[test]
    fn under_a_constant_composite_a_reputation_converges_to_within_two_millionths(
        start in reputation(), target in ppm(),
    ) {
        let mut reputation = start;
        for _ in 0..700 {
            reputation = reputation_step(reputation, Ppm(target));
        }
        prop_assert!((reputation >> REPUTATION_FRACTION_BITS).abs_diff(target) <= 2);
        if start >> REPUTATION_FRACTION_BITS >= target {
            prop_assert_eq!(reputation, target << REPUTATION_FRACTION_BITS, "a fall ends exactly at the target");
        }
    }

    #[test]
    fn a_reputation_and_a_score_stay_within_the_whole_for_every_input(
        reputation in any::<u32>(), target in any::<u32>(), part in any::<u32>(), epochs in any::<u32>(),
    ) {
        prop_assert!(reputation_step(reputation, Ppm(target)) <= MOST_X12);
        prop_assert!(idle_decay(reputation, epochs) <= MOST_X12.min(reputation));
        prop_assert!(score(Ppm(target), reputation, Ppm(part)) <= Ppm(1_000_000));
    }

    #[test]
    fn a_score_is_the_exact_mean_of_composite_and_reputation(
        target in ppm(), reputation in reputation(), part in ppm(),
    ) {
        let past = reputation >> REPUTATION_FRACTION_BITS;
        let exact = over(part, 1_000_000) * whole(target) + over(1_000_000 - part, 1_000_000) * whole(past);
        let found = score(Ppm(target), reputation, Ppm(part));
        prop_assert_eq!(Some(u64::from(found.0)), floor(&exact));
        prop_assert!(target.min(past) <= found.0 && found.0 <= target.max(past));
    }

    #[test]
    fn idle_epochs_take_two_percent_each_never_less_and_not_22_units_more(
        reputation in reputation(), epochs in 0u32..200,
    ) {
        let counted = epochs.min(64) as usize;
        let exact = whole(reputation) * num_traits::pow(over(98, 100), counted);
        let found = whole(idle_decay(reputation, epochs));
        prop_assert!(found <= exact && exact - found < whole(22));
    }

    #[test]
    fn a_tier_is_the_highest_whose_reputation_epochs_and_own_stake_hold(
        present in 0u8..5, reputation in reputation(), epochs in 0u32..120, thresholds in prop::array::uniform4(ppm()),
        fault_free_epochs in prop::array::uniform4(0u16..120), own in 0u64..100,
        stake in prop::array::uniform4(0u64..100),
    ) {
        let rules = TierRules { reputation_ppm: &thresholds, fault_free_epochs: &fault_free_epochs, stake: &stake };
        let reaches = |tier: u8| {
            let place = usize::from(tier);
            let slack = if tier <= present { 50_000 } else { 0 };
            let least = (i64::from(thresholds[place]) - slack) << REPUTATION_FRACTION_BITS;
            i64::from(reputation) >= least && epochs >= u32::from(fault_free_epochs[place]) && own >= stake[place]
        };
        let expected = (1..=3).rev().find(|tier| reaches(*tier)).unwrap_or(0);
        prop_assert_eq!(tier(present, reputation, epochs, Amount(own), &rules), expected);
    }

    // score-tier-2.
    #[test]
    fn a_tier_asks_for_its_part_of_the_minimum_rounded_up_and_for_nothing_without_one(
        minimum in support::any_amount(), bps in 0u32..=10_000_000,
    ) {
        let exact = (whole(minimum) * over(bps, 10_000)).ceil();
        prop_assert_eq!(whole(tier_stake(Amount(minimum), bps).0), exact.min(whole(u64::MAX)));
        prop_assert_eq!(tier_stake(Amount(minimum), 0), Amount::ZERO);
        prop_assert_eq!(tier_stake(Amount(minimum), 10_000), Amount(minimum));
    }

    // score-tier-2: who merges two identities never falls by it, and who splits never rises.
    #[test]
    fn the_stake_of_two_identities_in_one_reaches_no_lower_tier_than_either(
        present in 0u8..4, reputation in reputation(), epochs in 0u32..120, one in 0u64..6_000, other in 0u64..6_000,
    ) {
        let merged = tier(present, reputation, epochs, Amount(one + other), &TIERS);
        let of = |own| tier(present, reputation, epochs, Amount(own), &TIERS);
        prop_assert!(merged >= of(one) && merged >= of(other));
    }
}

#[test]
fn a_reputation_without_fractional_bits_would_stall_31_below_its_target() {
    let mut integer = 0u32;
    for _ in 0..2_000 {
        integer += (500_000 - integer) / 32;
    }
    assert_eq!(integer, 500_000 - 31);
}

#[test]
fn a_reputation_falls_faster_than_it_rises() {
    let start = INITIAL_REPUTATION.0 << REPUTATION_FRACTION_BITS;
    let up = reputation_step(start, Ppm(400_000)) - start;
    let down = start - reputation_step(start, Ppm(0));
    assert_eq!((up >> REPUTATION_FRACTION_BITS, down >> REPUTATION_FRACTION_BITS), (6_250, 25_000));
    assert_eq!(reputation_step(1, Ppm(0)), 0, "the last unit goes, too");
}

#[test]
fn idleness_counts_for_64_epochs_at_most_and_none_costs_nothing() {
    assert_eq!([idle_decay(MOST_X12, 0), idle_decay(u32::MAX, 0)], [MOST_X12; 2]);
    assert_eq!(idle_decay(MOST_X12, 1) >> REPUTATION_FRACTION_BITS, 979_999);
    assert_eq!(idle_decay(MOST_X12, 64), idle_decay(MOST_X12, u32::MAX));
    assert_eq!(idle_decay(MOST_X12, 64) >> REPUTATION_FRACTION_BITS, 274_453);
    assert!((0..64).all(|epochs| idle_decay(MOST_X12, epochs) > idle_decay(MOST_X12, epochs + 1)));
}

#[test]
fn a_dispute_is_forgotten_linearly_over_thirty_epochs() {
    for severity in 0..=u8::MAX {
        for epochs in (0..100).chain([u32::MAX]) {
            let lost = whole(2_000) * whole(severity.min(5)) * over(30 - epochs.min(30), 30);
            let expected = 10_000 - ceil(&lost).expect("at most the whole") as u16;
            assert_eq!(dispute_record_bps(severity, epochs), expected, "severity {severity} after {epochs}");
        }
    }
    assert_eq!([0, 15, 30, 31].map(|epochs| dispute_record_bps(5, epochs)), [0, 5_000, 10_000, 10_000]);
    assert_eq!(dispute_record_bps(0, 0), 10_000);
}

#[test]
fn answers_to_windows_that_were_not_expected_count_for_nothing() {
    assert_eq!(heartbeat_bps(0xff00, 0x00ff), 0);
    assert_eq!(heartbeat_bps(0xff0f, 0x00ff), 5_000);
    assert_eq!([heartbeat_bps(0, 0), heartbeat_bps(u16::MAX, 0), heartbeat_bps(u16::MAX, u16::MAX)], [10_000; 3]);
}

#[test]
fn a_value_at_its_gate_passes_and_values_and_weights_beyond_the_whole_are_cut() {
    let metric = |weight, gate_bps| Metric { weight: Ppm(weight), gate_bps };
    assert_eq!(composite([(metric(1_000_000, 9_000), 9_000)]), Ppm(900_000));
    assert_eq!(composite([(metric(1_000_000, 9_000), 8_999)]), Ppm(0));
    assert_eq!(composite([(metric(1_000_000, 0), 0)]), Ppm(0));
    assert_eq!(composite([(metric(500_000, 0), u16::MAX)]), Ppm(500_000));
    assert_eq!(composite([(metric(u32::MAX, 0), u16::MAX); MAX_METRICS]), Ppm(1_000_000));
    assert_eq!(composite([]), Ppm(0));
}

// score-tier-1: promotion five points above demotion.
#[test]
fn a_reputation_that_swings_by_less_than_five_points_changes_a_tier_once() {
    let reputation = |ppm: u32| ppm << REPUTATION_FRACTION_BITS;
    let mut present = 0;
    let mut changes = 0;
    for epoch in 0..100u32 {
        let swing = if epoch % 2 == 0 { 700_000 } else { 700_000 - TIER_HYSTERESIS };
        let next = tier(present, reputation(swing), 60, ENOUGH, &TIERS);
        changes += u32::from(next != present);
        present = next;
    }
    assert_eq!((present, changes), (2, 1));
    assert_eq!(tier(2, reputation(700_000 - TIER_HYSTERESIS) - 1, 60, ENOUGH, &TIERS), 1);
    assert_eq!(tier(1, reputation(700_000) - 1, 60, ENOUGH, &TIERS), 1, "what keeps a tier does not reach it");
}

#[test]
fn an_upheld_dispute_takes_every_tier_that_wants_more_epochs_without_one() {
    let full = MOST_X12;
    assert_eq!([0, 9, 10, 29, 30, 89, 90].map(|epochs| tier(3, full, epochs, ENOUGH, &TIERS)), [0, 0, 1, 1, 2, 2, 3]);
    assert_eq!(tier(0, full, u32::MAX, ENOUGH, &TIERS), HIGHEST_TIER);
}

// score-tier-2.
#[test]
fn a_tier_is_lost_with_one_base_unit_of_its_own_stake_whoever_held_it() {
    let of = |own| [0, 3].map(|present| tier(present, MOST_X12, 90, Amount(own), &TIERS));
    assert_eq!([999, 1_000, 1_999, 2_000, 4_999, 5_000].map(of), [[0; 2], [1; 2], [1; 2], [2; 2], [2; 2], [3; 2]]);
}

#[test]
fn a_fall_through_two_tiers_keeps_the_one_between_as_if_it_were_held() {
    let reputation = 680_000 << REPUTATION_FRACTION_BITS;
    assert_eq!([0, 1, 2, 3].map(|present| tier(present, reputation, 90, ENOUGH, &TIERS)), [1, 1, 2, 2]);
}
