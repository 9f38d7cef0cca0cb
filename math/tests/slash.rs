//! How much a fault costs, who pays it, and where it goes.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::cast_possible_truncation)]

mod support;

use proptest::prelude::*;
use support::{
    MOST, any_amount, any_width, cases,
    exact::{ceil, floor, over, product_over, whole},
};
use work_token_math::{
    Amount, Bps, Pool, Shares,
    slash::{
        Division, INSURANCE, Loss, MAX_PAID_OUT, Sinks, Stakes, amount, base, correlation_bps, divide, increment, loss,
        offence_bps, sinks,
    },
    snapshot::Snapshot,
};

const PRO_RATA: Division = Division { delta: Bps(10_000), cover: true };

fn stakes(own: u64, delegated: u64) -> Stakes {
    Stakes { own: Amount(own), delegated: Amount(delegated) }
}

fn any_stakes() -> impl Strategy<Value = Stakes> {
    (any_amount(), any_amount()).prop_map(|(own, delegated)| stakes(own, delegated.min(MOST - own)))
}

fn bps() -> impl Strategy<Value = u16> {
    prop_oneof![prop::sample::select(vec![0u16, 1, 9_999, 10_000]), 0u16..=10_000]
}

fn division() -> impl Strategy<Value = Division> {
    (bps(), any::<bool>()).prop_map(|(delta, cover)| Division { delta: Bps(delta), cover })
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn a_repeated_fault_doubles_at_most_three_times_and_stays_below_its_ceiling(
        base in any::<u16>(), repeats in prop_oneof![0u32..6, any::<u32>()], correlation in bps(), ceiling in bps(),
    ) {
        let doubled = u64::from(base) << repeats.min(3);
        let expected = doubled.max(u64::from(correlation)).min(u64::from(ceiling));
        let found = offence_bps(Bps(base), repeats, Bps(correlation), Bps(ceiling));
        prop_assert_eq!(u64::from(found.0), expected);
    }

    #[test]
    fn correlation_is_the_square_of_three_times_the_convicted_part(convicted in any_amount(), total in any_amount()) {
        let found = correlation_bps(Amount(convicted), Amount(total));
        if convicted == 0 {
            prop_assert_eq!(found, Bps(0));
        } else if total == 0 {
            prop_assert_eq!(found, Bps(10_000));
        } else {
            let q = (whole(3) * product_over(convicted, 1_000_000, total)).floor().min(whole(1_000_000));
            let expected = (q.clone() * q * over(1, 100_000_000)).floor();
            prop_assert_eq!(whole(found.0), expected);
        }
    }

    #[test]
    fn a_slash_is_its_part_of_the_base_rounded_up_and_never_more_than_there_is(
        increment in bps(), base in any_stakes(), now in any_stakes(),
    ) {
        let there_is = now.own.0 + now.delegated.0;
        let exact = ceil(&product_over(base.own.0 + base.delegated.0, u64::from(increment), 10_000)).expect("a part");
        let found = amount(Bps(increment), base, now);
        prop_assert_eq!(found.0, exact.min(there_is));
    }

    // "X_own = 0 by rounding". A tiny stake does not escape.
    #[test]
    fn a_slash_of_any_stake_takes_at_least_one_unit_of_the_own_stake(
        increment in 1u16..=10_000, own in 1u64..100_000, delegated in any_amount(), division in division(),
    ) {
        let now = stakes(own, delegated.min(MOST - own));
        prop_assert!(loss(Bps(increment), now, now, division).own.0 >= 1);
    }

    #[test]
    fn a_division_follows_its_formula_and_conserves(
        amount in any_width(), now in any_stakes(), division in division(),
    ) {
        let all = now.own.0 + now.delegated.0;
        let amount = amount.min(all);
        let found = divide(Amount(amount), now, division);
        let own = if all == 0 { 0 } else { ceil(&product_over(amount, now.own.0, all)).expect("a part") };
        let part = amount - own;
        let delta = u64::from(division.delta.0);
        let shift = (now.own.0 - own).min(floor(&product_over(part, 10_000 - delta, 10_000)).expect("a part"));
        let borne = ceil(&product_over(part, delta, 10_000)).expect("a part");
        let rest = part - shift;
        let delegated = if division.cover || now.own.is_zero() { rest } else { rest.min(borne) };
        prop_assert_eq!(found, Loss { own: Amount(own + shift), delegated: Amount(delegated) });
        prop_assert!(found.own <= now.own && found.delegated <= now.delegated);
        prop_assert!(found.total().0 <= amount);
        if division.cover || shift < now.own.0 - own {
            prop_assert_eq!(found.total().0, amount, "nothing escapes while somebody is to pay it");
        }
        prop_assert!(found.delegated.0 <= part, "never more than pro rata");
    }

    // dispute-slash-3: whatever left, was slashed or came since, on either side.
    #[test]
    fn delegators_never_lose_more_than_the_fraction_of_their_base(
        increment in bps(), base in any_stakes(), now in any_stakes(), division in division(),
    ) {
        let found = loss(Bps(increment), base, now, division);
        let bound = ceil(&product_over(base.delegated.0, u64::from(increment), 10_000)).expect("a part");
        prop_assert!(found.delegated.0 <= bound);
        prop_assert!(found.own <= now.own && found.delegated <= now.delegated);
        prop_assert!(found.total() <= amount(Bps(increment), base, now));
    }

    #[test]
    fn when_nothing_moved_since_the_opening_a_loss_is_the_division_of_the_amount(
        increment in bps(), now in any_stakes(), division in division(),
    ) {
        let expected = divide(amount(Bps(increment), now, now), now, division);
        prop_assert_eq!(loss(Bps(increment), now, now, division), expected);
    }

    // dispute-sink-1.
    #[test]
    fn the_sinks_sum_to_the_loss_and_at_least_a_fifth_of_each_side_burns(
        own in any_amount(), delegated in any_amount(), challenger in any::<u16>(), compensation in any_width(),
    ) {
        let delegated = delegated.min(MOST - own);
        let found = sinks(Loss { own: Amount(own), delegated: Amount(delegated) }, Bps(challenger), Amount(compensation));
        let Sinks { challenger: to_challenger, client, insurance, burned } = found;
        prop_assert_eq!(to_challenger.0 + client.0 + insurance.0 + burned.0, own + delegated);
        let fifth = |of: u64| floor(&over(of, 5)).expect("a part");
        prop_assert_eq!(insurance.0, fifth(own) + fifth(delegated));
        prop_assert!(whole(burned.0) >= over(own, 5) + over(4 * u128::from(delegated), 5));
        let share = floor(&product_over(own, u64::from(challenger), 10_000)).expect("a part");
        let most = floor(&over(3 * u128::from(own), 5)).expect("a part");
        prop_assert_eq!(to_challenger.0, share.min(most));
        prop_assert_eq!(client.0, compensation.min(most - to_challenger.0));
    }

    // dispute-sink-2: whoever is provider, client and challenger at once loses at least 40 % of the own part.
    #[test]
    fn challenger_and_client_together_never_get_more_than_sixty_percent_of_the_own_part_nor_anything_of_the_delegators(
        own in any_amount(), delegated in any_amount(), challenger in any::<u16>(), compensation in any_width(),
    ) {
        let delegated = delegated.min(MOST - own);
        let alone = sinks(Loss { own: Amount(own), delegated: Amount(0) }, Bps(challenger), Amount(compensation));
        let found = sinks(Loss { own: Amount(own), delegated: Amount(delegated) }, Bps(challenger), Amount(compensation));
        prop_assert_eq!((found.challenger, found.client), (alone.challenger, alone.client));
        prop_assert!(10 * (u128::from(found.challenger.0) + u128::from(found.client.0)) <= 6 * u128::from(own));
    }

    // dispute-epoch-1: verdicts of one epoch, by whatever fractions of whatever bases, cost each pool the
    // largest and not the sum.
    #[test]
    fn verdicts_of_one_epoch_cost_each_pool_the_largest_amount(
        losses in prop::collection::vec((any_amount(), any_amount()), 0..8),
    ) {
        let (mut applied, mut added) = (Loss::default(), (0u128, 0u128));
        for (own, delegated) in &losses {
            let loss = Loss { own: Amount(*own), delegated: Amount(*delegated) };
            let step = increment(loss, applied);
            added = (added.0 + u128::from(step.own.0), added.1 + u128::from(step.delegated.0));
            applied = Loss { own: applied.own.max(loss.own), delegated: applied.delegated.max(loss.delegated) };
        }
        let largest = |of: fn(&(u64, u64)) -> u64| losses.iter().map(of).max().unwrap_or(0);
        prop_assert_eq!(added, (u128::from(largest(|loss| loss.0)), u128::from(largest(|loss| loss.1))));
        prop_assert_eq!((applied.own.0, applied.delegated.0), (largest(|loss| loss.0), largest(|loss| loss.1)));
    }
}

