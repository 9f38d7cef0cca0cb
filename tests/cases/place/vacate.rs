//! Places that are not kept up, and who gets them (place-vacate-1).

use crate::dispute::slashing::{rich, silent};
use crate::place::{
    queue::{entry, join},
    swaps::add_own,
};
use crate::*;
use work_token_sdk::{Instruction, state::ProviderState::*};

const LEAST: u64 = 10_000 * TOKEN;

fn vacate(world: &World, owner: &Owner) -> Instruction {
    ix::vacate_place(&world.scenario.network.network, owner.at.provider)
}

/// Two places; ann and bob have them, the minimum has outgrown ann, and carl waits.
fn outgrown() -> (World, [Owner; 3]) {
    let world = World::with(|options| {
        options.params.place_cap_mode = 1;
        options.params.most_places = 2;
        options.params.share_cap_ppm = 1_000_000;
    });
    let owners = [("ann", LEAST), ("bob", 5 * LEAST), ("carl", 2 * LEAST)];
    let owners = owners.map(|(name, stake)| world.owner(name, 0, stake));
    world.go_to_epoch(2);
    world.edit_network(|network| network.minimum_stake = LEAST + 1);
    join(&world, &owners[2]);
    world.next_epoch();
    owners.iter().for_each(|owner| world.touch(owner));
    (world, owners)
}

#[test]
fn who_is_below_the_minimum_after_its_grace_loses_its_place_but_no_token_and_the_head_gets_it() {
    let (world, [ann, bob, carl]) = outgrown();
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    world.refuses(vacate(&world, &ann), &[], E::PlaceKept);
    world.go_to_epoch(16);
    world.pass(DAY - 1);
    world.refuses(vacate(&world, &ann), &[], E::PlaceKept);
    world.pass(1);
    world.refuses(vacate(&world, &bob), &[], E::PlaceKept);
    world.refuses(vacate(&world, &carl), &[], E::PlaceNotHeld);
    world.send(&[vacate(&world, &ann)], &[]);
    let provider = world.provider(&ann);
    assert_eq!((provider.state, provider.place.until_epoch, provider.place.is_held()), (Candidate as u8, 18, false));
    assert_eq!((provider.own.tokens, provider.delegated.tokens), (LEAST, 1_000 * TOKEN));
    world.refuses(vacate(&world, &ann), &[], E::PlaceNotHeld);
    world.send(&[ix::admit_head(&entry(&world, 1))], &[]);
    assert_eq!((world.provider(&carl).place.index, world.provider(&carl).place.from_epoch), (0, 18));
    // It is a candidate like any other: with the minimum it waits its turn.
    world.refuses(ix::join_queue(&ann.at, 2), &[&ann.actor], E::BelowMinimumStake);
    add_own(&world, &ann, 1);
    assert_eq!(join(&world, &ann), 2);
    world.request_all(&dora);
    assert_invariants(&world);
}

#[test]
fn a_top_up_keeps_the_place_even_in_front_of_who_would_take_it() {
    let (world, [ann, ..]) = outgrown();
    world.go_to_epoch(20);
    add_own(&world, &ann, 1);
    world.refuses(vacate(&world, &ann), &[], E::PlaceKept);
    world.request(&ann, 1);
    world.send(&[vacate(&world, &ann)], &[]);
    assert_invariants(&world);
}

#[test]
fn a_pause_stops_the_grace_and_no_vacating() {
    let (world, [ann, ..]) = outgrown();
    let guardian = &world.scenario.admin;
    world.go_to_epoch(10);
    world.send(&[ix::pause(&world.scenario.network.network, guardian.address(), 7 * DAY as u32)], &[guardian]);
    world.go_to_epoch(23);
    world.refuses(vacate(&world, &ann), &[], E::PlaceKept);
    world.next_epoch();
    world.send(&[vacate(&world, &ann)], &[]);
    assert_invariants(&world);
}

/// Ann was convicted and is in jail; her place is held for three epochs. Returns the epoch of the jail.
fn jailed() -> (Market, u32) {
    let (market, _) = Market::judged_with(1, 3, |options| options.params.place_hold_epochs = 3);
    let owner = &market.owners[0];
    silent(&market, owner, market.epoch(), &rich(&market, "challenger"), 2);
    assert_eq!(market.provider(owner).state, Jailed as u8);
    let epoch = market.epoch();
    (market, epoch)
}

#[test]
fn a_place_is_held_in_jail_for_its_epochs_and_no_longer() {
    let (market, since) = jailed();
    let owner = &market.owners[0];
    market.go_to_epoch(since + 3);
    market.refuses(vacate(&market, owner), &[], E::PlaceKept);
    market.next_epoch();
    let index = market.provider(owner).place.index;
    market.send(&[vacate(&market, owner)], &[]);
    let provider = market.provider(owner);
    assert_eq!((provider.state, provider.place.is_held()), (Jailed as u8, false), "it is in jail all the same");
    assert!(!market.network().place_is_taken(index));
    // Without a place it leaves jail as a candidate.
    market.send(&[ix::unjail(&owner.at)], &[&owner.actor]);
    assert_eq!((market.provider(owner).state, market.provider(owner).wait.jailed_epoch_plus_one), (Candidate as u8, 0));
    assert_invariants(&market);
}

#[test]
fn who_leaves_jail_in_time_keeps_its_place_and_a_further_verdict_begins_no_new_time() {
    let (market, since) = jailed();
    let owner = &market.owners[0];
    silent(&market, owner, since, &rich(&market, "another"), 2);
    assert_eq!(market.provider(owner).wait.jailed_epoch_plus_one, since + 1, "in jail since the first");
    market.go_to_epoch(market.provider(owner).disputes.jailed_until_epoch.max(since + 4));
    assert!(market.network().params.place_hold_epochs < market.epoch() - since);
    market.send(&[ix::unjail(&owner.at)], &[&owner.actor]);
    market.refuses(vacate(&market, owner), &[], E::PlaceKept);
    assert_eq!(market.provider(owner).state, Active as u8);
    assert_invariants(&market);
}
