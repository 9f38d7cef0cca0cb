//! Changing the parameters: proposed, delayed, executed (E2, E4, E6).
//!
//! Rule: every parameter names its class where it is declared - fixed, falling, cosmetic, economic, mode,
//! safety - and with it how far one change may go and how long it waits. A set is executed only while every
//! epoch that can still be opened keeps the rules it began with, and once it has expired anybody may close
//! it.
//!
//! Kind: a limit that names fields one by one, so that a new field, or one somebody forgot, has no limit.
//! Looked for it in the steps and classes of the parameters, in the bounds of parameters, rules of disputes
//! and rules of classes, in the client's readers of parameter files and in the documents: all of them named
//! fields by hand (the rules of disputes, metrics, tiers' thresholds, bonds, fines, seats and bounties had no
//! step; the rules of classes had none at all). All walk one list now;
//! `every_number_has_its_step_or_says_why_not` walks it too.

use crate::*;
use bytemuck::bytes_of_mut;
use work_token_sdk::{
    addresses,
    math::Ppm,
    parameters::{self, Parameter},
    state::{ChangeClass, JobRules, Metric, MetricSource, NetworkParams, ParamChange, governed::Unit},
};
use work_token_tests::fixed_rules;

const EMISSION_PER_EPOCH: u64 = 100_000 * TOKEN;

type Edit = fn(&mut NetworkParams);

fn propose_ix(world: &World, number: u32, params: &NetworkParams) -> work_token_sdk::Instruction {
    let admin = world.scenario.admin.address();
    ix::propose_params(&world.scenario.network.network, admin, admin, number, params)
}

fn propose(world: &World, edit: Edit) -> u32 {
    let network = world.network();
    let mut params = network.params;
    edit(&mut params);
    let number = network.param_changes + 1;
    world.send(&[propose_ix(world, number, &params)], &[&world.scenario.admin]);
    number
}

fn execute(world: &World, number: u32) -> work_token_sdk::Instruction {
    ix::execute_params(&world.scenario.network, number, world.scenario.admin.address())
}

/// Opens what is due and executes, in one transaction.
fn put_in_force(world: &World, number: u32) {
    let mut instructions = world.scenario.open_due_ix();
    instructions.push(execute(world, number));
    world.send(&instructions, &[]);
}

fn refuses_to_propose(world: &World, edit: impl FnOnce(&mut NetworkParams), error: E) {
    let network = world.network();
    let mut params = network.params;
    edit(&mut params);
    world.refuses(propose_ix(world, network.param_changes + 1, &params), &[&world.scenario.admin], error);
}

fn change(world: &World, number: u32) -> ParamChange {
    world.scenario.read(&addresses::param_change(&world.scenario.network.network, number))
}

#[test]
fn each_class_of_change_has_its_own_delay() {
    let cases: [(Edit, ChangeClass, i64); 10] = [
        (|_| (), ChangeClass::Cosmetic, DAY),
        (|p| p.weigh_bounty -= 1, ChangeClass::Cosmetic, DAY),
        (|p| p.keeper_cap *= 1_000, ChangeClass::Cosmetic, DAY),
        (|p| p.max_supply -= 1, ChangeClass::Falling, 3 * DAY),
        (|p| p.emission_per_epoch -= 1, ChangeClass::Economic, 3 * DAY),
        (|p| (p.weigh_secs, p.weigh_bounty) = (p.weigh_secs + 1, 0), ChangeClass::Economic, 3 * DAY),
        (|p| p.place_cap_mode = 1, ChangeClass::Mode, 3 * DAY),
        (|p| p.disputes.randomness = Pubkey::new_from_array([7; 32]), ChangeClass::Mode, 3 * DAY),
        (|p| p.disputes.severities[1].base_bps += 1, ChangeClass::Safety, 35 * DAY),
        (
            |p| (p.epoch_secs, p.own_unbonding_secs) = (p.epoch_secs + 1, p.own_unbonding_secs + 1),
            ChangeClass::Safety,
            35 * DAY,
        ),
    ];
    for (edit, class, delay) in cases {
        let world = World::new();
        let number = propose(&world, edit);
        let proposed = change(&world, number);
        assert_eq!((proposed.class, proposed.executable_from_ts), (class as u8, world.now() + delay));
        world.pass(delay - 1);
        world.refuses(execute(&world, number), &[], E::ChangeNotDue);
        world.pass(1);
        put_in_force(&world, number);
        assert_eq!((world.network().params, world.network().params_version), (proposed.params, 2));
        assert_invariants(&world);
    }
}

