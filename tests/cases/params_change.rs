//! Changing the parameters: proposed, delayed, executed.

use crate::*;
use work_token_sdk::{
    addresses,
    state::{ChangeClass, NetworkParams, ParamChange},
};

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
    ix::execute_params(&world.scenario.network.network, number, world.scenario.admin.address())
}

fn change(world: &World, number: u32) -> ParamChange {
    world.scenario.read(&addresses::param_change(&world.scenario.network.network, number))
}

#[test]
fn each_class_of_change_has_its_own_delay() {
    let cases: [(Edit, ChangeClass, i64); 6] = [
        (|p| p.weigh_bounty -= 1, ChangeClass::Cosmetic, DAY),
        (|p| p.keeper_cap *= 1_000, ChangeClass::Cosmetic, DAY),
        (|p| p.emission_per_epoch -= 1, ChangeClass::Economic, 3 * DAY),
        (|p| (p.weigh_secs, p.weigh_bounty) = (p.weigh_secs + 1, 0), ChangeClass::Economic, 3 * DAY),
        (|p| p.unbonding_secs += 1, ChangeClass::Safety, 35 * DAY),
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
        world.send(&[execute(&world, number)], &[]);
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
    world.send(&[execute(&world, number)], &[]);
    assert_invariants(&world);
}

// R M20
#[test]
fn a_change_made_from_an_older_version_is_refused_so_none_undoes_another() {
    let world = World::new();
    let first = propose(&world, |p| p.weigh_bounty = 0);
    let second = propose(&world, |p| p.settle_bounty = 0);
    world.pass(DAY);
    world.send(&[execute(&world, first)], &[]);
    world.refuses(execute(&world, second), &[], E::StaleParameters);
    let params = world.network().params;
    assert_eq!((params.weigh_bounty, params.settle_bounty), (0, 8_000));
    let again = propose(&world, |p| p.settle_bounty = 0);
    world.pass(DAY);
    world.send(&[execute(&world, again)], &[]);
    let params = world.network().params;
    assert_eq!((params.weigh_bounty, params.settle_bounty, world.network().params_version), (0, 0, 3));
    assert_invariants(&world);
}

#[test]
fn one_step_moves_a_parameter_by_at_most_a_fifth() {
    let world = World::new();
    let admin = &world.scenario.admin;
    let with = |edit: Edit| {
        let mut params = world.network().params;
        edit(&mut params);
        propose_ix(&world, world.network().param_changes + 1, &params)
    };
    let too_large: [Edit; 9] = [
        |p| p.emission_per_epoch += p.emission_per_epoch / 5 + 1,
        |p| p.minimum_delegation += p.minimum_delegation / 5 + 1,
        |p| p.minimum_self_stake += p.minimum_self_stake / 5 + 1,
        |p| p.unbonding_secs = 12 * 86_400 + 1,
        |p| p.own_unbonding_secs += 35 * 86_400 / 5 + 1,
        |p| p.share_cap_ppm = 240_001,
        |p| p.leverage = 20,
        |p| p.keeper_share_ppm = 7_999,
        |p| p.tier_bps[3] = 11_999,
    ];
    for edit in too_large {
        world.refuses(with(edit), &[admin], E::StepTooLarge);
    }
    let small_enough: [Edit; 4] = [
        |p| p.emission_per_epoch += p.emission_per_epoch / 5,
        |p| p.unbonding_secs = 12 * 86_400,
        |p| p.leverage = 19,
        |p| p.tier_bps[3] = 12_000,
    ];
    for edit in small_enough {
        world.send(&[with(edit)], &[admin]);
    }
    assert_invariants(&world);
}

#[test]
fn a_parameter_may_always_move_by_one() {
    let world = World::with(|options| (options.params.leverage, options.params.reveal_secs) = (2, 0));
    propose(&world, |p| (p.leverage, p.reveal_secs) = (3, 1));
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

#[test]
fn a_new_epoch_length_begins_with_the_next_epoch_and_no_epoch_is_cut_jumped_or_repeated() {
    for secs in [69_120, 103_680] {
        let world = World::with(|options| {
            // Room for shorter epochs under the vesting and challenge inequalities, and bounties that any length covers.
            (options.params.longest_job_secs, options.params.challenge_secs) = (86_400, 86_400);
        });
        let ann = world.owner("ann", 0, 10_000 * TOKEN);
        let edit: Edit = if secs == 69_120 { |p| p.epoch_secs = 69_120 } else { |p| p.epoch_secs = 103_680 };
        let number = propose(&world, edit);
        world.pass(35 * DAY + HOUR);
        world.send(&[execute(&world, number)], &[]);
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
    world.send(&[execute(&world, number)], &[]);
    assert_invariants(&world);
}
