//! Epochs as a function of time.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used)]

mod support;

use num_bigint::BigInt;
use proptest::prelude::*;
use support::{cases, exact::over};
use work_token_math::{Epoch, EpochClock};

fn any_clock() -> impl Strategy<Value = EpochClock> {
    let anchor = prop_oneof![0i64..1 << 34, any::<i64>().prop_map(|time| time / 4)];
    let length = || prop_oneof![1u32..100, 1u32..2_000_000, 1..=u32::MAX];
    let epoch = prop_oneof![0u32..10, 0u32..1 << 30];
    (anchor, epoch, length(), prop::option::of((length(), 1u32..1 << 20))).prop_map(
        |(anchor_ts, epoch, epoch_secs, change)| {
            let clock = EpochClock::starting(anchor_ts, Epoch(epoch), epoch_secs);
            match change {
                Some((next_epoch_secs, after)) => {
                    EpochClock { next_epoch_secs, next_from: Epoch(epoch + after), ..clock }
                }
                None => clock,
            }
        },
    )
}

fn start(clock: &EpochClock, epoch: Epoch) -> i64 {
    clock.starts_at_ts(epoch).expect("within the range of time")
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn an_epoch_is_the_exact_number_of_lengths_since_its_anchor(clock in any_clock(), elapsed in any::<u64>()) {
        let elapsed = elapsed >> (1 + elapsed % 60);
        let now_ts = i128::from(clock.anchor_ts) + i128::from(elapsed);
        let Ok(now_ts) = i64::try_from(now_ts) else { return Ok(()); };
        let lengths = |secs: i128, length: u32| {
            u64::try_from(over(BigInt::from(secs), length).floor().to_integer()).unwrap_or(u64::MAX)
        };
        let mut expected = u64::from(clock.anchor_epoch.0) + lengths(i128::from(elapsed), clock.epoch_secs).min(1 << 40);
        let next_from = u64::from(clock.next_from.0);
        if clock.next_epoch_secs != 0 && expected >= next_from {
            let before = i128::from(clock.next_from.0 - clock.anchor_epoch.0) * i128::from(clock.epoch_secs);
            expected = next_from + lengths(i128::from(elapsed) - before, clock.next_epoch_secs).min(1 << 40);
        }
        prop_assert_eq!(u64::from(clock.epoch_at(now_ts).0), expected.min(u64::from(u32::MAX)));
    }

    #[test]
    fn an_epoch_begins_at_its_start_and_not_a_second_before(clock in any_clock(), later in 1u32..1 << 22) {
        for epoch in [clock.anchor_epoch.0 + later, clock.next_from.0.max(clock.anchor_epoch.0 + 1)] {
            let start_ts = start(&clock, Epoch(epoch));
            prop_assert_eq!(clock.epoch_at(start_ts), Epoch(epoch));
            prop_assert_eq!(clock.epoch_at(start_ts - 1), Epoch(epoch - 1));
        }
        prop_assert_eq!(clock.epoch_at(clock.anchor_ts), clock.anchor_epoch);
        prop_assert_eq!(clock.epoch_at(clock.anchor_ts.saturating_sub(1)), clock.anchor_epoch, "nothing is before the anchor");
        prop_assert_eq!(clock.starts_at_ts(clock.anchor_epoch), Some(clock.anchor_ts));
    }

    #[test]
    fn no_epoch_is_cut_jumped_or_repeated_across_a_change_of_length(
        clock in any_clock(), around in -3i64..4, length in 1u32..=u32::MAX,
    ) {
        let clock = EpochClock {
            next_epoch_secs: length,
            next_from: clock.next_from.max(clock.anchor_epoch.next()),
            ..clock
        };
        let boundary_ts = start(&clock, clock.next_from);
        let epoch = Epoch(u32::try_from((i64::from(clock.next_from.0) + around).max(i64::from(clock.anchor_epoch.0))).expect("small"));
        let length_of = |epoch: Epoch| start(&clock, epoch.next()) - start(&clock, epoch);
        let expected = if epoch < clock.next_from { clock.epoch_secs } else { clock.next_epoch_secs };
        prop_assert_eq!(length_of(epoch), i64::from(expected));
        prop_assert_eq!(clock.epoch_at(boundary_ts - 1).next(), clock.epoch_at(boundary_ts));
    }

    // network-params-7.
    #[test]
    fn the_length_of_an_epoch_is_the_time_from_its_beginning_to_the_next_ones(clock in any_clock(), after in -3i64..1 << 22) {
        let from = i64::from(clock.next_from.max(clock.anchor_epoch.next()).0);
        let epoch = Epoch(u32::try_from((from + after).max(i64::from(clock.anchor_epoch.0))).expect("small"));
        let length = start(&clock, epoch.next()) - start(&clock, epoch);
        prop_assert_eq!(i64::from(clock.length_in(epoch)), length);
        let advanced = clock.advanced_to(start(&clock, epoch));
        prop_assert_eq!(advanced.length_in(epoch), clock.length_in(epoch), "whether the change was applied or not");
    }

    #[test]
    fn applying_a_change_whose_epoch_has_come_moves_no_epoch_of_now_or_later(
        clock in any_clock(), after in 0u32..1 << 22, later in 0i64..1 << 40,
    ) {
        let boundary_ts = start(&clock, clock.next_from.max(clock.anchor_epoch));
        prop_assert_eq!(clock.advanced_to(boundary_ts - 1), clock, "not a second early");
        let advanced = clock.advanced_to(boundary_ts);
        prop_assert_eq!(advanced.next_epoch_secs, 0);
        prop_assert_eq!(advanced.epoch_at(boundary_ts + later), clock.epoch_at(boundary_ts + later));
        let epoch = Epoch(clock.next_from.max(clock.anchor_epoch).0 + after);
        prop_assert_eq!(advanced.starts_at_ts(epoch), clock.starts_at_ts(epoch));
        prop_assert_eq!(advanced.advanced_to(boundary_ts + later), advanced);
    }

    #[test]
    fn time_never_turns_an_epoch_back(clock in any_clock(), one in any::<i64>(), other in any::<i64>()) {
        let (earlier, later) = (one.min(other), one.max(other));
        prop_assert!(clock.epoch_at(earlier) <= clock.epoch_at(later));
    }

    #[test]
    fn the_first_epoch_at_or_after_a_time_begins_there_and_the_one_before_it_earlier(
        clock in any_clock(), later in 0i64..1 << 44,
    ) {
        let ts = clock.anchor_ts + later;
        let first = clock.first_beginning_at_or_after(ts);
        if let Some(start_ts) = clock.starts_at_ts(first)
            && first < Epoch(u32::MAX)
        {
            prop_assert!(start_ts >= ts);
            if first > clock.anchor_epoch {
                prop_assert!(start(&clock, Epoch(first.0 - 1)) < ts);
            }
        }
    }
}

