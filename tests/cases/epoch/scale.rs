//! Nobody earns by another's loss of weight (epoch-weigh-4).
//!
//! Rule: an epoch emits by the stake that got weight, over the largest stake folded in eight epochs, this one
//! included; folded is every provider in a place that was weighed, with weight or without.
//! Kind: stake without weight is folded as if it had some, so that what it does not earn feeds those who do.
//! Looked for among all that takes weight away: no score, jail, the end of the grace below the minimum,
//! maintenance, own stake that asked to leave, a gate, a crank that did not come, the epoch after a halt; and
//! among all that shares by a sum: emission, what earlier epochs left, the keepers' and the attesters' part.
//! Delegators that leave give their part to the others of the same pool, which their own provider pays for.

use crate::*;
use work_token_sdk::{
    math::Ppm,
    state::{Metric, MetricSource},
};

/// A network that measures signs of life, without a share cap.
fn alive() -> World {
    World::measuring(&[Metric::new("life", Ppm(1_000_000), MetricSource::Heartbeat)], |options| {
        options.params.share_cap_ppm = 1_000_000;
    })
}

/// An epoch in which only `scored` is scored and both are weighed; its emission.
fn epoch_with(world: &World, scored: &[&Owner], all: &[&Owner]) -> u64 {
    let epoch = world.epoch();
    world.next_epoch();
    if !scored.is_empty() {
        world.score(epoch, scored);
    }
    world.weigh_unscored(epoch, all);
    world.crank(epoch, all).emission
}

#[test]
fn a_newcomer_gets_its_own_part_while_nobody_scores_the_incumbent_however_long_it_lasts() {
    let world = alive();
    let ann = world.owner("ann", 0, 990_000 * TOKEN);
    world.next_epoch();
    let ben = world.owner("ben", 0, 10_000 * TOKEN);
    let all = [&ann, &ben];
    world.finalize(0, &[]);
    for _ in 0..2 {
        epoch_with(&world, &all, &all);
    }
    // Two epochs of grace with the last score, then none.
    for _ in 0..2 {
        assert!(epoch_with(&world, &[&ben], &all) > EMISSION / 10 * 9);
    }
    for epoch in 0..10 {
        let emission = epoch_with(&world, &[&ben], &all);
        assert!(emission <= EMISSION / 100, "epoch {epoch}: {emission}");
    }
    assert_invariants(&world);
}

#[test]
fn what_a_jailed_provider_loses_nobody_gets_and_its_stake_is_folded_as_long_as_it_has_its_place() {
    let world = World::with(|options| options.params.share_cap_ppm = 1_000_000);
    let (ann, ben) = (world.owner("ann", 0, 90_000 * TOKEN), world.owner("ben", 0, 10_000 * TOKEN));
    world.cycle(&[&ann, &ben]);
    world.cycle(&[&ann, &ben]);
    world.edit_provider(&ann, |provider| provider.state = ProviderState::Jailed as u8);
    world.cycle(&[&ann, &ben]);
    for _ in 0..10 {
        let pool = world.cycle(&[&ann, &ben]);
        assert_eq!((pool.stake_folded, pool.stake_weighted), (100_000 * TOKEN, 10_000 * TOKEN));
        assert_eq!(pool.emission, EMISSION / 10);
    }
    assert_invariants(&world);
}

#[test]
fn a_keeper_is_paid_for_weighing_stake_that_gets_no_weight_and_not_for_a_provider_without_stake() {
    let world = World::new();
    let (ann, ben) = (world.owner("ann", 0, 90_000 * TOKEN), world.owner("ben", 0, 10_000 * TOKEN));
    world.cycle(&[&ann, &ben]);
    world.cycle(&[&ann, &ben]);
    world.edit_provider(&ann, |provider| provider.state = ProviderState::Jailed as u8);
    world.request_all(&ben);
    world.next_epoch();
    let epoch = world.epoch();
    world.next_epoch();
    world.finalize(epoch - 1, &[&ann, &ben]);
    let pool = world.weigh(epoch, &[&ann, &ben]);
    assert_eq!((pool.weighed, pool.weighed_with_weight), (2, 0));
    assert_eq!(pool.keeper_paid, pool.weigh_bounty, "for the jailed one's stake alone");
    assert_invariants(&world);
}

#[test]
fn maintenance_takes_from_who_declares_it_and_gives_to_nobody() {
    let world = World::with(|options| options.params.share_cap_ppm = 1_000_000);
    let (ann, ben) = (world.owner("ann", 0, 50_000 * TOKEN), world.owner("ben", 0, 50_000 * TOKEN));
    world.cycle(&[&ann, &ben]);
    world.next_epoch();
    let quarter = DAY as u32 / 4;
    let operator = world.scenario.operator_of(&ann.actor);
    let when = ix::Maintenance { from_ts: world.now() + HOUR, secs: quarter };
    let network = world.scenario.network.network;
    let declare = ix::declare_maintenance(&network, operator.address(), ann.at.provider, when);
    world.send(&[declare], &[&operator]);
    let before = world.provider(&ben).own_rewards().0;
    let epoch = world.epoch();
    world.next_epoch();
    let pool = world.crank(epoch, &[&ann, &ben]);
    assert_eq!(pool.emission, EMISSION / 8 * 7);
    assert_eq!(world.provider(&ben).own_rewards().0 - before, EMISSION / 2);
    assert_invariants(&world);
}

#[test]
fn the_largest_stake_is_of_eight_epochs_this_one_included() {
    let world = World::with(|options| options.params.share_cap_ppm = 1_000_000);
    let (ann, ben) = (world.owner("ann", 0, 90_000 * TOKEN), world.owner("ben", 0, 10_000 * TOKEN));
    world.cycle(&[]);
    world.cycle(&[&ann, &ben]);
    // Seven epochs beside the one that folded both.
    for _ in 0..7 {
        assert_eq!(world.cycle(&[&ben]).emission, EMISSION / 10);
    }
    assert_eq!(world.cycle(&[&ben]).emission, EMISSION, "the eighth no longer knows of it");
    assert_invariants(&world);
}

#[test]
fn epochs_that_measured_nothing_count_for_nothing() {
    let world = World::with(|options| options.params.share_cap_ppm = 1_000_000);
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    for _ in 0..4 {
        world.cycle(&[&ann]);
    }
    assert_eq!(world.provider(&ann).reputation.unscored_epochs, 0);
    assert_invariants(&world);
}
