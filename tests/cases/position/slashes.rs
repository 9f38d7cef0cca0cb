//! Executed slashes (constructed): what they do to pools, positions, tickets and rewards.

use crate::*;

// position-pool-6
#[test]
fn every_share_in_the_pool_answers_whenever_it_came_and_nothing_that_has_left() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let gone = world.holder("gone", &ann, 1_000 * TOKEN);
    let leaving = world.holder("leaving", &ann, 1_000 * TOKEN);
    let early = world.holder("early", &ann, 1_000 * TOKEN);
    let (first, second) = (world.request_all(&gone), world.request_all(&leaving));
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&gone, first), 1_000 * TOKEN);
    let late = world.holder("late", &ann, 1_000 * TOKEN);
    world.slash(&ann, PoolKind::Delegated, 1_500 * TOKEN);
    assert_eq!(world.withdraw(&leaving, second), 500 * TOKEN);
    let pool = *world.provider(&ann).delegated;
    for holder in [&early, &late] {
        assert_eq!(pool.value(world.position(holder).total_shares()).0, 500 * TOKEN);
    }
    assert_invariants(&world);
}

// position-generation-1
#[test]
fn a_generation_that_ended_keeps_what_it_earned_and_earns_nothing_more() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let old = world.holder("old", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    world.slash(&ann, PoolKind::Delegated, 10_000 * TOKEN);
    let new = world.holder("new", &ann, 10_000 * TOKEN);
    assert_eq!(world.provider(&ann).delegated.generation, 1);
    assert_invariants(&world);
    for _ in 0..9 {
        world.cycle(&[&ann]);
        assert_invariants(&world);
    }
    // Epoch 2 had nobody left to pay, epochs 3 to 10 belong to the new generation.
    let (to_old, to_new) = (world.claim(&old), world.claim(&new));
    assert_floor(to_old, EMISSION / 2);
    assert_floor(to_new, 8 * (EMISSION / 2));
    let position = world.position(&old);
    assert_eq!((position.generation, position.total_shares().0), (1, 0));
    assert_invariants(&world);
}

// position-generation-1
#[test]
fn a_generation_older_than_the_last_four_gets_nothing_more() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let old = world.holder("old", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    for i in 0..5 {
        world.slash(&ann, PoolKind::Delegated, 10_000 * TOKEN);
        world.holder(&format!("generation {i}"), &ann, 10_000 * TOKEN);
    }
    world.refuses(ix::claim_rewards(&old.at, old.actor.tokens), &[&old.actor], E::NothingToClaim);
    assert_invariants(&world);
}

// position-generation-1
#[test]
fn the_fourth_generation_back_is_still_paid() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let old = world.holder("old", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    for i in 0..4 {
        world.slash(&ann, PoolKind::Delegated, 10_000 * TOKEN);
        world.holder(&format!("generation {i}"), &ann, 10_000 * TOKEN);
    }
    assert_floor(world.claim(&old), EMISSION / 2);
    assert_invariants(&world);
}

// position-generation-2
#[test]
fn a_lot_of_an_ended_generation_is_paid_for_what_was_settled_before_the_end_only() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    let eric = world.holder("eric", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    // Dora's lot earned in epoch 1; eric's began with epoch 2 and was never settled.
    world.slash(&ann, PoolKind::Delegated, 20_000 * TOKEN);
    world.holder("new", &ann, 10_000 * TOKEN);
    for _ in 0..3 {
        world.cycle(&[&ann]);
    }
    assert_floor(world.claim(&dora), EMISSION / 2);
    world.refuses(ix::claim_rewards(&eric.at, eric.actor.tokens), &[&eric.actor], E::NothingToClaim);
    assert_invariants(&world);
}

// position-generation-2
#[test]
fn the_unsettled_epochs_of_an_ended_generation_have_nobody_to_pay() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.next_epoch();
    world.slash(&ann, PoolKind::Delegated, 10_000 * TOKEN);
    let pool = world.crank(1, &[&ann]);
    assert_eq!((pool.distributed, pool.reclaimed), (EMISSION / 2, EMISSION / 2));
    assert_eq!(world.provider(&ann).rewards.owed, 0);
    assert_invariants(&world);
}

// position-generation-3
#[test]
fn a_ticket_of_an_ended_generation_closes_and_pays_nothing() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    let ticket = world.request(&dora, 4_000 * TOKEN);
    world.slash(&ann, PoolKind::Delegated, 10_000 * TOKEN);
    let eric = world.holder("eric", &ann, 5_000 * TOKEN);
    world.refuses(ix::cancel_unbonding(&dora.at, ticket), &[&dora.actor], E::TicketOfEndedGeneration);
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&dora, ticket), 0);
    assert!(!world.exists(&dora.at.ticket(ticket).0));
    assert_eq!(world.provider(&ann).delegated.tokens, 5_000 * TOKEN, "not at eric's expense");
    world.close(&dora);
    let ticket = world.request_all(&eric);
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&eric, ticket), 5_000 * TOKEN);
    assert_invariants(&world);
}

