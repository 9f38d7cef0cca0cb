//! Places of the active set: free ones, challenged ones, and those that are left (place-swap-3, place-tree-1,
//! place-challenge-1, place-swap-1).
//!
//! The kind of fault: a rule whose answer cannot come in time, and a right that waits for ever. The swap
//! came in the epoch after the challenge, whose snapshot a top-up made in the last second before could not
//! reach, and at any later time. Where else it was looked for: the times of a challenge stand still in a
//! pause (unix time less pauses, like the grace below the minimum), a second challenge begins anew, a
//! candidate's own request drops it, a place that was left lets it fall.

use crate::*;
use work_token_sdk::{Instruction, state::ProviderState::*};

pub const STAKE: u64 = 10_000 * TOKEN;

/// A network with so many places.
pub fn capped(places: u32) -> World {
    World::with(|options| {
        options.params.place_cap_mode = 1;
        options.params.most_places = places;
        options.params.share_cap_ppm = 1_000_000;
    })
}

fn challenge(candidate: &Owner, incumbent: &Owner) -> Instruction {
    ix::challenge_place(&candidate.at, incumbent.at.provider)
}

fn swap(world: &World, candidate: &Owner, incumbent: &Owner) -> Instruction {
    let keeper = world.scenario.keeper.address();
    ix::swap_place(&world.scenario.network.network, keeper, candidate.at.provider, incumbent.at.provider)
}

/// Whether a swap that is due changes the place's hands, or lets the challenge fall.
fn swaps(world: &World, candidate: &Owner, incumbent: &Owner) -> bool {
    let outcome = world.send(&[swap(world, candidate, incumbent)], &[]);
    let events = decode_logs(&outcome.logs).events;
    let [Event::PlaceSwapped(swapped)] = events.as_slice() else { panic!("one event: {events:?}") };
    let held = world.provider(candidate).place.is_held();
    assert_eq!((held, world.provider(incumbent).place.is_held()), (swapped.swapped, !swapped.swapped));
    world.refuses(swap(world, candidate, incumbent), &[], E::ChallengeFallen);
    swapped.swapped
}

/// To the epoch in which what was challenged in this one can be swapped.
fn due(world: &World) {
    world.go_to_epoch(world.epoch() + 2);
}

pub fn add_own(world: &World, owner: &Owner, amount: u64) {
    world.give(owner.actor.tokens, amount);
    world.send(&[ix::stake_self(&owner.at, owner.actor.tokens, amount)], &[&owner.actor]);
}

fn challenges(world: &World, candidate: &Owner, incumbent: &Owner, refusal: Option<E>) {
    match refusal {
        Some(error) => world.refuses(challenge(candidate, incumbent), &[&candidate.actor], error),
        None => drop(world.send(&[challenge(candidate, incumbent)], &[&candidate.actor])),
    }
}

#[test]
fn a_challenger_needs_more_than_five_percent_on_top() {
    let world = capped(1);
    let ann = world.owner("ann", 0, STAKE);
    let bob = world.owner("bob", 0, STAKE / 20 * 21);
    let carl = world.owner("carl", 0, STAKE / 20 * 21 + 1);
    world.go_to_epoch(2);
    challenges(&world, &bob, &ann, Some(E::PlaceMarginTooSmall));
    challenges(&world, &carl, &ann, None);
    world.refuses(swap(&world, &carl, &ann), &[], E::SwapNotDue);
    world.go_to_epoch(4);
    assert!(swaps(&world, &carl, &ann));
    assert_eq!((world.provider(&carl).state, world.provider(&ann).state), (Active as u8, Candidate as u8));
    assert_eq!((world.provider(&carl).place.index, world.network().places_taken), (0, 1));
    world.next_epoch();
    world.weigh(4, &[&ann, &carl]);
    world.next_epoch();
    world.weigh(5, &[&ann, &carl]);
    assert_eq!(
        (world.weight(&ann, 4), world.weight(&carl, 4)),
        (STAKE, 0),
        "the epoch of the swap is still the old one's"
    );
    assert_eq!((world.weight(&ann, 5), world.weight(&carl, 5)), (0, STAKE / 20 * 21 + 1));
    assert_invariants(&world);
}

