//! Stake earns from the epoch after its deposit: pending lots, their activation and what they may never earn.

use crate::*;

/// An owner without commission and a first delegator of the same size, both earning from epoch 1 on.
fn pair(world: &World) -> (Owner, Holder) {
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    (ann, dora)
}

/// The same, one epoch later: everything that has ended is settled and claimed, and the first delegator's
/// shares are active.
fn settled_pair(world: &World) -> (Owner, Holder) {
    let (ann, dora) = pair(world);
    world.cycle(&[&ann]);
    world.claim(&dora);
    (ann, dora)
}

#[test]
fn stake_placed_during_an_epoch_earns_nothing_from_that_epoch() {
    let world = World::new();
    let (ann, dora) = pair(&world);
    let eric = world.holder("eric", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.refuses(ix::claim_rewards(&eric.at, eric.actor.tokens), &[&eric.actor], E::NothingToClaim);
    assert_floor(world.claim(&dora), EMISSION / 2);
    world.cycle(&[&ann]);
    assert_floor(world.claim(&eric), EMISSION / 3);
    assert_floor(world.claim(&dora), EMISSION / 3);
    assert_invariants(&world);
}

// position-lot-1
#[test]
fn a_lot_stays_pending_until_the_epoch_of_its_deposit_is_settled() {
    let world = World::new();
    let (ann, dora) = pair(&world);
    let eric = world.holder("eric", &ann, 10_000 * TOKEN);
    // Epoch 2 has come, epoch 1 is not settled: an activation now would be paid for epoch 1, whose divisor
    // does not contain the lot.
    world.next_epoch();
    let activate = ix::activate_delegation(&eric.at, world.scenario.paid_keeper());
    world.refuses(activate, &[], E::LotNotDue);
    world.give(eric.actor.tokens, 100 * TOKEN);
    world.delegate(&eric, 100 * TOKEN);
    assert_eq!(world.position(&eric).shares, 0);
    assert_invariants(&world);

    world.crank(1, &[&ann]);
    world.activate(&eric);
    assert_eq!(world.position(&eric).shares, 10_000 * TOKEN);
    assert_eq!(world.position(&eric).credited, 0, "nothing of epoch 1");
    assert_floor(world.claim(&dora), EMISSION / 2);
    world.cycle(&[&ann]);
    assert_floor(world.claim(&eric), EMISSION / 3);
    assert_invariants(&world);
}

// position-lot-2
#[test]
fn skipped_epochs_leave_no_old_index_behind_from_which_a_lot_could_start() {
    let world = World::new();
    let (ann, dora) = pair(&world);
    for _ in 1..4 {
        world.cycle(&[&ann]);
    }
    let earned = world.claim(&dora);
    // Sixteen epochs later, the ring slot of epoch 19 still holds the end of epoch 3 unless skipped epochs
    // are written.
    world.go_to_epoch(19);
    let eric = world.holder("eric", &ann, 10_000 * TOKEN);
    world.go_to_epoch(21);
    for epoch in 13..20 {
        world.finalize(epoch, &[]);
    }
    world.crank(20, &[&ann]);
    assert_floor(world.claim(&eric), EMISSION / 3);
    assert_floor(world.claim(&dora), EMISSION / 3);
    assert_floor(earned, EMISSION / 2 * 3);
    assert_invariants(&world);
}

// position-lot-4
#[test]
fn a_lot_that_is_moved_to_a_later_epoch_leaves_the_divisors_of_the_epochs_it_gives_up() {
    let world = World::new();
    let (ann, dora) = pair(&world);
    // Three deposits in three epochs while nobody cranks: the second lot joins the third.
    let eric = world.stranger("eric", &ann, 30_000 * TOKEN);
    for _ in 0..3 {
        world.delegate(&eric, 10_000 * TOKEN);
        world.next_epoch();
    }
    let lots = world.position(&eric).pending.map(|lot| (lot.activation_epoch, lot.shares));
    assert_eq!(lots, [(2, 10_000 * TOKEN), (4, 20_000 * TOKEN)]);
    assert_eq!(world.provider(&ann).record(math::Epoch(3)).unwrap().delegated_shares, 20_000 * TOKEN);
    assert_invariants(&world);

    for epoch in 1..4 {
        world.crank(epoch, &[&ann]);
    }
    // Epoch 2: three equal stakes. Epoch 3: own 10,000 of 40,000, the rest shared by the two lots that count.
    let (dora_earned, eric_earned) = (world.claim(&dora), world.claim(&eric));
    let delegated = EMISSION / 2 + EMISSION / 3 * 2 + EMISSION / 4 * 3;
    assert!(
        dora_earned + eric_earned + 3 >= delegated,
        "nothing is stranded: {} of {delegated}",
        dora_earned + eric_earned
    );
    assert_floor(eric_earned, EMISSION / 3 + EMISSION / 8 * 3);
    assert_invariants(&world);
}

// position-lot-4
#[test]
fn a_cancelled_ticket_that_moves_a_lot_strands_nothing_either() {
    let world = World::new();
    let (ann, dora) = settled_pair(&world);
    let eric = world.stranger("eric", &ann, 30_000 * TOKEN);
    let ticket = world.request(&dora, 5_000 * TOKEN);
    world.delegate(&eric, 10_000 * TOKEN);
    world.give(dora.actor.tokens, 20_000 * TOKEN);
    world.delegate(&dora, 10_000 * TOKEN);
    world.next_epoch();
    world.delegate(&dora, 10_000 * TOKEN);
    world.next_epoch();
    world.cancel(&dora, ticket);
    let lots = world.position(&dora).pending.map(|lot| (lot.activation_epoch, lot.shares));
    assert_eq!(lots, [(3, 10_000 * TOKEN), (5, 15_000 * TOKEN)]);
    assert_invariants(&world);
    for epoch in 2..4 {
        world.crank(epoch, &[&ann]);
    }
    let rewards = world.provider(&ann).rewards;
    let claimed = world.claim(&dora) + world.claim(&eric);
    assert!(rewards.owed - claimed <= 3, "{} of {} are stranded", rewards.owed - claimed, rewards.owed);
    assert_invariants(&world);
}

// position-leave-1
#[test]
fn leaving_with_a_lot_that_is_not_active_takes_it_out_of_no_epoch_before_its_start() {
    let world = World::new();
    let (ann, dora) = pair(&world);
    world.next_epoch();
    let eric = world.holder("eric", &ann, 10_000 * TOKEN);
    let divisors = || [1, 2].map(|epoch| world.provider(&ann).record(math::Epoch(epoch)).unwrap().delegated_shares);
    assert_eq!(divisors(), [10_000 * TOKEN; 2]);
    world.request_all(&eric);
    assert_eq!(divisors(), [10_000 * TOKEN; 2], "the lot was in no record");
    world.crank(1, &[&ann]);
    world.cycle(&[&ann]);
    assert_floor(world.claim(&dora), EMISSION);
    assert_invariants(&world);
}

#[test]
fn stake_that_leaves_gives_up_every_epoch_not_yet_settled() {
    let world = World::new();
    let (ann, dora) = pair(&world);
    let eric = world.holder("eric", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.claim(&dora);
    // Epoch 2 has both; eric leaves before it is settled, and dora shares what eric gave up.
    world.next_epoch();
    world.request_all(&eric);
    world.crank(2, &[&ann]);
    world.refuses(ix::claim_rewards(&eric.at, eric.actor.tokens), &[&eric.actor], E::NothingToClaim);
    assert_floor(world.claim(&dora), EMISSION / 3 * 2);
    assert_invariants(&world);
}

#[test]
fn what_has_earned_longest_stays_longest() {
    let world = World::new();
    let (_ann, dora) = settled_pair(&world);
    world.give(dora.actor.tokens, 3_000 * TOKEN);
    world.delegate(&dora, 1_000 * TOKEN);
    world.next_epoch();
    world.delegate(&dora, 2_000 * TOKEN);
    world.request(&dora, 2_500 * TOKEN);
    let position = world.position(&dora);
    let lots = position.pending.map(|lot| (lot.activation_epoch, lot.shares));
    assert_eq!((position.shares, lots), (10_000 * TOKEN, [(3, 500 * TOKEN), (0, 0)]));
    assert_invariants(&world);
}

#[test]
fn a_lot_emptied_and_refilled_begins_again() {
    let world = World::new();
    let (ann, dora) = pair(&world);
    world.give(dora.actor.tokens, 2_000 * TOKEN);
    world.delegate(&dora, 1_000 * TOKEN);
    world.request(&dora, 1_000 * TOKEN);
    world.cycle(&[&ann]);
    world.delegate(&dora, 1_000 * TOKEN);
    let lots = world.position(&dora).pending.map(|lot| (lot.activation_epoch, lot.shares));
    assert_eq!(lots, [(3, 1_000 * TOKEN), (0, 0)]);
    world.cycle(&[&ann]);
    assert!(EMISSION - world.claim(&dora) <= 2, "two roundings at most");
    assert_invariants(&world);
}
