//! The owner's own stake.

use crate::*;

#[test]
fn own_stake_begins_at_the_minimum() {
    let world = World::new();
    let ann = world.owner("ann", 0, 0);
    world.give(ann.actor.tokens, 10_000 * TOKEN);
    let stake = |amount| ix::stake_self(&ann.at, ann.actor.tokens, amount);
    world.refuses(stake(10_000 * TOKEN - 1), &[&ann.actor], E::BelowMinimumSelfStake);
    world.refuses(stake(0), &[&ann.actor], E::ZeroAmount);
    world.send(&[stake(10_000 * TOKEN)], &[&ann.actor]);
    assert_eq!(world.position(&ann).shares, 10_000 * TOKEN);
    assert_eq!(world.stake_vault(&ann), 10_000 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn once_above_the_minimum_an_owner_may_add_as_little_as_it_likes() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.stake_self(&ann, 1);
    assert_eq!(world.provider(&ann).own.tokens, 10_000 * TOKEN + 1);
    assert_invariants(&world);
}

// position-deposit-3
#[test]
fn once_below_the_minimum_an_owner_may_add_as_little_as_it_likes() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.slash(&ann, PoolKind::Own, 5_000 * TOKEN);
    world.stake_self(&ann, 1);
    assert_eq!(world.provider(&ann).own.tokens, 5_000 * TOKEN + 1);
    assert_invariants(&world);
}

#[test]
fn own_stake_counts_from_the_next_epoch_on() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.next_epoch();
    world.stake_self(&ann, 5_000 * TOKEN);
    let first = world.cycle(&[&ann]);
    let second = world.cycle(&[&ann]);
    assert_eq!((first.stake_folded, second.stake_folded), (10_000 * TOKEN, 15_000 * TOKEN));
    assert_invariants(&world);
}

#[test]
fn a_provider_earns_nothing_in_the_epoch_of_its_registration() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let pool = world.cycle(&[&ann]);
    assert_eq!((pool.weighed, pool.weighed_with_weight, pool.total_weight, pool.emission), (1, 0, 0, 0));
    assert_invariants(&world);
}

#[test]
fn stake_that_is_leaving_does_not_count_towards_the_minimum() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.request_all(&ann);
    world.give(ann.actor.tokens, 10_000 * TOKEN);
    let stake = |amount| ix::stake_self(&ann.at, ann.actor.tokens, amount);
    world.refuses(stake(10_000 * TOKEN - 1), &[&ann.actor], E::BelowMinimumSelfStake);
    world.send(&[stake(10_000 * TOKEN)], &[&ann.actor]);
    assert_eq!(world.provider(&ann).own.tokens, 20_000 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn an_owner_stakes_only_what_it_has() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.give(ann.actor.tokens, 5);
    for amount in [6, 1 << 60, u64::MAX] {
        world.refuses(ix::stake_self(&ann.at, ann.actor.tokens, amount), &[&ann.actor], E::InsufficientFunds);
    }
    assert_invariants(&world);
}

// position-kind-1
#[test]
fn an_owner_cannot_delegate_to_itself_so_no_share_ever_changes_its_pool() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.holder("dora", &ann, 1_000 * TOKEN);
    world.give(ann.actor.tokens, 1_000 * TOKEN);
    let input = ix::Delegate { from: ann.actor.tokens, amount: 1_000 * TOKEN, min_shares_out: 0, max_open_claims: 0 };
    world.refuses(ix::delegate(&ann.at.own(), input), &[&ann.actor], E::OwnerCannotDelegate);

    // Nor into another position of its own, at an address with another bump.
    let mut elsewhere = ann.at.own();
    elsewhere.delegation = world.actor("elsewhere", 0).address();
    world.refuses(ix::delegate(&elsewhere, input), &[&ann.actor], E::OwnerCannotDelegate);
    assert_invariants(&world);
}

// position-kind-1
#[test]
fn every_instruction_takes_the_pool_from_the_position() {
    let world = World::new();
    let ann = world.owner("ann", 0, 20_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    world.request(&ann, 10_000 * TOKEN);
    world.request(&dora, 400 * TOKEN);
    let provider = world.provider(&ann);
    assert_eq!(provider.own.unbonding_shares, 10_000 * TOKEN);
    assert_eq!(provider.delegated.unbonding_shares, 400 * TOKEN);
    assert_eq!(world.ticket(&ann, 1).pool_kind(), PoolKind::Own);
    assert_eq!(world.ticket(&dora, 1).pool_kind(), PoolKind::Delegated);

    // Own rewards vest: the own position has nothing to restake, and a delegated position takes no own stake.
    let restake = ix::restake(&ann.at.own(), 0);
    world.refuses(restake, &[&ann.actor], E::NothingToClaim);
    let mut at = ann.at;
    (at.owner, at.own_position) = (dora.actor.address(), dora.at.delegation);
    world.give(dora.actor.tokens, 10_000 * TOKEN);
    world.refuses(ix::stake_self(&at, dora.actor.tokens, 10_000 * TOKEN), &[&dora.actor], E::NotThePool);
    assert_invariants(&world);
}

// position-deposit-3
#[test]
fn an_owner_may_always_add_to_its_own_stake() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.open_claim(&ann, 1, 10_000 * TOKEN, 0);
    let admin = &world.scenario.admin;
    world.send(&[ix::pause(&world.scenario.network.network, admin.address(), 7 * 86_400)], &[admin]);
    world.stake_self(&ann, 5_000 * TOKEN);
    assert_eq!(world.provider(&ann).own.tokens, 15_000 * TOKEN);
    assert_invariants(&world);
}
