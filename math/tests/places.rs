//! Places of the active set and the least stake.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::cast_possible_truncation)]

mod support;

use num_bigint::BigInt;
use proptest::prelude::*;
use support::{
    MOST, any_amount, any_width, cases,
    exact::{over, product_over, whole, zero},
};
use work_token_math::{
    Amount,
    draw::CAPACITY,
    places::{
        Cap, MARGIN_BPS, MinimumInputs, MinimumRules, effective_stake, ema14, ema20, exceeds_margin, next_cap,
        next_minimum,
    },
};

const LEAVES: u32 = CAPACITY as u32;

fn dynamic(headroom_bps: u32, least: u32, most: u32) -> Cap {
    Cap::Dynamic { headroom_bps, stake_per_place: Amount::ZERO, least, most }
}

fn limits() -> impl Strategy<Value = (u32, u32)> {
    (1..=LEAVES, 1..=LEAVES).prop_map(|(one, other)| (one.min(other), one.max(other)))
}

fn minimum_rules() -> impl Strategy<Value = MinimumRules> {
    let rate = || prop_oneof![Just(0), 1u32..100_000, any::<u32>()];
    let gain = prop_oneof![Just(0), 1u32..1_000, any::<u32>()];
    (any_amount(), any_amount(), rate(), rate(), any_amount(), gain).prop_map(
        |(one, other, reward_bps, supply_ppm, baseline, fault_gain)| {
            let (floor, ceiling) = (Amount(one.min(other)), Amount(one.max(other)));
            MinimumRules { floor, ceiling, reward_bps, supply_ppm, baseline: Amount(baseline), fault_gain }
        },
    )
}

fn minimum_inputs() -> impl Strategy<Value = MinimumInputs> {
    let burned = || prop_oneof![1 => Just(0), 3 => any_amount()];
    let faults = (burned(), burned());
    (any_amount(), any_amount(), burned(), burned(), faults).prop_map(|(reward, supply, one, all, faults)| {
        MinimumInputs {
            average_reward: Amount(reward),
            supply: Amount(supply),
            burned_per_provider: Amount(one),
            burned: Amount(all),
            slashed: Amount(faults.0),
            stake: Amount(faults.1),
        }
    })
}

/// Whether nothing moves the minimum.
fn stands_still(rules: &MinimumRules) -> bool {
    (rules.reward_bps, rules.supply_ppm, rules.fault_gain) == (0, 0, 0)
}

/// place-minimum-1 and place-minimum-4 between floor and ceiling, in exact arithmetic with the roundings that
/// are documented.
fn aimed(rules: &MinimumRules, inputs: &MinimumInputs) -> u64 {
    let rewards = product_over(inputs.average_reward.0, rules.reward_bps.into(), 10_000).floor();
    let all = product_over(inputs.supply.0, rules.supply_ppm.min(1_000_000).into(), 1_000_000).floor();
    let work = inputs.burned.max(rules.baseline).0;
    let share = if work == 0 { zero() } else { (all * over(inputs.burned_per_provider.0, work)).floor() };
    let target = (rewards + share).max(whole(rules.floor.0)).min(whole(u64::MAX));
    let (slashed, stake) = (inputs.slashed.0.min(inputs.stake.0), inputs.stake.0);
    let part = if stake == 0 { zero() } else { (whole(1_000_000) * over(slashed, stake)).floor() };
    let raised = (target * (whole(1_000_000) + whole(rules.fault_gain) * part) / whole(1_000_000)).floor();
    let clamped = raised.max(whole(rules.floor.0)).min(whole(rules.ceiling.0));
    support::exact::floor(&clamped).expect("below the ceiling")
}