// dispute-epoch-1: found of the smaller base first, then less of the larger one: as fractions the second
// would add nothing.
#[test]
fn the_difference_of_two_verdicts_is_taken_in_amounts_and_not_in_fractions_of_different_bases() {
    let (small, large) = (stakes(1_000, 0), stakes(9_000, 0));
    let first = loss(Bps(3_000), small, small, PRO_RATA);
    let second = loss(Bps(500), large, large, PRO_RATA);
    assert_eq!((first.own, second.own, increment(second, first).own), (Amount(300), Amount(450), Amount(150)));
    assert_eq!(increment(first, second), Loss::default());
}

// dispute-slash-2: P asks to unbond 900 of its own 1,000 and then commits a fault of 30 %.
#[test]
fn the_base_of_a_slash_includes_stake_that_asked_to_leave_before_the_fault() {
    let pool = Pool { tokens: Amount(1_000), shares: Shares(1_000), unbonding_shares: Shares::ZERO, ..Pool::default() };
    let pool = pool.begin_unbonding(Shares(900));
    let record = Snapshot::of(&pool, &Pool::default(), Bps(0));
    assert_eq!((record.own_total, record.own_staked), (Amount(1_000), Amount(100)));
    let at_offence = Stakes { own: record.own_total, delegated: record.delegated_total };
    let now = stakes(1_000, 0);
    assert_eq!(loss(Bps(3_000), base(at_offence, now), now, PRO_RATA).own, Amount(300));
}

