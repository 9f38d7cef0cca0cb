//! The roster of attesters: who enters it, who is displaced, and when a change of it counts (score-roster-3,
//! score-roster-5).
//!
//! Kind of fault, score-roster-3: what is refundable keeps others out. Kind of score-roster-5: what is read
//! later than it was true, here the roster under a seed that is known by then. Looked for further members: a
//! place that the caller names (it could be spoiled by whoever sees it named: the program finds it now); an
//! incumbent that leaves its place to another of its keys (the place is compared, not the holder); bonds for
//! a moment in every free place (a place that is left binds the bond); a place that is left while its old
//! bond can be drawn (free from the second half on); fines, whose taking a settler times; outages, which move
//! no half of an epoch; the parameters of the epoch (`EpochPool` keeps them); the places of providers, found
//! by their records (`scores`).

use crate::*;
use work_token_sdk::{AttesterAddresses, limits::MAX_ATTESTERS, math::Epoch, state::NO_PLACE};
use work_token_tests::{Attester, BOND, everywhere, measured};

/// A network whose 192 places are all held with the smallest bond, from epoch 1 on.
pub fn full() -> (World, Vec<Attester>) {
    let world = World::attested();
    let attesters = world.attesters(&[BOND; MAX_ATTESTERS]);
    world.next_epoch();
    (world, attesters)
}

/// One that waits with a bond and aims.
fn aims(world: &World, name: &str, bond: u64) -> Attester {
    let attester = world.attester(name, bond);
    let state = world.attester_state(&attester);
    assert!(state.aims() && state.place == NO_PLACE, "{name} aims");
    attester
}

pub fn middle_of(world: &World, epoch: u32) -> i64 {
    world.network().clock().starts_at_ts(Epoch(epoch)).unwrap() + DAY / 2
}

pub fn place_of(world: &World, attester: &Attester) -> Option<u16> {
    let place = world.attester_state(attester).place;
    (place != NO_PLACE).then_some(place)
}

/// Whoever holds the place that somebody aims at.
fn aimed_at<'a>(world: &World, by: &Attester, all: &'a [Attester]) -> &'a Attester {
    let place = world.attester_state(by).aimed_place;
    let holder = world.roster().unwrap().entries[usize::from(place)].attester;
    all.iter().find(|attester| attester.actor.address() == holder).expect("it is one of these")
}

fn aim(attester: &Attester) -> work_token_sdk::Instruction {
    ix::aim_attester(&attester.at)
}

fn close(attester: &Attester) -> work_token_sdk::Instruction {
    ix::close_attester(&attester.at, attester.actor.tokens)
}

#[test]
fn a_roster_of_192_smallest_bonds_shuts_no_larger_one_out() {
    let (world, incumbents) = full();
    let zoe = aims(&world, "zoe", 2 * BOND);
    let weakest = aimed_at(&world, &zoe, &incumbents);
    world.wait_until(middle_of(&world, 2));
    world.send(&[world.displace_ix(&zoe, Some(weakest))], &[]);
    let (place, roster) = (place_of(&world, &zoe).unwrap(), world.roster().unwrap());
    let entry = roster.entries[usize::from(place)];
    assert_eq!((entry.attester, entry.next_bond), (zoe.actor.address(), 2 * BOND));
    assert!(world.attester_state(weakest).retired_ts == world.now() && place_of(&world, weakest).is_none());
    let mut drawn = roster.draw(Epoch(2));
    assert!(
        (0..MAX_ATTESTERS).filter_map(|_| drawn.next(&[255; 32])).all(|(at, _)| at != usize::from(place)),
        "not yet"
    );
    assert_invariants(&world);
}

#[test]
fn exactly_five_percent_more_displaces_nobody_and_one_unit_more_does() {
    let (world, incumbents) = full();
    let margin = BOND / 100 * 105;
    let yves = world.future_attester("yves", margin);
    world.refuses(world.register_attester_ix(&yves, margin), &[&yves.actor], E::BondMarginTooSmall);
    let zoe = aims(&world, "zoe", margin + 1);
    let weakest = aimed_at(&world, &zoe, &incumbents);
    world.wait_until(middle_of(&world, 2));
    world.send(&[world.displace_ix(&zoe, Some(weakest))], &[]);
    assert!(place_of(&world, &zoe).is_some());
    assert_invariants(&world);
}

