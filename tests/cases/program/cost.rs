//! No instruction's cost depends on the number of delegators or of missed epochs (principle-cost-1).

use crate::*;
use work_token_sdk::{ID, transport::RawAccount};

/// What each delegator stakes: enough for every division to take the same path.
const EACH: u64 = 10_000 * TOKEN;
/// The owner's stake, beyond the reach of the leverage cap.
const OWN: u64 = 10_000_000 * TOKEN;

/// A provider with dora and `others` more delegators, all earning from epoch 1 on. Theirs are written, each a
/// true account.
fn crowd(others: u64) -> (World, Owner, Holder) {
    let world = World::new();
    let ann = world.owner("ann", 1_000, OWN);
    let dora = world.holder("dora", &ann, EACH);
    let chain = &world.scenario.chain;
    let template = world.position(&dora);
    let lamports = world.lamports(&dora.at.delegation);
    for i in 0..others {
        let mut key = [0xC0; 32];
        key[..8].copy_from_slice(&i.to_le_bytes());
        let mut position = template;
        position.delegator = Pubkey::new_from_array(key);
        key[31] = 0xC1;
        chain.set_account(Pubkey::new_from_array(key), RawAccount { lamports, owner: ID, data: position.encode() });
    }
    world.edit_provider(&ann, |provider| {
        provider.delegated.tokens += others * EACH;
        provider.delegated.shares += others * EACH;
        provider.live_positions += u32::try_from(others).unwrap();
    });
    world.give(ann.at.stake_vault, others * EACH);
    (world, ann, dora)
}

/// Compute units of every instruction that meets delegators, in one life.
fn units(others: u64) -> Vec<(&'static str, u64)> {
    let (world, ann, dora) = crowd(others);
    let keeper = world.scenario.paid_keeper();
    let mut measured = Vec::new();
    let mut measure = |name, instruction, signers: &[&Actor]| {
        measured.push((name, world.send(&[instruction], signers).compute_units));
    };
    world.give(dora.actor.tokens, EACH);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    measure("activate", ix::activate_delegation(&dora.at, keeper), &[]);
    measure("claim", ix::claim_rewards(&dora.at, dora.actor.tokens), &[&dora.actor]);
    measure("delegate again", world.delegate_ix(&dora, EACH), &[&dora.actor]);
    let eric = world.stranger("eric", &ann, 0);
    measure("transfer", world.transfer_ix(&dora, &eric, EACH / 2), &[&dora.actor, &eric.actor]);
    measure("request", ix::request_unbonding(&dora.at, 1, EACH), &[&dora.actor]);
    measure("cancel", ix::cancel_unbonding(&dora.at, 1), &[&dora.actor]);
    measure("request", ix::request_unbonding(&dora.at, 2, EACH), &[&dora.actor]);
    world.next_epoch();
    world.open(2);
    world.pass(HOUR);
    measure("weigh", world.weigh_ix(2, &[&ann]), &[]);
    world.pass(HOUR);
    measure("finalize", world.finalize_ix(2), &[]);
    measure("settle", world.settle_ix(2, &[&ann]), &[]);
    measure("restake", ix::restake(&dora.at, 0), &[&dora.actor]);
    world.pass(10 * DAY);
    world.touch(&ann);
    measure("withdraw", ix::withdraw_unbonded(&dora.at, 2, dora.actor.tokens), &[&dora.actor]);
    assert_invariants(&world);
    measured
}

#[test]
fn every_instruction_costs_the_same_with_one_a_hundred_and_ten_thousand_delegators() {
    let runs = [0, 99, 9_999].map(units);
    for (i, (name, one)) in runs[0].iter().enumerate() {
        let costs = [*one, runs[1][i].1, runs[2][i].1];
        println!("{name:>16} {costs:?}");
        let (least, most) = (costs.iter().min().unwrap(), costs.iter().max().unwrap());
        // A long division may correct its guess once or twice, by the numbers that meet in it.
        assert!(most - least <= 64, "{name} costs {costs:?}");
    }
}

/// Compute units of instructions that come `epoch::missed` epochs after the last.
fn units_after(missed: u32) -> Vec<(&'static str, u64)> {
    type Act = fn(&World, &Owner, &Holder) -> (work_token_sdk::Instruction, bool);
    let acts: [(&str, Act); 6] = [
        ("touch", |world, ann, _| (ix::touch_provider(&world.scenario.network.network, ann.at.provider), false)),
        ("claim", |_, _, dora| (ix::claim_rewards(&dora.at, dora.actor.tokens), true)),
        ("delegate again", |world, _, dora| (world.delegate_ix(dora, EACH), true)),
        ("request", |_, _, dora| (ix::request_unbonding(&dora.at, 2, EACH / 2), true)),
        ("withdraw", |_, _, dora| (ix::withdraw_unbonded(&dora.at, 1, dora.actor.tokens), true)),
        ("settle", |world, ann, _| (world.settle_ix(1, &[ann]), false)),
    ];
    acts.map(|(name, act)| {
        let world = World::new();
        let ann = world.owner("ann", 1_000, OWN);
        let dora = world.holder("dora", &ann, 2 * EACH);
        world.give(dora.actor.tokens, EACH);
        world.cycle(&[&ann]);
        world.cycle(&[&ann]);
        world.request(&dora, EACH);
        world.pass(10 * DAY);
        world.touch(&ann);
        world.pass(i64::from(missed) * DAY);
        let (instruction, holder_signs) = act(&world, &ann, &dora);
        let signers: &[&Actor] = if holder_signs { &[&dora.actor] } else { &[] };
        let units = world.send(&[instruction], signers).compute_units;
        assert_invariants(&world);
        (name, units)
    })
    .to_vec()
}

#[test]
fn no_instruction_costs_more_after_five_hundred_missed_epochs_than_the_rings_are_long() {
    let runs = [0, 1, 8, 500, 5_000].map(units_after);
    for (i, (name, none)) in runs[0].iter().enumerate() {
        let costs = [*none, runs[1][i].1, runs[2][i].1, runs[3][i].1, runs[4][i].1];
        println!("{name:>16} {costs:?}");
        // Eight records of 144 bytes, the rules of their epochs, and sixteen index ends.
        assert!(costs[3] - none <= 2_200, "{name}: {costs:?}");
        assert!(costs[4].abs_diff(costs[3]) <= 64, "{name} costs the same after 500 and 5,000: {costs:?}");
    }
}
