//! When a change of the roster counts (score-roster-5).

use crate::score::roster::{full, middle_of, place_of};
use crate::*;
use work_token_sdk::math::Epoch;
use work_token_tests::{Attester, BOND, everywhere, measured};

#[test]
fn nothing_that_happens_after_the_seed_is_known_changes_who_is_drawn() {
    let world = World::attested();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let bob = world.owner("bob", 0, 0);
    world.give(bob.actor.tokens, 10_000 * TOKEN);
    let stake = ix::stake_self(&bob.at, bob.actor.tokens, 10_000 * TOKEN);
    world.send(&[stake, ix::take_place(&bob.at, 48)], &[&bob.actor]);
    let attesters = world.attesters(&[BOND + 50 * TOKEN; 40]);
    world.next_epoch();
    let silent = world.draw_attesters(0);
    world.next_epoch();
    world.pass(HOUR);
    world.crank(1, &[&ann, &bob]);

    let before = world.roster().unwrap();
    let first = world.draw_attesters(0);
    let seed = world.network().beacon.seed;
    // All that can be done: leave, add, come, be fined so deep that the place is lost.
    for leaver in &attesters[..10] {
        world.retire_attester(leaver);
    }
    for richer in &attesters[10..15] {
        world.add_bond(richer, 500 * BOND);
    }
    world.attester("late", 500 * BOND);
    let fined: Vec<&Attester> = attesters[15..]
        .iter()
        .filter(|attester| world.shard(&silent).opinion_of(&attester.actor.address()).is_some())
        .collect();
    assert!(world.settle_attesters(&silent, &fined).iter().all(|attester| attester.fine > 50 * TOKEN));
    let second = world.draw_attesters(1);

    let expected = |number: u16| -> Vec<(Pubkey, u64)> {
        let mut draw = before.draw(Epoch(2));
        let hash = |at: u8| {
            let [low, high] = number.to_le_bytes();
            use sha2::{Digest, Sha256};
            Sha256::new().chain_update(b"attesters").chain_update(seed).chain_update([low, high, at]).finalize().into()
        };
        let drawn = (0..15).map(|at| draw.next(&hash(at)).unwrap());
        drawn.map(|(place, bond)| (before.entries[place].attester, bond)).collect()
    };
    for (number, at) in [(0, &first), (1, &second)] {
        let drawn: Vec<(Pubkey, u64)> =
            world.shard(at).opinions.iter().map(|opinion| (opinion.attester, opinion.bond)).collect();
        assert_eq!(drawn, expected(number), "shard {number} as if nothing had happened");
    }

    // From the next epoch on it counts.
    world.next_epoch();
    let roster = world.roster().unwrap();
    let next = world.draw_attesters(0);
    let sits = |attester: &Attester| world.shard(&next).opinion_of(&attester.actor.address()).is_some();
    assert!(!attesters[..10].iter().any(sits) && !fined.iter().any(|attester| sits(attester)));
    let late = roster.entries.iter().find(|entry| entry.next_bond == 500 * BOND).unwrap();
    assert!(world.shard(&next).opinion_of(&late.attester).is_some(), "nearly all bonds are his and those who added");
    assert_invariants(&world);
}

#[test]
fn who_retires_still_owes_what_it_is_drawn_for_until_the_epoch_ends() {
    let (world, ann, attesters) = measured(&[2 * BOND, 10 * BOND]);
    let (xena, yves) = (&attesters[0], &attesters[1]);
    world.retire_attester(xena);
    let shard = world.draw_attesters(0);
    assert!(world.shard(&shard).opinion_of(&xena.actor.address()).is_some(), "it left before anybody was seated");
    let reports = everywhere(&[9_000]);
    world.commit_reports(yves, &shard, &reports);
    world.next_epoch();
    world.reveal_reports(yves, &shard, &reports);
    world.pass(HOUR);
    world.score(1, &[&ann]);
    world.crank(1, &[&ann]);
    assert_eq!(world.settle_attesters(&shard, &[xena])[0].fine, 50 * TOKEN);
    let next = world.draw_attesters(0);
    assert_eq!(world.shard(&next).opinion_of(&xena.actor.address()), None);
    assert_invariants(&world);
}

#[test]
fn a_place_that_is_left_is_free_from_the_second_half_of_the_epoch_on() {
    let (world, incumbents) = full();
    world.retire_attester(&incumbents[3]);
    let zoe = world.future_attester("zoe", BOND);
    world.wait_until(middle_of(&world, 1) - 1);
    world.refuses(world.register_attester_ix(&zoe, BOND), &[&zoe.actor], E::BondMarginTooSmall);
    world.pass(1);
    world.send(&[world.register_attester_ix(&zoe, BOND)], &[&zoe.actor]);
    let place = place_of(&world, &zoe).unwrap();
    let roster = world.roster().unwrap();
    assert_eq!((roster.entries[usize::from(place)].bond, roster.count), (0, 192));
    assert_invariants(&world);
}

#[test]
fn changes_of_two_epochs_build_on_one_another() {
    let (world, _, attesters) = measured(&[BOND, BOND, BOND]);
    let [xena, yves, zoe] = attesters.as_slice() else { panic!("three attesters") };
    let bonds = |epoch: u32| {
        let roster = world.roster().unwrap();
        let is_in_force = roster.from_epoch <= epoch;
        roster.entries[..3]
            .iter()
            .map(|entry| if is_in_force { entry.next_bond } else { entry.bond })
            .collect::<Vec<_>>()
    };
    world.add_bond(xena, BOND);
    assert_eq!((bonds(1), bonds(2)), (vec![BOND; 3], vec![2 * BOND, BOND, BOND]));
    world.next_epoch();
    world.add_bond(yves, BOND);
    assert_eq!((bonds(2), bonds(3)), (vec![2 * BOND, BOND, BOND], vec![2 * BOND, 2 * BOND, BOND]));
    world.go_to_epoch(5);
    world.retire_attester(zoe);
    assert_eq!((bonds(5), bonds(6)), (vec![2 * BOND, 2 * BOND, BOND], vec![2 * BOND, 2 * BOND, 0]));
    assert_invariants(&world);
}