#[test]
fn a_place_is_taken_over_in_the_second_half_of_the_next_epoch_and_at_no_other_time() {
    let (world, incumbents) = full();
    let zoe = aims(&world, "zoe", 2 * BOND);
    let weakest = aimed_at(&world, &zoe, &incumbents);
    let displace = || world.displace_ix(&zoe, Some(weakest));
    for ts in [middle_of(&world, 1), middle_of(&world, 2) - 1] {
        world.wait_until(ts);
        world.refuses(displace(), &[], E::DisplacementNotDue);
    }
    world.go_to_epoch(3);
    world.refuses(displace(), &[], E::DisplacementNotDue);
    world.wait_until(middle_of(&world, 3));
    world.refuses(displace(), &[], E::DisplacementNotDue);

    // The aim has lapsed; another needs no other deposit.
    world.send(&[aim(&zoe)], &[&zoe.actor]);
    let weakest = aimed_at(&world, &zoe, &incumbents);
    world.wait_until(middle_of(&world, 4));
    world.refuses(world.displace_ix(&zoe, None), &[], E::WrongAttester);
    let other = incumbents.iter().find(|other| other.at.attester != weakest.at.attester);
    world.refuses(world.displace_ix(&zoe, other), &[], E::WrongAttester);
    world.send(&[world.displace_ix(&zoe, Some(weakest))], &[]);
    world.refuses(world.displace_ix(&zoe, Some(weakest)), &[], E::AttesterNotWaiting);
    world.refuses(aim(&zoe), &[&zoe.actor], E::AttesterNotWaiting);
    assert_invariants(&world);
}

#[test]
fn the_last_second_of_the_epoch_is_early_enough_to_take_a_place_over() {
    let (world, incumbents) = full();
    let zoe = aims(&world, "zoe", 2 * BOND);
    world.go_to_epoch(3);
    world.pass(-1);
    world.send(&[world.displace_ix(&zoe, Some(aimed_at(&world, &zoe, &incumbents)))], &[]);
    assert_invariants(&world);
}

#[test]
fn who_is_to_be_displaced_can_add_until_then_and_one_unit_decides() {
    for (missing, stays) in [(0, true), (1, false)] {
        let (world, incumbents) = full();
        let zoe = aims(&world, "zoe", 2 * 105 * (BOND / 100));
        world.add_bond(&zoe, 10 * BOND);
        let weakest = aimed_at(&world, &zoe, &incumbents);
        world.wait_until(middle_of(&world, 2));
        world.add_bond(weakest, BOND - missing);
        world.send(&[world.displace_ix(&zoe, Some(weakest))], &[]);
        assert_eq!(place_of(&world, weakest).is_some(), stays, "what zoe added after her aim does not count");
        assert_eq!((place_of(&world, &zoe).is_some(), world.attester_state(&zoe).aims()), (!stays, false));
        if stays {
            world.send(&[aim(&zoe)], &[&zoe.actor]);
            assert_ne!(aimed_at(&world, &zoe, &incumbents).at.attester, weakest.at.attester, "the next smallest");
        }
        assert_invariants(&world);
    }
}

#[test]
fn an_incumbent_that_leaves_its_place_to_another_of_its_keys_fends_nobody_off() {
    let (world, incumbents) = full();
    let zoe = aims(&world, "zoe", 2 * BOND);
    let weakest = aimed_at(&world, &zoe, &incumbents);
    world.next_epoch();
    world.retire_attester(weakest);
    world.wait_until(middle_of(&world, 2));
    let again = world.attester("another key of the incumbent", BOND);
    assert_eq!(place_of(&world, &again), Some(world.attester_state(&zoe).aimed_place));
    world.send(&[world.displace_ix(&zoe, Some(&again))], &[]);
    assert_eq!(place_of(&world, &zoe), Some(world.attester_state(&zoe).aimed_place));
    // It was never drawn by, so it is free at once; what was drawn by is not.
    world.send(&[close(&again)], &[&again.actor]);
    world.refuses(close(weakest), &[&weakest.actor], E::BondLocked);
    assert_invariants(&world);
}

