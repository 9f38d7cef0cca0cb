//! Signs of life, and maintenance that is declared ahead (score-metric-4, place-maintenance-1).

use crate::*;
use bytemuck::Zeroable;
use work_token_sdk::{
    Instruction,
    math::Ppm,
    state::{Job, Metric, MetricSource, Offer, provider::SkipReason},
};

const STAKE: u64 = 10_000 * TOKEN;
/// A window of signs of life: a sixteenth of an epoch.
const WINDOW: i64 = DAY / 16;

fn beat(world: &World, owner: &Owner, operator: &Actor) -> Instruction {
    ix::heartbeat(&world.scenario.network.network, operator.address(), owner.at.provider)
}

fn declare(world: &World, owner: &Owner, operator: &Actor, from_ts: i64, secs: i64) -> Instruction {
    let when = ix::Maintenance { from_ts, secs: secs as u32 };
    ix::declare_maintenance(&world.scenario.network.network, operator.address(), owner.at.provider, when)
}

/// Ann alone, without a share cap, at the beginning of epoch 1; her operator and the epoch's beginning.
fn alone(metrics: &[Metric]) -> (World, Owner, Actor, i64) {
    let world = World::measuring(metrics, |options| options.params.share_cap_ppm = 1_000_000);
    let ann = world.owner("ann", 0, STAKE);
    let operator = world.scenario.operator_of(&ann.actor);
    world.next_epoch();
    let starts_at_ts = world.now();
    (world, ann, operator, starts_at_ts)
}

#[test]
fn maintenance_is_declared_an_hour_ahead_and_lies_in_a_quarter_of_the_present_epoch() {
    let (world, ann, operator, start) = alone(&[]);
    let end = start + DAY;
    for (from_ts, secs, error) in [
        (start + HOUR - 1, HOUR, E::MaintenanceNotAhead),
        (start - DAY, HOUR, E::MaintenanceNotAhead),
        (start + HOUR, 0, E::MaintenanceOutOfBounds),
        (start + HOUR, DAY / 4 + 1, E::MaintenanceOutOfBounds),
        (end - HOUR, HOUR + 1, E::MaintenanceOutOfBounds),
        (end + HOUR, HOUR, E::MaintenanceOutOfBounds),
        (i64::MAX, HOUR, E::MaintenanceOutOfBounds),
        (i64::MIN, HOUR, E::MaintenanceNotAhead),
    ] {
        world.refuses(declare(&world, &ann, &operator, from_ts, secs), &[&operator], error);
    }
    world.send(&[declare(&world, &ann, &operator, end - DAY / 4, DAY / 4)], &[&operator]);
    assert_eq!(world.record(&ann, 1).maintenance_secs, DAY as u32 / 4);
    assert_invariants(&world);
}

#[test]
fn maintenance_is_declared_once_in_four_epochs_by_the_operator() {
    let (world, ann, operator, start) = alone(&[]);
    let mut stolen = declare(&world, &ann, &operator, start + HOUR, HOUR);
    stolen.accounts[0].pubkey = ann.actor.address();
    world.refuses(stolen, &[&ann.actor], E::OperatorsOnly);
    world.send(&[declare(&world, &ann, &operator, start + HOUR, HOUR)], &[&operator]);
    for epoch in 1..=4 {
        world.go_to_epoch(epoch);
        let again = declare(&world, &ann, &operator, world.now() + 10 * HOUR, HOUR);
        world.refuses(again, &[&operator], E::MaintenanceTooOften);
    }
    world.next_epoch();
    world.send(&[declare(&world, &ann, &operator, world.now() + HOUR, HOUR)], &[&operator]);
    assert_invariants(&world);
}

#[test]
fn maintenance_takes_exactly_its_part_of_the_epochs_weight_and_none_of_the_leaf() {
    let (world, ann, operator, start) = alone(&[]);
    world.scenario.adopt_work_trees().unwrap();
    world.send(&[declare(&world, &ann, &operator, start + HOUR, 12_345)], &[&operator]);
    world.next_epoch();
    world.weigh(1, &[&ann]);
    let expected = u128::from(STAKE) * (DAY as u128 - 12_345) / DAY as u128;
    assert_eq!(u128::from(world.weight(&ann, 1)), expected);
    assert_eq!(world.leaf(0, 3), STAKE, "who comes back is drawn as before");
    world.next_epoch();
    world.weigh(2, &[&ann]);
    assert_eq!(world.weight(&ann, 2), STAKE);
    assert_invariants(&world);
}

