//! What of a voice counts, and what waits (vote-inertia-1).
#![allow(clippy::arithmetic_side_effects)]

mod support;

use proptest::prelude::*;
use support::{any_width, cases};
use work_token_math::{Amount, Inertia, Ppm, UnixTs, inertia::maximum_weight};

const WAIT: i64 = 100;

fn state(counts: u64, waiting: u64, ripe_ts: i64) -> Inertia {
    Inertia { counts, waiting, ripe_ts, ..Inertia::default() }
}

/// The same while others find less.
fn low(state: Inertia, low: u64, low_since_ts: i64) -> Inertia {
    Inertia { low, low_since_ts, ..state }
}

fn observe_for_another(state: Inertia, whole: u64, now: i64) -> Inertia {
    state.observe_for_another(whole, UnixTs(now), WAIT)
}

fn all(state: Inertia) -> u64 {
    state.counts.saturating_add(state.waiting)
}

fn observe(state: Inertia, whole: u64, now: i64) -> Inertia {
    state.observe(whole, UnixTs(now), WAIT)
}

#[test]
fn a_voice_counts_once_it_has_waited_and_not_a_second_before() {
    let begun = observe(Inertia::default(), 1_000, 50);
    assert_eq!(begun, state(0, 1_000, 150));
    assert_eq!(observe(begun, 1_000, 149), begun);
    assert_eq!(observe(begun, 1_000, 150), state(1_000, 0, 0));
}

#[test]
fn dust_restarts_no_wait_and_fresh_stake_rides_on_no_old_one() {
    let begun = observe(Inertia::default(), 1_000, 0);
    let dusted = observe(begun, 1_001, 90);
    assert_eq!(dusted, begun, "one unit more waits for its turn");
    let ripe = observe(dusted, 50_000, 100);
    assert_eq!(ripe, state(1_000, 49_000, 200), "what came since begins to wait now");
    assert_eq!(observe(ripe, 50_000, 200), state(50_000, 0, 0));
}

#[test]
fn what_is_gone_is_gone_at_once_from_what_waits_first() {
    let both = state(600, 400, 100);
    assert_eq!(observe(both, 900, 10), state(600, 300, 100));
    assert_eq!(observe(both, 600, 10), state(600, 0, 0));
    assert_eq!(observe(both, 200, 10), state(200, 0, 0));
    assert_eq!(observe(state(200, 0, 0), 1_000, 20), state(200, 800, 120), "and comes back like fresh stake");
}

#[test]
fn what_shrank_while_it_waited_ripens_without_what_is_gone() {
    let begun = observe(Inertia::default(), 1_000, 0);
    let shrunk = observe(begun, 300, 50);
    assert_eq!(observe(shrunk, 1_000, 100), state(300, 700, 200));
}

// vote-update-2
#[test]
fn a_stranger_ripens_and_begins_and_takes_nothing_away_within_a_wait() {
    let both = state(600, 400, 100);
    let seen = |whole, now| observe_for_another(both, whole, now);
    assert_eq!(seen(0, 10), low(both, 0, 10));
    assert_eq!(seen(999, 100), low(both, 999, 100), "nor what ripens with a part of it gone");
    assert_eq!(seen(1_000, 100), state(1_000, 0, 0));
    assert_eq!(seen(1_500, 100), state(1_000, 500, 200));
    assert_eq!(observe_for_another(Inertia::default(), 7, 5), state(0, 7, 105));
    let within = observe_for_another(seen(0, 10), 0, 109);
    assert_eq!(within, low(both, 0, 10));
    assert_eq!(observe_for_another(within, 1_000, 109), state(1_000, 0, 0), "all of it is back, as if never gone");
}

// vote-update-2
#[test]
fn a_stranger_takes_away_what_was_found_at_no_look_for_a_wait() {
    let counted = state(1_000, 0, 0);
    let gone = observe_for_another(counted, 0, 10);
    assert_eq!(observe_for_another(gone, 0, 110), Inertia::default());
    let partly = observe_for_another(gone, 300, 50);
    assert_eq!(partly, low(counted, 300, 10));
    assert_eq!(observe_for_another(partly, 300, 110), state(300, 0, 0));
    let lowered = observe_for_another(partly, 0, 110);
    assert_eq!(lowered, low(state(300, 0, 0), 0, 110), "what was there at a look since goes a wait later");
    assert_eq!(observe_for_another(lowered, 0, 210), Inertia::default());
    assert_eq!(observe_for_another(lowered, 1_000, 209), state(300, 700, 309));
}

// vote-update-2
#[test]
fn what_lacks_a_little_for_long_loses_no_more_by_one_moment() {
    let dusty = observe_for_another(state(1_000, 0, 0), 999, 1);
    assert_eq!(observe_for_another(dusty, 0, 5_000), low(state(999, 0, 0), 0, 5_000));
    let both = observe_for_another(state(600, 400, 200), 800, 1);
    assert_eq!(observe_for_another(both, 0, 150), low(state(600, 200, 200), 0, 150), "what waits goes first");
}

#[test]
fn the_weight_is_what_counts_and_is_not_silent() {
    assert_eq!(state(600, 400, 0).weight(1_000), 600);
    assert_eq!(state(600, 400, 0).weight(10), 10);
}

// vote-max-1
#[test]
fn the_maximum_is_the_largest_stake_and_no_less_than_the_part_of_the_supply_rounded_up() {
    let most = |largest, supply, ppm| maximum_weight(Amount(largest), Amount(supply), Ppm(ppm)).0;
    assert_eq!(most(500, 1_000, 100_000), 500);
    assert_eq!(most(99, 1_000, 100_000), 100);
    assert_eq!(most(0, 1_001, 100_000), 101);
    assert_eq!(most(0, u64::MAX, 1_000_000), u64::MAX);
    assert_eq!(most(0, 0, 1_000_000), 0);
}

