//! What jobs cost and bind.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::cast_possible_truncation)]

mod support;

use num_bigint::BigInt;
use proptest::prelude::*;
use support::{
    MOST, any_amount, any_width, cases,
    exact::{ceil, over, product_over, whole},
};
use work_token_math::{
    Amount, Bps, MAX_SUPPLY, Ppm,
    job::{
        FeeSplit, SEAT_CRANKS, SEED_CRANKS, bounties, cancel_fee, ceiling_is_reachable, exposure, exposure_room,
        least_exposure_factor, metered_fee, metered_secs, payable_fee, split_fee,
    },
};

fn ppm() -> impl Strategy<Value = u32> {
    prop_oneof![prop::sample::select(vec![0, 1, 999_999, 1_000_000]), 0u32..=1_000_000]
}

fn timestamp() -> impl Strategy<Value = i64> {
    let ends = [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX];
    prop_oneof![1 => prop::sample::select(ends.to_vec()), 3 => 0i64..100_000, 1 => any::<i64>()]
}

proptest! {
    #![proptest_config(cases(4_000))]

    // job-class-3.
    #[test]
    fn a_fee_splits_into_parts_that_sum_to_it_exactly_burn_and_treasury_rounded_down(
        fee in any_amount(), burn in ppm(), treasury in ppm(),
    ) {
        let treasury = treasury.min(1_000_000 - burn);
        let split = split_fee(Amount(fee), Ppm(burn), Ppm(treasury));
        prop_assert_eq!(whole(split.burn.0), product_over(fee, burn.into(), 1_000_000).floor());
        prop_assert_eq!(whole(split.treasury.0), product_over(fee, treasury.into(), 1_000_000).floor());
        prop_assert_eq!(split.burn.0 + split.treasury.0 + split.provider.0, fee);
    }

    #[test]
    fn parts_beyond_the_whole_take_the_fee_and_no_more(
        fee in any_width(), burn in any::<u32>(), treasury in any::<u32>(),
    ) {
        let split = split_fee(Amount(fee), Ppm(burn), Ppm(treasury));
        let sum = [split.burn, split.treasury, split.provider].iter().map(|part| u128::from(part.0)).sum::<u128>();
        prop_assert_eq!(sum, u128::from(fee));
    }

    #[test]
    fn bounties_pay_two_captures_and_nine_cranks_a_seat_or_exceed_every_supply(
        bounty in any_width(), seats in any::<u8>(),
    ) {
        let exact = u128::from(bounty) * (2 + 9 * u128::from(seats));
        let expected = (exact < u128::from(MAX_SUPPLY)).then_some(Amount(exact as u64));
        prop_assert_eq!(bounties(Amount(bounty), seats), expected);
    }

    #[test]
    fn a_cancel_fee_is_a_part_of_the_fee_rounded_down(fee in any_width(), rate in any::<u16>()) {
        let exact = product_over(fee, rate.into(), 10_000).floor().min(whole(fee));
        prop_assert_eq!(whole(cancel_fee(Amount(fee), Bps(rate)).0), exact);
    }

    // job-meter-1: price is u64 per second; times seconds it overflows.
    #[test]
    fn a_meter_shows_price_times_seconds_and_never_more_than_the_ceiling(
        price in any_width(), seconds in any_width(), ceiling in any_amount(),
    ) {
        let exact = (BigInt::from(price) * seconds).min(ceiling.into());
        prop_assert_eq!(BigInt::from(metered_fee(price, seconds, Amount(ceiling)).0), exact);
        for price in [price, u64::MAX] {
            prop_assert!(metered_fee(price, seconds, Amount(ceiling)) <= Amount(ceiling));
        }
    }

    // job-terms-2: exact up to the last unit, where price times seconds overflows too.
    #[test]
    fn a_ceiling_is_reachable_up_to_price_times_seconds_and_not_one_unit_beyond(
        price in any_width(), seconds in any_width(), ceiling in any_width(),
    ) {
        let most = BigInt::from(price) * seconds;
        prop_assert_eq!(ceiling_is_reachable(Amount(ceiling), price, seconds), BigInt::from(ceiling) <= most);
        if let Ok(most) = u64::try_from(&most) {
            prop_assert!(ceiling_is_reachable(Amount(most), price, seconds));
            prop_assert!(most.checked_add(1).is_none_or(|more| !ceiling_is_reachable(Amount(more), price, seconds)));
        }
    }

    // job-terms-1.
    #[test]
    fn a_fixed_fee_is_payable_whole_and_a_ceiling_as_far_as_the_time_asked_for_reaches(
        price in any_width(), secs in any::<u32>(), fee in any_amount(),
    ) {
        prop_assert_eq!(payable_fee(Amount(fee), None, secs), Amount(fee));
        let exact = (BigInt::from(price) * secs).min(fee.into());
        prop_assert_eq!(BigInt::from(payable_fee(Amount(fee), Some(price), secs).0), exact);
    }

    #[test]
    fn a_meter_runs_from_acceptance_to_the_earliest_of_stop_silence_and_end(
        accepted in timestamp(), alive in timestamp(),
        interval in any::<u32>(), until in timestamp(), now in timestamp(),
    ) {
        let end = (i128::from(alive) + i128::from(interval)).min(until.into()).min(now.into());
        let exact = (end - i128::from(accepted)).clamp(0, i64::MAX.into());
        prop_assert_eq!(i128::from(metered_secs(accepted, alive, interval, until, now)), exact);
    }

    #[test]
    fn a_meter_never_runs_backwards(
        accepted in timestamp(), alive in timestamp(), later in any::<u32>(),
        interval in any::<u32>(), now in timestamp(),
    ) {
        let run = |alive: i64, now: i64| metered_secs(accepted, alive, interval, i64::MAX, now);
        let later = i64::from(later);
        prop_assert!(run(alive, now.saturating_add(later)) >= run(alive, now));
        prop_assert!(run(alive.saturating_add(later), now) >= run(alive, now));
    }

    #[test]
    fn exposure_is_the_exact_product_or_fits_nobodys_stake(
        ceiling in any_width(), factor in any::<u32>(), small in 0u32..200,
    ) {
        for factor in [factor, small] {
            let exact = u128::from(ceiling) * u128::from(factor);
            let expected = (exact < u128::from(MAX_SUPPLY)).then_some(Amount(exact as u64));
            prop_assert_eq!(exposure(Amount(ceiling), factor), expected);
        }
    }

    #[test]
    fn room_is_own_stake_less_claims_less_what_is_bound_and_never_negative(
        staked in any_amount(), claimed in any_amount(), used in any_amount(),
    ) {
        let exact = i128::from(staked) - i128::from(claimed) - i128::from(used);
        let room = exposure_room(Amount(staked), Amount(claimed), Amount(used));
        prop_assert_eq!(i128::from(room.0), exact.max(0));
    }

    // job-class-4: whoever cheats on F gains F with 1 - p, and loses base * stake >= base * factor * F with
    // p.
    #[test]
    fn the_least_factor_deters_and_one_less_does_not(
        base in any::<u16>(), detection in any::<u16>(), usual in 1u16..=10_000,
    ) {
        for (base, detection) in [(base, detection), (usual, detection), (usual, detection % 10_001), (500, usual)] {
            let found = least_exposure_factor(base, detection);
            prop_assert_eq!(found.is_none(), base == 0 || detection == 0);
            let Some(factor) = found else { continue };
            let undetected = over(10_000 - detection.min(10_000), 10_000);
            let deters = |factor: u32| over(base, 10_000) * whole(factor) * over(detection, 10_000) >= undetected;
            prop_assert!(deters(factor) && (factor == 0 || !deters(factor - 1)));
            let exact = over(10_000u32, base) * undetected / over(detection, 10_000);
            prop_assert_eq!(Some(u64::from(factor)), ceil(&exact));
        }
    }
}