#[test]
fn a_change_that_nobody_executed_expires_after_fourteen_days() {
    let world = World::new();
    let number = propose(&world, |p| p.weigh_bounty = 0);
    world.pass(15 * DAY);
    world.refuses(execute(&world, number), &[], E::ChangeExpired);
    world.pass(-1);
    put_in_force(&world, number);
    assert_invariants(&world);
}

// R M20
#[test]
fn a_change_made_from_an_older_version_is_refused_so_none_undoes_another() {
    let world = World::new();
    let first = propose(&world, |p| p.weigh_bounty = 0);
    let second = propose(&world, |p| p.settle_bounty = 0);
    world.pass(DAY);
    put_in_force(&world, first);
    world.refuses(execute(&world, second), &[], E::StaleParameters);
    let params = world.network().params;
    assert_eq!((params.weigh_bounty, params.settle_bounty), (0, 8_000));
    let again = propose(&world, |p| p.settle_bounty = 0);
    world.pass(DAY);
    put_in_force(&world, again);
    let params = world.network().params;
    assert_eq!((params.weigh_bounty, params.settle_bounty, world.network().params_version), (0, 0, 3));
    assert_invariants(&world);
}

// E4
#[test]
fn one_step_moves_a_parameter_by_at_most_a_fifth() {
    let world = World::new();
    let too_large: [Edit; 14] = [
        |p| p.emission_per_epoch += p.emission_per_epoch / 5 + 1,
        |p| p.minimum_delegation += p.minimum_delegation / 5 + 1,
        |p| p.unbonding_secs = 12 * 86_400 + 1,
        |p| p.share_cap_ppm = 240_001,
        |p| p.leverage = 20,
        |p| p.most_places = 3_276,
        |p| p.attester_bond = 1_200 * TOKEN + 1,
        |p| p.attester_fine = 40 * TOKEN - 1,
        |p| p.tier_fault_free_epochs[3] = 109,
        |p| p.disputes.minimum_bond = 120 * TOKEN + 1,
        |p| p.disputes.juror_fee = TOKEN + TOKEN / 5 + 1,
        |p| p.disputes.answer_secs += p.disputes.answer_secs / 5 + 1,
        |p| p.disputes.severities[3].base_bps = 3_601,
        |p| p.disputes.severities[2].jail_epochs = 9,
    ];
    for edit in too_large {
        refuses_to_propose(&world, edit, E::StepTooLarge);
    }
    let small_enough: [Edit; 12] = [
        |p| p.emission_per_epoch += p.emission_per_epoch / 5,
        |p| p.unbonding_secs = 12 * 86_400,
        |p| p.share_cap_ppm = 240_000,
        |p| p.leverage = 19,
        |p| p.most_places = 3_277,
        |p| p.attester_bond = 1_200 * TOKEN,
        |p| p.attester_fine = 40 * TOKEN,
        |p| p.tier_fault_free_epochs[3] = 108,
        |p| p.disputes.minimum_bond = 120 * TOKEN,
        |p| p.disputes.juror_fee = TOKEN + TOKEN / 5,
        |p| p.disputes.severities[3].base_bps = 3_600,
        |p| p.disputes.severities[2].jail_epochs = 8,
    ];
    for edit in small_enough {
        propose(&world, edit);
    }
    assert_invariants(&world);
}

// E4
#[test]
fn a_step_of_one_unit_or_of_a_hundredth_of_the_whole_is_always_allowed() {
    let world = World::with(|options| {
        let p = &mut options.params;
        (p.leverage, p.reveal_secs, p.least_places, p.disputes.juror_fee) = (2, 0, 0, 0);
        (p.minimum_supply_ppm, p.keeper_share_ppm, p.attester_share_ppm) = (0, 10_000, 20_000);
        (p.disputes.severities[0].base_bps, p.disputes.severities[1].base_bps) = (1, 200);
    });
    let small: [Edit; 8] = [
        |p| p.leverage = 3,
        |p| p.leverage = 1,
        |p| (p.reveal_secs, p.least_places, p.disputes.juror_fee) = (1, 1, 1),
        |p| p.minimum_supply_ppm = 10_000,
        |p| p.attester_share_ppm = 30_000,
        |p| p.attester_share_ppm = 10_000,
        |p| p.disputes.severities[0].base_bps = 100,
        |p| p.tier_bps[1] = p.tier_bps[1] + p.tier_bps[1] / 5,
    ];
    for edit in small {
        propose(&world, edit);
    }
    let too_large: [Edit; 7] = [
        |p| p.leverage = 4,
        |p| p.reveal_secs = 2,
        |p| p.least_places = 2,
        |p| p.disputes.juror_fee = 2,
        |p| p.minimum_supply_ppm = 10_001,
        |p| p.attester_share_ppm = 30_001,
        |p| p.attester_share_ppm = 9_999,
    ];
    for edit in too_large {
        refuses_to_propose(&world, edit, E::StepTooLarge);
    }
    assert_invariants(&world);
}

