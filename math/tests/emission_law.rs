//! How much an epoch emits: the rate that follows the stake, what gives way to fees, and the caps above.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed;
use proptest::prelude::*;
use support::{
    any_amount, cases,
    exact::{floor, over, whole},
};
use work_token_math::{
    Amount, Ppm,
    bucket::Bucket,
    emission::{
        BURST_EPOCHS, Cap, Caps, Controller, FEE_EPOCHS, LEAST_BURST_SECS, LEAST_TARGET, Law, MAX_RATE, Rate, WEEKS,
        Window, YEAR_SECS, less_fees, of_rate, utilisation,
        weeks::{WEEK_SECS, add, advance, total, week_of},
    },
};

const DAY: u32 = 86_400;
/// Longest epoch.
const LONGEST: u32 = 30 * DAY;
/// Below this no supply reaches.
const SUPPLY: u64 = 1 << 60;

fn any_rate() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0), Just(MAX_RATE.0), 0..100u64, 0..=MAX_RATE.0]
}

fn any_secs() -> impl Strategy<Value = u32> {
    prop_oneof![Just(DAY / 4), Just(DAY), Just(LONGEST), DAY / 4..=LONGEST]
}

fn any_controller() -> impl Strategy<Value = Controller> {
    let target = prop_oneof![Just(LEAST_TARGET.0), Just(1_000_000), LEAST_TARGET.0..=1_000_000];
    let bounds = (any_rate(), any_rate());
    (target, prop_oneof![Just(LONGEST), LONGEST..=10 * 365 * DAY], bounds).prop_map(
        |(target, response_secs, bounds)| {
            let (floor, ceiling) = (Rate(bounds.0.min(bounds.1)), Rate(bounds.0.max(bounds.1)));
            Controller { target: Ppm(target), response_secs, floor, ceiling }
        },
    )
}

/// `supply * rate * secs / (10^12 * year)`.
fn exact_of_rate(supply: u64, rate: u64, secs: u32) -> BigRational {
    over(BigInt::from(supply) * rate * secs, BigInt::from(10u64.pow(12)) * YEAR_SECS)
}

/// The rate as epoch-emission-7 has it, in rationals that are rounded only where it rounds.
fn exact_next(controller: &Controller, rate: u64, staked: u64, supply: u64, secs: u32) -> BigRational {
    let million = || whole(1_000_000);
    let staked = if supply == 0 { whole(0) } else { (million() * over(staked, supply)).floor().min(million()) };
    let target = whole(controller.target.0);
    let error = (target.clone() - staked) * million() / target;
    let size = error.abs().floor().min(million());
    let rate = whole(rate);
    let moved = if size < whole(20_000) {
        rate
    } else {
        let secs = over(secs, controller.response_secs);
        let step = (rate.clone() * size / million() * secs).floor().max(whole(1));
        if error.is_positive() { rate + step } else { rate - step }
    };
    moved.max(whole(controller.floor.0)).min(whole(controller.ceiling.0))
}