// dispute-slash-2: 900 of a delegated 1,000 legitimately left before the opening.
#[test]
fn nobody_pays_for_delegators_who_left_before_the_opening() {
    let (then, opening) = (stakes(0, 1_000), stakes(0, 100));
    assert_eq!(base(then, opening), stakes(0, 100));
    assert_eq!(loss(Bps(3_000), base(then, opening), opening, PRO_RATA).delegated, Amount(30));
}

// dispute-slash-2: "the own base is T then, charged up to T now".
#[test]
fn own_stake_is_measured_as_it_was_and_charged_up_to_what_is_there() {
    let then = stakes(1_000, 0);
    assert_eq!(base(then, stakes(100, 0)), then);
    assert_eq!(loss(Bps(3_000), then, stakes(100, 0), PRO_RATA).own, Amount(100));
    assert_eq!(loss(Bps(3_000), then, stakes(5_000, 0), PRO_RATA).own, Amount(300));
}

// dispute-slash-3.
#[test]
fn without_own_stake_the_delegators_alone_pay_the_fraction_of_their_own_base() {
    let cover = Division { delta: Bps(5_000), cover: true };
    for division in [PRO_RATA, cover, Division { cover: false, ..cover }, Division { delta: Bps(0), cover: false }] {
        let gone = loss(Bps(3_000), stakes(1_000, 500), stakes(0, 500), division);
        assert_eq!(gone, Loss { own: Amount(0), delegated: Amount(150) });
    }
    let one_unit_left = loss(Bps(3_000), stakes(1_000, 500), stakes(1, 500), PRO_RATA);
    assert_eq!(one_unit_left, Loss { own: Amount(1), delegated: Amount(150) });
}