#[test]
fn a_place_that_has_become_free_is_taken_and_nobody_is_displaced() {
    let (world, incumbents) = full();
    let zoe = aims(&world, "zoe", 2 * BOND);
    let weakest = aimed_at(&world, &zoe, &incumbents);
    let leaver = incumbents.iter().find(|other| other.at.attester != weakest.at.attester).unwrap();
    let left = place_of(&world, leaver);
    world.next_epoch();
    world.retire_attester(leaver);
    world.wait_until(middle_of(&world, 2));
    world.send(&[world.displace_ix(&zoe, Some(weakest))], &[]);
    assert_eq!((place_of(&world, &zoe), place_of(&world, weakest).is_some()), (left, true));
    assert_invariants(&world);
}

#[test]
fn no_number_of_waiting_bonds_keeps_another_out() {
    let (world, incumbents) = full();
    let waiting: Vec<Attester> = (0..5).map(|i| aims(&world, &format!("waiting {i}"), 2 * BOND)).collect();
    let zoe = aims(&world, "zoe", 3 * BOND);
    let weakest = aimed_at(&world, &zoe, &incumbents);
    world.wait_until(middle_of(&world, 2));
    world.send(&[world.displace_ix(&waiting[0], Some(weakest))], &[]);
    for late in &waiting[1..] {
        world.send(&[world.displace_ix(late, Some(&waiting[0]))], &[]);
        assert!(place_of(&world, late).is_none() && !world.attester_state(late).aims(), "its aim has fallen");
    }
    world.send(&[world.displace_ix(&zoe, Some(&waiting[0]))], &[]);
    assert!(place_of(&world, &zoe).is_some());
    assert_invariants(&world);
}

#[test]
fn who_holds_no_place_can_retire_and_close_at_once_and_who_left_one_cannot() {
    let (world, incumbents) = full();
    let zoe = aims(&world, "zoe", 2 * BOND);
    world.send(&[ix::retire_attester(&zoe.at), close(&zoe)], &[&zoe.actor]);
    assert_eq!(world.balance(&zoe.actor), 2 * BOND);

    // Bonds for a moment would keep others out of every free place.
    world.retire_attester(&incumbents[7]);
    world.wait_until(middle_of(&world, 1));
    let yves = world.attester("yves", BOND);
    assert!(place_of(&world, &yves).is_some());
    world.retire_attester(&yves);
    world.refuses(close(&yves), &[&yves.actor], E::BondLocked);
    world.go_to_epoch(4);
    world.pass(3 * DAY - 1);
    world.refuses(close(&yves), &[&yves.actor], E::BondLocked);
    world.pass(1);
    world.send(&[close(&yves)], &[&yves.actor]);
    assert_invariants(&world);
}

#[test]
fn the_displaced_is_paid_owes_what_it_was_drawn_for_and_leaves_with_its_bond() {
    let (world, incumbents) = full();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let (reports, zoe) = (everywhere(&[9_000]), aims(&world, "zoe", 2 * BOND));
    world.next_epoch();
    let shard = world.draw_attesters(0);
    let drawn: Vec<&Attester> = incumbents
        .iter()
        .filter(|attester| world.shard(&shard).opinion_of(&attester.actor.address()).is_some())
        .collect();
    // The incumbent that zoe aims at sits, because the others left it the smallest bond.
    world.wait_until(middle_of(&world, 2));
    let weakest = aimed_at(&world, &zoe, &incumbents);
    world.send(&[world.displace_ix(&zoe, Some(weakest))], &[]);
    for attester in &drawn {
        world.commit_reports(attester, &shard, &reports);
    }
    world.next_epoch();
    for attester in &drawn {
        world.reveal_reports(attester, &shard, &reports);
    }
    world.pass(HOUR);
    assert_eq!(world.score(2, &[&ann]).len(), 1);
    world.crank(2, &[&ann]);
    let settled = world.settle_attesters(&shard, &drawn);
    assert!(settled.iter().all(|attester| attester.pay > 0), "whether displaced or not");
    world.go_to_epoch(5);
    world.pass(3 * DAY - 1);
    world.refuses(close(weakest), &[&weakest.actor], E::BondLocked);
    world.pass(1);
    world.send(&[close(weakest)], &[&weakest.actor]);
    assert!(world.balance(&weakest.actor) >= BOND);
    assert_invariants(&world);
}

