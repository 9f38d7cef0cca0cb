//! The add-in's registrars and voters: who creates them, and what they refuse.
//!
//! Kind: stake that votes in a realm by the word of somebody that is not the realm, or for somebody that does
//! not hold it. Looked for in realms, networks, mints, positions and providers of others.

use super::refuses;
use crate::*;
use work_token_sdk::{
    interface::Owned,
    votes::{self, Registrar, Voter, VotesError as V},
};
use work_token_tests::{LONGEST, Realm, governance_bytes, realm_bytes};

const ALL: u64 = 10_000 * TOKEN;

fn registrar(world: &World, realm: &Realm) -> Registrar {
    let account = world.chain.account(&realm.at.registrar).unwrap().expect("the registrar exists");
    assert_eq!(account.owner, Registrar::PROGRAM);
    Registrar::decode(&account.data).expect("a registrar")
}

fn voter(world: &World, at: &votes::VoterAddresses) -> Voter {
    Voter::decode(&world.chain.account(&at.voter).unwrap().expect("the voter exists").data).expect("a voter")
}

// vote-registrar-1
#[test]
fn a_realms_authority_joins_it_once_to_the_network_of_its_token() {
    let world = World::new();
    let realm = world.realm(0);
    let state = registrar(&world, &realm);
    assert_eq!((state.network, state.realm, state.mint), (world.network.network, realm.at.realm, world.network.mint));
    assert_eq!(state.max_record, realm.at.max_record);
    refuses(&world, realm.create_ix(&Realm::terms(0)), &[&realm.authority], E::AccountExists.code());
    assert_invariants(&world);
}

// vote-registrar-1
#[test]
fn a_registrar_is_refused_to_others_and_to_what_is_no_realm_of_the_networks_token() {
    let world = World::new();
    let realm = world.bare_realm();
    let (key, mint) = (realm.authority.address(), world.network.mint);
    let create = realm.create_ix(&Realm::terms(0));
    let try_with = |data: Vec<u8>, error: V| {
        world.write_governance(realm.at.realm, data);
        refuses(&world, create.clone(), &[&realm.authority], error.code());
    };
    try_with(realm_bytes(&mint, None), V::NotARealm);
    try_with(governance_bytes(&realm.at.realm, 1, 1), V::NotARealm);
    try_with(Vec::new(), V::NotARealm);
    try_with(realm_bytes(&mint, Some(&key))[..70].to_vec(), V::NotARealm);
    try_with(realm_bytes(&mint, Some(&world.admin.address())), V::NotTheRealmAuthority);
    try_with(realm_bytes(&world.network.network, Some(&key)), V::NotTheCommunityMint);
    world.write_governance(realm.at.realm, realm_bytes(&mint, Some(&key)));
    world.send(&[create], &[&realm.authority]);
    assert_invariants(&world);
}

// vote-registrar-2
#[test]
fn the_terms_keep_their_bounds_when_they_are_made_and_when_they_are_set() {
    let world = World::new();
    let realm = world.bare_realm();
    let terms = Realm::terms(0);
    let wrong = [
        (votes::RegistrarTerms { longest_vote_secs: 0, ..terms }, V::RealmVoteOutOfBounds),
        (votes::RegistrarTerms { longest_vote_secs: 7 * 86_400 + 1, ..terms }, V::RealmVoteOutOfBounds),
        (votes::RegistrarTerms { standing_slots: 216_001, ..terms }, V::StandingOutOfBounds),
        (votes::RegistrarTerms { least_max_ppm: 99_999, ..terms }, V::LeastMaximumOutOfBounds),
        (votes::RegistrarTerms { least_max_ppm: 1_000_001, ..terms }, V::LeastMaximumOutOfBounds),
    ];
    for (terms, error) in wrong {
        refuses(&world, realm.create_ix(&terms), &[&realm.authority], error.code());
    }
    world.send(&[realm.create_ix(&terms)], &[&realm.authority]);
    let key = realm.authority.address();
    for (terms, error) in wrong {
        refuses(&world, votes::set_registrar(&realm.at, key, &terms), &[&realm.authority], error.code());
    }
    let widest =
        votes::RegistrarTerms { longest_vote_secs: 7 * 86_400, standing_slots: 216_000, least_max_ppm: 1_000_000 };
    world.send(&[votes::set_registrar(&realm.at, key, &widest)], &[&realm.authority]);
    assert_eq!(registrar(&world, &realm).terms, widest);
    assert_invariants(&world);
}

// vote-registrar-1
#[test]
fn only_the_present_authority_of_that_realm_sets_the_terms() {
    let world = World::new();
    let realm = world.realm(0);
    let (key, terms) = (realm.authority.address(), Realm::terms(9));
    let set = votes::set_registrar(&realm.at, key, &terms);
    world.write_governance(realm.at.realm, realm_bytes(&world.network.mint, Some(&world.admin.address())));
    refuses(&world, set.clone(), &[&realm.authority], V::NotTheRealmAuthority.code());
    world.send(&[votes::set_registrar(&realm.at, world.admin.address(), &terms)], &[&world.admin]);

    let other = Pubkey::new_from_array([9; 32]);
    world.write_governance(other, realm_bytes(&world.network.mint, Some(&key)));
    let mut foreign = set;
    foreign.accounts[1].pubkey = other;
    refuses(&world, foreign, &[&realm.authority], V::WrongRealm.code());
    assert_invariants(&world);
}

