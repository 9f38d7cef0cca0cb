//! The owner's voice passes with the provider.
//!
//! Kind: stake that two owners vote with in one vote. Looked for in hand-overs there and back, and in tickets
//! that pass with the own position.

use super::handover::hand_over;
use crate::*;

const ALL: u64 = 10_000 * TOKEN;

// position-direct-2
#[test]
fn a_new_owner_is_heard_after_the_longest_vote_and_two_days_and_so_is_one_that_takes_it_back() {
    let world = World::new();
    let ann = world.owner("ann", 0, 2 * ALL);
    let [dora, eric] = ["dora", "eric"].map(|name| world.holder(name, &ann, ALL));
    world.next_epoch();
    world.vote_directly(&eric);
    assert_eq!(world.votes(&ann, [&eric]), (3 * ALL, [ALL]));
    let ticket = world.request(&ann, ALL);
    let ben = world.actor("ben", 0);
    let now = hand_over(&world, &ann, &ben);
    world.cancel(&now, ticket);
    world.pass(DAY);
    assert_eq!(world.votes(&now, [&eric]), (0, [ALL]), "who votes itself is heard all the while");
    assert_eq!(world.owner_voice(&now).whole.0, 3 * ALL);
    world.pass(SILENCE - DAY - 1);
    assert_eq!(world.votes(&now, [&eric]), (0, [ALL]));
    world.pass(1);
    assert_eq!(world.votes(&now, [&eric]), (3 * ALL, [ALL]));
    let back = hand_over(&world, &hand_over(&world, &now, &world.actor("carl", 0)), &ben);
    assert_eq!(world.votes(&back, [&eric, &dora]), (0, [ALL, 0]));
    world.pass(SILENCE);
    assert_eq!(world.votes(&back, [&eric, &dora]), (3 * ALL, [ALL, 0]));
    assert_invariants(&world);
}

// network-params-14
#[test]
fn where_stake_has_no_voice_a_hand_over_silences_nothing() {
    let world = World::with(|options| options.params.longest_vote_secs = 0);
    let ann = world.owner("ann", 0, ALL);
    let now = hand_over(&world, &ann, &world.actor("ben", 0));
    assert_eq!(world.provider(&now).voice_from_ts, 0);
    assert_invariants(&world);
}
