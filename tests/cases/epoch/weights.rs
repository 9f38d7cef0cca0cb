//! How much a provider counts in an epoch, and how much is emitted for what was weighed.

use crate::*;
use work_token_sdk::{
    math::Ppm,
    state::{Metric, MetricSource, provider::record_flags},
};

/// The weights of epoch 1 for providers with the given own stakes.
fn weighed_once(world: &World, stakes: &[u64]) -> Vec<Owner> {
    let owners: Vec<_> =
        stakes.iter().enumerate().map(|(i, stake)| world.owner(&format!("owner {i}"), 0, stake * TOKEN)).collect();
    let all: Vec<&Owner> = owners.iter().collect();
    world.cycle(&all);
    world.cycle(&all);
    owners
}

fn weight(world: &World, owner: &Owner, epoch: u32) -> u64 {
    world.provider(owner).record(math::Epoch(epoch)).expect("the record is kept").weight
}

// epoch-weigh-3
#[test]
fn the_first_epoch_with_stake_has_no_share_cap_and_so_pays_something() {
    let world = World::new();
    let owners = weighed_once(&world, &[90_000, 10_000]);
    let pool = world.pool(1);
    assert_eq!((pool.stake_before, pool.total_weight), (0, 100_000 * TOKEN));
    assert_eq!(pool.distributed, EMISSION);
    assert_eq!(world.provider(&owners[0]).own_rewards().0, EMISSION / 10 * 9);
    assert_invariants(&world);
}

// epoch-weigh-3
#[test]
fn the_share_cap_measures_the_stake_before_the_cap() {
    let world = World::new();
    let owners = weighed_once(&world, &[90_000, 10_000]);
    let all: Vec<&Owner> = owners.iter().collect();
    for _ in 0..3 {
        let pool = world.cycle(&all);
        assert_eq!(
            (pool.stake_before, pool.stake_folded),
            (100_000 * TOKEN, 100_000 * TOKEN),
            "the cap does not shrink itself"
        );
        assert_eq!(pool.total_weight, 30_000 * TOKEN, "a fifth of the whole, and what is below it");
    }
    assert_invariants(&world);
}

// epoch-weigh-3
#[test]
fn a_small_provider_that_is_weighed_alone_does_not_set_the_base_of_the_share_cap() {
    let world = World::new();
    let owners = weighed_once(&world, &[90_000, 10_000]);
    let all: Vec<&Owner> = owners.iter().collect();
    let alone = world.cycle(&[&owners[1]]);
    assert_eq!(alone.stake_folded, 10_000 * TOKEN);
    // Else everybody would be capped at a fifth of the small one's stake, and it would get as much as the
    // large one.
    let pool = world.cycle(&all);
    assert_eq!((pool.stake_before, pool.total_weight), (100_000 * TOKEN, 30_000 * TOKEN));
    assert_invariants(&world);
}

// epoch-weigh-3
#[test]
fn epochs_without_stake_do_not_reset_the_base_of_the_share_cap() {
    let world = World::new();
    let owners = weighed_once(&world, &[90_000, 10_000]);
    let all: Vec<&Owner> = owners.iter().collect();
    world.next_epoch();
    world.finalize(2, &[]);
    let pool = world.cycle(&all);
    assert_eq!((pool.stake_before, pool.total_weight), (100_000 * TOKEN, 30_000 * TOKEN));
    assert_invariants(&world);
}

// epoch-emission-1
#[test]
fn the_emission_shrinks_with_the_stake_that_was_weighed() {
    let world = World::new();
    let owners = weighed_once(&world, &[5_000 * 2, 95_000 * 2]);
    // For three epochs nobody weighs but the smallest provider: a twentieth of the stake gets a twentieth of
    // the emission each time, not all of it, nor a share of the last fold, which it would have shrunk itself.
    let before = world.scenario.chain.supply(&world.scenario.network.mint);
    for _ in 0..3 {
        let pool = world.cycle(&[&owners[0]]);
        assert_eq!(pool.emission, EMISSION / 20);
    }
    let minted = world.scenario.chain.supply(&world.scenario.network.mint) - before;
    assert_eq!(minted, 3 * (EMISSION + KEEPERS) / 20, "what is not emitted is not minted");
    assert_invariants(&world);
}

// epoch-emission-1
#[test]
fn the_largest_stake_is_that_of_the_last_eight_epochs_that_had_any() {
    let world = World::new();
    let owners = weighed_once(&world, &[10_000, 90_000]);
    let emissions: Vec<_> = (0..8).map(|_| world.cycle(&[&owners[0]]).emission).collect();
    assert_eq!(emissions[..7], [EMISSION / 10; 7]);
    assert_eq!(emissions[7], EMISSION, "the eighth epoch knows of itself and of the seven before it");
    assert_invariants(&world);
}

#[test]
fn more_stake_than_before_gets_the_whole_emission_and_no_more() {
    let world = World::new();
    let owners = weighed_once(&world, &[10_000]);
    world.stake_self(&owners[0], 90_000 * TOKEN);
    world.cycle(&[&owners[0]]);
    assert_eq!(world.cycle(&[&owners[0]]).emission, EMISSION);
    assert_invariants(&world);
}