proptest! {
    #![proptest_config(cases(8_000))]

    // place-stake-1.
    #[test]
    fn stake_for_a_place_is_own_and_what_leverage_allows_of_the_delegated(
        own in any_amount(), delegated in any_amount(), leverage in prop_oneof![0u32..40, any::<u32>()],
    ) {
        let counted = u128::from(delegated).min(u128::from(own) * u128::from(leverage));
        let stake = effective_stake(Amount(own), Amount(delegated), leverage);
        prop_assert_eq!(u128::from(stake.0), u128::from(own) + counted);
    }

    #[test]
    fn a_candidate_displaces_only_with_more_than_five_percent_more(
        candidate in any_width(), weak in any_width(), near in 0u64..3,
    ) {
        let at_the_margin = u64::try_from(u128::from(weak) * 21 / 20).unwrap_or(u64::MAX);
        for candidate in [candidate, at_the_margin.saturating_add(near), at_the_margin.saturating_sub(near)] {
            let exceeds = BigInt::from(candidate) * 10_000 > BigInt::from(weak) * 10_500;
            prop_assert_eq!(exceeds_margin(Amount(candidate), Amount(weak)), exceeds);
            prop_assert!(!(exceeds && exceeds_margin(Amount(weak), Amount(candidate))), "never both ways");
        }
    }

    #[test]
    fn a_mean_takes_a_14th_or_a_20th_of_the_distance_rounded_away_from_where_it_was(
        mean in any_width(), value in any_width(), demand in any::<u32>(),
    ) {
        let step = |mean: u64, value: u64, epochs: u32| {
            let distance = (whole(value) - whole(mean)) / whole(epochs);
            whole(mean) + if value > mean { distance.ceil() } else { distance.floor() }
        };
        prop_assert_eq!(whole(ema20(mean, value)), step(mean, value, 20));
        prop_assert_eq!(whole(ema14(mean, demand)), step(mean, u64::from(demand) << 12, 14));
    }

    #[test]
    fn a_constant_value_becomes_the_mean_exactly_and_stays_it(
        start in any_width(), value in any_width(), demand in any::<u32>(),
    ) {
        let (mut rewards, mut working) = (start, start >> 20);
        for _ in 0..1_000 {
            (rewards, working) = (ema20(rewards, value), ema14(working, demand));
        }
        prop_assert_eq!((rewards, working), (value, u64::from(demand) << 12));
        prop_assert_eq!((ema20(rewards, value), ema14(working, demand)), (rewards, working));
    }

    // place-cap-1.
    #[test]
    fn a_dynamic_cap_is_its_headroom_over_the_working_within_its_limits_and_a_tenth_of_the_present_one(
        present in 0..=LEAVES, working in prop_oneof![0u64..5_000 << 12, any_width()],
        headroom in prop_oneof![0u32..40_000, any::<u32>()], (least, most) in limits(),
    ) {
        let exact = (over(working, 4_096) * over(headroom, 10_000)).ceil();
        let target = exact.max(whole(least)).min(whole(most));
        let step = (present / 10).max(1);
        let expected = if present == 0 {
            target
        } else {
            target.max(whole(i64::from(present) - i64::from(step))).min(whole(present + step))
        };
        let next = next_cap(dynamic(headroom, least, most), present, working, Amount(u64::MAX));
        prop_assert_eq!(whole(next), expected.min(whole(LEAVES)));
        prop_assert!(present == 0 || u64::from(next.abs_diff(present)) * 10 <= u64::from(present).max(10));
        prop_assert!(next <= LEAVES);
    }

    #[test]
    fn a_dynamic_cap_reaches_its_target_and_stays_there(
        start in 0..=LEAVES, working in 0u64..5_000, headroom in 0u32..40_000, (least, most) in limits(),
    ) {
        let cap = dynamic(headroom, least, most);
        let target = u64::from(headroom).saturating_mul(working).div_ceil(10_000).max(least.into()).min(most.into());
        let mut present = start;
        for _ in 0..120 {
            present = next_cap(cap, present, working << 12, Amount(1));
        }
        prop_assert_eq!(u64::from(present), target);
    }

    #[test]
    fn no_cap_exceeds_the_leaves_of_a_tree(
        places in any::<u32>(), present in any::<u32>(), working in any_width(), most in any::<u32>(),
    ) {
        let stake = Amount(working);
        prop_assert_eq!(next_cap(Cap::Unbounded, present, working, stake), LEAVES);
        prop_assert_eq!(next_cap(Cap::Static(places), present, working, stake), places.min(LEAVES));
        let by_stake = Cap::Dynamic { headroom_bps: places, stake_per_place: Amount(1), least: 0, most };
        prop_assert!(next_cap(by_stake, present, working, stake) <= LEAVES);
    }

    // place-cap-1: the larger of what demand and stake ask for, so that nobody who takes stake away closes
    // the door on others.
    #[test]
    fn a_dynamic_cap_has_room_for_whichever_of_demand_and_stake_asks_for_more(
        present in 0..=LEAVES, working in 0u64..5_000 << 12, headroom in 0u32..40_000, (least, most) in limits(),
        stake in any_amount(), per_place in any_amount(),
    ) {
        let cap = Cap::Dynamic { headroom_bps: headroom, stake_per_place: Amount(per_place), least, most };
        let next = next_cap(cap, present, working, Amount(stake));
        let places = u32::try_from(stake.checked_div(per_place).unwrap_or(0)).unwrap_or(u32::MAX);
        let by_demand = next_cap(dynamic(headroom, least, most), present, working, Amount::ZERO);
        let by_stake = next_cap(dynamic(0, places.max(least).min(most), most), present, 0, Amount::ZERO);
        prop_assert_eq!(next, by_demand.max(by_stake));
        prop_assert!(next_cap(cap, present, working, Amount(stake / 2)) >= by_demand);
    }

    // place-minimum-1.
    #[test]
    fn the_next_minimum_is_what_it_aims_at_within_five_percent_of_the_present_one_and_its_limits(
        present in any_amount(), rules in minimum_rules(), inputs in minimum_inputs(),
    ) {
        let (floor, ceiling) = (rules.floor.0, rules.ceiling.0);
        let step = (present / 20).max(1);
        let expected = if stands_still(&rules) {
            floor
        } else {
            aimed(&rules, &inputs).max(present.saturating_sub(step)).min(present + step).max(floor).min(ceiling)
        };
        let next = next_minimum(Amount(present), &rules, &inputs).0;
        prop_assert_eq!(next, expected);
        prop_assert!(floor <= next && next <= ceiling);
    }

    #[test]
    fn within_its_limits_the_minimum_never_moves_by_more_than_five_percent_or_one_unit(
        choice in any::<u64>(), rules in minimum_rules(), inputs in minimum_inputs(),
    ) {
        let present = rules.floor.0 + support::part_of(rules.ceiling.0 - rules.floor.0, choice);
        let next = next_minimum(Amount(present), &rules, &inputs).0;
        let moved = u128::from(next.abs_diff(present));
        prop_assert!(stands_still(&rules) || 20 * moved <= u128::from(present.max(20)));
    }

    #[test]
    fn under_constant_inputs_the_minimum_reaches_what_it_aims_at(rules in minimum_rules(), inputs in minimum_inputs()) {
        let mut minimum = next_minimum(Amount::ZERO, &rules, &inputs);
        prop_assert!(minimum == rules.floor || rules.floor.is_zero() && minimum == Amount(1));
        for _ in 0..900 {
            minimum = next_minimum(minimum, &rules, &inputs);
        }
        prop_assert_eq!(minimum.0, if stands_still(&rules) { rules.floor.0 } else { aimed(&rules, &inputs) });
    }

    // place-minimum-4.
    #[test]
    fn more_faults_never_lower_the_minimum_and_without_gain_none_moves_it(
        present in any_amount(), rules in minimum_rules(), inputs in minimum_inputs(), more in any_amount(),
    ) {
        let next = |gain, slashed| {
            let rules = MinimumRules { fault_gain: gain, ..rules };
            next_minimum(Amount(present), &rules, &MinimumInputs { slashed, ..inputs })
        };
        let worse = inputs.slashed.saturating_add(Amount(more));
        prop_assert!(rules.fault_gain == 0 || next(rules.fault_gain, worse) >= next(rules.fault_gain, inputs.slashed));
        prop_assert_eq!(next(0, worse), next(0, Amount::ZERO));
    }
}

