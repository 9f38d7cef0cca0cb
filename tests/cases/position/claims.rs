//! Claiming and restaking a delegator's rewards.

use crate::{position::earned_once, *};

#[test]
fn a_claim_pays_everything_earned_and_then_nothing() {
    let (world, _, dora) = earned_once();
    assert_floor(world.claim(&dora), EMISSION / 2);
    world.refuses(ix::claim_rewards(&dora.at, dora.actor.tokens), &[&dora.actor], E::NothingToClaim);
    assert_invariants(&world);
}

#[test]
fn a_claim_goes_to_any_account_but_a_vault() {
    let (world, ann, dora) = earned_once();
    let to = |to| ix::claim_rewards(&dora.at, to);
    for vault in [world.scenario.network.vault(VaultKind::Treasury), ann.at.stake_vault] {
        world.refuses(to(vault), &[&dora.actor], E::VaultAsDestination);
    }
    let friend = world.actor("friend", 0);
    world.send(&[to(friend.tokens)], &[&dora.actor]);
    assert_floor(world.balance(&friend), EMISSION / 2);
    assert_invariants(&world);
}

#[test]
fn rewards_survive_a_full_exit_until_they_are_claimed() {
    let (world, _, dora) = earned_once();
    let ticket = world.request_all(&dora);
    world.pass(10 * DAY);
    world.withdraw(&dora, ticket);
    world.refuses(ix::close_delegation(&dora.at, dora.actor.address()), &[&dora.actor], E::PositionNotEmpty);
    world.pass(300 * DAY);
    assert_floor(world.claim(&dora), EMISSION / 2);
    world.close(&dora);
    assert_invariants(&world);
}

#[test]
fn a_restake_turns_rewards_into_a_lot_that_earns_from_the_next_epoch_on() {
    let (world, ann, dora) = earned_once();
    let before = world.vault(VaultKind::Reward);
    world.restake(&dora);
    let position = world.position(&dora);
    let lot = position.pending[0];
    assert_eq!((position.shares, position.credited, lot.activation_epoch), (10_000 * TOKEN, 0, world.epoch() + 1));
    assert_floor(lot.shares, EMISSION / 2);
    assert_eq!(before - world.vault(VaultKind::Reward), lot.shares);
    assert_eq!(world.stake_vault(&ann), 20_000 * TOKEN + lot.shares);
    assert_invariants(&world);
}

#[test]
fn a_restake_needs_a_reward_and_works_after_a_full_exit_too() {
    let (world, ann, dora) = earned_once();
    let eric = world.holder("eric", &ann, 100 * TOKEN);
    world.refuses(ix::restake(&eric.at, 0), &[&eric.actor], E::NothingToClaim);
    world.request_all(&dora);
    world.restake(&dora);
    assert_floor(world.position(&dora).total_shares().0, EMISSION / 2);
    assert_invariants(&world);
}

#[test]
fn a_reward_below_the_minimum_cannot_be_restaked_by_one_who_has_left() {
    let world = World::with(|options| options.mode = EmissionMode::Reserve);
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.give(world.scenario.network.vault(VaultKind::Reserve), 100 * TOKEN);
    world.cycle(&[&ann]);
    world.request_all(&dora);
    world.refuses(ix::restake(&dora.at, 0), &[&dora.actor], E::BelowMinimumDelegation);
    assert_floor(world.claim(&dora), 100 * TOKEN / 200 * 99);
    assert_invariants(&world);
}

// position-deposit-2
#[test]
fn a_restake_accepts_as_many_open_claims_as_it_says() {
    let (world, ann, dora) = earned_once();
    world.open_claim(&ann, 1, 0, 50 * TOKEN);
    world.refuses(ix::restake(&dora.at, 0), &[&dora.actor], E::OpenClaims);
    world.refuses(ix::restake(&dora.at, 50 * TOKEN - 1), &[&dora.actor], E::OpenClaims);
    world.send(&[ix::restake(&dora.at, 50 * TOKEN)], &[&dora.actor]);
    assert_invariants(&world);
}

// position-reward-2
#[test]
fn nothing_is_restaked_into_a_provider_that_leaves() {
    let (world, ann, dora) = earned_once();
    world.retire(&ann);
    world.refuses(ix::restake(&dora.at, 0), &[&dora.actor], E::ProviderRetiring);
    assert_floor(world.claim(&dora), EMISSION / 2);
    assert_invariants(&world);
}

#[test]
fn books_that_fall_short_pay_what_they_owe_instead_of_failing() {
    let (world, ann, dora) = earned_once();
    // Never seen; constructed to show that an exit cannot fail.
    let missing = 7;
    world.edit_provider(&ann, |provider| provider.rewards.owed -= missing);
    let paid = world.claim(&dora);
    assert_eq!(paid, EMISSION / 2 - missing);
    world.edit_provider(&ann, |provider| provider.rewards.owed += missing);
    assert_invariants(&world);
}

// principle-outside-1
#[test]
fn a_frozen_account_of_one_delegator_stops_nobody_else() {
    let (world, ann, dora) = earned_once();
    let eric = world.holder("eric", &ann, 10_000 * TOKEN);
    world.set_frozen(&dora.actor.tokens, true);
    world.refuses(ix::claim_rewards(&dora.at, dora.actor.tokens), &[&dora.actor], E::TokenAccountFrozen);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    assert!(world.claim(&eric) > 0);
    assert_invariants(&world);
}