#[test]
fn a_weight_is_stake_times_score_times_tier_rounded_down_at_each_step() {
    let world = World::with(|options| {
        options.params.metrics[0] = Metric::new("accuracy", Ppm(1_000_000), MetricSource::Attested);
    });
    let owners = ["ann", "ben", "cem"].map(|name| world.owner(name, 0, 10_000 * TOKEN + 7));
    let all: Vec<&Owner> = owners.iter().collect();
    world.cycle(&all);
    for (owner, score_ppm, tier) in [(&owners[0], 333_333, 0), (&owners[1], 999_999, 3), (&owners[2], 0, 2)] {
        world.touch(owner);
        world.edit_provider(owner, |provider| {
            let record = provider.records.iter_mut().find(|record| record.epoch == 1).expect("it was touched");
            (record.score_ppm, record.tier) = (score_ppm, tier);
            record.flags |= record_flags::SCORED;
        });
    }
    let pool = world.cycle(&all);
    let stake = u128::from(10_000 * TOKEN + 7);
    let expected = [(333_333, 10_000), (999_999, 15_000), (0, 12_500)]
        .map(|(score, tier)| (stake * score / 1_000_000 * tier / 10_000) as u64);
    assert_eq!([0, 1, 2].map(|i| weight(&world, &owners[i], 1)), expected);
    assert_eq!((pool.total_weight, pool.weighed_with_weight), (expected.iter().sum(), 2));
    // The attesters' two of a hundred are not minted here: nobody reported.
    assert_eq!(pool.emission, 97_000 * TOKEN / 3 * 2, "what the third does not get, nobody does");
    let paid = |i: usize| world.provider(&owners[i]).own_rewards().0;
    for (i, weight) in expected.iter().enumerate() {
        assert_eq!(
            u128::from(paid(i)),
            u128::from(pool.emission) * u128::from(*weight) / u128::from(pool.total_weight)
        );
    }
    assert_invariants(&world);
}

#[test]
fn a_tier_that_does_not_exist_counts_as_the_first() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.edit_provider(&ann, |provider| provider.reputation.tier = 4);
    world.cycle(&[&ann]);
    assert_eq!(world.cycle(&[&ann]).total_weight, 10_000 * TOKEN);
    assert_invariants(&world);
}

// epoch-record-2
#[test]
fn only_a_provider_that_was_active_when_the_epoch_began_has_a_weight() {
    for state in [ProviderState::Candidate, ProviderState::Jailed, ProviderState::Retiring, ProviderState::Tombstoned] {
        let world = World::new();
        let ann = world.owner("ann", 0, 10_000 * TOKEN);
        world.cycle(&[&ann]);
        world.lose_place(&ann, state);
        assert_eq!(world.cycle(&[&ann]).total_weight, 10_000 * TOKEN, "{state:?} in the running epoch");
        assert_eq!(world.cycle(&[&ann]).total_weight, 0, "{state:?} from the next epoch on");
        assert_invariants(&world);
    }
}

// epoch-record-1
#[test]
fn a_slash_changes_the_weight_from_the_next_epoch_on() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.slash(&ann, PoolKind::Own, 1_000 * TOKEN);
    world.slash(&ann, PoolKind::Delegated, 3_000 * TOKEN);
    assert_eq!(world.cycle(&[&ann]).stake_folded, 20_000 * TOKEN);
    assert_eq!(world.cycle(&[&ann]).stake_folded, 16_000 * TOKEN);
    assert_floor(world.claim(&dora), EMISSION / 2 + EMISSION / 5 * 4 / 16 * 7);
    assert_invariants(&world);
}

// epoch-record-1
#[test]
fn a_record_keeps_the_unbonding_stake_as_base_of_slashes_and_leaves_it_out_of_weight_and_rewards() {
    let world = World::new();
    let ann = world.owner("ann", 200, 100_000 * TOKEN);
    let dora = world.holder("dora", &ann, 50_000 * TOKEN);
    world.request(&ann, 90_000 * TOKEN);
    world.request(&dora, 20_000 * TOKEN);
    world.next_epoch();
    world.touch(&ann);
    let record = *world.provider(&ann).record(math::Epoch(1)).unwrap();
    assert_eq!((record.own_total, record.delegated_total), (100_000 * TOKEN, 50_000 * TOKEN));
    assert_eq!((record.own_staked, record.delegated_staked), (10_000 * TOKEN, 30_000 * TOKEN));
    assert_eq!((record.delegated_shares, record.commission_bps), (30_000 * TOKEN, 200));
    world.crank(0, &[&ann]);
    assert_eq!(world.cycle(&[&ann]).total_weight, 40_000 * TOKEN);
    assert_invariants(&world);
}

// epoch-weigh-1
#[test]
fn splitting_or_merging_identities_gains_nothing_below_the_share_cap() {
    let world = World::new();
    let owners = weighed_once(&world, &[30_000, 10_000, 20_000]);
    let earned = |i: usize| world.provider(&owners[i]).own_rewards().0;
    assert_eq!(earned(0), earned(1) + earned(2));
    assert_invariants(&world);
}
