//! The dynamic minimum stake (place-minimum-3): it moves slowly, and whoever falls below it loses no token.

use crate::dispute::slashing::{rich, silent};
use crate::*;
use work_token_sdk::state::provider::record_flags;

const STAKE: u64 = 10_000 * TOKEN;
/// What each provider of a market stakes.
const STAKE_OF_MARKET: u64 = work_token_tests::STAKE;

/// A network whose minimum is one epoch of the average reward: 49,500 tokens for two providers.
fn rising(edit: impl FnOnce(&mut ScenarioOptions)) -> World {
    World::with(|options| {
        options.params.minimum_reward_bps = 10_000;
        options.params.share_cap_ppm = 1_000_000;
        edit(options);
    })
}

/// Ann with the least stake and bob with enough, after the minimum has risen by a twentieth in epoch 2, which
/// counts from epoch 4 on; in epoch 3.
fn outgrown() -> (World, Owner, Owner) {
    let world = rising(|_| ());
    let (ann, bob) = (world.owner("ann", 0, STAKE), world.owner("bob", 0, 5 * STAKE));
    world.next_epoch();
    world.cycle(&[&ann, &bob]);
    assert_eq!(world.network().minimum_stake, STAKE / 20 * 21);
    world.next_epoch();
    (world, ann, bob)
}

/// Brings a provider up to date and says whether it is eligible in the present epoch.
fn is_eligible(world: &World, owner: &Owner) -> bool {
    world.touch(owner);
    world.record(owner, world.epoch()).flags & record_flags::ELIGIBLE != 0
}

#[test]
fn the_minimum_rises_by_at_most_a_twentieth_in_an_epoch_up_to_its_ceiling() {
    let ceiling = STAKE / 100 * 113;
    let world = rising(|options| options.params.minimum_stake_ceiling = ceiling);
    let (ann, bob) = (world.owner("ann", 0, 2 * STAKE), world.owner("bob", 0, 5 * STAKE));
    let mut minimums = Vec::new();
    for _ in 0..5 {
        world.cycle(&[&ann, &bob]);
        minimums.push(world.network().minimum_stake);
    }
    assert_eq!(minimums, [STAKE, STAKE / 20 * 21, STAKE / 400 * 441, ceiling, ceiling]);
    assert_invariants(&world);
}

#[test]
fn the_minimum_falls_by_at_most_a_twentieth_in_an_epoch_down_to_its_floor() {
    let world = rising(|options| options.params.minimum_reward_bps = 1);
    let ann = world.owner("ann", 0, 2 * STAKE);
    world.next_epoch();
    world.edit_network(|network| network.minimum_stake = STAKE / 100 * 107);
    let mut minimums = Vec::new();
    for _ in 0..3 {
        world.cycle(&[&ann]);
        minimums.push(world.network().minimum_stake);
    }
    assert_eq!(minimums, [STAKE / 100 * 107 / 20 * 19, STAKE, STAKE]);
    assert_invariants(&world);
}

#[test]
fn an_incumbent_below_the_minimum_earns_for_fourteen_epochs_and_then_loses_its_weight_but_no_token() {
    let (world, ann, bob) = outgrown();
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    world.next_epoch();
    assert!(is_eligible(&world, &ann));
    for (epoch, weight) in [(16, STAKE + 1_000 * TOKEN), (17, STAKE + 1_000 * TOKEN), (18, 0)] {
        world.go_to_epoch(epoch);
        world.touch(&ann);
        world.next_epoch();
        world.weigh(epoch, &[&ann, &bob]);
        assert_eq!((world.weight(&ann, epoch), world.weight(&bob, epoch)), (weight, 5 * STAKE), "epoch {epoch}");
    }
    assert_eq!((world.provider(&ann).own.tokens, world.provider(&ann).delegated.tokens), (STAKE, 1_000 * TOKEN));
    let (ticket, own_ticket) = (world.request_all(&dora), world.request_all(&ann));
    world.pass(35 * DAY);
    assert_eq!((world.withdraw(&dora, ticket), world.withdraw(&ann, own_ticket)), (1_000 * TOKEN, STAKE));
    assert_invariants(&world);
}

#[test]
fn a_top_up_to_the_minimum_restores_the_weight_from_the_next_epoch_on() {
    let (world, ann, bob) = outgrown();
    world.next_epoch();
    assert!(is_eligible(&world, &ann));
    world.go_to_epoch(18);
    assert!(!is_eligible(&world, &ann));
    world.stake_self(&ann, STAKE / 20 - 1);
    world.next_epoch();
    assert!(!is_eligible(&world, &ann), "one base unit is missing");
    world.stake_self(&ann, 1);
    world.next_epoch();
    assert!(is_eligible(&world, &ann) && is_eligible(&world, &bob));
    assert_eq!(world.provider(&ann).underbonded_since_ts, 0);
    world.next_epoch();
    world.weigh(20, &[&ann, &bob]);
    assert_eq!(world.weight(&ann, 20), STAKE / 20 * 21);
    assert_invariants(&world);
}