// E4: the kind. Whatever is in the list of parameters has a step that ends exactly where its class says, or
// none because its class says so.
#[test]
fn every_number_has_its_step_or_says_why_not() {
    let present = work_token_localnet::default_params();
    for parameter in parameters::parameters(&present) {
        let Parameter { name, rule, value, place, .. } = parameter;
        let parameters::Value::Number(value) = value else { continue };
        let with = |value: u64| {
            let mut params = present;
            bytes_of_mut(&mut params)[place.clone()].copy_from_slice(&value.to_le_bytes()[..usize::from(rule.width)]);
            present.require_steps(&params)
        };
        let step = (value / 5).max(match rule.unit {
            Unit::Ppm => 10_000,
            Unit::Bps => 100,
            _ => 1,
        });
        let largest = u64::MAX >> (64 - 8 * u32::from(rule.width));
        let (up, down) = (value.checked_add(step).filter(|up| *up < largest), value.checked_sub(step));
        match rule.class {
            ChangeClass::Economic | ChangeClass::Safety => {
                if let Some(up) = up {
                    assert_eq!((with(up), with(up + 1)), (Ok(()), Err(E::StepTooLarge)), "{name}");
                }
                if let Some(down) = down {
                    assert_eq!(with(down), Ok(()), "{name}");
                }
                if let Some(below) = down.and_then(|down| down.checked_sub(1)) {
                    assert_eq!(with(below), Err(E::StepTooLarge), "{name}");
                }
            }
            ChangeClass::Falling => {
                assert_eq!(with(value + 1), Err(E::ParameterOnlyFalls), "{name}");
                assert_eq!((with(value - step), with(value - step - 1)), (Ok(()), Err(E::StepTooLarge)), "{name}");
            }
            ChangeClass::Cosmetic | ChangeClass::Mode => assert_eq!(with(largest), Ok(()), "{name}"),
            ChangeClass::Fixed => assert_eq!(with(value + 1), Err(E::ParameterFixed), "{name}"),
        }
    }
}

// E4
#[test]
fn the_maximum_supply_only_falls_by_a_fifth_and_never_below_the_supply() {
    let world = World::new();
    refuses_to_propose(&world, |p| p.max_supply += 1, E::ParameterOnlyFalls);
    refuses_to_propose(&world, |p| p.max_supply = 800_000_000 * TOKEN - 1, E::StepTooLarge);
    world.actor("whale", 800_000_000 * TOKEN);
    let (below, exactly) = (
        propose(&world, |p| p.max_supply = 800_000_000 * TOKEN),
        propose(&world, |p| p.max_supply = 800_000_000 * TOKEN + 1),
    );
    world.pass(3 * DAY);
    world.give(world.scenario.keeper.tokens, 1);
    world.send(&world.scenario.open_due_ix(), &[]);
    world.refuses(execute(&world, below), &[], E::SupplyTooLarge);
    let other = world.scenario.keeper.tokens;
    let index = execute(&world, exactly).accounts.iter().position(|meta| meta.pubkey == world.scenario.network.mint);
    let mut foreign = execute(&world, exactly);
    foreign.accounts[index.unwrap()].pubkey = other;
    world.refuses(foreign, &[], E::WrongMint);
    put_in_force(&world, exactly);
    assert_eq!(world.network().params.max_supply, 800_000_000 * TOKEN + 1);
    assert_invariants(&world);
}

fn measuring(metrics: &[(&str, u32, MetricSource)]) -> World {
    World::with(|options| {
        for (metric, (label, weight, source)) in options.params.metrics.iter_mut().zip(metrics) {
            *metric = Metric::new(label, Ppm(*weight), *source);
        }
    })
}

const LIFE_AND_RECORD: [(&str, u32, MetricSource); 2] =
    [("life", 600_000, MetricSource::Heartbeat), ("record", 400_000, MetricSource::DisputeRecord)];

// E4
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

// E4
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

// E4
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

// E4
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