/// Steps of an observed voice: how much later, and how large it is then.
fn steps() -> impl Strategy<Value = Vec<(i64, u64)>> {
    prop::collection::vec((0i64..70, 0u64..30), 1..60)
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn what_counts_was_there_at_every_look_of_the_last_wait(steps in steps()) {
        let (mut inertia, mut now, mut looks) = (Inertia::default(), 0, Vec::new());
        for (later, whole) in steps {
            now += later;
            inertia = observe(inertia, whole, now);
            looks.push((now, whole));
            let least = looks.iter().filter(|(at, _)| *at > now - WAIT).map(|(_, whole)| *whole).min();
            prop_assert!(inertia.counts <= least.unwrap_or(0));
            prop_assert!(now >= WAIT || inertia.counts == 0, "nothing counts without a wait");
            prop_assert!(inertia.counts + inertia.waiting <= whole);
            prop_assert_eq!(observe(inertia, whole, now), inertia, "a second look at once changes nothing");
        }
    }

    #[test]
    fn a_voice_that_only_grows_counts_wholly_two_waits_after_it_stopped(
        growth in prop::collection::vec((0i64..70, 0u64..30), 1..60),
    ) {
        let (mut inertia, mut now, mut whole) = (Inertia::default(), 0, 0);
        for (later, more) in growth {
            now += later;
            whole += more;
            let before = inertia;
            inertia = observe(inertia, whole, now);
            prop_assert!(inertia.counts >= before.counts);
        }
        for _ in 0..2 {
            now += WAIT;
            inertia = observe(inertia, whole, now);
        }
        prop_assert_eq!(inertia, state(whole, 0, 0));
    }

    #[test]
    fn strangers_take_away_only_what_no_look_of_a_whole_wait_found(
        counts in 0u64..30, waiting in 0u64..30, ripe in 0i64..200, steps in steps(),
    ) {
        let (mut inertia, mut now, mut looks) = (state(counts, waiting, ripe), 1, Vec::new());
        for (later, whole) in steps {
            now += later;
            looks.push((now, whole));
            let before = inertia;
            inertia = observe_for_another(inertia, whole, now);
            if all(inertia) < all(before) {
                prop_assert!(looks.iter().any(|(at, _)| *at <= now - WAIT), "nothing within a wait of the first look");
            }
            let found = looks.iter().filter(|(at, _)| *at > now - WAIT).map(|(_, whole)| *whole).max();
            prop_assert!(all(inertia) >= all(before).min(found.unwrap_or(0)));
            prop_assert!(inertia.counts >= before.counts.min(all(inertia)));
            prop_assert_eq!(inertia.low_since_ts != 0, whole < all(inertia), "noted while there is less");
        }
    }

    #[test]
    fn strangers_never_raise_above_what_the_holder_would_and_never_lower_below(
        counts in any_width(), waiting in any_width(), ripe in 0i64..200, looks in prop::collection::vec((0i64..70, any_width()), 1..20),
    ) {
        let (mut inertia, mut now) = (state(counts, waiting, ripe), 1);
        for (later, whole) in looks {
            now += later;
            let (before, holders) = (inertia, observe(inertia, whole, now));
            inertia = observe_for_another(inertia, whole, now);
            prop_assert!(inertia.counts >= holders.counts.min(before.counts) && all(inertia) >= all(holders));
            prop_assert!(inertia.counts <= before.counts.max(holders.counts) && all(inertia) <= all(before).max(whole));
            let is_less = all(inertia) > whole;
            prop_assert!(is_less || inertia == holders, "what is all there is noted like the holder's");
            prop_assert!(!is_less || (inertia.counts <= before.counts && inertia.waiting <= before.waiting));
        }
    }

    #[test]
    fn after_a_lasting_absence_what_returns_waits_like_fresh_stake(
        counts in any_width(), waiting in any_width(), ripe in 0i64..200, before in steps(),
        later in prop::collection::vec((WAIT..3 * WAIT, 0u64..30), 3), back in any_width(),
    ) {
        let (mut inertia, mut now, mut most) = (state(counts, waiting, ripe), 1, 0);
        for (secs, whole) in before {
            now += secs;
            inertia = observe_for_another(inertia, whole, now);
        }
        let was_noted = inertia.low_since_ts != 0;
        for (number, (secs, whole)) in later.into_iter().enumerate() {
            now += secs;
            inertia = observe_for_another(inertia, whole, now);
            most = most.max(whole);
            // What looks before the absence found may have to go first.
            if number == 2 || (number == 1 && !was_noted) {
                prop_assert!(all(inertia) <= most);
            }
        }
        let returned = observe(inertia, back, now);
        prop_assert!(returned.counts <= most, "the rest of it waits");
    }

    #[test]
    fn no_input_overflows_and_the_weight_is_within_voice_and_what_counts(
        counts in any_width(), waiting in any_width(), ripe: i64, whole in any_width(), voiced in any_width(), now: i64, wait: u32,
    ) {
        let seen = state(counts, waiting, ripe).observe(whole, UnixTs(now), i64::from(wait));
        prop_assert!(u128::from(seen.counts) + u128::from(seen.waiting) <= u128::from(whole));
        let weight = seen.weight(voiced);
        prop_assert!(weight <= whole && weight <= voiced && weight <= seen.counts);
    }
}