#[test]
fn a_top_up_within_the_grace_ends_it_and_the_next_one_is_whole_again() {
    let (world, ann, _) = outgrown();
    world.next_epoch();
    assert!(is_eligible(&world, &ann));
    world.go_to_epoch(17);
    world.stake_self(&ann, STAKE / 20);
    world.next_epoch();
    assert!(is_eligible(&world, &ann));
    world.edit_network(|network| network.minimum_stake += 1);
    world.next_epoch();
    assert!(is_eligible(&world, &ann));
    world.go_to_epoch(19 + 13);
    assert!(is_eligible(&world, &ann));
    world.next_epoch();
    assert!(!is_eligible(&world, &ann));
    assert_invariants(&world);
}

#[test]
fn the_grace_stands_still_during_a_pause() {
    let (world, ann, _) = outgrown();
    world.next_epoch();
    assert!(is_eligible(&world, &ann));
    world.go_to_epoch(6);
    let guardian = &world.scenario.admin;
    let pause = ix::pause(&world.scenario.network.network, guardian.address(), 7 * DAY as u32);
    world.send(&[pause], &[guardian]);
    for (epoch, eligible) in [(10, true), (18, true), (24, true), (25, false)] {
        world.go_to_epoch(epoch);
        assert_eq!(is_eligible(&world, &ann), eligible, "epoch {epoch}");
    }
    assert_invariants(&world);
}

// place-minimum-2
#[test]
fn a_rise_is_known_an_epoch_ahead_so_that_who_tops_up_is_never_below_it() {
    let world = rising(|_| ());
    let (ann, bob) = (world.owner("ann", 0, STAKE), world.owner("bob", 0, 5 * STAKE));
    world.next_epoch();
    world.cycle(&[&ann, &bob]);
    let risen = world.network().minimum_stake;
    assert_eq!(world.network().rules_of(math::Epoch(3)).minimum_stake, STAKE, "not the next epoch");
    // In the last second of the epoch that is between.
    world.next_epoch();
    world.pass(DAY - 1);
    world.stake_self(&ann, risen - STAKE);
    world.pass(1);
    assert!(is_eligible(&world, &ann));
    assert_eq!((world.epoch(), world.provider(&ann).underbonded_since_ts), (4, 0));
    assert_eq!(world.network().rules_of(math::Epoch(4)).minimum_stake, risen);
    assert_invariants(&world);
}

// place-minimum-4
#[test]
fn what_slashes_take_raises_the_minimum_by_its_part_of_the_stake_and_it_decays() {
    let (market, _) = Market::judged_with(2, 3, |options| options.params.minimum_fault_gain = 100);
    let owners: Vec<&Owner> = market.owners.iter().collect();
    let floor = market.network().params.minimum_self_stake;
    market.cycle(&owners);
    assert_eq!((market.network().minimum_stake, market.network().pace.slashed), (floor, 0), "nobody was at fault");
    let at = silent(&market, owners[0], market.epoch(), &rich(&market, "challenger"), 2);
    assert_eq!(market.network().pace.slashed, 0, "a verdict takes nothing yet");
    market.execute_all(&at);
    let slashed = market.dispute_state(&at).slash.own;
    assert_eq!((market.network().pace.slashed, slashed), (slashed, STAKE_OF_MARKET / 100));
    market.cycle(&owners);
    let pace = market.network().pace;
    assert_eq!((pace.slashed, pace.slashed_mean), (0, slashed.div_ceil(20)));
    // A twentieth of one percent of half of the stake, a hundred times: two and a half percent.
    let raised = market.network().minimum_stake;
    assert_eq!(raised, floor + floor / 1_000 * 25);
    for _ in 0..3 {
        market.cycle(&owners);
    }
    assert!(market.network().pace.slashed_mean < pace.slashed_mean && market.network().minimum_stake < raised);
    assert_invariants(&market);
}

#[test]
fn a_candidate_has_no_grace() {
    let (world, _ann, _) = outgrown();
    let carl = world.owner("carl", 0, STAKE);
    let take = ix::take_place(&carl.at, 2);
    world.refuses(take.clone(), &[&carl.actor], E::BelowMinimumStake);
    world.give(carl.actor.tokens, STAKE / 20);
    let top_up = ix::stake_self(&carl.at, carl.actor.tokens, STAKE / 20);
    world.send(&[top_up, take], &[&carl.actor]);
    assert_invariants(&world);
}