#[test]
fn every_second_of_every_small_clock_agrees_with_counting() {
    for (anchor_ts, length) in (-2..3i64).flat_map(|anchor| (1..7u32).map(move |length| (anchor, length))) {
        for (next_length, next_from) in (0..7u32).flat_map(|length| (3..7u32).map(move |from| (length, from))) {
            let clock = EpochClock {
                next_epoch_secs: next_length,
                next_from: Epoch(next_from),
                ..EpochClock::starting(anchor_ts, Epoch(2), length)
            };
            let (mut epoch, mut second_of_epoch) = (2, 0);
            for now_ts in anchor_ts..anchor_ts + 80 {
                assert_eq!(clock.epoch_at(now_ts), Epoch(epoch), "{clock:?} at {now_ts}");
                assert_eq!(clock.advanced_to(now_ts).epoch_at(now_ts), Epoch(epoch));
                let expected = if second_of_epoch == 0 { epoch } else { epoch + 1 };
                assert_eq!(clock.first_beginning_at_or_after(now_ts), Epoch(expected));
                second_of_epoch += 1;
                let changed = next_length != 0 && epoch >= next_from;
                let present_length = if changed { next_length } else { length };
                assert_eq!(clock.length_in(Epoch(epoch)), present_length);
                if second_of_epoch == present_length {
                    (epoch, second_of_epoch) = (epoch + 1, 0);
                }
            }
        }
    }
}

#[test]
fn the_end_of_time_is_reached_without_a_wrap() {
    let clock = EpochClock::starting(0, Epoch(0), 1);
    assert_eq!(clock.epoch_at(i64::MAX), Epoch(u32::MAX));
    assert_eq!(Epoch(u32::MAX).next(), Epoch(u32::MAX));
    let late = EpochClock::starting(i64::MAX - 10, Epoch(5), u32::MAX);
    assert_eq!(late.starts_at_ts(Epoch(6)), None);
    assert_eq!(late.epoch_at(i64::MAX), Epoch(5));
    assert_eq!(late.first_beginning_at_or_after(i64::MAX), Epoch(6));
    let early = EpochClock::starting(i64::MIN + 10, Epoch(5), u32::MAX);
    assert_eq!(early.starts_at_ts(Epoch(4)), None);
    assert_eq!(early.epoch_at(i64::MIN), Epoch(5));
    assert_eq!(EpochClock::starting(0, Epoch(3), 0).epoch_at(1_000), Epoch(3), "no length, no epochs");
}

#[test]
fn epochs_before_the_anchor_are_given_the_present_length() {
    let clock = EpochClock::starting(1_000, Epoch(7), 100);
    assert_eq!((clock.starts_at_ts(Epoch(5)), clock.starts_at_ts(Epoch(0))), (Some(800), Some(300)));
}
