//! The commitments that hold attesters to the tasks whose answers they know (score-canary-1).

use crate::*;
use work_token_tests::{Attester, BOND};

fn commit(world: &World, attester: &Attester, commitment: u8) {
    world.send(&[ix::commit_canaries(&attester.at, [commitment; 32])], &[&attester.actor]);
}

/// The set that holds in each of some epochs.
fn sets(world: &World, attester: &Attester, epochs: std::ops::RangeInclusive<u32>) -> Vec<Option<u8>> {
    let canaries = world.attester_state(attester).canaries;
    epochs.map(|epoch| canaries.in_epoch(math::Epoch(epoch)).map(|set| set[0])).collect()
}

// score-canary-1
#[test]
fn a_set_of_canaries_holds_from_the_epoch_after_its_commitment_until_that_of_the_next() {
    let world = World::attested();
    let xena = world.attester("xena", BOND);
    assert_eq!(sets(&world, &xena, 0..=9), [None; 10]);
    commit(&world, &xena, 1);
    assert_eq!(sets(&world, &xena, 0..=2), [None, Some(1), Some(1)]);

    world.next_epoch();
    world.next_epoch();
    world.next_epoch();
    commit(&world, &xena, 2);
    assert_eq!(sets(&world, &xena, 0..=5), [None, Some(1), Some(1), Some(1), Some(2), Some(2)]);
    world.next_epoch();
    assert_eq!(sets(&world, &xena, 3..=4), [Some(1), Some(2)], "what is asked now was fixed before its seed");
    assert_invariants(&world);
}

// score-canary-1
#[test]
fn a_set_that_never_held_falls_and_the_present_one_stays() {
    let world = World::attested();
    let xena = world.attester("xena", BOND);
    commit(&world, &xena, 1);
    world.next_epoch();
    commit(&world, &xena, 2);
    commit(&world, &xena, 3);
    assert_eq!(sets(&world, &xena, 1..=2), [Some(1), Some(3)]);
    commit(&world, &xena, 0);
    assert_eq!(sets(&world, &xena, 1..=2), [Some(1), None], "zero takes back what is still to come");
    world.next_epoch();
    assert_eq!(sets(&world, &xena, 1..=2), [Some(1), None]);
    assert_invariants(&world);
}

// score-canary-1
#[test]
fn only_the_owner_of_an_attester_that_has_not_retired_commits_to_canaries() {
    let world = World::attested();
    let (xena, eve) = (world.attester("xena", BOND), world.actor("eve", 0));
    let mut stolen = xena.at;
    stolen.owner = eve.address();
    world.refuses(ix::commit_canaries(&stolen, [1; 32]), &[&eve], E::WrongAttester);
    world.send(&[ix::retire_attester(&xena.at)], &[&xena.actor]);
    world.refuses(ix::commit_canaries(&xena.at, [1; 32]), &[&xena.actor], E::AttesterRetired);
    assert_eq!(sets(&world, &xena, 0..=9), [None; 10]);
}