#[test]
fn only_a_fit_candidate_challenges_only_who_has_a_place() {
    let world = capped(1);
    let (ann, bob) = (world.owner("ann", 0, STAKE), world.owner("bob", 0, 2 * STAKE));
    let (carl, dave) = (world.owner("carl", 0, 2 * STAKE), world.owner("dave", 0, 0));
    world.go_to_epoch(2);
    challenges(&world, &ann, &bob, Some(E::NotACandidate));
    challenges(&world, &bob, &carl, Some(E::PlaceNotHeld));
    challenges(&world, &dave, &ann, Some(E::BelowMinimumStake));
    let mut stolen = challenge(&bob, &ann);
    stolen.accounts[0].pubkey = carl.actor.address();
    world.refuses(stolen, &[&carl.actor], E::NotTheProviderOwner);
    world.refuses(swap(&world, &bob, &ann), &[], E::ChallengeFallen);
    challenges(&world, &bob, &ann, None);
    due(&world);
    world.refuses(swap(&world, &carl, &ann), &[], E::ChallengeFallen);
    assert!(swaps(&world, &bob, &ann));
    assert_invariants(&world);
}

#[test]
fn a_newcomer_is_immune_in_its_first_epoch() {
    let world = capped(1);
    let ann = world.owner("ann", 0, STAKE);
    let (bob, carl) = (world.owner("bob", 0, 2 * STAKE), world.owner("carl", 0, 4 * STAKE));
    challenges(&world, &bob, &ann, Some(E::PlaceImmune));
    world.next_epoch();
    challenges(&world, &bob, &ann, Some(E::PlaceImmune));
    world.next_epoch();
    challenges(&world, &bob, &ann, None);
    due(&world);
    assert!(swaps(&world, &bob, &ann));
    challenges(&world, &carl, &bob, Some(E::PlaceImmune));
    world.next_epoch();
    challenges(&world, &carl, &bob, Some(E::PlaceImmune));
    world.next_epoch();
    challenges(&world, &carl, &bob, None);
    assert_invariants(&world);
}

#[test]
fn stake_counts_once_it_was_there_when_the_epoch_began() {
    let world = capped(1);
    let ann = world.owner("ann", 0, STAKE);
    let (bob, carl) = (world.owner("bob", 0, STAKE), world.owner("carl", 0, STAKE));
    world.go_to_epoch(2);
    add_own(&world, &bob, STAKE);
    world.holder("dora", &carl, STAKE);
    challenges(&world, &bob, &ann, Some(E::PlaceMarginTooSmall));
    challenges(&world, &carl, &ann, Some(E::PlaceMarginTooSmall));
    world.next_epoch();
    challenges(&world, &bob, &ann, None);
    challenges(&world, &carl, &ann, None);
    assert_invariants(&world);
}

#[test]
fn stake_that_leaves_does_not_count_and_a_claim_on_it_changes_nothing() {
    let world = capped(1);
    let ann = world.owner("ann", 0, STAKE);
    let (bob, carl) = (world.owner("bob", 0, STAKE), world.owner("carl", 0, 2 * STAKE));
    let dora = world.holder("dora", &bob, 2 * STAKE);
    world.go_to_epoch(2);
    world.request(&dora, 19 * STAKE / 10 + STAKE / 20);
    challenges(&world, &bob, &ann, Some(E::PlaceMarginTooSmall));
    world.open_claim(&carl, 1, 2 * STAKE, 0);
    challenges(&world, &carl, &ann, None);
    due(&world);
    assert!(swaps(&world, &carl, &ann));
    assert_invariants(&world);
}

#[test]
fn delegated_stake_counts_up_to_the_leverage() {
    let world = capped(1);
    let (ann, bob) = (world.owner("ann", 0, 17 * STAKE), world.owner("bob", 0, STAKE));
    let dora = world.holder("dora", &bob, 30 * STAKE);
    world.go_to_epoch(2);
    challenges(&world, &bob, &ann, Some(E::PlaceMarginTooSmall));
    add_own(&world, &bob, STAKE);
    world.next_epoch();
    challenges(&world, &bob, &ann, None);
    world.request_all(&dora);
    due(&world);
    assert!(!swaps(&world, &bob, &ann), "what left since no longer speaks for it");
    assert_invariants(&world);
}