// E2
#[test]
fn parameters_change_only_while_every_epoch_that_can_still_be_opened_is_open() {
    for missing in [2, 6, 10] {
        let world = World::new();
        let number = propose(&world, |p| p.emission_per_epoch -= 1);
        world.pass(10 * DAY);
        assert_eq!(world.epoch(), 10);
        for epoch in (2..=10).filter(|epoch| *epoch != missing) {
            world.refuses(execute(&world, number), &[], E::EpochsNotOpen);
            world.open(epoch);
        }
        world.refuses(execute(&world, number), &[], E::EpochsNotOpen);
        world.open(missing);
        world.send(&[execute(&world, number)], &[]);
        for epoch in 2..=10 {
            assert_eq!(world.pool(epoch).emission_rules.per_epoch, EMISSION_PER_EPOCH, "each keeps what it began with");
        }
        world.next_epoch();
        world.send(&world.scenario.open_due_ix(), &[]);
        assert_eq!(world.pool(11).emission_rules.per_epoch, EMISSION_PER_EPOCH - 1);
        assert_invariants(&world);
    }
}

// E2
#[test]
fn classes_change_only_while_every_epoch_that_can_still_be_opened_is_open() {
    let world = World::new();
    let admin = &world.scenario.admin;
    let set = |class: u8| {
        let network = &world.scenario.network.network;
        ix::set_job_class(network, admin.address(), admin.address(), class, &fixed_rules())
    };
    world.refuses(set(0), &[admin], E::EpochsNotOpen);
    world.open(0);
    world.send(&[set(0)], &[admin]);
    world.pass(10 * DAY);
    for epoch in 2..=10 {
        world.refuses(set(0), &[admin], E::EpochsNotOpen);
        world.refuses(set(1), &[admin], E::EpochsNotOpen);
        world.open(epoch);
    }
    world.send(&[set(0)], &[admin]);
    world.send(&[set(1)], &[admin]);
    assert_invariants(&world);
}

// E4
#[test]
fn the_rules_of_a_class_move_by_steps_from_those_in_force_and_its_kind_is_fixed() {
    let world = World::new();
    let admin = &world.scenario.admin;
    let begin = JobRules { cancel_fee_bps: 500, ..fixed_rules() };
    let set = |edit: fn(&mut JobRules)| {
        let mut rules = begin;
        edit(&mut rules);
        ix::set_job_class(&world.scenario.network.network, admin.address(), admin.address(), 0, &rules)
    };
    world.send(&world.scenario.open_due_ix(), &[]);
    world.send(&[set(|_| ())], &[admin]);
    type Edit = fn(&mut JobRules);
    let too_large: [(Edit, E); 6] = [
        (|r| r.minimum_fee += r.minimum_fee / 5 + 1, E::StepTooLarge),
        (|r| r.exposure_factor += r.exposure_factor / 5 + 1, E::StepTooLarge),
        (|r| r.cancel_fee_bps = 601, E::StepTooLarge),
        (|r| r.work_secs -= r.work_secs / 5 + 1, E::StepTooLarge),
        (|r| (r.kind, r.keep_alive_secs) = (1, 300), E::ParameterFixed),
        (|r| (r.redundancy, r.reveal_secs) = (3, 3_600), E::ParameterFixed),
    ];
    for (edit, error) in too_large {
        world.refuses(set(edit), &[admin], error);
    }
    world.send(&[set(|r| r.cancel_fee_bps = 600)], &[admin]);
    // The announced rules are not in force yet, so that steps are not measured from them.
    world.refuses(set(|r| r.cancel_fee_bps = 700), &[admin], E::StepTooLarge);
    world.send(&[set(|r| r.minimum_fee += r.minimum_fee / 5)], &[admin]);
    world.send(&[set(|r| r.cancel_fee_bps = 600)], &[admin]);
    world.pass(3 * DAY - 1);
    world.send(&world.scenario.open_due_ix(), &[]);
    world.refuses(set(|r| r.cancel_fee_bps = 700), &[admin], E::StepTooLarge);
    world.pass(1);
    world.send(&world.scenario.open_due_ix(), &[]);
    world.send(&[set(|r| r.cancel_fee_bps = 700)], &[admin]);
    assert_invariants(&world);
}

// R M14
#[test]
fn a_set_that_breaks_an_inequality_is_never_proposed() {
    let world = World::new();
    let admin = &world.scenario.admin;
    let cases: [(Edit, E); 3] = [
        (|p| p.challenge_secs += 1, E::VestingTooShort),
        (|p| p.longest_dispute_secs += 1, E::OwnUnbondingTooShort),
        (|p| p.weigh_bounty = 9_901, E::BountyTooLarge),
    ];
    for (edit, error) in cases {
        let mut params = world.network().params;
        edit(&mut params);
        world.refuses(propose_ix(&world, 1, &params), &[admin], error);
    }
    assert_invariants(&world);
}