#[test]
fn nobody_is_drawn_during_its_maintenance_and_no_attempt_is_used_up() {
    let (world, ann, operator, start) = alone(&[]);
    world.scenario.offer(&ann.actor, &ann.at, 1, 0).unwrap();
    world.next_epoch();
    let from_ts = start + DAY + 2 * HOUR;
    world.send(&[declare(&world, &ann, &operator, from_ts, 2 * HOUR)], &[&operator]);
    let job = Job { rules: JOB_RULES, fee: TOKEN, ..Job::zeroed() };
    let offer: Offer = world.scenario.read(&ann.at.offer());
    let reason = |now_ts| {
        let (network, provider) = (world.network(), world.provider(&ann));
        provider.seat_exposure(&ann.at.provider, &job, Some(&offer), &network, &network.terms(now_ts)).err()
    };
    let skipped = Some(SkipReason::Maintenance);
    let times = [from_ts - 1, from_ts, from_ts + 2 * HOUR - 1, from_ts + 2 * HOUR];
    assert_eq!(times.map(reason), [None, skipped, skipped, None]);
    assert!(!SkipReason::Maintenance.uses_attempt());
    assert_invariants(&world);
}

#[test]
fn a_sign_of_life_counts_once_per_window_and_only_by_the_operator() {
    let (world, ann, operator, start) = alone(&[]);
    let mut stolen = beat(&world, &ann, &operator);
    stolen.accounts[0].pubkey = ann.actor.address();
    world.refuses(stolen, &[&ann.actor], E::OperatorsOnly);
    world.send(&[beat(&world, &ann, &operator)], &[&operator]);
    world.wait_until(start + WINDOW - 1);
    world.refuses(beat(&world, &ann, &operator), &[&operator], E::HeartbeatRepeated);
    world.pass(1);
    world.send(&[beat(&world, &ann, &operator)], &[&operator]);
    world.wait_until(start + DAY - 1);
    world.send(&[beat(&world, &ann, &operator)], &[&operator]);
    assert_eq!(world.record(&ann, 1).heartbeats, 0b1000_0000_0000_0011);
    world.pass(1);
    world.send(&[beat(&world, &ann, &operator)], &[&operator]);
    assert_eq!(world.record(&ann, 2).heartbeats, 1);

    let other = world.actor("other", 0);
    world.send(&[ix::set_operator(&ann.at, other.address())], &[&ann.actor]);
    world.pass(WINDOW);
    let mut old = beat(&world, &ann, &other);
    old.accounts[0].pubkey = operator.address();
    world.refuses(old, &[&operator], E::OperatorsOnly);
    assert_invariants(&world);
}

#[test]
fn the_heartbeat_metric_is_the_answered_part_of_the_windows_that_were_not_excused() {
    let alive = Metric::new("alive", Ppm(1_000_000), MetricSource::Heartbeat);
    let (world, ann, operator, start) = alone(&[alive]);
    // Windows 5 to 7 are covered, 4 and 8 touched by a second each.
    let from_ts = start + 5 * WINDOW - 1;
    world.send(&[declare(&world, &ann, &operator, from_ts, 3 * WINDOW + 2)], &[&operator]);
    for window in 0..8 {
        world.wait_until(start + window * WINDOW);
        world.send(&[beat(&world, &ann, &operator)], &[&operator]);
    }
    world.next_epoch();
    let record = world.record(&ann, 1);
    assert_eq!((record.heartbeats, record.excused), (0b1111_1111, 0b1110_0000));
    assert_eq!(world.score(1, &[&ann])[0].values_bps[0], (10_000 * 5 / 13) as u16);
    world.next_epoch();
    assert_eq!(world.score(2, &[&ann])[0].values_bps[0], 0, "nobody excused the silence of this epoch");
    assert_invariants(&world);
}

// A second of maintenance in each of two windows excused both, at the price of two seconds of weight.
#[test]
fn maintenance_excuses_a_window_only_if_it_covers_it_to_the_second() {
    for (from, secs, excused) in [
        (4 * WINDOW, WINDOW, 0b1_0000),
        (4 * WINDOW, WINDOW - 1, 0),
        (4 * WINDOW + 1, WINDOW - 1, 0),
        (5 * WINDOW - 1, 2, 0),
        (5 * WINDOW - 1, WINDOW + 1, 0b10_0000),
        (4 * WINDOW, 4 * WINDOW, 0b1111_0000),
        (4 * WINDOW + 1, 4 * WINDOW, 0b1110_0000),
        (12 * WINDOW, 4 * WINDOW, 0b1111_0000_0000_0000),
        (13 * WINDOW + 1, 3 * WINDOW - 1, 0b1100_0000_0000_0000),
    ] {
        let (world, ann, operator, start) = alone(&[]);
        world.send(&[declare(&world, &ann, &operator, start + from, secs)], &[&operator]);
        assert_eq!(world.record(&ann, 1).excused, excused, "from {from} for {secs} seconds");
        assert_invariants(&world);
    }
}
