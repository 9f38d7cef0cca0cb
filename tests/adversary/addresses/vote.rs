//! Addresses of the add-in: all of them canonical, whoever was there first.

use {
    super::{addresses_of, gifts_change_nothing},
    crate::{
        cases::{self, vote::REALM},
        codes::with,
        world::*,
    },
    work_token_sdk::{
        Instruction, WorkTokenError as E, ix,
        votes::{self, Voter, VotesError as V, seeds},
    },
};

/// The instruction of a case, and the world in which it succeeds.
fn prepared(name: &str) -> (World, Instruction) {
    let mut world = World::new();
    let case = cases::vote::CASES.iter().find(|case| case.name == name).expect("a case of this name");
    let instruction = (case.prepare)(&mut world);
    (world, instruction)
}

/// Each account of an instruction exists at the first of its addresses alone, and once.
fn only_at_the_canonical(world: &World, create: &Instruction, at: &[(usize, &[&[u8]])]) {
    for (slot, seeds) in at {
        let [(canonical, _), others @ ..] = &addresses_of(&votes::ID, seeds)[..] else {
            panic!("some address is valid")
        };
        assert_eq!(create.accounts[*slot].pubkey, *canonical);
        for (other, _) in others {
            world.chain.refused(&[with(create.clone(), *slot, *other)], E::WrongAddress);
        }
    }
    gifts_change_nothing(world, create);
    world.must(std::slice::from_ref(create));
    world.chain.refused(std::slice::from_ref(create), E::AccountExists);
}

// vote-registrar-1
#[test]
fn a_realm_has_one_registrar_at_its_canonical_address_that_no_gift_blocks_or_prices() {
    let (world, create) = prepared("create_registrar");
    let realm = world.realm("realm 3 of A").at;
    let (key, mint) = (realm.realm.as_ref(), realm.mint.as_ref());
    only_at_the_canonical(
        &world,
        &create,
        &[(4, &[seeds::REGISTRAR, key, mint]), (5, &[seeds::MAX_RECORD, key, mint])],
    );
}

// vote-voter-2
#[test]
fn a_holder_has_one_voter_at_its_canonical_address_that_no_gift_blocks_or_prices() {
    let (world, create) = prepared("create_voter");
    let (realm, holder) = (world.realm(REALM).at, world.d3.key.as_ref());
    let registrar = realm.registrar.as_ref();
    only_at_the_canonical(
        &world,
        &create,
        &[
            (3, &[seeds::VOTER, registrar, holder]),
            (4, &[seeds::SLOT_RECORD, registrar, holder]),
            (5, &[seeds::STANDING_RECORD, realm.realm.as_ref(), realm.mint.as_ref(), holder]),
        ],
    );
}

// vote-registrar-1
#[test]
fn a_realm_of_a_mint_of_two_networks_is_joined_to_one_of_them() {
    let (world, join) = prepared("create_registrar, of a mint of two networks");
    let other = with(join.clone(), 3, world.d().at.network);
    let start = world.chain.snapshot();
    for (first, second) in [(&join, &other), (&other, &join)] {
        world.chain.restore(&start);
        world.must(std::slice::from_ref(first));
        world.chain.refused(std::slice::from_ref(second), E::AccountExists);
    }
}

// vote-voter-2
#[test]
fn a_voter_that_a_stranger_creates_is_its_holders() {
    let mut world = World::new();
    world.voting();
    let (at, attacker, d3) = (world.voter(REALM, &world.d3), world.attacker.key, world.d3.key);
    let position = world.p1.position(d3);
    let before = world.lamports(&attacker);
    world.must(&[votes::create_voter(&at, attacker)]);
    for instruction in [
        votes::close_voter(&at, attacker),
        votes::remove_position(&at, position.delegation),
        votes::add_position(&at, voice_of(&position)),
    ] {
        world.chain.refused(&[with(instruction, 0, attacker)], V::NotTheHolder);
    }
    world.must(&[ix::set_direct(&position, d3, true), votes::add_position(&at, voice_of(&position))]);
    assert_eq!(world.read::<Voter>(&at.voter).count, 1);
    world.must(&[votes::close_voter(&at, attacker)]);
    assert_eq!(world.lamports(&attacker), before, "the rent returns to who paid it");
}