// job-class-4.
#[test]
fn at_five_percent_a_conviction_takes_a_factor_of_20_at_half_detection_60_at_a_quarter_and_180_at_a_tenth() {
    assert_eq!([5_000, 2_500, 1_000].map(|p| least_exposure_factor(500, p)), [Some(20), Some(60), Some(180)]);
    assert_eq!([least_exposure_factor(500, 0), least_exposure_factor(0, 2_500)], [None, None]);
    assert_eq!([9_999, 10_000, u16::MAX].map(|p| least_exposure_factor(500, p)), [Some(1), Some(0), Some(0)]);
    assert_eq!(least_exposure_factor(1, 1), Some(99_990_000));
}

#[test]
fn the_provider_keeps_the_dust_of_a_fee() {
    let split = split_fee(Amount(9), Ppm(100_000), Ppm(50_000));
    assert_eq!(split, FeeSplit { burn: Amount(0), treasury: Amount(0), provider: Amount(9) });
    // job-settle-3: from 10^6 base units on neither part is nothing.
    let split = split_fee(Amount(1_000_000), Ppm(1), Ppm(1));
    assert_eq!(split, FeeSplit { burn: Amount(1), treasury: Amount(1), provider: Amount(999_998) });
    let split = split_fee(Amount(MOST), Ppm(1_000_000), Ppm(1_000_000));
    assert_eq!(split, FeeSplit { burn: Amount(MOST), treasury: Amount(0), provider: Amount(0) });
}