// place-challenge-1.
#[test]
fn exactly_five_percent_more_does_not_displace_and_one_unit_beyond_does() {
    assert_eq!(MARGIN_BPS, 500);
    for weak in (0..=2_000u64).map(|it| 20 * it).chain([20 * (MOST / 21)]) {
        let margin = weak / 20;
        assert!(!exceeds_margin(Amount(weak + margin), Amount(weak)));
        assert!(exceeds_margin(Amount(weak + margin + 1), Amount(weak)));
    }
    assert!(!exceeds_margin(Amount(u64::MAX), Amount(u64::MAX)));
    assert!(!exceeds_margin(Amount::ZERO, Amount::ZERO));
}

// place-challenge-1: a griefer can only replace by really staking more.
#[test]
fn two_who_take_a_place_from_each_other_raise_the_stake_by_five_percent_each_time() {
    let mut placeed = 1_000_000u64;
    for _ in 0..15 {
        let least = (placeed..).find(|candidate| exceeds_margin(Amount(*candidate), Amount(placeed))).expect("finite");
        assert_eq!(least, placeed * 21 / 20 + 1);
        placeed = least;
    }
    assert!(placeed > 2_000_000);
}

#[test]
fn every_small_cap_moves_by_a_tenth_at_most_but_by_one_at_least() {
    for present in 1..=300u32 {
        for target in 1..=300u32 {
            let next = next_cap(dynamic(10_000, 1, 300), present, u64::from(target) << 12, Amount::ZERO);
            let step = if present < 20 { 1 } else { present / 10 };
            let expected =
                if target > present { target.min(present + step) } else { target.max(present.saturating_sub(step)) };
            assert_eq!(next, expected, "from {present} to {target}");
        }
    }
}

