//! Time that passes while the chain stands still.
#![allow(clippy::arithmetic_side_effects)]

mod support;

use proptest::prelude::*;
use support::{
    any_width, cases,
    exact::{over, whole, zero},
};
use work_token_math::outage::{
    LEAST_OUTAGE_SECS, MOST_OUTAGE_SECS_PER_WEEK, OUTAGE_SLOT_MILLIS, OUTAGE_WEEK_SECS, gain_secs, most_outage_secs,
};

proptest! {
    #![proptest_config(cases(8_000))]

    #[test]
    fn the_gain_is_what_the_clock_ran_beyond_600_ms_a_slot_rounded_down_and_never_negative(
        slot in any_width(), slots in any_width(), ts in any::<i64>(), secs in any_width(), near in 0u64..5_000,
    ) {
        let slots = slots.min(u64::MAX - slot);
        let usual = u64::try_from(u128::from(slots) * 6 / 10).unwrap_or(u64::MAX);
        for secs in [secs, near, usual.saturating_add(near), usual.saturating_sub(near)] {
            let now_ts = ts.saturating_add_unsigned(secs);
            let elapsed = (i128::from(now_ts) - i128::from(ts)).min(i64::MAX.into());
            let exact = (whole(elapsed) - whole(slots) * over(600, 1_000)).floor().max(zero());
            prop_assert_eq!(whole(gain_secs((slot, ts), (slot + slots, now_ts))), exact);
        }
    }

    #[test]
    fn a_clock_or_a_slot_that_goes_back_gains_nothing_for_it(
        slot in any_width(), earlier in any_width(), ts in any::<i64>(), secs in 0i64..1_000_000,
    ) {
        let noted = (slot.max(earlier), ts);
        prop_assert_eq!(gain_secs(noted, (slot, ts.saturating_sub(secs))), 0);
        prop_assert!(gain_secs(noted, (slot.min(earlier), ts.saturating_add(secs))) <= secs.unsigned_abs());
    }
}

#[test]
fn every_small_gain_is_exact() {
    for slots in 0..60u64 {
        for secs in 0..60u64 {
            let expected = (1_000 * secs).saturating_sub(600 * slots) / 1_000;
            assert_eq!(gain_secs((5, 7), (5 + slots, 7 + secs.cast_signed())), expected);
        }
    }
}

/// dispute-time-1: `weeks` of them fit before the deadline that the others have moved, and one more does not.
#[test]
fn a_dispute_of_19_days_sees_five_days_of_outages_at_most() {
    const DAY: u64 = MOST_OUTAGE_SECS_PER_WEEK;
    assert_eq!(most_outage_secs(19 * DAY), 5 * DAY);
    for work_secs in (1..60 * DAY).step_by(977) {
        let weeks = most_outage_secs(work_secs) / DAY;
        let touches = |weeks: u64| OUTAGE_WEEK_SECS * (weeks - 2) < work_secs + DAY * (weeks - 1);
        assert!(touches(weeks) && !touches(weeks + 1), "{work_secs}");
    }
    assert_eq!(most_outage_secs(u64::MAX), u64::MAX / (OUTAGE_WEEK_SECS - DAY) * DAY);
}

// network-outage-1.
#[test]
fn a_day_at_the_usual_pace_gains_nothing_and_a_halt_of_an_hour_an_hour_less_what_the_slots_were_faster() {
    assert_eq!((OUTAGE_SLOT_MILLIS, LEAST_OUTAGE_SECS, MOST_OUTAGE_SECS_PER_WEEK), (600, 1_800, 86_400));
    let (slot, ts) = (300_000_000, 1_700_000_000);
    let at_400_ms = |secs: u64| secs * 10 / 4;
    let day = 86_400;
    assert_eq!(gain_secs((slot, ts), (slot + at_400_ms(day), ts + 86_400)), 0);
    assert_eq!(gain_secs((slot, ts), (slot, ts + 3_600)), 3_600);
    let hour = 3_600;
    let found = gain_secs((slot, ts), (slot + at_400_ms(hour), ts + 3_600 + 36_000));
    assert_eq!(found, 36_000 - hour / 2);
}

/// The gain of a halt of so many seconds that began `secs` after the note, slots being as long as usual until
/// then.
fn gain_of_halt(secs: u64, halt: u64) -> u64 {
    let (slot, ts) = (300_000_000, 1_700_000_000i64);
    gain_secs((slot, ts), (slot + secs * 5 / 2, ts.saturating_add_unsigned(secs + halt)))
}

proptest! {
    #![proptest_config(cases(4_000))]

    // network-outage-3: ordinary slots of 400 ms earn half of the time since the note; a halt must be half an
    // hour longer than that.
    #[test]
    fn a_halt_of_half_an_hour_and_half_of_the_time_since_the_note_is_the_shortest_that_is_recordable(
        half in 0u64..1 << 40, beyond in 0u64..1 << 20,
    ) {
        prop_assert_eq!(gain_of_halt(2 * half, LEAST_OUTAGE_SECS + half), LEAST_OUTAGE_SECS);
        prop_assert_eq!(gain_of_halt(2 * half, LEAST_OUTAGE_SECS + half + beyond), LEAST_OUTAGE_SECS + beyond);
        prop_assert!(gain_of_halt(2 * half, LEAST_OUTAGE_SECS + half - 1) < LEAST_OUTAGE_SECS, "a second less is not");
    }

    // network-outage-3: who notes slot and time anew while they go as usual loses nothing of a halt that
    // comes, and gains none.
    #[test]
    fn a_newer_note_gains_no_less_of_the_same_halt(earlier in 0u64..1 << 30, later in 0u64..1 << 30, halt in 0u64..1 << 30) {
        prop_assert!(gain_of_halt(earlier.max(later), halt) <= gain_of_halt(earlier.min(later), halt));
        prop_assert!(gain_of_halt(later, halt) <= halt);
    }
}

#[test]
fn the_ends_of_time_and_of_slots_are_no_overflow() {
    assert_eq!(gain_secs((0, i64::MIN), (u64::MAX, i64::MAX)), 0);
    assert_eq!(gain_secs((0, i64::MIN), (0, i64::MAX)), i64::MAX.unsigned_abs());
    assert_eq!(gain_secs((u64::MAX, i64::MAX), (0, i64::MIN)), 0);
}
