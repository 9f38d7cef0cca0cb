//! Epochs that nobody cranked in time.

use crate::{epoch::sweeping, *};
use work_token_sdk::state::EpochRecord;

#[test]
fn skipped_epochs_mint_nothing_and_the_next_one_works() {
    for missed in [1, 7, 8, 9, 40, 500] {
        let world = World::new();
        let ann = world.owner("ann", 0, 10_000 * TOKEN);
        let dora = world.holder("dora", &ann, 10_000 * TOKEN);
        world.cycle(&[&ann]);
        world.cycle(&[&ann]);
        assert_floor(world.claim(&dora), EMISSION / 2);
        let now = 2 + missed;
        world.go_to_epoch(now + 1);
        let first = world.network().next_to_finalize(math::Epoch(now + 1)).0;
        for epoch in first..now {
            world.finalize(epoch, &[]);
        }
        world.crank(now, &[&ann]);
        assert_eq!(world.network().emitted_total, 2 * (EMISSION + KEEPERS), "{missed} missed");
        assert_floor(world.claim(&dora), EMISSION / 2);
        assert_invariants(&world);
    }
}

// epoch-settle-2
#[test]
fn what_was_not_settled_within_eight_epochs_returns_to_the_next_emission() {
    let world = World::new();
    let (ann, ben) = (world.owner("ann", 0, 10_000 * TOKEN), world.owner("ben", 0, 30_000 * TOKEN));
    world.cycle(&[&ann, &ben]);
    world.next_epoch();
    world.finalize(1, &[&ann, &ben]);
    world.settle(1, &[&ann]);
    // The last epoch in which epoch 1 can be settled is 8.
    world.go_to_epoch(9);
    let pool = world.settle(1, &[&ben]);
    assert_eq!((pool.settled, pool.distributed), (1, EMISSION / 4), "too late: no effect");
    let sweep = ix::sweep_epoch(&world.scenario.network.network, 1);
    world.refuses(sweep, &[], E::TooEarlyToSweep);
    assert_invariants(&world);
    world.go_to_epoch(10);
    assert_eq!(sweeping::reasons(&world, 1), [EMISSION / 4 * 3, 0, 0]);
    assert_eq!(world.network().carried, EMISSION / 4 * 3);
    assert_invariants(&world);

    for epoch in 2..9 {
        world.finalize(epoch, &[]);
    }
    let pool = world.crank(9, &[&ann, &ben]);
    assert_eq!(pool.emission, EMISSION + EMISSION / 4 * 3);
    assert_eq!(world.network().carried, 0);
    assert_invariants(&world);
}

// epoch-settle-2
#[test]
fn a_provider_that_loses_epochs_says_so() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.next_epoch();
    world.finalize(1, &[&ann]);
    world.go_to_epoch(2);
    world.earn_fee(&ann, 500 * TOKEN);
    world.go_to_epoch(60);
    let touch = ix::touch_provider(&world.scenario.network.network, ann.at.provider);
    let events = decode_logs(&world.send(&[touch], &[]).logs).events;
    let [Event::EpochsLost(lost)] = events.as_slice() else { panic!("one event: {events:?}") };
    assert_eq!((lost.provider, lost.epochs, lost.fees), (ann.at.provider, 1, 500 * TOKEN));
    assert_eq!(world.provider(&ann).own_rewards().0, 500 * TOKEN, "the fee is shared all the same");
    assert_invariants(&world);
}

// epoch-settle-1
#[test]
fn an_epoch_can_be_settled_until_the_end_of_the_seventh_after_it() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.next_epoch();
    world.finalize(1, &[&ann]);
    world.go_to_epoch(9);
    world.pass(-1);
    assert_eq!(world.epoch(), 8);
    let pool = world.settle(1, &[&ann]);
    assert_eq!(pool.distributed, EMISSION);
    assert_invariants(&world);
}

#[test]
fn an_epoch_finalized_when_nothing_of_it_can_be_settled_any_more_emits_nothing() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.next_epoch();
    world.open(1);
    world.pass(HOUR);
    world.send(&[world.weigh_ix(1, &[&ann])], &[]);
    world.go_to_epoch(9);
    world.send(&[world.finalize_ix(1)], &[]);
    let pool = world.pool(1);
    assert_eq!((pool.state, pool.total_weight, pool.emission), (EpochState::Finalized as u8, 10_000 * TOKEN, 0));
    assert_eq!(world.network().emitted_total, 0);
    assert_invariants(&world);
}

#[test]
fn a_provider_untouched_for_seven_epochs_remembers_the_same_as_one_touched_in_each() {
    let world = World::new();
    let (ann, ben) = (world.owner("ann", 300, 10_000 * TOKEN), world.owner("ben", 300, 10_000 * TOKEN));
    for _ in 0..7 {
        world.next_epoch();
        world.touch(&ann);
    }
    world.touch(&ben);
    let but_for_the_place =
        |owner: &Owner| world.provider(owner).records.map(|record| EpochRecord { place_plus_one: 0, ..record });
    assert_eq!(but_for_the_place(&ann), but_for_the_place(&ben));
    assert_eq!(world.provider(&ann).rewards, world.provider(&ben).rewards);
    assert_invariants(&world);
}

#[test]
fn exits_need_no_crank_however_long_nobody_came() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    world.activate(&dora);
    world.go_to_epoch(600);
    let ticket = world.request_all(&dora);
    assert_floor(world.claim(&dora) + 7_000, EMISSION / 2);
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&dora, ticket), 10_000 * TOKEN);
    let ticket = world.request_all(&ann);
    world.pass(35 * DAY);
    assert_eq!(world.withdraw(&ann, ticket), 10_000 * TOKEN);
    assert_eq!(world.claim_own(&ann), EMISSION / 2);
    assert_invariants(&world);
}
