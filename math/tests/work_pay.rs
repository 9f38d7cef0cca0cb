//! What comes back of burned fees, which units count, and that neither can be washed.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used)]

mod support;

use num_bigint::BigInt;
use proptest::prelude::*;
use support::{
    MOST, any_amount, any_width, cases,
    exact::{ceil, floor, over, whole},
    part_of,
};
use work_token_math::{
    Amount, Ppm,
    emission::scaled,
    job::split_fee,
    minifloat,
    reward::of_emission,
    work_pay::{MOST_BURN_BACK, MOST_WORK_SHARE, UnitRules, Wash, burn_back, counted},
};

fn ppm(most: u32) -> impl Strategy<Value = u32> {
    prop_oneof![prop::sample::select(vec![0, 1, most / 2, most - 1, most]), 0..=most]
}

fn unit_rules() -> impl Strategy<Value = UnitRules> {
    let amount = || prop_oneof![Just(1), 1u64..1_000, any_amount().prop_map(|amount| amount.max(1))];
    (amount(), amount()).prop_map(|(stake, burn)| UnitRules { stake: Amount(stake), burn: Amount(burn) })
}

/// Rules of a network, in the bounds that its parameters have.
fn wash() -> impl Strategy<Value = Wash> {
    let amount = || any_amount().prop_map(|amount| amount.max(1));
    let fees = (ppm(500_000), ppm(500_000)).prop_map(|(burn, treasury)| (burn, treasury.min(500_000 - burn)));
    (any_amount(), amount(), fees, ppm(MOST_BURN_BACK.0), ppm(MOST_WORK_SHARE.0), any_amount()).prop_map(
        |(baseline, unit_burn, (fee_burn, fee_treasury), burn_back, work_share, emission)| Wash {
            baseline,
            unit_burn: Amount(unit_burn),
            fee_burn: Ppm(fee_burn),
            fee_treasury: Ppm(fee_treasury),
            burn_back: Ppm(burn_back),
            work_share: Ppm(work_share),
            emission: Amount(emission),
        },
    )
}

/// Rules with the least baseline that they may have.
fn tight() -> impl Strategy<Value = Wash> {
    wash().prop_map(|of| {
        let of = Wash { fee_burn: of.fee_burn.max(Ppm(1)), ..of };
        let (lost, gained) = sides(&Wash { baseline: 1, ..of });
        Wash { baseline: ceil(&(gained / lost)).unwrap_or(u64::MAX), ..of }
    })
}

