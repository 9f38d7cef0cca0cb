//! Own rewards on their way to their owner (provider-reward-1).
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::cast_possible_wrap)]

mod support;

use num_bigint::BigInt;
use proptest::prelude::*;
use support::{
    any_amount, any_width, cases,
    exact::{floor, over},
    part_of,
};
use work_token_math::{Amount, vesting::Vesting};

fn entry(starts_at_ts: i64, duration_secs: u32, amount: u64, taken: u64) -> Vesting {
    Vesting { starts_at_ts, duration_secs, amount: Amount(amount), taken: Amount(taken) }
}

fn time() -> impl Strategy<Value = i64> {
    prop_oneof![
        prop::sample::select(vec![i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX]),
        any::<i64>(),
        0i64..1 << 33,
    ]
}

fn duration() -> impl Strategy<Value = u32> {
    prop_oneof![prop::sample::select(vec![1, 2, u32::MAX - 1, u32::MAX]), 1u32..10_000_000, 1..=u32::MAX]
}

/// What has vested, before rounding.
fn vested(entry: &Vesting, now_ts: i64) -> u64 {
    let elapsed = (i128::from(now_ts) - i128::from(entry.starts_at_ts)).clamp(0, i128::from(entry.duration_secs));
    floor(&over(BigInt::from(entry.amount.0) * BigInt::from(elapsed), entry.duration_secs)).expect("a part")
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn what_is_free_is_the_exact_linear_part_rounded_down_less_what_was_taken(
        start in time(), duration in duration(), amount in any_amount(), taken in any_width(), later in any::<u32>(), any_time in time(),
    ) {
        let entry = entry(start, duration, amount, part_of(amount, taken));
        for now_ts in [start.saturating_add(i64::from(later)), start.saturating_add(i64::from(duration)), any_time] {
            prop_assert_eq!(entry.free(now_ts).0, vested(&entry, now_ts).saturating_sub(entry.taken.0));
        }
        prop_assert_eq!(entry.left().0, amount - entry.taken.0);
        let end = (i128::from(start) + i128::from(duration)).min(i128::from(i64::MAX));
        prop_assert_eq!(i128::from(entry.ends_at_ts()), end);
    }

    #[test]
    fn what_is_free_only_grows_and_what_is_taken_sums_to_the_amount_in_the_end(
        start in 0i64..1 << 40, duration in duration(), amount in any_amount(), steps in prop::collection::vec(0u32..1 << 28, 1..30),
    ) {
        let mut entry = entry(start, duration, amount, 0);
        let mut now_ts = start;
        for step in steps {
            let before = entry.free(now_ts);
            now_ts += i64::from(step);
            let free = entry.free(now_ts);
            prop_assert!(free >= before);
            entry.taken = entry.taken.saturating_add(free);
            prop_assert_eq!(entry.free(now_ts), Amount(0));
            prop_assert_eq!(entry.taken.0, vested(&entry, now_ts));
        }
        entry.taken = entry.taken.saturating_add(entry.free(entry.ends_at_ts()));
        prop_assert_eq!(entry.taken, entry.amount);
    }

    // provider-reward-2: the ring may be too short for late settlements; the entry that makes room loses
    // nothing.
    #[test]
    fn an_entry_that_makes_room_for_a_newer_one_loses_nothing(
        start in 0i64..1 << 40, duration in duration(), amount in any_amount(), taken in any_width(),
        newer in 0u64..1 << 59, later in any::<u32>(),
    ) {
        let now_ts = start + i64::from(later);
        let mut entry = entry(start, duration, amount / 2, 0);
        entry.taken = Amount(part_of(entry.free(now_ts).0, taken));
        let (free, joined) = entry.replaced_by(Amount(newer), now_ts);
        prop_assert_eq!(free, entry.free(now_ts));
        prop_assert_eq!(entry.taken.0 + free.0 + joined.0, entry.amount.0 + newer);
        prop_assert!(joined.0 >= newer);
    }

    #[test]
    fn nothing_is_free_before_the_epoch_ended(
        start in any::<i64>(), duration in duration(), amount in any_amount(), earlier in any::<u64>(),
    ) {
        let before = i64::try_from(i128::from(start) - i128::from(earlier)).unwrap_or(i64::MIN);
        prop_assert_eq!(entry(start, duration, amount, 0).free(before), Amount(0));
    }
}

// provider-reward-1: "free linearly over h epochs".
#[test]
fn own_rewards_become_free_linearly_over_their_duration() {
    let day = 86_400;
    let entry = entry(1_000, 7 * day, 700, 0);
    let free_after = |days: i64| entry.free(1_000 + days * i64::from(day)).0;
    let free: Vec<u64> = (0..=8).map(free_after).collect();
    assert_eq!(free, [0, 100, 200, 300, 400, 500, 600, 700, 700]);
    assert_eq!(entry.free(1_000 + i64::from(day) - 1).0, 99);
    assert_eq!(entry.ends_at_ts(), 1_000 + 7 * 86_400);
}

// provider-reward-1: confiscation takes what is unvested; what was free before stays the owner's.
#[test]
fn what_has_been_taken_early_is_not_free_a_second_time() {
    let entry = entry(0, 100, 1_000, 250);
    assert_eq!((entry.free(20), entry.free(25), entry.free(26)), (Amount(0), Amount(0), Amount(10)));
    assert_eq!(entry.left(), Amount(750));
}

#[test]
fn every_small_entry_is_exact_at_every_second_and_after_every_taking() {
    for duration in 1..=20u32 {
        for amount in 0..=40u64 {
            for first in -1..=i64::from(duration) + 1 {
                let mut entry = entry(0, duration, amount, 0);
                let seconds = |now_ts: i64| u64::try_from(now_ts.clamp(0, i64::from(duration))).expect("not negative");
                let vested = |now_ts| amount * seconds(now_ts) / u64::from(duration);
                assert_eq!(entry.free(first).0, vested(first));
                entry.taken = entry.free(first);
                for second in first..=i64::from(duration) + 1 {
                    assert_eq!(entry.free(second).0, vested(second) - vested(first));
                    let (free, joined) = entry.replaced_by(Amount(5), second);
                    assert_eq!((free.0, joined.0), (vested(second) - vested(first), 5 + amount - vested(second)));
                }
            }
        }
    }
}
