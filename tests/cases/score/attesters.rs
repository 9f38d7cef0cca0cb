//! Attesters: their bonds, who of them is drawn, and their way out (score-draw-1).

use crate::*;
use num_bigint::BigUint;
use sha2::{Digest, Sha256};
use work_token_sdk::{
    AttesterAddresses, Instruction,
    limits::{SEED_DELAY_SLOTS, SHARD_ATTESTERS},
};
use work_token_tests::{Attester, BOND, everywhere, measured};

fn close(attester: &Attester) -> Instruction {
    ix::close_attester(&attester.at, attester.actor.tokens)
}

/// The hash that the chain's list of slots has for the first slot from `slot` on.
fn hash_from(world: &World, slot: u64) -> [u8; 32] {
    let key = "SysvarS1otHashes111111111111111111111111111".parse().unwrap();
    let data = world.scenario.chain.account(&key).unwrap().unwrap().data;
    let entries = data[8..].chunks_exact(40).map(|entry| (u64::from_le_bytes(entry[..8].try_into().unwrap()), entry));
    let (_, first) = entries.filter(|(of, _)| *of >= slot).min_by_key(|(of, _)| *of).unwrap();
    first[8..].try_into().unwrap()
}

#[test]
fn a_bond_takes_the_first_free_place_of_the_roster() {
    let world = World::attested();
    let xena = world.future_attester("xena", 2 * BOND);
    let enter = |bond| world.register_attester_ix(&xena, bond);
    world.refuses(enter(0), &[&xena.actor], E::ZeroAmount);
    world.refuses(enter(BOND - 1), &[&xena.actor], E::BondTooSmall);
    world.send(&[enter(BOND)], &[&xena.actor]);
    world.refuses(enter(BOND), &[&xena.actor], E::AccountExists);
    let yves = world.attester("yves", BOND);

    let (attester, roster) = (world.attester_state(&xena), world.roster().unwrap());
    assert_eq!((attester.bond, attester.place, world.attester_state(&yves).place), (BOND, 0, 1));
    assert_eq!((roster.count, roster.from_epoch, roster.entries[0].attester), (2, 1, xena.actor.address()));
    assert_eq!(world.vault(VaultKind::Escrow), 2 * BOND);
    assert_invariants(&world);
}

#[test]
fn fifteen_are_drawn_by_bond_without_repetition_by_the_seed_of_the_epoch() {
    let bonds: Vec<u64> = (1..=20).map(|bond| bond * BOND).collect();
    let (world, _, attesters) = measured(&bonds);
    let late = world.attester("late", 500 * BOND);
    let at = world.draw_attesters(0);
    let shard = world.shard(&at);
    assert_eq!(shard.attesters as usize, SHARD_ATTESTERS);

    let mut left: Vec<_> = attesters.iter().map(|one| one.actor.address()).zip(bonds).collect();
    for (number, seat) in shard.opinions.iter().enumerate() {
        let hash = Sha256::new()
            .chain_update(b"attesters")
            .chain_update(world.network().beacon.seed)
            .chain_update([0, 0, number as u8])
            .finalize();
        let total: u64 = left.iter().map(|(_, bond)| bond).sum();
        let r: BigUint = (BigUint::from_bytes_le(&hash[..16]) * total) >> 128;
        let mut r: u64 = r.try_into().unwrap();
        let drawn = left.iter().position(|(_, bond)| {
            let is_here = r < *bond;
            r = r.saturating_sub(*bond);
            is_here
        });
        assert_eq!((seat.attester, seat.bond), left.remove(drawn.unwrap()), "draw {number}");
    }

    let reports = everywhere(&[9_000]);
    for attester in attesters.iter().chain([&late]) {
        match shard.opinion_of(&attester.actor.address()) {
            Some(_) => world.commit_reports(attester, &at, &reports),
            None => {
                world.refuses(world.commit_reports_ix(attester, &at, &reports), &[&attester.actor], E::AttesterNotDrawn)
            }
        }
    }
    assert_eq!(
        shard.opinion_of(&late.actor.address()),
        None,
        "a bond counts from the epoch after the one it was locked in"
    );
    assert_invariants(&world);
}

#[test]
fn attesters_are_drawn_as_often_as_their_bonds_say() {
    let (world, _, _) = measured(&[BOND, 3 * BOND, 6 * BOND]);
    let roster = world.roster().unwrap();
    let mut first = [0i32; 3];
    for number in 0..4_000u32 {
        let hash = Sha256::digest(number.to_le_bytes()).into();
        first[roster.draw(math::Epoch(1)).next(&hash).unwrap().0] += 1;
    }
    for (count, (expected, five_sigma)) in first.iter().zip([(400, 95), (1_200, 145), (2_400, 155)]) {
        assert!((count - expected).abs() < five_sigma, "{count} of 4,000, not {expected}");
    }
    assert!(roster.draw(math::Epoch(0)).next(&[0; 32]).is_none(), "in the epoch of their bonds nobody can be drawn");
    assert_invariants(&world);
}