#[test]
fn a_pause_stops_aiming_and_displacing_and_no_addition() {
    let (world, incumbents) = full();
    let zoe = aims(&world, "zoe", 2 * BOND);
    world.wait_until(middle_of(&world, 2));
    let guardian = &world.scenario.admin;
    let pause = ix::pause(&world.scenario.network.network, guardian.address(), 60);
    world.send(&[pause], &[guardian]);
    let weakest = aimed_at(&world, &zoe, &incumbents);
    world.refuses(world.displace_ix(&zoe, Some(weakest)), &[], E::Paused);
    world.refuses(aim(&zoe), &[&zoe.actor], E::Paused);
    world.add_bond(weakest, BOND);
    world.pass(60);
    world.send(&[world.displace_ix(&zoe, Some(weakest))], &[]);
    assert!(place_of(&world, weakest).is_some(), "it added in the pause");
    assert_invariants(&world);
}

#[test]
fn what_is_added_to_a_bond_is_drawn_by_from_the_next_epoch_on() {
    let (world, _, attesters) = measured(&[BOND, BOND]);
    let (xena, yves) = (&attesters[0], &attesters[1]);
    let zero = ix::add_attester_bond(&xena.at, xena.actor.tokens, 0);
    world.refuses(zero, &[&xena.actor], E::ZeroAmount);
    let too_much = ix::add_attester_bond(&xena.at, xena.actor.tokens, 1);
    world.refuses(too_much, &[&xena.actor], E::InsufficientFunds);
    world.add_bond(xena, BOND);
    world.add_bond(xena, 2 * BOND);
    let bond_of = |shard: &work_token_sdk::ShardAddresses| {
        let shard = world.shard(shard);
        shard.opinions[shard.opinion_of(&xena.actor.address()).unwrap()].bond
    };
    assert_eq!(bond_of(&world.draw_attesters(0)), BOND);
    world.next_epoch();
    assert_eq!(bond_of(&world.draw_attesters(0)), 4 * BOND);
    world.give(yves.actor.tokens, BOND);
    let stolen = AttesterAddresses { owner: yves.actor.address(), ..xena.at };
    let add = ix::add_attester_bond(&stolen, yves.actor.tokens, BOND);
    world.refuses(add, &[&yves.actor], E::WrongAttester);
    world.retire_attester(yves);
    let late = ix::add_attester_bond(&yves.at, yves.actor.tokens, BOND);
    world.refuses(late, &[&yves.actor], E::AttesterRetired);
    world.refuses(aim(yves), &[&yves.actor], E::AttesterRetired);
    assert_invariants(&world);
}

#[test]
fn who_loses_its_place_to_a_fine_takes_another_once_it_has_added() {
    let (world, ann, attesters) = measured(&[10 * BOND, BOND]);
    let (xena, zoe) = (&attesters[0], &attesters[1]);
    let reports = everywhere(&[9_000]);
    let shard = world.report(&[(xena, &reports)]);
    world.score(1, &[&ann]);
    world.crank(1, &[&ann]);
    assert_eq!(world.settle_attesters(&shard, &[zoe])[0].fine, 50 * TOKEN);
    assert_eq!(place_of(&world, zoe), None);
    world.refuses(aim(zoe), &[&zoe.actor], E::BondTooSmall);
    world.add_bond(zoe, 50 * TOKEN);
    world.send(&[aim(zoe)], &[&zoe.actor]);
    assert_eq!(place_of(&world, zoe), Some(2), "the place that it left can still be drawn at");
    assert_invariants(&world);
}