proptest! {
    #![proptest_config(cases(40_000))]

    // epoch-emission-7
    #[test]
    fn an_emission_is_its_part_of_the_supply_rounded_down(
        supply in any_amount(), rate in any_rate(), secs in any_secs(),
    ) {
        let found = of_rate(Amount(supply), Rate(rate), secs).0;
        prop_assert_eq!(found, floor(&exact_of_rate(supply, rate, secs)).expect("less than the supply"));
        prop_assert!(found <= supply / 12, "not even the whole supply a year is a twelfth in 30 days");
    }

    // epoch-emission-7
    #[test]
    fn a_rate_moves_as_the_rule_says_and_stays_between_its_bounds(
        controller in any_controller(), rate in any_rate(), supply in any_amount(), staked in any_amount(),
        secs in any_secs(),
    ) {
        let part = Controller::staked_part(Amount(staked), Amount(supply));
        let next = controller.next(Rate(rate), part, secs);
        prop_assert_eq!(whole(next.0), exact_next(&controller, rate, staked, supply, secs));
        prop_assert!(controller.floor <= next && next <= controller.ceiling);
        let held = controller.clamp(Rate(rate));
        let is_below = part < controller.target;
        prop_assert!(if is_below { next >= held } else { next <= held }, "towards the target or not at all");
    }

    // epoch-emission-8
    #[test]
    fn an_emission_gives_way_by_a_part_of_the_mean_of_fees_and_never_below_nothing(
        emission in any_amount(), taken in prop::array::uniform7(any_amount()), part in 0u32..=1_000_000,
    ) {
        let mean = taken.iter().fold(whole(0), |sum, fees| sum + whole(*fees)) / whole(FEE_EPOCHS as u64);
        let gives_way = mean.clone().min(whole(emission)) * over(part, 1_000_000);
        let left = less_fees(Amount(emission), &taken, Ppm(part));
        prop_assert_eq!(whole(left.0), whole(emission) - gives_way.floor());
        let used = (whole(1_000_000) * mean / whole(emission.max(1))).floor().min(whole(1_000_000));
        prop_assert_eq!(whole(utilisation(Amount(emission), &taken).0), used);
    }

    // epoch-emission-9
    #[test]
    fn whatever_a_law_says_the_least_cap_holds(
        said in any::<u64>(), room in any_amount(), year in any_amount(), window in any_amount(),
    ) {
        let caps = Caps { room: Amount(room), year: Amount(year), window: Amount(window) };
        let emits = Amount(said).min(caps.least());
        prop_assert!([caps.room, caps.year, caps.window].iter().all(|cap| emits <= *cap));
        prop_assert!(emits.0 == said || [room, year, window].contains(&emits.0));
        let of = |cap| match cap { Cap::Room => room, Cap::Year => year, Cap::Window => window };
        let binding: Vec<u64> = caps.binding(Amount(said)).map(of).collect();
        prop_assert!(binding.is_sorted() && binding.iter().all(|cap| *cap < said));
        prop_assert_eq!(binding.len(), [room, year, window].iter().filter(|cap| **cap < said).count());
        prop_assert_eq!(binding.first().copied().unwrap_or(said), emits.0, "the first of them is what is emitted");
    }
}

/// A number that looks random, of a state that moves on.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 20
}

/// What providers get of fees and emission in each epoch, when a part of fees burns or goes to the treasury.
fn incomes(emissions: &[u64], fees: &[u64], (taken_ppm, part): (u64, Ppm)) -> Vec<u64> {
    let mut ring = [0; FEE_EPOCHS];
    let all = emissions.iter().zip(fees).enumerate().map(|(epoch, (emission, fees))| {
        let taken = fees * taken_ppm / 1_000_000;
        ring[epoch % FEE_EPOCHS] = taken;
        less_fees(Amount(*emission), &ring, part).0 + fees - taken
    });
    all.collect()
}

// epoch-emission-8: random demand in 100,000 epochs, and more of it in some of them.
#[test]
fn no_income_of_providers_falls_when_fees_rise_in_a_hundred_thousand_epochs() {
    let mut state = 7;
    for (taken_ppm, part) in [(500_000, 1_000_000), (100_000, 1_000_000), (500_000, 300_000), (0, 1_000_000)] {
        let emissions: Vec<u64> = (0..100_000).map(|_| next(&mut state) % 100_000_000_000).collect();
        let fees: Vec<u64> = (0..100_000).map(|_| next(&mut state) % 200_000_000_000).collect();
        let more: Vec<u64> = fees.iter().map(|fees| fees + next(&mut state) % 3 * (next(&mut state) >> 10)).collect();
        let before = incomes(&emissions, &fees, (taken_ppm, Ppm(part)));
        let after = incomes(&emissions, &more, (taken_ppm, Ppm(part)));
        let (mut had, mut has) = (0u128, 0u128);
        for (epoch, (before, after)) in before.iter().zip(&after).enumerate() {
            had += u128::from(*before);
            has += u128::from(*after);
            // A unit for the rounding of each epoch; at the bound of both parts fees and emission balance.
            assert!(has + epoch as u128 + 1 >= had, "epoch {epoch}: {has} instead of {had}");
        }
    }
}

