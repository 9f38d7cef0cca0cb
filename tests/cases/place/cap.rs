//! How many places a network's stake makes room for (place-cap-1).
//!
//! Kind: a term of a rule that no network of the tests sets. Looked for among the parameters of the rows that
//! were promised: this one alone was set by laws of `math` only.

use crate::*;

// place-cap-1
#[test]
fn a_dynamic_cap_has_room_for_so_much_stake_though_nobody_works_and_evicts_nobody_when_it_leaves() {
    let world = World::with(|options| {
        let params = &mut options.params;
        (params.place_cap_mode, params.least_places, params.stake_per_place) = (2, 2, STAKE);
    });
    let owners = ["ann", "bob", "carl"].map(|name| world.owner(name, 0, STAKE));
    let [ann, _, carl] = &owners;
    let all = owners.each_ref();
    let take = || ix::take_place(&carl.at, 2);
    for _ in 0..2 {
        world.cycle(&all);
    }
    assert_eq!(world.network().present_cap(), 2, "two places' stake, and nobody at work");
    world.refuses(take(), &[&carl.actor], E::NoFreePlace);
    world.stake_self(ann, 2 * STAKE);
    world.cycle(&all);
    assert_eq!(world.network().present_cap(), 2, "it counts from the next epoch on");
    world.refuses(take(), &[&carl.actor], E::NoFreePlace);
    world.cycle(&all);
    assert_eq!(world.network().present_cap(), 3, "four places' stake, and one place more an epoch");
    world.send(&[take()], &[&carl.actor]);
    world.cycle(&all);
    assert_eq!(world.network().present_cap(), 4);

    let ticket = world.request_all(ann);
    for cap in [5, 4, 3, 2, 2] {
        world.cycle(&all);
        assert_eq!((world.network().present_cap(), world.network().places_taken), (cap, 3));
    }
    world.cancel(ann, ticket);
    assert_invariants(&world);
}