#[test]
fn every_small_fee_sums_exactly() {
    for fee in 0..200u64 {
        for burn in (0..=1_000_000u32).step_by(50_000) {
            for treasury in (0..=1_000_000 - burn).step_by(50_000) {
                let split = split_fee(Amount(fee), Ppm(burn), Ppm(treasury));
                let parts = [burn, treasury].map(|rate| fee * u64::from(rate) / 1_000_000);
                let provider = fee - parts.iter().sum::<u64>();
                assert_eq!([split.burn.0, split.treasury.0], parts);
                assert_eq!(split.provider.0, provider);
            }
        }
    }
}

#[test]
fn a_job_of_one_seat_pays_eleven_cranks_and_one_of_five_47() {
    assert_eq!((SEED_CRANKS, SEAT_CRANKS), (2, 9));
    assert_eq!(
        [0, 1, 5].map(|seats| bounties(Amount(1_000), seats)),
        [2_000, 11_000, 47_000].map(|it| Some(Amount(it)))
    );
    assert_eq!(bounties(Amount(u64::MAX), 255), None);
}

#[test]
fn what_reaches_2_to_the_60_no_supply_can_pay() {
    assert_eq!([MOST / 2, MOST / 2 + 1].map(|it| exposure(Amount(it), 2)), [Some(Amount(MOST - 1)), None]);
    assert_eq!([MOST, MOST + 1].map(|it| exposure(Amount(it), 1)), [Some(Amount(MOST)), None]);
    assert_eq!([MOST / 2, MOST / 2 + 1].map(|it| bounties(Amount(it), 0)), [Some(Amount(MOST - 1)), None]);
}

#[test]
fn a_meter_at_the_highest_price_stands_at_nothing_for_no_time_and_at_its_ceiling_from_the_first_second() {
    assert_eq!([0, 1, 2, u64::MAX].map(|secs| metered_fee(u64::MAX, secs, Amount(7))), [0, 7, 7, 7].map(Amount));
    assert_eq!(metered_fee(u64::MAX, u64::MAX, Amount(0)), Amount(0));
}

// job-meter-1: a sleeping client does not pay to the ceiling.
#[test]
fn every_small_meter_stops_one_interval_after_the_clients_last_sign_of_life() {
    for accepted in 0..6i64 {
        for alive in accepted..12 {
            for interval in 0..6u32 {
                for until in 0..12 {
                    for now in 0..20 {
                        let counted = (accepted..now).filter(|ts| *ts < alive + i64::from(interval) && *ts < until);
                        let found = metered_secs(accepted, alive, interval, until, now);
                        assert_eq!(found, counted.count() as u64);
                    }
                }
            }
        }
    }
}
