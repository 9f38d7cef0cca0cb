//! How an epoch's reward is shared: exact numbers, computed with the math that the program uses and by hand.

use crate::*;
use math::{Amount, Bps, Shares, reward, snapshot::Snapshot};

#[test]
fn the_reward_is_shared_by_weight_then_by_stake_and_the_commission_is_the_owners() {
    let world = World::new();
    let (ann, ben) = (world.owner("ann", 1_000, 10_000 * TOKEN), world.owner("ben", 0, 20_000 * TOKEN));
    let (dora, eric) = (world.holder("dora", &ann, 12_000 * TOKEN), world.holder("eric", &ann, 8_000 * TOKEN));
    world.cycle(&[&ann, &ben]);
    let pool = world.cycle(&[&ann, &ben]);
    assert_eq!((pool.emission, pool.total_weight), (EMISSION, 50_000 * TOKEN));
    // Ann's side: three fifths, 59,400. A third of it is its own, a tenth of the rest commission.
    assert_eq!(world.provider(&ann).own_rewards().0, (19_800 + 3_960) * TOKEN);
    assert_eq!(world.provider(&ben).own_rewards().0, 39_600 * TOKEN);
    assert_floor(world.claim(&dora), 35_640 * TOKEN / 5 * 3);
    assert_floor(world.claim(&eric), 35_640 * TOKEN / 5 * 2);
    assert_invariants(&world);
}

#[test]
fn every_part_rounds_down_and_the_dust_is_kept_in_the_vault() {
    let world = World::new();
    let ann = world.owner("ann", 777, 10_000 * TOKEN + 13);
    let dora = world.holder("dora", &ann, 10_001 * TOKEN + 5);
    let eric = world.holder("eric", &ann, 3_333 * TOKEN + 1);
    let ben = world.owner("ben", 0, 17_001 * TOKEN + 3);
    world.cycle(&[&ann, &ben]);
    let pool = world.cycle(&[&ann, &ben]);

    let record = *world.provider(&ann).record(math::Epoch(1)).unwrap();
    let emission = reward::of_emission(Amount(pool.emission), record.weight, pool.total_weight);
    let snapshot = Snapshot {
        own_total: Amount(record.own_total),
        delegated_total: Amount(record.delegated_total),
        own_staked: Amount(10_000 * TOKEN + 13),
        own_kept: Amount(10_000 * TOKEN + 13),
        delegated_staked: Amount(13_334 * TOKEN + 6),
        delegated_shares: Shares(13_334 * TOKEN + 6),
        commission: Bps(777),
    };
    let split = reward::split(emission, Amount::ZERO, &snapshot, 16);
    assert_eq!(world.provider(&ann).own_rewards(), split.own);
    assert_eq!(world.provider(&ann).rewards.owed, split.delegated.0);
    assert_eq!(split.own.0 + split.delegated.0, emission.0, "nothing is lost in the split");

    let share =
        |shares: u64| (u128::from(split.delegated.0) * u128::from(shares) / u128::from(13_334 * TOKEN + 6)) as u64;
    let (to_dora, to_eric) = (world.claim(&dora), world.claim(&eric));
    assert_floor(to_dora, share(10_001 * TOKEN + 5));
    assert_floor(to_eric, share(3_333 * TOKEN + 1));
    assert!(world.provider(&ann).rewards.owed <= 2, "at most a unit of dust for each claim");
    assert_invariants(&world);
}

#[test]
fn the_remainder_of_the_index_is_carried_so_dust_does_not_add_up() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 7_777 * TOKEN + 777);
    world.cycle(&[&ann]);
    for _ in 0..12 {
        world.cycle(&[&ann]);
    }
    let owed = world.provider(&ann).rewards.owed;
    assert!(owed - world.claim(&dora) <= 1, "twelve epochs lose no more than one");
    assert_invariants(&world);
}

#[test]
fn a_delegators_part_does_not_depend_on_when_others_claim() {
    let world = World::new();
    let ann = world.owner("ann", 500, 10_000 * TOKEN);
    let (often, once) = (world.holder("often", &ann, 4_000 * TOKEN), world.holder("once", &ann, 4_000 * TOKEN));
    world.cycle(&[&ann]);
    let mut claimed = 0;
    for _ in 0..10 {
        world.cycle(&[&ann]);
        claimed += world.claim(&often);
    }
    let at_once = world.claim(&once);
    assert!(at_once >= claimed && at_once - claimed <= 10, "{claimed} in ten claims, {at_once} in one");
    assert_invariants(&world);
}

#[test]
fn delegators_of_one_provider_get_nothing_of_another() {
    let world = World::new();
    let (ann, ben) = (world.owner("ann", 0, 10_000 * TOKEN), world.owner("ben", 0, 10_000 * TOKEN));
    let (dora, eric) = (world.holder("dora", &ann, 10_000 * TOKEN), world.holder("eric", &ben, 10_000 * TOKEN));
    world.cycle(&[&ann, &ben]);
    world.next_epoch();
    world.finalize(1, &[&ann]);
    world.settle(1, &[&ann, &ben]);
    assert_floor(world.claim(&dora), EMISSION / 2);
    world.refuses(ix::claim_rewards(&eric.at, eric.actor.tokens), &[&eric.actor], E::NothingToClaim);
    assert_invariants(&world);
}

#[test]
fn without_own_stake_there_is_no_weight_whatever_stands_behind_the_provider() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.request_all(&ann);
    world.cycle(&[&ann]);
    let pool = world.cycle(&[&ann]);
    assert_eq!((pool.weighed, pool.total_weight), (1, 0), "leverage times nothing is nothing");
    world.request_all(&dora);
    assert_invariants(&world);
}

#[test]
fn the_order_of_cranks_across_providers_does_not_matter() {
    let run = |reverse: bool| {
        let world = World::new();
        let owners = ["ann", "ben", "cem"].map(|name| world.owner(name, 1_000, 10_000 * TOKEN));
        let holders =
            [0, 1, 2].map(|i| world.holder(&format!("holder {i}"), &owners[i], (1_000 + i as u64 * 333) * TOKEN));
        let mut all: Vec<&Owner> = owners.iter().collect();
        if reverse {
            all.reverse();
        }
        world.cycle(&all);
        world.next_epoch();
        world.finalize(1, &all);
        for owner in all {
            world.settle(1, &[owner]);
        }
        let claims = [0, 1, 2].map(|i| world.claim(&holders[i]));
        let own = [0, 1, 2].map(|i| world.provider(&owners[i]).own_rewards());
        assert_invariants(&world);
        (claims, own)
    };
    assert_eq!(run(false), run(true));
}
