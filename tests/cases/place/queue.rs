//! Candidates that wait for a place (place-queue-1, place-queue-2, place-queue-3, place-queue-4).
//!
//! The kind of fault: what costs nothing, is given back, and keeps others out. A number could be held without
//! stake, be had twice, come back after it was given up, or be in the way of those behind it when its
//! candidate is gone. Where else it was looked for: every way in which a candidate stops being one while it
//! waits (its own request, a slash, jail, retirement, a swap, a closed account, another registration at its
//! address).

use crate::place::swaps::{STAKE, add_own, capped};
use crate::*;
use work_token_sdk::{
    Instruction,
    addresses::queue_entry,
    state::{PoolKind, ProviderState::*, QueueEntry},
};

pub fn join(world: &World, owner: &Owner) -> u64 {
    let number = world.network().queue.next();
    world.send(&[ix::join_queue(&owner.at, number)], &[&owner.actor]);
    number
}

/// The entry of a number.
pub fn entry(world: &World, number: u64) -> QueueEntry {
    world.scenario.read(&queue_entry(&world.scenario.network.network, number))
}

fn admit(world: &World, number: u64) -> Instruction {
    ix::admit_head(&entry(world, number))
}

fn pass(world: &World, number: u64) -> Instruction {
    ix::pass_head(&entry(world, number))
}

/// One place, which ann has; bob waits for it, and carl behind him.
fn waiting() -> (World, [Owner; 3]) {
    let world = capped(1);
    let owners = ["ann", "bob", "carl"].map(|name| world.owner(name, 0, 2 * STAKE));
    world.go_to_epoch(2);
    assert_eq!([1, 2].map(|place: usize| join(&world, &owners[place])), [1, 2]);
    (world, owners)
}

// place-queue-1, place-queue-3
#[test]
fn candidates_get_free_places_in_the_order_in_which_they_joined_by_anybodys_hand() {
    let (world, [ann, bob, carl]) = waiting();
    let dora = world.owner("dora", 0, 5 * STAKE);
    world.refuses(admit(&world, 1), &[], E::NoFreePlace);
    world.retire(&ann);
    for stranger in [&bob, &carl, &dora] {
        world.refuses(ix::take_place(&stranger.at, 0), &[&stranger.actor], E::PlacesQueued);
    }
    world.refuses(admit(&world, 2), &[], E::NotTheHead);
    let payer = bob.actor.address();
    let before = world.lamports(&payer);
    let rent = world.lamports(&queue_entry(&world.scenario.network.network, 1));
    world.send(&[admit(&world, 1)], &[]);
    assert_eq!(world.lamports(&payer), before + rent, "the rent returns to who paid it");
    let provider = world.provider(&bob);
    assert_eq!((provider.state, provider.place.index, provider.place.from_epoch), (Active as u8, 0, 3));
    assert_eq!((provider.wait.number, world.network().queue.waiting()), (0, 1));
    world.refuses(admit(&world, 2), &[], E::NoFreePlace);
    world.edit_network(|network| network.params.most_places = 3);
    world.refuses(ix::take_place(&dora.at, 1), &[&dora.actor], E::PlacesQueued);
    world.send(&[admit(&world, 2)], &[]);
    assert_eq!(world.provider(&carl).place.index, 1);
    world.send(&[ix::take_place(&dora.at, 2)], &[&dora.actor]);
    let all = [&bob, &carl, &dora];
    world.next_epoch();
    all.iter().for_each(|owner| world.touch(owner));
    world.next_epoch();
    world.weigh(3, &all);
    assert!(all.iter().all(|owner| world.weight(owner, 3) > 0), "from the next epoch on");
    assert_invariants(&world);
}

// place-queue-1
#[test]
fn only_a_fit_candidate_waits_and_only_once() {
    let (world, [ann, bob, carl]) = waiting();
    let poor = world.owner("dora", 0, 0);
    let rich = world.owner("eric", 0, STAKE);
    let refused = |owner: &Owner, number, rule| {
        world.refuses(ix::join_queue(&owner.at, number), &[&owner.actor], rule);
    };
    refused(&ann, 3, E::NotACandidate);
    refused(&bob, 3, E::AlreadyQueued);
    refused(&poor, 3, E::BelowMinimumStake);
    for number in [0, 1, 2, 4] {
        refused(&rich, number, E::WrongAddress);
    }
    let mut stolen = ix::join_queue(&rich.at, 3);
    stolen.accounts[0].pubkey = carl.actor.address();
    world.refuses(stolen, &[&carl.actor], E::NotTheProviderOwner);
    assert_eq!(join(&world, &rich), 3);
    assert_invariants(&world);
}

// place-queue-2
#[test]
fn an_entry_binds_the_minimum_and_a_request_below_it_loses_the_number_for_good() {
    let (world, [ann, bob, carl]) = waiting();
    world.request(&bob, STAKE);
    assert_eq!(world.provider(&bob).wait.is_lost, 0, "the minimum is left");
    let ticket = world.request_all(&bob);
    world.cancel(&bob, ticket);
    world.retire(&ann);
    world.refuses(admit(&world, 1), &[], E::NumberLost);
    world.refuses(ix::join_queue(&bob.at, 3), &[&bob.actor], E::AlreadyQueued);
    world.send(&[pass(&world, 1), admit(&world, 2)], &[]);
    assert!(world.provider(&carl).place.is_held());
    assert_eq!(join(&world, &bob), 3, "at the end");
    assert_eq!(world.provider(&bob).wait.is_lost, 0);
    assert_invariants(&world);
}

