//! The provider's part of its delegators' rewards.

use crate::*;

fn commission_of(world: &World, owner: &Owner, epoch: u32) -> u16 {
    world.provider(owner).record(math::Epoch(epoch)).expect("the record is kept").commission_bps
}

fn announce(owner: &Owner, commission_bps: u16) -> work_token_sdk::Instruction {
    ix::announce_commission(&owner.at, commission_bps)
}

// provider-commission-3
#[test]
fn an_epoch_settled_late_is_settled_with_the_commission_it_had() {
    let world = World::new();
    let ann = world.owner("ann", 1_000, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.send(&[announce(&ann, 1_500)], &[&ann.actor]);
    // Ten days of notice end within epoch 11, so 12 is the first epoch at 1,500. Epochs 8 to 12 are cranked
    // together, late.
    world.go_to_epoch(13);
    for epoch in 5..8 {
        world.finalize(epoch, &[]);
    }
    for epoch in 8..13 {
        world.crank(epoch, &[&ann]);
    }
    assert_eq!([8, 10, 11, 12].map(|epoch| commission_of(&world, &ann, epoch)), [1_000, 1_000, 1_000, 1_500]);
    let delegated = 4 * (EMISSION / 20 * 9) + EMISSION / 40 * 17;
    assert_floor(world.claim(&dora), delegated);
    assert_invariants(&world);
}

// provider-commission-2
#[test]
fn a_raise_waits_one_unbonding_time_and_then_for_the_next_epoch() {
    let world = World::new();
    let ann = world.owner("ann", 1_000, 10_000 * TOKEN);
    world.pass(HOUR);
    world.send(&[announce(&ann, 1_500)], &[&ann.actor]);
    let provider = world.provider(&ann);
    assert_eq!((provider.commission_bps, provider.commission_announced_bps), (1_000, 1_500));
    assert_eq!(provider.commission_effective_ts, world.now() + 10 * DAY);
    // The notice ends an hour into epoch 10.
    world.go_to_epoch(11);
    world.touch(&ann);
    assert_eq!([10, 11].map(|epoch| commission_of(&world, &ann, epoch)), [1_000, 1_500]);
    assert_eq!((world.provider(&ann).commission_bps, world.provider(&ann).commission_effective_ts), (1_500, 0));
    assert_invariants(&world);
}

// provider-commission-2
#[test]
fn a_fall_counts_from_the_present_epoch_on() {
    let world = World::new();
    let ann = world.owner("ann", 4_000, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.pass(20 * HOUR);
    world.send(&[announce(&ann, 100)], &[&ann.actor]);
    assert_eq!([0, 1].map(|epoch| commission_of(&world, &ann, epoch)), [4_000, 100]);
    assert_invariants(&world);
}

// provider-commission-2
#[test]
fn there_is_one_announcement_at_a_time_and_a_new_one_starts_its_notice_again() {
    let world = World::new();
    let ann = world.owner("ann", 1_000, 10_000 * TOKEN);
    world.send(&[announce(&ann, 1_400)], &[&ann.actor]);
    world.pass(9 * DAY);
    world.send(&[announce(&ann, 1_500)], &[&ann.actor]);
    world.go_to_epoch(15);
    world.touch(&ann);
    assert_eq!(world.provider(&ann).commission_bps, 1_000, "the first announcement is gone");
    world.go_to_epoch(19);
    world.touch(&ann);
    assert_eq!(world.provider(&ann).commission_bps, 1_500);
    // A fall withdraws a raise that was announced.
    world.send(&[announce(&ann, 2_000)], &[&ann.actor]);
    world.send(&[announce(&ann, 1_500)], &[&ann.actor]);
    world.go_to_epoch(40);
    world.touch(&ann);
    assert_eq!(world.provider(&ann).commission_bps, 1_500);
    assert_invariants(&world);
}

#[test]
fn a_raise_is_at_most_five_points_and_the_commission_at_most_half() {
    let world = World::new();
    let ann = world.owner("ann", 4_700, 10_000 * TOKEN);
    world.refuses(announce(&ann, 5_001), &[&ann.actor], E::CommissionAboveMaximum);
    world.refuses(announce(&ann, u16::MAX), &[&ann.actor], E::CommissionAboveMaximum);
    world.send(&[announce(&ann, 5_000)], &[&ann.actor]);
    let ben = world.owner("ben", 1_000, 10_000 * TOKEN);
    world.refuses(announce(&ben, 1_501), &[&ben.actor], E::CommissionStepTooLarge);
    world.send(&[announce(&ben, 1_500)], &[&ben.actor]);
    assert_invariants(&world);
}

#[test]
fn announcing_again_before_the_notice_does_not_stack_raises() {
    let world = World::new();
    let ann = world.owner("ann", 1_000, 10_000 * TOKEN);
    world.send(&[announce(&ann, 1_500)], &[&ann.actor]);
    world.refuses(announce(&ann, 2_000), &[&ann.actor], E::CommissionStepTooLarge);
    assert_invariants(&world);
}

#[test]
fn everybody_can_leave_before_a_raise_holds() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.send(&[announce(&ann, 500)], &[&ann.actor]);
    let ticket = world.request_all(&dora);
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&dora, ticket), 10_000 * TOKEN);
    assert_eq!(world.provider(&ann).commission_bps, 0, "the raise holds from the next epoch on");
    assert_invariants(&world);
}

#[test]
fn a_provider_that_leaves_announces_nothing() {
    let world = World::new();
    let ann = world.owner("ann", 1_000, 10_000 * TOKEN);
    world.retire(&ann);
    world.refuses(announce(&ann, 900), &[&ann.actor], E::ProviderRetiring);
    assert_invariants(&world);
}
