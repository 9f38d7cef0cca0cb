//! `activate_delegation`: so that one who never comes back loses nothing (position-lot-3).

use crate::*;

const BOUNTY: u64 = 7_000;

// position-lot-3
#[test]
fn a_keeper_activates_the_lot_of_one_who_never_comes_back_and_is_paid_out_of_its_reward() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let (dora, eric) = (world.holder("dora", &ann, 5_000 * TOKEN), world.holder("eric", &ann, 5_000 * TOKEN));
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    let before = world.balance(&world.scenario.keeper);
    world.activate(&dora);
    assert_eq!(world.balance(&world.scenario.keeper) - before, BOUNTY);
    for _ in 2..20 {
        world.cycle(&[&ann]);
    }
    // Nineteen epochs have rewards. The index ring reaches back to the end of epoch 4, so an unseen lot has
    // lost four of them.
    let (seen, unseen) = (world.claim(&dora), world.claim(&eric));
    assert!(19 * EMISSION / 4 - seen - BOUNTY <= 2, "two roundings at most");
    assert_floor(unseen, 15 * EMISSION / 4);
    assert_invariants(&world);
}

// position-lot-3
#[test]
fn activation_pays_once_per_lot_however_often_it_is_called() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    world.activate(&dora);
    let again = ix::activate_delegation(&dora.at, world.scenario.paid_keeper());
    world.refuses(again.clone(), &[], E::LotNotDue);
    world.cycle(&[&ann]);
    world.refuses(again, &[], E::LotNotDue);
    assert_invariants(&world);
}

// position-lot-3
#[test]
fn activation_is_unpaid_until_the_lot_has_earned_the_bounty_ten_times() {
    for (earned, paid) in [(10 * BOUNTY, BOUNTY), (10 * BOUNTY - 4, 0)] {
        let world = World::with(|options| {
            options.mode = EmissionMode::Reserve;
            options.params.minimum_delegation = 10_000 * TOKEN;
        });
        let ann = world.owner("ann", 0, 10_000 * TOKEN);
        let dora = world.holder("dora", &ann, 10_000 * TOKEN);
        world.cycle(&[&ann]);
        // The delegator gets half of what is left after the keepers' percent; the index rounds a unit down.
        let emission = (earned + 1) * 2;
        world.give(world.scenario.network.vault(VaultKind::Reserve), emission * 100 / 99 + 2);
        world.cycle(&[&ann]);
        let before = world.balance(&world.scenario.keeper);
        world.activate(&dora);
        assert_eq!(world.balance(&world.scenario.keeper) - before, paid);
        assert_invariants(&world);
    }
}

// network-params-12
#[test]
fn the_bounty_is_cut_to_what_the_minimum_delegation_covers_ten_times_in_eight_epochs() {
    let world = World::with(|options| options.params.activation_bounty = 1_000 * BOUNTY);
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    assert_eq!(world.network().activation_bounty(), 7_760, "as if the whole supply were staked");
    world.cycle(&[&ann]);
    // Constructed: the last epoch brought 20 tokens to 20,000 of stake, a tenth of a token to the minimum.
    world.scenario.edit_network(|network| network.emission.earned = 20 * TOKEN);
    let before = world.balance(&world.scenario.keeper);
    world.activate(&dora);
    assert_eq!(world.balance(&world.scenario.keeper) - before, TOKEN / 10 * 8 / 10);
    assert_invariants(&world);
}

// position-lot-3
#[test]
fn activation_works_for_a_keeper_that_cannot_be_paid() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let holders = ["a", "b", "c"].map(|name| world.holder(name, &ann, 10_000 * TOKEN));
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    let keeper = world.scenario.keeper.address();
    let eve = world.actor("eve", 0);
    world.set_frozen(&world.scenario.keeper.tokens, true);
    for (holder, account) in holders.iter().zip([None, Some(eve.tokens), Some(world.scenario.keeper.tokens)]) {
        world.send(&[ix::activate_delegation(&holder.at, ix::Keeper { keeper, account })], &[]);
        assert_eq!(world.position(holder).shares, 10_000 * TOKEN);
    }
    assert_eq!(world.balance(&eve), 0);
    assert_invariants(&world);
}

// position-lot-3
#[test]
fn a_frozen_reward_vault_keeps_no_lot_from_becoming_active() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    let vault = world.scenario.network.vault(VaultKind::Reward);
    world.set_frozen(&vault, true);
    world.activate(&dora);
    world.set_frozen(&vault, false);
    assert_floor(world.claim(&dora), EMISSION / 2);
    assert_invariants(&world);
}

// principle-crank-2
#[test]
fn every_instruction_of_the_position_activates_too() {
    let acts: [fn(&World, &Holder); 3] = [
        |world, dora| {
            world.give(dora.actor.tokens, 100 * TOKEN);
            world.delegate(dora, 100 * TOKEN);
        },
        |world, dora| {
            world.request(dora, 100 * TOKEN);
        },
        |world, dora| {
            world.claim(dora);
        },
    ];
    for act in acts {
        let world = World::new();
        let ann = world.owner("ann", 0, 10_000 * TOKEN);
        let dora = world.holder("dora", &ann, 10_000 * TOKEN);
        world.cycle(&[&ann]);
        world.cycle(&[&ann]);
        act(&world, &dora);
        let position = world.position(&dora);
        assert!(position.shares >= 9_900 * TOKEN, "the lot is active");
        assert!(position.pending.iter().all(|lot| lot.activation_epoch != 1));
        assert_invariants(&world);
    }
}

#[test]
fn an_own_position_has_no_lot_to_activate() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.refuses(ix::activate_delegation(&ann.at.own(), world.scenario.paid_keeper()), &[], E::LotNotDue);
    assert_invariants(&world);
}
