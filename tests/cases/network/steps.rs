//! How far one change of the parameters may go (network-params-1, network-params-2, network-class-1).

use crate::network::params_change::{Edit, execute, propose, put_in_force, refuses_to_propose};
use crate::*;
use bytemuck::bytes_of_mut;
use work_token_sdk::{
    parameters::{self, Parameter},
    state::{ChangeClass, governed::Unit},
};

// network-params-1
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

// network-params-2
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

// network-params-2: the kind. Whatever is in the list of parameters has a step that ends exactly where its
// class says, or none because its class says so.
#[test]
fn every_number_has_its_step_or_says_why_not() {
    let present = work_token_sdk::presets::NETWORK_PARAMS;
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

// network-params-1
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