#[test]
fn a_challenge_falls_when_the_candidate_asks_for_its_stake_before_the_swap() {
    let world = capped(1);
    let (ann, carl) = (world.owner("ann", 0, STAKE), world.owner("carl", 0, 5 * STAKE));
    world.go_to_epoch(2);
    challenges(&world, &carl, &ann, None);
    world.request(&carl, STAKE);
    due(&world);
    world.refuses(swap(&world, &carl, &ann), &[], E::ChallengeFallen);
    challenges(&world, &carl, &ann, None);
    due(&world);
    let ticket = world.request(&carl, STAKE);
    world.cancel(&carl, ticket);
    world.refuses(swap(&world, &carl, &ann), &[], E::ChallengeFallen);
    assert_eq!(world.provider(&ann).state, Active as u8);
    assert_invariants(&world);
}

#[test]
fn an_incumbent_that_tops_up_before_the_swaps_epoch_keeps_its_place() {
    for (in_time, swapped) in [(true, false), (false, true)] {
        let world = capped(1);
        let (ann, carl) = (world.owner("ann", 0, STAKE), world.owner("carl", 0, 11 * STAKE / 10));
        world.go_to_epoch(2);
        // In the last second, so that no time is left in this epoch to answer it.
        world.pass(DAY - 1);
        challenges(&world, &carl, &ann, None);
        world.pass(DAY);
        if in_time {
            add_own(&world, &ann, STAKE / 10);
        }
        world.pass(1);
        assert_eq!(world.epoch(), 4);
        if !in_time {
            add_own(&world, &ann, STAKE / 10);
        }
        assert_eq!(swaps(&world, &carl, &ann), swapped);
        assert_invariants(&world);
    }
}

#[test]
fn a_swap_comes_in_the_second_epoch_after_its_challenge_and_lapses_with_it() {
    for (waits, refusal) in
        [(2 * DAY - 1, Some(E::SwapNotDue)), (2 * DAY, None), (3 * DAY - 1, None), (3 * DAY, Some(E::ChallengeLapsed))]
    {
        let world = capped(1);
        let (ann, carl) = (world.owner("ann", 0, STAKE), world.owner("carl", 0, 2 * STAKE));
        world.go_to_epoch(2);
        let starts_at_ts = world.now();
        world.pass(DAY - 1);
        challenges(&world, &carl, &ann, None);
        world.wait_until(starts_at_ts + waits);
        match refusal {
            Some(error) => world.refuses(swap(&world, &carl, &ann), &[], error),
            None => assert!(swaps(&world, &carl, &ann)),
        }
        if refusal == Some(E::ChallengeLapsed) {
            challenges(&world, &carl, &ann, None);
            due(&world);
            assert!(swaps(&world, &carl, &ann), "it was made anew");
        }
        assert_invariants(&world);
    }
}

#[test]
fn a_challenge_made_again_begins_anew() {
    let world = capped(1);
    let (ann, carl) = (world.owner("ann", 0, STAKE), world.owner("carl", 0, 2 * STAKE));
    world.go_to_epoch(2);
    challenges(&world, &carl, &ann, None);
    world.next_epoch();
    challenges(&world, &carl, &ann, None);
    world.next_epoch();
    world.refuses(swap(&world, &carl, &ann), &[], E::SwapNotDue);
    world.next_epoch();
    assert!(swaps(&world, &carl, &ann));
    assert_invariants(&world);
}

// The pause begins between challenge and swap; both times move by its length.
#[test]
fn a_challenge_stands_still_in_a_pause_and_nothing_is_swapped_meanwhile() {
    for (after, refusal) in
        [(2 * DAY - 1, Some(E::SwapNotDue)), (2 * DAY, None), (3 * DAY - 1, None), (3 * DAY, Some(E::ChallengeLapsed))]
    {
        let world = capped(1);
        let (ann, carl) = (world.owner("ann", 0, STAKE), world.owner("carl", 0, 2 * STAKE));
        world.go_to_epoch(2);
        let starts_at_ts = world.now();
        challenges(&world, &carl, &ann, None);
        let guardian = &world.scenario.admin;
        let pause = ix::pause(&world.scenario.network.network, guardian.address(), 7 * DAY as u32);
        world.pass(HOUR);
        world.send(&[pause], &[guardian]);
        world.go_to_epoch(4);
        world.refuses(swap(&world, &carl, &ann), &[], E::Paused);
        world.wait_until(starts_at_ts + 7 * DAY + after);
        match refusal {
            Some(error) => world.refuses(swap(&world, &carl, &ann), &[], error),
            None => assert!(swaps(&world, &carl, &ann)),
        }
        assert_invariants(&world);
    }
}

