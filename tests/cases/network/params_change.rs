//! Changing the parameters: proposed, delayed, executed (network-params-1, network-params-4,
//! network-params-6, network-params-5).
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
use work_token_sdk::{
    addresses,
    state::{ChangeClass, JobRules, NetworkParams, ParamChange},
};

const EMISSION_PER_EPOCH: u64 = 100_000 * TOKEN;

pub type Edit = fn(&mut NetworkParams);

fn propose_ix(world: &World, number: u32, params: &NetworkParams) -> work_token_sdk::Instruction {
    let admin = world.scenario.admin.address();
    world.scenario.draft(&world.scenario.admin, params);
    ix::propose_params(&world.scenario.network.network, admin, admin, admin, number, params)
}

pub fn propose(world: &World, edit: Edit) -> u32 {
    let network = world.network();
    let mut params = network.params;
    edit(&mut params);
    let number = network.param_changes + 1;
    world.send(&[propose_ix(world, number, &params)], &[&world.scenario.admin]);
    number
}

pub fn execute(world: &World, number: u32) -> work_token_sdk::Instruction {
    ix::execute_params(&world.scenario.network, number, world.scenario.admin.address())
}

/// Opens what is due and executes, in one transaction.
pub fn put_in_force(world: &World, number: u32) {
    let mut instructions = world.scenario.open_due_ix();
    instructions.push(execute(world, number));
    world.send(&instructions, &[]);
}

pub fn refuses_to_propose(world: &World, edit: impl FnOnce(&mut NetworkParams), error: E) {
    let network = world.network();
    let mut params = network.params;
    edit(&mut params);
    world.refuses(propose_ix(world, network.param_changes + 1, &params), &[&world.scenario.admin], error);
}

pub fn change(world: &World, number: u32) -> ParamChange {
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
            |p| (p.epoch_secs, p.own_unbonding_secs) = (p.epoch_secs + 1, p.own_unbonding_secs + 4),
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

// network-params-4
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

// network-params-6
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

// network-params-6
#[test]
fn classes_change_only_while_every_epoch_that_can_still_be_opened_is_open() {
    let world = World::new();
    let admin = &world.scenario.admin;
    let set = |class: u8| {
        let network = &world.scenario.network.network;
        ix::set_job_class(network, admin.address(), admin.address(), class, &JOB_RULES)
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

// network-class-1
#[test]
fn the_rules_of_a_class_move_by_steps_from_those_in_force_and_its_kind_is_fixed() {
    let world = World::new();
    let admin = &world.scenario.admin;
    let begin = JobRules { cancel_fee_bps: 500, ..JOB_RULES };
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

// network-params-9
#[test]
fn a_set_that_breaks_an_inequality_is_never_proposed() {
    let world = World::new();
    let admin = &world.scenario.admin;
    let cases: [(Edit, E); 3] = [
        (|p| p.challenge_secs += 1, E::VestingTooShort),
        (|p| p.longest_dispute_secs += 1, E::OwnUnbondingTooShort),
        (|p| p.emission.initial_rate_ppt = p.emission.rate_ceiling_ppt + 1, E::EmissionRateOutOfBounds),
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
    world.scenario.draft(&payer, &world.network().params);
    let by = payer.address();
    let propose = ix::propose_params(&network, admin.address(), by, by, 1, &world.network().params);
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

// network-params-5
#[test]
fn anybody_closes_a_change_that_has_expired_and_its_rent_returns_to_its_payer() {
    let world = World::new();
    let (admin, payer, eve) = (&world.scenario.admin, world.actor("payer", 0), world.actor("eve", 0));
    let network = world.scenario.network.network;
    let before = world.lamports(&payer.address());
    world.scenario.draft(&payer, &world.network().params);
    let by = payer.address();
    let propose = ix::propose_params(&network, admin.address(), by, by, 1, &world.network().params);
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