#[test]
fn a_shard_is_drawn_once_in_the_first_half_of_its_epoch_after_the_seed() {
    let (world, _, _) = measured(&[BOND]);
    let starts_at_ts = world.now();
    world.refuses(world.seat_attesters_ix(0), &[], E::WrongAccountOwner);
    world.open_present();
    world.refuses(world.seat_attesters_ix(0), &[], E::BeaconNotReady);
    world.capture_beacon();
    for empty in [1, 85, u16::MAX] {
        world.refuses(world.seat_attesters_ix(empty), &[], E::ShardOutOfRange);
    }
    world.wait_until(starts_at_ts + DAY / 2);
    world.refuses(world.seat_attesters_ix(0), &[], E::TooLateToDraw);
    world.pass(-1);
    world.send(&[world.seat_attesters_ix(0)], &[]);
    world.refuses(world.seat_attesters_ix(0), &[], E::AccountExists);
    assert_eq!(world.pool(1).open_shards, 1);
    world.next_epoch();
    world.open_present();
    world.refuses(world.seat_attesters_ix(0), &[], E::BeaconNotReady);
    let mut of_another_epoch = world.seat_attesters_ix(0);
    of_another_epoch.accounts[2].pubkey = world.pool_key(1);
    world.refuses(of_another_epoch, &[], E::WrongEpoch);
    assert_invariants(&world);
}

#[test]
fn nobody_is_drawn_where_nothing_is_attested_or_before_any_bond_counts() {
    let world = World::attested();
    world.owner("ann", 0, 10_000 * TOKEN);
    world.attester("xena", BOND);
    world.open_present();
    world.capture_beacon();
    world.refuses(world.seat_attesters_ix(0), &[], E::NoAttesters);
    assert_invariants(&world);

    let world = World::new();
    world.owner("ann", 0, 10_000 * TOKEN);
    world.attester("xena", BOND);
    world.next_epoch();
    world.open_present();
    world.capture_beacon();
    world.refuses(world.seat_attesters_ix(0), &[], E::NotScored);
    assert_invariants(&world);
}

#[test]
fn the_seed_of_an_epoch_is_the_hash_of_a_slot_to_come_and_a_lost_one_is_never_computed() {
    let world = World::attested();
    let chain = &world.scenario.chain;
    world.send(&[world.beacon_ix()], &[]);
    let lost = world.network().beacon;
    assert_eq!((lost.slot, lost.is_captured), (chain.slot() + SEED_DELAY_SLOTS, 0));
    world.refuses(world.beacon_ix(), &[], E::SeedSlotNotReached);
    chain.advance_slots(700);
    world.send(&[world.beacon_ix()], &[]);
    let armed = world.network().beacon;
    assert_eq!((armed.slot, armed.is_captured), (chain.slot() + SEED_DELAY_SLOTS, 0), "another slot is armed");
    world.wait_for_beacon();
    world.send(&[world.beacon_ix()], &[]);
    assert_eq!(world.network().beacon.seed, hash_from(&world, armed.slot));
    world.refuses(world.beacon_ix(), &[], E::BeaconReady);
    world.next_epoch();
    world.send(&[world.beacon_ix()], &[]);
    assert_eq!(world.network().beacon.is_captured, 0, "each epoch has its own");
    assert_invariants(&world);
}

#[test]
fn a_bond_is_free_two_epochs_and_a_challenge_window_after_the_last_report() {
    let (world, _, attesters) = measured(&[BOND, BOND]);
    let xena = &attesters[0];
    world.refuses(close(xena), &[&xena.actor], E::AttesterNotRetired);
    let shard = world.draw_attesters(0);
    let reports = everywhere(&[9_000]);
    world.commit_reports(xena, &shard, &reports);
    world.retire_attester(xena);
    world.refuses(ix::retire_attester(&xena.at), &[&xena.actor], E::AttesterRetired);
    assert_eq!(world.roster().unwrap().count, 1);
    world.next_epoch();
    world.reveal_reports(xena, &shard, &reports);

    world.go_to_epoch(4);
    world.pass(3 * DAY - 1);
    world.refuses(close(xena), &[&xena.actor], E::BondLocked);
    world.pass(1);
    let stranger = world.actor("stranger", 0);
    let elsewhere = ix::close_attester(&xena.at, stranger.tokens);
    world.refuses(elsewhere, &[&xena.actor], E::NotTheTokenOwner);
    let stolen = AttesterAddresses { owner: stranger.address(), ..xena.at };
    world.refuses(ix::close_attester(&stolen, stranger.tokens), &[&stranger], E::WrongAttester);
    let (lamports, rent) = (world.lamports(&xena.actor.address()), world.lamports(&xena.at.attester));
    world.send(&[close(xena)], &[&xena.actor]);
    assert_eq!(world.balance(&xena.actor), BOND);
    assert_eq!(world.lamports(&xena.actor.address()), lamports + rent);
    world.register_attester(xena, BOND);
    assert_invariants(&world);
}