#[test]
fn a_challenge_of_a_place_that_was_left_falls_and_the_free_place_is_taken() {
    let world = capped(1);
    let (ann, carl) = (world.owner("ann", 0, STAKE), world.owner("carl", 0, 2 * STAKE));
    world.go_to_epoch(2);
    challenges(&world, &carl, &ann, None);
    world.retire(&ann);
    challenges(&world, &carl, &ann, Some(E::PlacesFree));
    due(&world);
    let outcome = world.send(&[swap(&world, &carl, &ann)], &[]);
    assert!(matches!(decode_logs(&outcome.logs).events.as_slice(), [Event::PlaceSwapped(event)] if !event.swapped));
    world.send(&[ix::take_place(&carl.at, 0)], &[&carl.actor]);
    assert_invariants(&world);
}

#[test]
fn a_candidate_takes_a_free_place_within_the_cap() {
    let world = capped(2);
    let (ann, poor) = (world.owner("ann", 0, STAKE), world.owner("poor", 0, 0));
    let take = |owner: &Owner, index| ix::take_place(&owner.at, index);
    world.refuses(take(&ann, 1), &[&ann.actor], E::NotACandidate);
    world.refuses(take(&poor, 1), &[&poor.actor], E::BelowMinimumStake);
    add_own(&world, &poor, STAKE);
    world.refuses(take(&poor, 0), &[&poor.actor], E::PlaceTaken);
    world.refuses(take(&poor, 4_096), &[&poor.actor], E::PlaceOutOfRange);
    world.send(&[take(&poor, 4_095)], &[&poor.actor]);
    let third = world.owner("third", 0, STAKE);
    world.refuses(take(&third, 1), &[&third.actor], E::NoFreePlace);
    world.retire(&ann);
    world.send(&[take(&third, 0)], &[&third.actor]);
    assert_eq!(world.network().places_taken, 2);
    assert_invariants(&world);
}

#[test]
fn a_dynamic_cap_follows_the_working_providers_and_evicts_nobody() {
    let world = World::with(|options| {
        options.params.place_cap_mode = 2;
        options.params.least_places = 2;
        options.params.headroom_bps = 100_000;
    });
    let owners = ["ann", "bob", "carl"].map(|name| world.owner(name, 0, STAKE));
    let all = owners.each_ref();
    world.refuses(ix::take_place(&all[2].at, 2), &[&all[2].actor], E::NoFreePlace);
    world.next_epoch();
    for epoch in 1..=8 {
        if epoch < 3 {
            for owner in &all[..2] {
                world.touch(owner);
                world.edit_provider(owner, |provider| {
                    provider
                        .records
                        .iter_mut()
                        .find(|record| record.epoch == epoch && record.flags != 0)
                        .unwrap()
                        .burned = 1;
                });
            }
        }
        assert_eq!(world.network().present_cap(), if (3..=7).contains(&epoch) { 3 } else { 2 }, "epoch {epoch}");
        if epoch == 3 {
            world.send(&[ix::take_place(&all[2].at, 2)], &[&all[2].actor]);
        }
        world.cycle(&all);
    }
    assert_eq!((world.network().places_taken, world.network().present_cap()), (3, 2));
    assert_eq!(world.provider(all[2]).state, Active as u8);
    world.retire(all[0]);
    let dave = world.owner("dave", 0, STAKE);
    world.refuses(ix::take_place(&dave.at, 0), &[&dave.actor], E::NoFreePlace);
    assert_invariants(&world);
}

#[test]
fn a_pause_stops_challenges_and_swaps_but_no_free_place() {
    let world = capped(2);
    let (ann, bob) = (world.owner("ann", 0, STAKE), world.owner("bob", 0, STAKE));
    let carl = world.owner("carl", 0, 2 * STAKE);
    world.go_to_epoch(2);
    challenges(&world, &carl, &ann, None);
    let guardian = &world.scenario.admin;
    let pause = ix::pause(&world.scenario.network.network, guardian.address(), 7 * DAY as u32);
    world.send(&[pause], &[guardian]);
    challenges(&world, &carl, &bob, Some(E::Paused));
    due(&world);
    world.refuses(swap(&world, &carl, &ann), &[], E::Paused);
    world.retire(&bob);
    world.send(&[ix::take_place(&carl.at, 1)], &[&carl.actor]);
    assert!(world.now() < world.network().paused_until_ts);
    assert_invariants(&world);
}