#[test]
fn a_first_cap_takes_its_target_at_once_and_a_moved_limit_is_approached_slowly() {
    let fifty_percent_more = dynamic(15_000, 10, 1_000);
    let next = |cap, present, working| next_cap(cap, present, working, Amount::ZERO);
    assert_eq!(next(fifty_percent_more, 0, 100 << 12), 150);
    assert_eq!(next(fifty_percent_more, 0, 0), 10);
    assert_eq!(next(fifty_percent_more, 0, (100 << 12) + 1), 151, "a part of a provider is one");
    assert_eq!(next(dynamic(15_000, 10, 50), 100, 100 << 12), 90);
    assert_eq!(next(dynamic(15_000, 500, 1_000), 100, 0), 110);
    assert_eq!(next(dynamic(u32::MAX, 0, u32::MAX), 0, u64::MAX), LEAVES);
}

// place-minimum-4: 2 % of the stake slashed in an epoch, ten times, is a fifth more.
#[test]
fn faults_raise_what_the_minimum_aims_at_by_their_part_of_the_stake_times_the_gain() {
    let rules = MinimumRules { floor: Amount(1_000), ceiling: Amount(5_000), fault_gain: 10, ..Default::default() };
    let after = |slashed, present| {
        let inputs = MinimumInputs { slashed: Amount(slashed), stake: Amount(50_000), ..Default::default() };
        next_minimum(Amount(present), &rules, &inputs).0
    };
    assert_eq!([after(1_000, 1_000), after(1_000, 1_190), after(1_000, 1_200)], [1_050, 1_200, 1_200]);
    assert_eq!([after(0, 1_200), after(0, 1_000)], [1_140, 1_000], "down as slowly, to the floor");
    assert_eq!(after(100_000, 4_900), 5_000, "up to the ceiling, whatever was slashed");
    let nothing_staked = MinimumInputs { slashed: Amount(1), ..Default::default() };
    assert_eq!(next_minimum(Amount(1_000), &rules, &nothing_staked), Amount(1_000));
}