// epoch-emission-8: the reason for the bound of the parts. With more than half of a fee taken it would fall.
#[test]
fn beyond_half_of_a_fee_more_fees_would_lower_the_income() {
    let income = |taken_ppm, fee: u64| -> u64 {
        incomes(&[1_000_000; 8], &[fee, 0, 0, 0, 0, 0, 0, 0], (taken_ppm, Ppm(1_000_000))).iter().sum()
    };
    assert!(income(500_000, 700_000) >= income(500_000, 0));
    assert!(income(600_000, 700_000) < income(600_000, 0));
}

#[test]
fn a_stake_within_two_percent_of_its_target_moves_nothing_and_a_unit_beyond_does() {
    let controller = Controller { target: Ppm(500_000), response_secs: 365 * DAY, floor: Rate(0), ceiling: MAX_RATE };
    let moved = |staked| controller.next(Rate(365_000_000_000), Ppm(staked), DAY).0.cast_signed() - 365_000_000_000;
    assert_eq!([490_001, 500_000, 509_999].map(moved), [0, 0, 0]);
    assert_eq!([490_000, 510_000].map(moved), [20_000_000, -20_000_000]);
    assert_eq!([0, 1_000_000].map(moved), [1_000_000_000, -1_000_000_000], "a whole error: the rate in a response");
    assert_eq!(controller.next(Rate(0), Ppm(0), DAY), Rate(1), "it never stands still for want of a rate");
}

#[test]
fn a_supply_of_nothing_has_no_stake_and_emits_nothing() {
    assert_eq!(Controller::staked_part(Amount(5), Amount(0)), Ppm(0));
    assert_eq!(of_rate(Amount(0), MAX_RATE, LONGEST), Amount(0));
    assert_eq!(Controller::staked_part(Amount(6), Amount(5)), Ppm(1_000_000), "no more than the whole");
}

#[test]
fn a_fixed_law_knows_neither_supply_nor_fees() {
    let law = Law::Fixed(Amount(100));
    assert_eq!((law.whole(DAY), law.most(DAY)), (Amount(100), Amount(100)));
    assert_eq!(law.less_fees(Amount(100), &[u64::MAX; FEE_EPOCHS]), Amount(100));
}

// epoch-emission-9: the cap of a year is that of any 365 days, whatever the epochs' lengths and however late
// they are finalized.
#[test]
fn no_365_days_emit_more_than_their_cap_and_a_cap_that_binds_frees_again() {
    let (mut state, cap) = (11, 1_000_000);
    let (mut weeks, mut last, mut now) = ([0; WEEKS], 0, 1_700_000_000i64);
    let mut history: Vec<(i64, u64)> = Vec::new();
    let mut bound = 0;
    for epoch in 0..20_000u64 {
        let secs = [DAY / 4, DAY, LONGEST][(epoch / 500 % 3) as usize];
        now += i64::from(secs) + if next(&mut state).is_multiple_of(400) { 200 * i64::from(DAY) } else { 0 };
        last = advance(&mut weeks, last, week_of(now));
        let room = cap - total(&weeks).0;
        let said = next(&mut state) % (2 * cap * u64::from(secs) / YEAR_SECS + 1);
        let emits = said.min(room);
        bound += u32::from(emits < said);
        add(&mut weeks, last, Amount(emits));
        history.push((now, emits));
        let year = history.iter().rev().take_while(|(at, _)| now - at < YEAR_SECS.cast_signed());
        assert!(year.map(|(_, emitted)| emitted).sum::<u64>() <= cap);
        let longest = history.iter().rev().take_while(|(at, _)| now - at < 54 * WEEK_SECS);
        assert!(
            total(&weeks).0 <= longest.map(|(_, emitted)| emitted).sum(),
            "nothing counts for longer than 378 days"
        );
    }
    assert!(bound > 100 && history.iter().map(|(_, emitted)| emitted).sum::<u64>() > 10 * cap);
}

