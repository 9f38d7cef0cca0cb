//! How fees are shared (epoch-settle-4): here a fee is an entry in the record of its epoch and tokens in the
//! reward vault.

use crate::*;

const FEE: u64 = 3_000 * TOKEN;

// epoch-settle-4
#[test]
fn fees_join_their_providers_emission_of_the_epoch_in_one_split() {
    let world = World::new();
    let (ann, ben) = (world.owner("ann", 1_000, 10_000 * TOKEN), world.owner("ben", 0, 20_000 * TOKEN));
    let dora = world.holder("dora", &ann, 20_000 * TOKEN);
    world.cycle(&[&ann, &ben]);
    world.earn_fee(&ann, FEE);
    assert_invariants(&world);
    let pool = world.cycle(&[&ann, &ben]);
    // Emission by weight: three fifths. The fee is ann's alone, and no part of the epoch's pool.
    assert_eq!((pool.emission, pool.distributed), (EMISSION, EMISSION));
    let shared = EMISSION / 5 * 3 + FEE;
    assert_eq!(world.provider(&ben).own_rewards().0, EMISSION / 5 * 2);
    assert_eq!(world.provider(&ann).own_rewards().0, shared / 3 + shared / 30 * 2);
    assert_floor(world.claim(&dora), shared / 30 * 18);
    assert_invariants(&world);
}

// epoch-settle-4
#[test]
fn fees_are_shared_without_any_weight_too() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.earn_fee(&ann, FEE);
    world.next_epoch();
    let pool = world.finalize(1, &[]);
    assert_eq!(pool.emission, 0);
    world.settle(1, &[&ann]);
    assert_floor(world.claim(&dora), FEE / 2);
    assert_eq!(world.provider(&ann).own_rewards().0, FEE / 2);
    assert_invariants(&world);
}

// epoch-settle-4
#[test]
fn without_own_stake_the_fee_is_shared_in_the_limits_proportion() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.request_all(&ann);
    world.cycle(&[&ann]);
    world.earn_fee(&ann, FEE);
    world.next_epoch();
    world.crank(1, &[&ann]);
    assert_eq!(world.provider(&ann).own_rewards().0, FEE / 17);
    assert_floor(world.claim(&dora), FEE - FEE / 17);
    assert_invariants(&world);
}

// epoch-settle-5
#[test]
fn fees_that_no_delegator_is_eligible_for_are_the_owners_and_never_reclaimed() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.earn_fee(&ann, FEE);
    world.next_epoch();
    world.request_all(&dora);
    let pool = world.crank(1, &[&ann]);
    assert_eq!(pool.reclaimed, EMISSION / 2, "of the emission only");
    assert_eq!(world.provider(&ann).own_rewards().0, EMISSION / 2 + FEE);
    assert_invariants(&world);
}

// epoch-settle-2
#[test]
fn fees_of_an_epoch_that_leaves_the_ring_unsettled_are_shared_by_its_own_record() {
    let world = World::new();
    let ann = world.owner("ann", 1_000, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 30_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    let own = world.provider(&ann).own_rewards().0;
    world.claim(&dora);
    world.earn_fee(&ann, FEE);
    world.next_epoch();
    // What happens later does not change who earned the fee: eric comes after it.
    let eric = world.holder("eric", &ann, 40_000 * TOKEN);
    world.go_to_epoch(200);
    world.touch(&ann);
    assert_eq!(world.provider(&ann).own_rewards().0 - own, FEE / 4 + FEE / 40 * 3);
    assert_floor(world.claim(&dora), FEE / 40 * 27);
    world.refuses(ix::claim_rewards(&eric.at, eric.actor.tokens), &[&eric.actor], E::NothingToClaim);
    assert_invariants(&world);
}

// epoch-settle-1
#[test]
fn an_epoch_with_fees_is_not_passed_by_the_settlement_of_a_later_one() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.earn_fee(&ann, FEE);
    world.go_to_epoch(3);
    world.finalize(1, &[]);
    world.finalize(2, &[&ann]);
    let before = world.provider(&ann);
    world.settle(2, &[&ann]);
    assert_eq!(world.provider(&ann), before, "out of turn");
    world.settle(1, &[&ann]);
    world.settle(2, &[&ann]);
    assert_eq!(world.provider(&ann).own_rewards().0, EMISSION + FEE);
    assert_invariants(&world);
}

// epoch-settle-4
#[test]
fn a_fee_belongs_to_the_epoch_in_which_its_job_was_settled() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    let eric = world.holder("eric", &ann, 80_000 * TOKEN);
    world.earn_fee(&ann, FEE);
    world.cycle(&[&ann]);
    // Eric joined in the epoch of the fee and gets nothing of it.
    assert_floor(world.claim(&dora), EMISSION + FEE / 2);
    world.refuses(ix::claim_rewards(&eric.at, eric.actor.tokens), &[&eric.actor], E::NothingToClaim);
    assert_invariants(&world);
}