#[test]
fn a_change_carries_the_next_number_and_stands_at_its_canonical_address() {
    let world = World::new();
    let params = world.network().params;
    for number in [0, 2, u32::MAX] {
        world.refuses(propose_ix(&world, number, &params), &[&world.scenario.admin], E::WrongAddress);
    }
    assert_eq!(propose(&world, |_| ()), 1);
    assert_eq!(propose(&world, |_| ()), 2);
    assert_invariants(&world);
}

#[test]
fn the_admin_withdraws_a_change_and_its_rent_returns_to_its_payer() {
    let world = World::new();
    let (admin, payer, eve) = (&world.scenario.admin, world.actor("payer", 0), world.actor("eve", 0));
    let network = world.scenario.network.network;
    let before = world.lamports(&payer.address());
    let propose = ix::propose_params(&network, admin.address(), payer.address(), 1, &world.network().params);
    world.send(&[propose], &[admin, &payer]);
    assert!(world.lamports(&payer.address()) < before);
    let cancel = |who: &Actor, to: Pubkey| ix::cancel_params(&network, who.address(), 1, to);
    world.refuses(cancel(&eve, payer.address()), &[&eve], E::NotTheAdmin);
    world.refuses(cancel(admin, eve.address()), &[admin], E::WrongRentReceiver);
    world.send(&[cancel(admin, payer.address())], &[admin]);
    assert_eq!(world.lamports(&payer.address()), before);
    world.pass(DAY);
    world.refuses(execute(&world, 1), &[], E::WrongAccountOwner);
    assert_invariants(&world);
}

// E6
#[test]
fn anybody_closes_a_change_that_has_expired_and_its_rent_returns_to_its_payer() {
    let world = World::new();
    let (admin, payer, eve) = (&world.scenario.admin, world.actor("payer", 0), world.actor("eve", 0));
    let network = world.scenario.network.network;
    let before = world.lamports(&payer.address());
    let propose = ix::propose_params(&network, admin.address(), payer.address(), 1, &world.network().params);
    world.send(&[propose], &[admin, &payer]);
    let cancel = |to: Pubkey| ix::cancel_params(&network, eve.address(), 1, to);
    world.pass(15 * DAY - 1);
    world.refuses(cancel(payer.address()), &[&eve], E::NotTheAdmin);
    world.pass(1);
    world.refuses(cancel(eve.address()), &[&eve], E::WrongRentReceiver);
    world.send(&[cancel(payer.address())], &[&eve]);
    assert_eq!(world.lamports(&payer.address()), before);
    assert_invariants(&world);
}

#[test]
fn a_new_epoch_length_begins_with_the_next_epoch_and_no_epoch_is_cut_jumped_or_repeated() {
    for secs in [69_120, 103_680] {
        let world = World::with(|options| {
            // Room for shorter epochs under the vesting and challenge inequalities, and bounties that any
            // length covers.
            (options.params.longest_job_secs, options.params.challenge_secs) = (86_400, 86_400);
        });
        let ann = world.owner("ann", 0, 10_000 * TOKEN);
        let edit: Edit = if secs == 69_120 { |p| p.epoch_secs = 69_120 } else { |p| p.epoch_secs = 103_680 };
        let number = propose(&world, edit);
        world.pass(35 * DAY + HOUR);
        put_in_force(&world, number);
        let begins_ts = world.network().clock_anchor_ts + 36 * DAY;
        assert_eq!(world.epoch(), 35);
        for (ts, epoch) in [
            (begins_ts - 1, 35),
            (begins_ts, 36),
            (begins_ts + secs - 1, 36),
            (begins_ts + secs, 37),
            (begins_ts + 10 * secs - 1, 45),
            (begins_ts + 10 * secs, 46),
        ] {
            assert_eq!(world.network().epoch_at(ts).0, epoch);
        }
        for epoch in 27..35 {
            world.finalize(epoch, &[]);
        }
        for _ in 0..12 {
            world.cycle(&[&ann]);
        }
        let pool = world.pool(40);
        assert_eq!((pool.starts_at_ts, pool.ends_at_ts - pool.starts_at_ts), (begins_ts + 4 * secs, secs));
        assert_invariants(&world);
    }
}

#[test]
fn a_change_of_another_network_is_refused() {
    let world = World::new();
    let number = propose(&world, |p| p.weigh_bounty = 0);
    world.pass(DAY);
    let key = addresses::param_change(&world.scenario.network.network, number);
    let mut foreign = change(&world, number);
    foreign.network = Pubkey::new_from_array([1; 32]);
    let own = change(&world, number);
    world.scenario.write(&key, &foreign);
    world.refuses(execute(&world, number), &[], E::WrongNetwork);
    world.scenario.write(&key, &own);
    put_in_force(&world, number);
    assert_invariants(&world);
}
