//! Terms, actions and books of voters at their ends.

use {
    super::{Expected, check},
    crate::{
        cases::vote::{REALM, both, d1s, first},
        codes::with_args,
        world::*,
    },
    work_token_sdk::{
        Instruction,
        transport::Transport,
        votes::{self, Registrar, RegistrarTerms, Voter, VotesError as V, limits, record},
    },
};

/// Sets terms that a number goes into.
fn sets(world: &World, edit: impl Fn(&mut RegistrarTerms, u32)) -> impl Fn(u64) -> Instruction {
    let realm = world.realm(REALM);
    move |number| {
        let mut terms = terms();
        edit(&mut terms, u32::try_from(number).unwrap_or(u32::MAX));
        votes::set_registrar(&realm.at, realm.authority, &terms)
    }
}

// vote-registrar-2
#[test]
fn terms_at_the_ends_are_refused_by_name() {
    let mut world = World::new();
    world.voting();
    let (vote, stands, least) =
        (Some(V::RealmVoteOutOfBounds), Some(V::StandingOutOfBounds), Some(V::LeastMaximumOutOfBounds));
    let longest: Expected<V> = [vote, None, None, vote, vote, vote, vote];
    let set = sets(&world, |terms, secs| terms.longest_vote_secs = secs);
    check(&world, "longest_vote_secs", longest, &set);
    let bound = u64::from(world.network().params.longest_vote_secs);
    world.chain.refused(&[set(bound + 1)], V::RealmVoteOutOfBounds);
    world.must(&[set(bound)]);

    let set = sets(&world, |terms, slots| terms.standing_slots = slots);
    check(&world, "standing_slots", [None, None, None, stands, stands, stands, stands], &set);
    world.chain.refused(&[set(u64::from(limits::MAX_STANDING_SLOTS) + 1)], V::StandingOutOfBounds);
    world.must(&[set(u64::from(limits::MAX_STANDING_SLOTS))]);

    let set = sets(&world, |terms, ppm| terms.least_max_ppm = ppm);
    check(&world, "least_max_ppm", [least; 7], &set);
    for (bound, beyond) in [(100_000, 99_999), (1_000_000, 1_000_001)] {
        world.chain.refused(&[set(beyond)], V::LeastMaximumOutOfBounds);
        world.must(&[set(bound)]);
    }
}

// vote-record-1
#[test]
fn every_action_but_five_is_refused() {
    let mut world = World::new();
    world.voting();
    let target = world.realm(REALM).on.proposal;
    let update = |action| votes::update_voter_weight(&d1s(&world), true, &[first(&world)], (action, target));
    (1..record::ACTIONS).for_each(|action| world.must(&[update(action)]));
    (record::ACTIONS..=u8::MAX).for_each(|action| world.chain.refused(&[update(action)], V::UnknownAction));
    // A byte that is neither some nor none.
    let odd: Vec<u8> = [2, 1].into_iter().chain([0; 32]).collect();
    assert_eq!(world.chain.refusal(&[with_args(update(1), &odd)]), "InvalidInstructionData");
}

// vote-max-1
#[test]
fn the_maximum_weight_of_any_supply_is_written() {
    let mut world = World::new();
    world.voting();
    let realm = world.realm(REALM).at;
    let registrar: Registrar = world.read(&realm.registrar);
    for supply in [0, 1, 9, 10, 11, (1 << 60) - 1, u64::MAX - 1, u64::MAX] {
        world.net.edit(&realm.mint, |mint| mint[36..44].copy_from_slice(&u64::to_le_bytes(supply)));
        world.must(&[votes::update_max_voter_weight(&realm)]);
        let account = world.net.account(&realm.max_record).expect("the chain answers").expect("it exists");
        let (weight, _) = record::read_max(&account.data).expect("the record of the maximum weight");
        let expected = registrar.maximum_weight(&world.network(), supply).expect("epochs were finalized").0;
        assert!(weight == expected && weight >= supply.div_ceil(10), "{weight} of {supply}");
    }
}

/// No instruction leads to such books; whatever they say, a voter weighs no more than its stake.
// vote-voice-1
#[test]
fn books_at_their_ends_make_nobody_weigh_more_than_what_is_there() {
    let mut world = World::new();
    world.voting();
    let (at, start) = (d1s(&world), world.chain.snapshot());
    let whole = weight_of(&world, &at.standing_record);
    assert!(whole > 0);
    for counts in [0, 1, whole, u64::MAX] {
        for waiting in [0, 1, u64::MAX] {
            for ripe_ts in [i64::MIN, -1, 0, world.net.now(), i64::MAX] {
                world.chain.restore(&start);
                world.change::<Voter>(&at.voter, |voter| {
                    for entry in &mut voter.entries[..2] {
                        (entry.inertia.counts, entry.inertia.waiting, entry.inertia.ripe_ts) =
                            (counts, waiting, ripe_ts);
                        (entry.inertia.low, entry.inertia.low_since_ts) = (waiting, ripe_ts);
                    }
                });
                for is_signed in [false, true] {
                    world.must(&[votes::update_standing_weight(&at, is_signed, &both(&world))]);
                    assert!(weight_of(&world, &at.standing_record) <= whole);
                }
            }
        }
    }
}