// vote-registrar-2
#[test]
fn a_network_whose_stake_has_no_voice_gets_no_registrar() {
    let world = World::with(|options| options.params.longest_vote_secs = 0);
    let realm = world.bare_realm();
    refuses(&world, realm.create_ix(&Realm::terms(0)), &[&realm.authority], V::StakeHasNoVoice.code());
    assert_invariants(&world);
}

// vote-voter-1
#[test]
fn a_holder_adds_its_own_position_or_one_that_votes_itself_and_nobody_else_does() {
    let world = World::new();
    let realm = world.realm(0);
    let ann = world.owner("ann", 0, ALL);
    let dora = world.holder("dora", &ann, ALL);
    let at = world.voter(&realm, &ann.actor, &[ann.own_voice()]);
    assert_eq!((voter(&world, &at).count, voter(&world, &at).entries()[0].position), (1, ann.at.own_position));
    let add = |position| votes::add_position(&at, position);
    refuses(&world, add(ann.own_voice()), &[&ann.actor], V::PositionListed.code());
    refuses(&world, add(dora.voice_of()), &[&ann.actor], V::NotTheHolder.code());

    let doras = world.voter(&realm, &dora.actor, &[]);
    refuses(&world, votes::add_position(&doras, dora.voice_of()), &[&dora.actor], V::NoVoiceOfItsOwn.code());
    world.set_direct(&dora, true);
    let ben = world.owner("ben", 0, ALL);
    let mixed = [dora.at.delegation, ben.at.provider];
    refuses(&world, votes::add_position(&doras, mixed), &[&dora.actor], E::WrongProvider.code());
    let mut by_ann = votes::add_position(&doras, dora.voice_of());
    by_ann.accounts[0].pubkey = ann.actor.address();
    refuses(&world, by_ann, &[&ann.actor], V::NotTheHolder.code());
    world.send(&[votes::add_position(&doras, dora.voice_of())], &[&dora.actor]);
    assert_invariants(&world);
}

// vote-voter-1
#[test]
fn a_voter_has_sixteen_positions_at_most_in_rising_order_and_gives_places_back() {
    let world = World::new();
    let realm = world.realm(0);
    let eva = world.actor("eva", 17 * ALL);
    let at = world.voter(&realm, &eva, &[]);
    let mut positions = Vec::new();
    for number in 0..17 {
        let owner = world.owner(&format!("owner {number}"), 0, ALL);
        let holder = Holder { actor: eva.clone(), at: owner.at.position(eva.address()) };
        world.delegate(&holder, ALL);
        world.set_direct(&holder, true);
        positions.push(holder.voice_of());
    }
    for position in &positions[..16] {
        world.send(&[votes::add_position(&at, *position)], &[&eva]);
    }
    let listed: Vec<_> = voter(&world, &at).entries().iter().map(|entry| entry.position.to_bytes()).collect();
    assert!(listed.is_sorted() && listed.len() == 16);
    refuses(&world, votes::add_position(&at, positions[16]), &[&eva], V::TooManyPositions.code());
    refuses(&world, votes::remove_position(&at, positions[16][0]), &[&eva], V::PositionNotListed.code());
    world.send(&[votes::remove_position(&at, positions[3][0])], &[&eva]);
    world.send(&[votes::add_position(&at, positions[16])], &[&eva]);
    let state = voter(&world, &at);
    assert!(state.entries().iter().all(|entry| entry.position != positions[3][0]));
    assert_eq!(state.count, 16);
    assert_invariants(&world);
}

// vote-voter-2
#[test]
fn a_voter_closes_with_its_records_and_the_rent_returns_to_who_paid_it() {
    let world = World::new();
    let realm = world.realm(0);
    let ann = world.owner("ann", 0, ALL);
    let payer = world.actor("payer", 0);
    let at = realm.at.voter(ann.actor.address());
    let lamports = |key| world.chain.account(&key).unwrap().map_or(0, |account| account.lamports);
    let before = lamports(payer.address());
    world.send(&[votes::create_voter(&at, payer.address())], &[&payer]);
    assert!(lamports(payer.address()) < before);
    let close = votes::close_voter(&at, payer.address());
    let mut by_payer = close.clone();
    by_payer.accounts[0].pubkey = payer.address();
    refuses(&world, by_payer, &[&payer], V::NotTheHolder.code());
    let to_holder = votes::close_voter(&at, ann.actor.address());
    refuses(&world, to_holder, &[&ann.actor], E::WrongRentReceiver.code());
    world.send(&[close], &[&ann.actor]);
    assert_eq!(lamports(payer.address()), before);
    for key in [at.voter, at.slot_record, at.standing_record] {
        assert!(world.chain.account(&key).unwrap().is_none());
    }
    world.send(&[votes::create_voter(&at, payer.address())], &[&payer]);
    assert_eq!(voter(&world, &at).count, 0);
    assert_invariants(&world);
}

// The longest vote of the stories is within the network's.
const _: () = assert!(LONGEST <= NETWORK_PARAMS.longest_vote_secs);