#[test]
fn an_earlier_week_forgets_nothing_and_a_year_without_any_forgets_all() {
    let mut weeks = [1; WEEKS];
    assert_eq!((advance(&mut weeks, 100, 99), total(&weeks)), (100, Amount(54)));
    assert_eq!((advance(&mut weeks, 100, 100), total(&weeks)), (100, Amount(54)));
    assert_eq!((advance(&mut weeks, 100, 101), total(&weeks)), (101, Amount(53)));
    assert_eq!((advance(&mut weeks, 101, 154), total(&weeks)), (154, Amount(0)));
    assert_eq!((week_of(-1), week_of(WEEK_SECS - 1), week_of(WEEK_SECS)), (0, 0, 1));
}

// epoch-emission-9
#[test]
fn any_fault_of_a_law_stays_within_one_and_a_quarter_of_a_window_and_its_leak() {
    let mut state = 3;
    for secs in [DAY / 4, DAY, LONGEST] {
        let window = Window::of(Amount(1_000), secs);
        let span = u64::from(secs) * BURST_EPOCHS;
        assert_eq!(window.secs, span.max(LEAST_BURST_SECS));
        assert_eq!(window.capacity.0, 1_000 * window.secs / u64::from(secs) * 5 / 4);
        let (mut bucket, mut now, mut emitted, begin) = (Bucket::default(), 0, 0, 0);
        for _ in 0..10_000 {
            now += (next(&mut state) % (2 * u64::from(secs))).cast_signed();
            bucket = window.at(&bucket, now);
            // A law that says anything at all.
            let emits = Amount(next(&mut state) << (next(&mut state) % 20)).min(window.room(&bucket));
            bucket.fill(emits);
            emitted += emits.0;
            let leaked = over(window.capacity.0, window.secs) * whole(now - begin);
            assert!(whole(emitted) <= whole(window.capacity.0) + leaked);
        }
    }
}

// epoch-emission-9: a network at its ceiling that missed eight epochs, and goes on.
#[test]
fn the_window_never_binds_what_the_law_allows_even_after_eight_missed_epochs() {
    for secs in [DAY / 4, DAY, LONGEST] {
        let window = Window::of(Amount(1_000), secs);
        let (mut bucket, mut now) = (Bucket::default(), 0);
        for epoch in 0..200u32 {
            now += i64::from(secs);
            // In every twentieth epoch eight are finalized at once that were missed, and then the present
            // one.
            let missed = if epoch % 20 == 19 { 9 } else { u32::from(epoch % 20 < 11) };
            bucket = window.at(&bucket, now);
            for _ in 0..missed {
                assert!(window.room(&bucket) >= Amount(1_000), "epoch {epoch} of {secs} s");
                bucket.fill(Amount(1_000));
            }
        }
    }
}

// epoch-emission-7: any controller, any stake in each epoch, any fees, for as long as the supply is told.
#[test]
fn no_supply_rises_faster_than_the_ceiling_allows() {
    let mut state = 5;
    let controller = Controller {
        target: Ppm(500_000),
        response_secs: LONGEST,
        floor: Rate(10_000_000_000),
        ceiling: Rate(100_000_000_000),
    };
    let (mut supply, mut rate) = (SUPPLY / 1_000, Rate(50_000_000_000));
    for _ in 0..10 {
        let begin = supply;
        for _ in 0..365 {
            rate = controller.next(rate, Ppm(u32::try_from(next(&mut state) % 1_000_001).expect("a part")), DAY);
            let law = Law::Target { supply: Amount(supply), rate, ceiling: controller.ceiling, fee_part: Ppm(0) };
            assert!(law.whole(DAY) <= law.most(DAY));
            supply += law.whole(DAY).0;
        }
        // Ten percent, compounded daily: below e^0.1.
        assert!(whole(supply) <= whole(begin) * over(11_052, 10_000));
    }
}