/// The two sides of the inequality, exactly.
fn sides(of: &Wash) -> (num_rational::BigRational, num_rational::BigRational) {
    let part = |ppm: Ppm| over(ppm.0, 1_000_000);
    let (beta, tau, kappa) = (part(of.fee_burn), part(of.fee_treasury), part(of.burn_back));
    let lost = whole(of.baseline) * whole(of.unit_burn.0) * (&beta + tau - kappa * &beta);
    (lost, part(of.work_share) * whole(of.emission.0) * beta)
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn what_comes_back_is_its_part_by_score_rounded_down_and_never_nine_tenths_are_exceeded(
        burned in any_amount(), part in ppm(MOST_BURN_BACK.0), score in ppm(1_000_000),
    ) {
        let back = burn_back(Amount(burned), Ppm(part), Ppm(score)).0;
        let exact = whole(burned) * over(part, 1_000_000) * over(score, 1_000_000);
        prop_assert_eq!(Some(back), floor(&exact));
        prop_assert!(u128::from(back) * 10 <= u128::from(burned) * 9);
        let beyond = burn_back(Amount(burned), Ppm(u32::MAX), Ppm(u32::MAX));
        prop_assert_eq!(beyond, burn_back(Amount(burned), MOST_BURN_BACK, Ppm(1_000_000)), "whatever is asked for");
    }

    #[test]
    fn two_parts_of_what_burned_bring_back_no_more_than_the_whole(
        burned in any_amount(), choice in any_width(), part in ppm(MOST_BURN_BACK.0), score in ppm(1_000_000),
    ) {
        let first = part_of(burned, choice);
        let back = |burned: u64| burn_back(Amount(burned), Ppm(part), Ppm(score)).0;
        prop_assert!(back(first) + back(burned - first) <= back(burned));
    }

    #[test]
    fn units_count_as_far_as_stake_and_burn_reach_and_by_the_score(
        units in any_width(), own in any_amount(), burned in any_amount(), score in ppm(1_000_000), rules in unit_rules(),
    ) {
        let found = counted(units, Amount(own), Amount(burned), Ppm(score), &rules);
        let least = units.min(minifloat::MOST).min(own / rules.stake.0).min(burned / rules.burn.0);
        prop_assert_eq!(Some(found), floor(&(whole(least) * over(score, 1_000_000))));
        prop_assert!(u128::from(found) * u128::from(rules.burn.0) <= u128::from(burned), "each has burned its part");
        prop_assert!(u128::from(found) * u128::from(rules.stake.0) <= u128::from(own), "somebody answers for each");
    }

    #[test]
    fn two_identities_count_for_no_more_than_one(
        units in any_width(), own in any_amount(), burned in any_amount(), choices in any::<[u64; 3]>(),
        score in ppm(1_000_000), rules in unit_rules(),
    ) {
        let of = |units, own, burned| counted(units, Amount(own), Amount(burned), Ppm(score), &rules);
        let units = units.min(minifloat::MOST);
        let (a, b, c) = (part_of(units, choices[0]), part_of(own, choices[1]), part_of(burned, choices[2]));
        prop_assert!(of(a, b, c) + of(units - a, own - b, burned - c) <= of(units, own, burned));
    }

    #[test]
    fn nobody_gains_by_a_wash_exactly_where_the_inequality_holds(of in wash()) {
        let (lost, gained) = sides(&of);
        prop_assert_eq!(of.never_gains(), lost >= gained);
    }

    #[test]
    fn the_inequality_is_exact_at_its_edge(of in wash(), step in -2i64..=2) {
        // The least baseline that holds it, and its neighbours.
        let (lost, gained) = sides(&Wash { baseline: 1, ..of });
        if lost > whole(0) {
            let least = BigInt::from(floor(&(gained / lost)).unwrap_or(0)) + step;
            let baseline = u64::try_from(least).unwrap_or(0).min(MOST);
            let near = Wash { baseline, ..of };
            let (lost, gained) = sides(&near);
            prop_assert_eq!(near.never_gains(), lost >= gained);
        }
    }

    #[test]
    fn units_that_were_bought_from_oneself_never_bring_what_they_cost(
        of in tight(), fee in any_amount(), reported in any_width(), others in 0u64..1 << 50, peak in 0u64..1 << 54,
        score in ppm(1_000_000),
    ) {
        prop_assert!(of.never_gains());
        let split = split_fee(Amount(fee), of.fee_burn, of.fee_treasury);
        let back = burn_back(split.burn, of.burn_back, Ppm(score));
        let rules = UnitRules { stake: Amount(1), burn: of.unit_burn };
        let units = counted(reported, Amount(MOST), split.burn, Ppm(score), &rules);
        let sum = units + others;
        let most = sum.max(peak).max(of.baseline);
        let share = of_emission(of.emission, u64::from(of.work_share.0), 1_000_000);
        let brought = of_emission(scaled(share, Amount(sum), Amount(most)), units, sum);
        let paid = split.provider.0 + back.0 + brought.0;
        // A fee's parts are rounded down, in the provider's favour: less than one unit each.
        prop_assert!(paid <= fee + 2, "{paid} for {fee}");
    }
}

#[test]
fn of_1_000_burned_at_a_score_of_nine_tenths_810_come_back_and_a_pool_by_score_would_pay_1_928() {
    let back = |score| burn_back(Amount(1_000), MOST_BURN_BACK, Ppm(score)).0;
    assert_eq!((back(1_000_000), back(900_000), back(300_000), back(0)), (900, 810, 270, 0));
    // Shared by score, what four who scored 0.3 burned would go to the one that scored 0.9.
    let pool = 900 * 5;
    assert_eq!(of_emission(Amount(pool), 900_000, 900_000 + 4 * 300_000), Amount(1_928));
}

#[test]
fn the_default_of_a_tenth_taken_needs_a_baseline_that_burned_as_much_as_units_can_earn() {
    // 50,000 ppm burn and as much is the treasury's; 30 % of 100,000 by units, nine tenths come back.
    let of = Wash {
        baseline: 27_273,
        unit_burn: Amount(1),
        fee_burn: Ppm(50_000),
        fee_treasury: Ppm(50_000),
        burn_back: MOST_BURN_BACK,
        work_share: MOST_WORK_SHARE,
        emission: Amount(100_000),
    };
    assert!(of.never_gains() && !Wash { baseline: 27_272, ..of }.never_gains());
    assert!(Wash { baseline: 15_000, burn_back: Ppm(0), ..of }.never_gains());
    assert!(!Wash { baseline: 14_999, burn_back: Ppm(0), ..of }.never_gains());
    let none = Wash { fee_burn: Ppm(0), baseline: 0, ..of };
    assert!(none.never_gains(), "where nothing burns no unit counts");
    assert!(Wash { baseline: u64::MAX, unit_burn: Amount(u64::MAX), emission: Amount(u64::MAX), ..of }.never_gains());
}