// dispute-slash-2: stake that joined after the opening is in no base; it neither pays for the others nor
// thins their part.
#[test]
fn delegated_stake_that_came_after_the_opening_bears_no_more_than_the_base_would() {
    let then = stakes(1_000, 100);
    let before = loss(Bps(3_000), then, stakes(1_000, 100), PRO_RATA);
    let after = loss(Bps(3_000), then, stakes(1_000, 9_100), PRO_RATA);
    assert_eq!((before, after), (Loss { own: Amount(300), delegated: Amount(30) }, before));
}

// Own loss by severity without delegators and at leverage 16, delegators' loss.
#[test]
fn the_severity_table_costs_what_the_rules_say() {
    let unit = 1_000_000u64;
    for (severity, fraction, alone, levered, delegators) in [
        (1, 10, 1_000, 9_000, 500),
        (2, 100, 10_000, 90_000, 5_000),
        (3, 500, 50_000, 450_000, 25_000),
        (4, 3_000, 300_000, 1_000_000, 256_250),
        (5, 10_000, 1_000_000, 1_000_000, 1_000_000),
    ] {
        let division = Division { delta: Bps(5_000), cover: severity >= 4 };
        let single = stakes(unit, 0);
        assert_eq!(loss(Bps(fraction), single, single, division).own.0, alone);
        let both = stakes(unit, 16 * unit);
        let found = loss(Bps(fraction), both, both, division);
        assert_eq!((found.own.0, found.delegated.0 / 16), (levered, delegators), "severity {severity}");
    }
}

#[test]
fn every_small_division_conserves_and_stays_within_each_side() {
    for own in 0..14u64 {
        for delegated in 0..40u64 {
            for taken in 0..=own + delegated + 1 {
                for (delta, cover) in [
                    (0, true),
                    (0, false),
                    (5_000, true),
                    (5_000, false),
                    (3_333, false),
                    (10_000, true),
                    (u16::MAX, false),
                ] {
                    let division = Division { delta: Bps(delta), cover };
                    let found = divide(Amount(taken), stakes(own, delegated), division);
                    let taken = taken.min(own + delegated);
                    assert!(found.own.0 <= own && found.delegated.0 <= delegated && found.total().0 <= taken);
                    if cover || own == 0 || delta >= 10_000 {
                        assert_eq!(found.total().0, taken);
                    }
                    assert!(own + delegated == 0 || found.own.0 >= (taken * own).div_ceil(own + delegated));
                }
            }
        }
    }
}

#[test]
fn every_small_loss_is_shared_out_to_the_unit() {
    assert_eq!((MAX_PAID_OUT, INSURANCE), (Bps(6_000), Bps(2_000)));
    for own in 0..60u64 {
        for delegated in 0..60u64 {
            for challenger in [0u16, 1_000, 3_000, 6_000, 10_000] {
                for compensation in 0..40u64 {
                    let loss = Loss { own: Amount(own), delegated: Amount(delegated) };
                    let found = sinks(loss, Bps(challenger), Amount(compensation));
                    let paid = found.challenger.0 + found.client.0;
                    assert_eq!(paid + found.insurance.0 + found.burned.0, own + delegated);
                    assert!(10 * paid <= 6 * own && 5 * found.burned.0 >= own + delegated);
                }
            }
        }
    }
}