// position-generation-3
#[test]
fn what_a_ticket_held_stays_held_when_the_generation_ends() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let (dora, _eric) = (world.holder("dora", &ann, 900 * TOKEN), world.holder("eric", &ann, 100 * TOKEN));
    world.request_all(&dora);
    world.open_claim(&ann, 1, 0, 300 * TOKEN);
    world.pass(10 * DAY);
    world.withdraw(&dora, 1);
    world.slash(&ann, PoolKind::Delegated, 100 * TOKEN);
    assert_eq!(world.provider(&ann).held, 270 * TOKEN);
    assert_eq!(world.ticket(&dora, 1).held, 270 * TOKEN);
    assert_eq!(world.stake_vault(&ann), 10_270 * TOKEN);
    assert_invariants(&world);
}

// position-generation-3
#[test]
fn void_shares_do_not_come_back_to_life_in_a_joined_ticket() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    for _ in 0..8 {
        world.request(&dora, 100 * TOKEN);
    }
    world.slash(&ann, PoolKind::Delegated, 1_000 * TOKEN);
    world.give(dora.actor.tokens, 5_000 * TOKEN);
    world.delegate(&dora, 5_000 * TOKEN);
    assert_eq!(world.request(&dora, 1_000 * TOKEN), 8);
    assert_eq!(world.ticket(&dora, 8).shares, 1_000 * TOKEN);
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&dora, 8), 1_000 * TOKEN);
    assert_eq!((1..8).map(|number| world.withdraw(&dora, number)).sum::<u64>(), 0);
    assert_invariants(&world);
}

// position-pool-5
#[test]
fn an_own_pool_slashed_by_more_than_fifteen_sixteenths_can_be_refilled() {
    let world = World::new();
    let ann = world.owner("ann", 0, 16_000 * TOKEN);
    world.slash(&ann, PoolKind::Own, 15_000 * TOKEN + 1);
    world.stake_self(&ann, 9_000 * TOKEN + 1);
    let (own, position) = (world.provider(&ann).own, world.position(&ann));
    assert_eq!((own.tokens, own.shares, position.shares), (10_000 * TOKEN, 10_000 * TOKEN, 10_000 * TOKEN));
    assert_invariants(&world);
}

// position-pool-5
#[test]
fn a_live_ticket_keeps_the_own_pool_from_being_reset_under_it() {
    let world = World::new();
    let ann = world.owner("ann", 0, 32_000 * TOKEN);
    let ticket = world.request(&ann, 16_000 * TOKEN);
    world.slash(&ann, PoolKind::Own, 31_000 * TOKEN);
    world.give(ann.actor.tokens, 20_000 * TOKEN);
    let stake = ix::stake_self(&ann.at, ann.actor.tokens, 20_000 * TOKEN);
    world.refuses(stake.clone(), &[&ann.actor], E::PoolSlashedTooDeep);
    world.pass(35 * DAY);
    assert_eq!(world.withdraw(&ann, ticket), 500 * TOKEN);
    world.send(&[stake], &[&ann.actor]);
    assert_eq!(world.position(&ann).shares, 20_500 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn an_own_pool_slashed_to_zero_begins_again() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let ticket = world.request_all(&ann);
    world.slash(&ann, PoolKind::Own, u64::MAX);
    assert_eq!(world.provider(&ann).own.generation, 1);
    world.stake_self(&ann, 12_000 * TOKEN);
    world.pass(35 * DAY);
    assert_eq!(world.withdraw(&ann, ticket), 0);
    let ticket = world.request_all(&ann);
    world.pass(35 * DAY);
    assert_eq!(world.withdraw(&ann, ticket), 12_000 * TOKEN);
    assert_invariants(&world);
}

// position-pool-3
#[test]
fn a_delegated_pool_takes_deposits_up_to_sixteen_shares_a_token_and_exits_at_any_price() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_600 * TOKEN);
    world.slash(&ann, PoolKind::Delegated, 1_500 * TOKEN);
    let eric = world.holder("eric", &ann, 100 * TOKEN);
    assert_eq!(world.position(&eric).total_shares().0, 1_600 * TOKEN);
    world.slash(&ann, PoolKind::Delegated, 1);
    let fred = world.stranger("fred", &ann, 100 * TOKEN);
    world.refuses(world.delegate_ix(&fred, 100 * TOKEN), &[&fred.actor], E::PoolSlashedTooDeep);
    let tickets = (world.request_all(&dora), world.request_all(&eric));
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&dora, tickets.0) + world.withdraw(&eric, tickets.1), 200 * TOKEN - 1);
    assert_invariants(&world);
}

// position-pool-4
#[test]
fn a_slash_of_both_pools_takes_from_each_its_own_part_of_the_one_vault() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.holder("dora", &ann, 5_000 * TOKEN);
    world.slash(&ann, PoolKind::Own, 300 * TOKEN);
    world.slash(&ann, PoolKind::Delegated, 70 * TOKEN);
    let provider = world.provider(&ann);
    assert_eq!((provider.own.tokens, provider.delegated.tokens), (9_700 * TOKEN, 4_930 * TOKEN));
    assert_eq!(world.stake_vault(&ann), 14_630 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn rewards_are_untouched_by_a_slash_of_the_stake_that_earned_them() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    world.slash(&ann, PoolKind::Delegated, 9_000 * TOKEN);
    assert_floor(world.claim(&dora), EMISSION / 2);
    assert_invariants(&world);
}
