//! What is lost by design, and by how much: whoever leaves gives up what is not settled, and rings forget.
//!
//! Everything else that a holder earned is paid to the unit, whenever it comes
//! (`math::histories::every_delegator_is_credited_its_exact_part_of_every_epoch_less_one_unit_per_rounding`).

use crate::*;
use work_token_sdk::view::{self, Field, PositionAt};

const HALF: u64 = EMISSION / 2;

/// An owner and two delegators of half its size each, in epoch 1.
fn trio() -> (World, Owner, Holder, Holder) {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let (dora, eric) = (world.holder("dora", &ann, 5_000 * TOKEN), world.holder("eric", &ann, 5_000 * TOKEN));
    world.cycle(&[&ann]);
    (world, ann, dora, eric)
}

// position-leave-5
#[test]
fn who_leaves_with_epochs_unsettled_gives_up_exactly_those_to_who_stays() {
    let (world, ann, dora, eric) = trio();
    for _ in 0..3 {
        world.next_epoch();
    }
    world.request_all(&dora);
    for epoch in 1..=3 {
        world.crank(epoch, &[&ann]);
    }
    world.refuses(ix::claim_rewards(&dora.at, dora.actor.tokens), &[&dora.actor], E::NothingToClaim);
    let stayed = world.claim(&eric);
    assert!(3 * HALF - stayed <= 3, "all three epochs are the other's: {stayed}");
    assert_invariants(&world);
}

// position-leave-5
#[test]
fn settling_in_the_same_transaction_loses_the_running_epoch_alone() {
    let (world, ann, dora, eric) = trio();
    for epoch in 1..=3 {
        world.next_epoch();
        world.finalize(epoch, &[&ann]);
    }
    let (network, provider, position) = (world.network(), world.provider(&ann), world.position(&dora));
    let (network, provider, position) = (&network, &provider, &position);
    let at = PositionAt { network, provider, position, tickets: &[], now_ts: world.now() };
    let epochs: Vec<_> = (1..=3).map(|epoch| world.pool(epoch)).collect();
    let first = view::settle_first(&at, &epochs, usize::MAX);
    assert_eq!(first.epochs, [1, 2, 3]);
    let leaving = view::leave(&PositionAt { provider: &first.provider, ..at }, None, &epochs, &Field::default());
    let forfeited: Vec<u32> = leaving.forfeits.iter().map(|lost| lost.epoch).collect();
    assert_eq!(forfeited, [4], "what is left is the running epoch");

    let keeper = ix::Keeper { keeper: dora.actor.address(), account: Some(dora.actor.tokens) };
    let settle = |epoch: &u32| ix::settle_providers(&world.scenario.network, *epoch, keeper, &[ann.at.provider]);
    let mut leave: Vec<_> = first.epochs.iter().map(settle).collect();
    leave.push(world.request_ix(&dora, 5_000 * TOKEN).0);
    world.send(&leave, &[&dora.actor]);
    let bounties = world.balance(&dora.actor);
    assert_eq!(world.claim(&dora), leaving.claimable, "the view says it to the unit");
    assert!(3 * HALF / 2 - leaving.claimable <= 3 && bounties > 0);
    world.cycle(&[&ann]);
    let stayed = world.claim(&eric);
    assert!((3 * HALF / 2 + HALF) - stayed <= 4, "the running epoch is the other's: {stayed}");
    assert_invariants(&world);
}

// position-leave-5
#[test]
fn what_can_be_settled_first_stops_at_the_first_epoch_that_is_not_final() {
    let (world, ann, dora, _) = trio();
    for epoch in [1, 2, 3] {
        world.next_epoch();
        if epoch != 2 {
            world.open(epoch);
        }
    }
    let seen = |most: usize| {
        let (network, provider, position) = (world.network(), world.provider(&ann), world.position(&dora));
        let epochs: Vec<_> = (1..=3).filter_map(|epoch| world.scenario.find(&world.pool_key(epoch))).collect();
        let (network, provider, position) = (&network, &provider, &position);
        let at = PositionAt { network, provider, position, tickets: &[], now_ts: world.now() };
        view::settle_first(&at, &epochs, most).epochs
    };
    assert_eq!(seen(8), [0u32; 0]);
    world.finalize(1, &[&ann]);
    assert_eq!(seen(8), [1]);
    world.finalize(2, &[&ann]);
    assert_eq!((seen(8), seen(1)), (vec![1, 2], vec![1]));
    assert_invariants(&world);
}

// position-lot-2
#[test]
fn a_lot_past_the_ring_loses_exactly_the_epochs_before_the_oldest_end_that_is_kept() {
    for (settled, lost) in [(15, 0), (16, 1), (20, 5)] {
        let (world, ann, dora, eric) = trio();
        for _ in 1..=settled {
            world.cycle(&[&ann]);
            if world.epoch() == 3 {
                world.activate(&eric);
            }
        }
        let exact = |epochs: u64| epochs * HALF / 2;
        let (unseen, seen) = (world.claim(&dora), world.claim(&eric));
        let (of_lot, of_all) = (exact(settled - lost), exact(settled));
        assert!(of_lot - unseen <= 1, "{settled} epochs: {unseen} of {of_lot}");
        assert!(of_all - seen <= 7_000 + 2, "{settled} epochs, activated: {seen} of {of_all}");
        assert_invariants(&world);
    }
}

// epoch-settle-2
#[test]
fn an_epoch_that_is_settled_more_than_seven_epochs_late_is_lost_to_everybody_alike() {
    let (world, ann, dora, eric) = trio();
    world.next_epoch();
    world.finalize(1, &[&ann]);
    for _ in 0..7 {
        world.next_epoch();
    }
    // Epoch 9: the record of epoch 1 has made room.
    world.settle(1, &[&ann]);
    assert_eq!(world.pool(1).distributed, 0);
    for holder in [&dora, &eric] {
        world.refuses(ix::claim_rewards(&holder.at, holder.actor.tokens), &[&holder.actor], E::NothingToClaim);
    }
    assert_invariants(&world);
}