#[test]
fn the_minimum_is_epochs_of_reward_and_the_part_of_the_supply_for_the_burned_fees() {
    let rules = MinimumRules {
        floor: Amount(1),
        ceiling: Amount(MOST),
        reward_bps: 200_000,
        supply_ppm: 300_000,
        baseline: Amount(1_000),
        ..MinimumRules::default()
    };
    let inputs = MinimumInputs {
        average_reward: Amount(50),
        supply: Amount(1_000_000),
        burned_per_provider: Amount(4),
        burned: Amount(10),
        ..MinimumInputs::default()
    };
    // 20 * 50 + 300,000 * 4 / 1,000: the baseline counts while the network is smaller.
    assert_eq!(next_minimum(Amount(2_200), &rules, &inputs), Amount(2_200));
    let larger = MinimumInputs { burned: Amount(2_000), ..inputs };
    assert_eq!(next_minimum(Amount(1_600), &rules, &larger), Amount(1_600));
    assert_eq!(next_minimum(Amount(2_200), &rules, &larger), Amount(2_090), "five percent down");
    assert_eq!(next_minimum(Amount(1_000), &rules, &larger), Amount(1_050), "five percent up");
    assert_eq!(next_minimum(Amount(10), &rules, &larger), Amount(11), "one unit at least");
}

// place-minimum-1: what was offered and not done, and what one did for oneself without burning anything,
// raise no barrier; a network that burns less than the baseline asks a provider for no more than its part of
// that.
#[test]
fn below_the_baseline_the_part_of_the_supply_goes_by_what_was_burned_of_it_and_beyond_it_by_the_others() {
    let rules =
        MinimumRules { ceiling: Amount(MOST), supply_ppm: 500_000, baseline: Amount(100), ..MinimumRules::default() };
    let aimed = |one: u64, all: u64| {
        let inputs = MinimumInputs {
            supply: Amount(2_000),
            burned_per_provider: Amount(one),
            burned: Amount(all),
            ..MinimumInputs::default()
        };
        (0..200).fold(Amount(500), |minimum, _| next_minimum(minimum, &rules, &inputs)).0
    };
    assert_eq!([aimed(0, 0), aimed(1, 1), aimed(10, 99), aimed(10, 100)], [0, 10, 100, 100]);
    assert_eq!([aimed(10, 101), aimed(10, 200), aimed(100, 100)], [99, 50, 1_000]);
}

#[test]
fn without_rates_or_a_present_one_the_minimum_is_the_floor_and_moved_limits_hold_at_once() {
    let rules = MinimumRules { floor: Amount(500), ceiling: Amount(900), reward_bps: 10_000, ..Default::default() };
    let inputs = MinimumInputs { average_reward: Amount(800), burned_per_provider: Amount(7), ..Default::default() };
    let still = MinimumRules { reward_bps: 0, ..rules };
    assert_eq!([0, 1, 700, 5_000].map(|present| next_minimum(Amount(present), &still, &inputs)), [Amount(500); 4]);
    assert_eq!(next_minimum(Amount(0), &rules, &inputs), Amount(500));
    assert_eq!(next_minimum(Amount(100), &rules, &inputs), Amount(500), "the floor rose");
    assert_eq!(next_minimum(Amount(5_000), &rules, &inputs), Amount(900), "the ceiling fell");
    let without_work = MinimumRules { supply_ppm: 1_000_000, ..still };
    let supply = MinimumInputs { supply: Amount(MOST), ..inputs };
    assert_eq!(next_minimum(Amount(500), &without_work, &supply), Amount(500), "nothing burned, no part");
}
