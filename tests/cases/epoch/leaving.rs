//! Own stake that asks to leave earns nothing in that epoch, and leaving takes nobody's fees (epoch-record-3,
//! epoch-settle-4).
//!
//! Rule: of the emission the own part is paid for the least own stake that stayed all through the epoch,
//! cancelled or not; what it does not earn is paid to nobody. Fees of an epoch that began without own stake
//! are shared in the limit's proportion, own : delegated = 1 : leverage, less commission. Kind: what can be
//! taken back within an epoch escapes a cost. Looked for at everything that is read at the beginning of an
//! epoch and can be undone before its end: own stake (here), delegated stake (its shares leave the divisor at
//! once, and come back with the next epoch), offers (count from the next epoch), maintenance (declared once,
//! never withdrawn), commission (a fall counts at once and costs its owner, a raise has its notice), places
//! (left for good with the next epoch), challenges (fall with a request to leave), bonds of attesters (count
//! from the next epoch). `job/counts.rs` holds what a draw counts.

use crate::*;

/// Two providers of 50,000 own stake in their second epoch, ann with a delegator of as much.
fn two() -> (World, Owner, Owner, Holder) {
    let world = World::with(|options| options.params.share_cap_ppm = 1_000_000);
    let (ann, ben) = (world.owner("ann", 0, 50_000 * TOKEN), world.owner("ben", 0, 50_000 * TOKEN));
    let dora = world.holder("dora", &ann, 50_000 * TOKEN);
    world.cycle(&[&ann, &ben]);
    world.next_epoch();
    (world, ann, ben, dora)
}

/// What the epoch that runs brings ann, her delegator and ben.
fn brings(world: &World, ann: &Owner, ben: &Owner, dora: &Holder) -> (u64, u64, u64) {
    let own = |owner: &Owner| world.provider(owner).own_rewards().0;
    let before = (own(ann), own(ben));
    let epoch = world.epoch();
    world.next_epoch();
    world.crank(epoch, &[ann, ben]);
    (own(ann) - before.0, world.claim(dora), own(ben) - before.1)
}

#[test]
fn all_own_stake_that_asked_to_leave_and_was_cancelled_earns_nothing_and_nobody_gets_its_part() {
    let (world, ann, ben, dora) = two();
    let ticket = world.request_all(&ann);
    world.cancel(&ann, ticket);
    let (to_ann, to_dora, to_ben) = brings(&world, &ann, &ben, &dora);
    assert_eq!(to_ann, 0);
    assert_floor(to_dora, EMISSION / 3);
    assert_floor(to_ben, EMISSION / 3);
    assert_invariants(&world);
}

#[test]
fn what_earns_is_the_least_that_stayed_however_often_it_was_taken_back() {
    let (world, ann, ben, dora) = two();
    for _ in 0..2 {
        let ticket = world.request(&ann, 20_000 * TOKEN);
        world.cancel(&ann, ticket);
    }
    assert_eq!(world.record(&ann, world.epoch()).own_kept, 30_000 * TOKEN);
    let (to_ann, to_dora, to_ben) = brings(&world, &ann, &ben, &dora);
    assert_floor(to_ann, EMISSION / 3 / 5 * 3);
    assert_floor(to_dora, EMISSION / 3);
    assert_floor(to_ben, EMISSION / 3);
    assert_invariants(&world);
}

#[test]
fn stake_that_came_within_the_epoch_may_leave_again_without_a_loss() {
    let (world, ann, ben, dora) = two();
    world.give(ann.actor.tokens, 10_000 * TOKEN);
    world.stake_self(&ann, 10_000 * TOKEN);
    world.request(&ann, 10_000 * TOKEN);
    assert_eq!(world.record(&ann, world.epoch()).own_kept, 50_000 * TOKEN);
    let (to_ann, _, to_ben) = brings(&world, &ann, &ben, &dora);
    assert_floor(to_ann, EMISSION / 3);
    assert_floor(to_ben, EMISSION / 3);
    assert_invariants(&world);
}

#[test]
fn own_stake_that_left_in_the_last_second_does_not_take_the_fees_of_the_next_epoch() {
    let world = World::new();
    let ann = world.owner("ann", 1_000, 10_000 * TOKEN);
    world.holder("dora", &ann, 160_000 * TOKEN);
    world.cycle(&[&ann]);
    world.pass(DAY - 1);
    let ticket = world.request_all(&ann);
    world.next_epoch();
    world.cancel(&ann, ticket);
    let fee = 17_000 * TOKEN;
    world.earn_fee(&ann, fee);
    let epoch = world.epoch();
    world.next_epoch();
    world.finalize(epoch - 1, &[&ann]);
    world.settle(epoch - 1, &[&ann]);
    let between = (world.provider(&ann).own_rewards().0, world.provider(&ann).rewards.owed);
    world.crank(epoch, &[&ann]);
    // 1 : 16, and a tenth of the delegators' part is the commission.
    assert_eq!(world.provider(&ann).own_rewards().0 - between.0, fee / 17 + fee / 17 * 16 / 10);
    assert_eq!(world.provider(&ann).rewards.owed - between.1, fee / 17 * 16 / 10 * 9);
    assert_invariants(&world);
}

#[test]
fn fees_are_the_owners_where_nobody_is_delegated_and_it_has_left() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.request_all(&ann);
    world.next_epoch();
    world.earn_fee(&ann, 1_000 * TOKEN);
    let epoch = world.epoch();
    world.next_epoch();
    world.crank(epoch, &[&ann]);
    assert_eq!(world.provider(&ann).own_rewards().0, 1_000 * TOKEN);
    assert_invariants(&world);
}