// place-queue-4
#[test]
fn a_fit_head_is_not_passed_and_nobody_behind_it_is() {
    let (world, [_, bob, carl]) = waiting();
    world.refuses(pass(&world, 1), &[], E::HeadIsFit);
    world.request_all(&carl);
    world.refuses(pass(&world, 2), &[], E::NotTheHead);
    world.request_all(&bob);
    world.send(&[pass(&world, 1)], &[]);
    world.send(&[pass(&world, 2)], &[]);
    assert_eq!((world.network().queue.waiting(), world.network().queue.head()), (0, 3));
    assert_invariants(&world);
}

// place-queue-4
#[test]
fn a_head_that_retired_was_jailed_slashed_or_outgrown_loses_its_number_when_anybody_passes_it() {
    let unfit: [fn(&World, &Owner); 4] = [
        |world, bob| world.retire(bob),
        |world, bob| world.edit_provider(bob, |provider| provider.state = Jailed as u8),
        |world, bob| {
            world.slash(bob, PoolKind::Own, STAKE + 1);
        },
        |world, _| world.edit_network(|network| network.minimum_stake = 2 * STAKE + 1),
    ];
    for (number, make) in unfit.into_iter().enumerate() {
        let (world, [ann, bob, carl]) = waiting();
        make(&world, &bob);
        world.retire(&ann);
        let refused = if number < 2 { E::NotACandidate } else { E::BelowMinimumStake };
        world.refuses(admit(&world, 1), &[], refused);
        if number == 3 {
            add_own(&world, &carl, 1);
        }
        world.send(&[pass(&world, 1), admit(&world, 2)], &[]);
        assert_eq!((world.provider(&bob).wait.number, world.provider(&carl).place.is_held()), (0, true));
        assert_invariants(&world);
    }
}

// place-queue-4: nothing hangs on an entry, so it keeps nobody from leaving.
#[test]
fn a_head_whose_provider_has_closed_or_registered_anew_is_passed() {
    for registers_anew in [false, true] {
        let (world, [_, bob, carl]) = waiting();
        world.retire(&bob);
        let ticket = world.request_all(&bob);
        world.pass(35 * DAY);
        world.withdraw(&bob, ticket);
        world.close(&bob);
        world.go_to_epoch(2 + 90);
        world.send(&[ix::close_provider(&bob.at)], &[]);
        if registers_anew {
            world.scenario.register(&bob.actor, 0, STAKE).unwrap();
            assert_eq!(join(&world, &bob), 3, "the new one knows of no number");
        }
        let payer = bob.actor.address();
        let before = world.lamports(&payer);
        world.send(&[pass(&world, 1)], &[]);
        assert!(world.lamports(&payer) > before, "the rent returns all the same");
        assert_eq!(world.network().queue.head(), 2);
        world.refuses(pass(&world, 2), &[], E::HeadIsFit);
        assert_eq!(world.provider(&carl).wait.number, 2);
        assert_invariants(&world);
    }
}

// place-queue-2
#[test]
fn who_wins_a_place_by_a_swap_gives_up_its_number() {
    let (world, [ann, bob, carl]) = waiting();
    add_own(&world, &bob, STAKE);
    world.next_epoch();
    world.send(&[ix::challenge_place(&bob.at, ann.at.provider)], &[&bob.actor]);
    world.go_to_epoch(5);
    let keeper = world.scenario.keeper.address();
    let swap = ix::swap_place(&world.scenario.network.network, keeper, bob.at.provider, ann.at.provider);
    world.send(&[swap], &[]);
    assert_eq!((world.provider(&bob).state, world.provider(&bob).wait.is_lost), (Active as u8, 1));
    world.refuses(admit(&world, 1), &[], E::NumberLost);
    world.send(&[pass(&world, 1)], &[]);
    assert_eq!(join(&world, &ann), 3, "who was displaced waits behind carl");
    world.refuses(pass(&world, 2), &[], E::HeadIsFit);
    assert_eq!(world.provider(&carl).wait.number, 2);
    assert_invariants(&world);
}

// place-queue-1, place-queue-3: like a free place, and unlike a challenge.
#[test]
fn a_pause_stops_neither_joining_nor_admitting_nor_passing() {
    let (world, [ann, bob, carl]) = waiting();
    let guardian = &world.scenario.admin;
    world.send(&[ix::pause(&world.scenario.network.network, guardian.address(), 7 * DAY as u32)], &[guardian]);
    world.retire(&ann);
    world.request_all(&bob);
    world.send(&[pass(&world, 1), admit(&world, 2)], &[]);
    assert_eq!(world.provider(&carl).state, Active as u8);
    let ticket = 1;
    world.cancel(&bob, ticket);
    assert_eq!(join(&world, &bob), 3);
    assert_invariants(&world);
}

// place-challenge-1: the queue is for free places; who is stronger takes a held one as before.
#[test]
fn while_a_place_is_free_for_the_head_nobody_challenges_and_afterwards_anybody_does() {
    let (world, [ann, bob, _]) = waiting();
    let dora = world.owner("dora", 0, 5 * STAKE);
    world.next_epoch();
    world.edit_network(|network| network.params.most_places = 2);
    world.refuses(ix::challenge_place(&dora.at, ann.at.provider), &[&dora.actor], E::PlacesFree);
    world.send(&[admit(&world, 1)], &[]);
    world.send(&[ix::challenge_place(&dora.at, ann.at.provider)], &[&dora.actor]);
    assert_eq!(world.provider(&bob).place.index, 1);
    assert_invariants(&world);
}
