//! How the metrics of a network change (score-rules-1, network-params-8).

use crate::network::params_change::{Edit, change, execute, propose, put_in_force, refuses_to_propose};
use crate::*;
use work_token_sdk::{
    math::Ppm,
    state::{ChangeClass, Metric, MetricSource, NetworkParams},
};

fn measuring(metrics: &[(&str, u32, MetricSource)]) -> World {
    World::with(|options| {
        for (metric, (label, weight, source)) in options.params.metrics.iter_mut().zip(metrics) {
            *metric = Metric::new(label, Ppm(*weight), *source);
        }
    })
}

const LIFE_AND_RECORD: [(&str, u32, MetricSource); 2] =
    [("life", 600_000, MetricSource::Heartbeat), ("record", 400_000, MetricSource::DisputeRecord)];

// network-params-8
#[test]
fn weights_and_gates_move_by_at_most_a_tenth() {
    let world = measuring(&LIFE_AND_RECORD);
    let weights: fn(&mut NetworkParams, [u32; 2]) =
        |p, weights| (p.metrics[0].weight_ppm, p.metrics[1].weight_ppm) = weights.into();
    refuses_to_propose(&world, |p| weights(p, [700_001, 299_999]), E::MetricStepTooLarge);
    refuses_to_propose(&world, |p| weights(p, [499_999, 500_001]), E::MetricStepTooLarge);
    refuses_to_propose(&world, |p| p.metrics[0].gate_bps = 1_001, E::MetricStepTooLarge);
    refuses_to_propose(&world, |p| weights(p, [650_000, 349_999]), E::MetricWeightsDoNotSum);
    propose(&world, |p| (p.metrics[0].weight_ppm, p.metrics[1].weight_ppm) = (700_000, 300_000));
    propose(&world, |p| p.metrics[0].gate_bps = 1_000);
    let number = propose(&world, |p| {
        (p.metrics[0].weight_ppm, p.metrics[1].weight_ppm) = (500_000, 500_000);
        p.metrics[1].gate_bps = 1_000;
    });
    assert_eq!(change(&world, number).class, ChangeClass::Economic as u8);
    world.pass(3 * DAY);
    put_in_force(&world, number);
    refuses_to_propose(&world, |p| p.metrics[1].gate_bps = 2_001, E::MetricStepTooLarge);
    propose(&world, |p| p.metrics[1].gate_bps = 2_000);
    propose(&world, |p| p.metrics[1].gate_bps = 0);
    assert_invariants(&world);
}

// network-params-8
#[test]
fn another_metric_at_a_place_begins_without_weight_and_what_it_replaces_falls_by_a_step() {
    let world = measuring(&LIFE_AND_RECORD);
    let renamed: [Edit; 2] = [|p| p.metrics[0].label[0] ^= 1, |p| p.metrics[0].source = MetricSource::Attested as u8];
    for edit in renamed {
        refuses_to_propose(&world, edit, E::NewMetricCounts);
    }
    refuses_to_propose(
        &world,
        |p| {
            p.metrics[0].weight_ppm = 500_000;
            p.metrics[2] = Metric::new("speed", Ppm(100_000), MetricSource::Attested);
        },
        E::NewMetricCounts,
    );
    refuses_to_propose(
        &world,
        |p| {
            // Six tenths would go in one step.
            p.metrics[0] = Metric::new("speed", Ppm(0), MetricSource::Attested);
            p.metrics[1].weight_ppm = 1_000_000;
        },
        E::MetricStepTooLarge,
    );
    let number = propose(&world, |p| p.metrics[2] = Metric::new("speed", Ppm(0), MetricSource::Attested));
    world.pass(3 * DAY);
    put_in_force(&world, number);
    assert!(world.network().params.is_scored() && !world.network().params.is_attested(), "declared, and not counted");
    refuses_to_propose(&world, |p| p.metrics[2].gate_bps = 1, E::MetricOutOfBounds);
    let number = propose(&world, |p| {
        p.metrics[0].weight_ppm = 500_000;
        p.metrics[2].weight_ppm = 100_000;
    });
    world.pass(3 * DAY);
    put_in_force(&world, number);
    assert!(world.network().params.is_attested());
    // What weighs a tenth may be replaced.
    propose(&world, |p| {
        p.metrics[2] = Metric::new("quality", Ppm(0), MetricSource::Attested);
        p.metrics[1].weight_ppm = 500_000;
    });
    assert_invariants(&world);
}

// network-params-8
#[test]
fn a_network_that_stopped_measuring_begins_again_after_thirty_days_and_without_gates() {
    let world = measuring(&LIFE_AND_RECORD);
    let again: Edit = |p| p.metrics[0] = Metric::new("life", Ppm(1_000_000), MetricSource::Heartbeat);
    let none = propose(&world, |p| p.metrics = [Metric::ABSENT; 6]);
    assert_eq!(change(&world, none).class, ChangeClass::Mode as u8);
    world.pass(3 * DAY);
    put_in_force(&world, none);
    let stopped_ts = world.now();
    assert_eq!(world.network().unmeasured_since_ts, stopped_ts);
    refuses_to_propose(
        &world,
        |p| {
            again(p);
            p.metrics[0].gate_bps = 1;
        },
        E::NewMetricCounts,
    );
    let number = propose(&world, again);
    let proposed = change(&world, number);
    assert_eq!((proposed.class, proposed.executable_from_ts), (ChangeClass::Mode as u8, stopped_ts + 30 * DAY));
    world.pass(30 * DAY - 1);
    world.refuses(execute(&world, number), &[], E::ChangeNotDue);
    world.pass(1);
    put_in_force(&world, number);
    assert!(world.network().params.is_scored());
    assert_invariants(&world);
}

// network-params-8
#[test]
fn a_network_that_never_measured_begins_after_three_days_with_any_weights() {
    let world = World::new();
    let number = propose(&world, |p| {
        p.metrics[0] = Metric::new("life", Ppm(999_999), MetricSource::Heartbeat);
        p.metrics[3] = Metric::new("record", Ppm(1), MetricSource::DisputeRecord);
    });
    world.pass(3 * DAY);
    put_in_force(&world, number);
    assert_eq!((world.network().params.is_scored(), world.network().unmeasured_since_ts), (true, 0));
    assert_invariants(&world);
}