#[test]
fn a_closed_attester_keeps_no_shard_and_no_epoch_open() {
    let (world, ann, attesters) = measured(&[BOND, BOND]);
    let [xena, yves] = attesters.as_slice() else { panic!("two attesters") };
    let (network, keeper) = (world.scenario.network.network, world.scenario.keeper.address());
    let shard = world.draw_attesters(0);
    world.retire_attester(xena);
    world.go_to_epoch(7);
    world.send(&[close(xena)], &[&xena.actor]);
    assert_eq!(world.balance(&xena.actor), BOND, "nobody settled it in time, so it was not fined either");
    world.crank(1, &[&ann]);
    assert_eq!(world.settle_attesters(&shard, &[yves])[0].fine, BOND / 4);
    world.refuses(ix::close_score_shard(&shard, keeper), &[], E::ShardNotSettled);
    world.go_to_epoch(10);
    world.send(&[ix::sweep_epoch(&network, 1)], &[]);
    world.refuses(ix::close_epoch(&network, 1, keeper), &[], E::ShardsNotSettled);

    let mut by_an_empty_account = world.settle_attesters_ix(&shard, &[xena]);
    by_an_empty_account.accounts.last_mut().unwrap().pubkey = world.actor("empty", 0).address();
    world.refuses(by_an_empty_account, &[], E::AttesterNotDrawn);
    let settled = world.settle_attesters(&shard, &[xena]);
    assert_eq!((settled[0].attester, settled[0].pay, settled[0].fine), (xena.actor.address(), 0, 0));
    assert!(world.settle_attesters(&shard, &[xena, yves]).is_empty());
    world.send(&[ix::close_score_shard(&shard, keeper), ix::close_epoch(&network, 1, keeper)], &[]);
    assert_invariants(&world);
}

#[test]
fn who_retires_still_owes_what_it_was_drawn_for() {
    let (world, ann, attesters) = measured(&[2 * BOND, 10 * BOND]);
    let (xena, yves) = (&attesters[0], &attesters[1]);
    let shard = world.draw_attesters(0);
    world.retire_attester(xena);
    let reports = everywhere(&[9_000]);
    world.commit_reports(yves, &shard, &reports);
    world.next_epoch();
    world.reveal_reports(yves, &shard, &reports);
    world.crank(1, &[&ann]);
    let settled = world.settle_attesters(&shard, &[xena]);
    assert_eq!(settled[0].fine, 50 * TOKEN);
    world.go_to_epoch(7);
    world.send(&[close(xena)], &[&xena.actor]);
    assert_eq!(world.balance(&xena.actor), 2 * BOND - 50 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn a_pause_stops_new_attesters_and_nothing_that_attesters_owe_or_are_owed() {
    let (world, ann, attesters) = measured(&[BOND, BOND]);
    let guardian = &world.scenario.admin;
    let pause = ix::pause(&world.scenario.network.network, guardian.address(), 7 * DAY as u32);
    world.send(&[pause], &[guardian]);
    let zoe = world.future_attester("zoe", BOND);
    world.refuses(world.register_attester_ix(&zoe, BOND), &[&zoe.actor], E::Paused);

    let (xena, yves) = (&attesters[0], &attesters[1]);
    let reports = everywhere(&[9_000]);
    let shard = world.report(&[(xena, &reports), (yves, &reports)]);
    assert_eq!(world.score(1, &[&ann]).len(), 1);
    world.crank(1, &[&ann]);
    assert_eq!(world.settle_attesters(&shard, &[xena, yves]).len(), 2);
    world.send(&[ix::claim_attester_rewards(&xena.at, xena.actor.tokens)], &[&xena.actor]);
    world.retire_attester(yves);
    assert!(world.now() < world.network().paused_until_ts);
    world.pass(7 * DAY);
    world.send(&[world.register_attester_ix(&zoe, BOND)], &[&zoe.actor]);
    assert_invariants(&world);
}
