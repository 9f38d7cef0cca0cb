//! The records that SPL Governance reads.
//!
//! Kind: a record that says more than its voter weighs, for another action, for longer than it may, or in
//! another's name. Looked for in actions, targets, governances, standing records and the maximum weight.

use super::refuses;
use crate::*;
use work_token_sdk::votes::{self, Proposal, RegistrarAddresses, VoterAddresses, VotesError as V, record};
use work_token_tests::{LONGEST, Realm, WAIT, governance_bytes, proposal_bytes, realm_bytes};

const ALL: u64 = 40_000 * TOKEN;

fn ripe(standing_slots: u32) -> (World, Realm, Owner, VoterAddresses) {
    let world = World::new();
    let realm = world.realm(standing_slots);
    let ann = world.owner("ann", 0, ALL);
    world.next_epoch();
    let at = world.voter(&realm, &ann.actor, &[ann.own_voice()]);
    world.pass(WAIT);
    (world, realm, ann, at)
}

// vote-record-1
#[test]
fn a_slots_record_has_the_bytes_that_spl_governance_reads_and_holds_for_its_slot() {
    let (world, realm, ann, at) = ripe(0);
    let fresh = world.record_of(at.slot_record);
    assert_eq!((fresh.weight, fresh.expiry_slot), (0, 0), "a new record is stale");
    world.weigh_voter(&realm, &at, &ann.actor, &[ann.own_voice()]);
    let data = world.chain.account(&at.slot_record).unwrap().unwrap().data;
    let mut expected = vec![0x2e, 0xf9, 0x9b, 0x4b, 0x99, 0xf8, 0x74, 0x09];
    for address in [realm.at.realm, world.network.mint, ann.actor.address()] {
        expected.extend_from_slice(address.as_ref());
    }
    expected.extend_from_slice(&ALL.to_le_bytes());
    expected.push(1);
    expected.extend_from_slice(&world.chain.slot().to_le_bytes());
    expected.extend_from_slice(&[1, 0, 1]);
    expected.extend_from_slice(realm.on.proposal.as_ref());
    expected.extend_from_slice(&[0; 8]);
    assert_eq!(data, expected);
    assert_invariants(&world);
}

// vote-record-1
#[test]
fn a_vote_that_outlasts_the_realms_longest_gets_nothing() {
    let (world, realm, ann, at) = ripe(0);
    let weigh = || world.weigh_voter(&realm, &at, &ann.actor, &[ann.own_voice()]);
    assert_eq!(weigh(), ALL);
    for (base, cool_off) in [(LONGEST, 1), (LONGEST + 1, 0), (u32::MAX, u32::MAX)] {
        world.write_governance(realm.governance, governance_bytes(&realm.at.realm, base, cool_off));
        assert_eq!(weigh(), 0);
    }
    world.write_governance(realm.governance, governance_bytes(&realm.at.realm, LONGEST, 0));
    assert_eq!(weigh(), ALL);
    assert_invariants(&world);
}

// vote-record-1
#[test]
fn a_vote_names_its_proposal_and_comes_with_it_and_its_governance_of_the_realm() {
    let (world, realm, ann, at) = ripe(0);
    let on = |proposal, governance| {
        votes::update_vote_weight(&at, true, &[ann.own_voice()], Proposal { proposal, governance })
    };
    let Proposal { proposal, governance } = realm.on;
    let refuse = |ix, error: V| refuses(&world, ix, &[&ann.actor], error.code());
    refuse(on(governance, governance), V::NotAProposal);
    refuse(on(proposal, proposal), V::NotAProposal);
    refuse(on(ann.at.provider, governance), V::NotAProposal);
    let [other, foreign] = [[90; 32], [91; 32]].map(Pubkey::new_from_array);
    world.write_governance(other, governance_bytes(&realm.at.realm, 1, 0));
    refuse(on(proposal, other), V::NotAProposal);
    world.write_governance(other, governance_bytes(&foreign, 1, 0));
    world.write_governance(foreign, proposal_bytes(&other));
    refuse(on(foreign, other), V::WrongRealm);
    let mut other_target = on(proposal, governance);
    other_target.data[10..42].copy_from_slice(foreign.as_ref());
    refuse(other_target, V::NotAProposal);
    let mut bare = votes::update_vote_weight(&at, true, &[], realm.on);
    bare.accounts.truncate(6);
    refuse(bare, V::NotAProposal);
    assert_invariants(&world);
}

// vote-record-1
#[test]
fn other_actions_name_themselves_and_their_target() {
    let (world, realm, ann, at) = ripe(0);
    for action in 1..5 {
        let update = votes::update_voter_weight(&at, true, &[ann.own_voice()], (action, realm.governance));
        world.send(&[update], &[&ann.actor]);
        let record = world.record_of(at.slot_record);
        assert_eq!((record.weight, record.for_what), (ALL, Some((action, realm.governance))));
    }
    for action in [5, 255] {
        let update = votes::update_voter_weight(&at, true, &[ann.own_voice()], (action, realm.governance));
        refuses(&world, update, &[&ann.actor], V::UnknownAction.code());
    }
    assert_invariants(&world);
}

// vote-record-2
#[test]
fn records_stand_where_the_realm_allows_it_and_are_lowered_by_their_holder_alone_while_they_do() {
    let (world, realm, ann, at) = ripe(500);
    let standing = |is_signed| votes::update_standing_weight(&at, is_signed, &[ann.own_voice()]);
    world.send(&[standing(false)], &[]);
    let record = world.record_of(at.standing_record);
    let first = votes::record::Weight { weight: ALL, expiry_slot: world.chain.slot() + 500, for_what: None };
    assert_eq!(record, first);

    world.request(&ann, ALL / 4);
    world.chain.advance_slots(10);
    world.send(&[standing(false)], &[]);
    assert_eq!(world.record_of(at.standing_record), first, "neither lowered nor prolonged by a stranger");
    world.send(&[standing(true)], &[&ann.actor]);
    let lowered = world.record_of(at.standing_record);
    assert_eq!((lowered.weight, lowered.expiry_slot), (3 * ALL / 4, world.chain.slot() + 500));

    world.request(&ann, ALL / 4);
    world.chain.advance_slots(501);
    world.send(&[standing(false)], &[]);
    assert_eq!(world.record_of(at.standing_record).weight, ALL / 2, "a stale record is anybody's to renew");

    let terms = Realm::terms(0);
    let off = votes::set_registrar(&realm.at, realm.authority.address(), &terms);
    world.send(&[off], &[&realm.authority]);
    refuses(&world, standing(true), &[&ann.actor], V::StandingRecordsOff.code());
    assert_invariants(&world);
}

// vote-record-1
#[test]
fn a_record_serves_its_own_voter_and_use() {
    let (world, realm, ann, at) = ripe(500);
    let ben = world.owner("ben", 0, ALL);
    let bens = world.voter(&realm, &ben.actor, &[ben.own_voice()]);
    let update = votes::update_vote_weight(&at, true, &[ann.own_voice()], realm.on);
    for wrong in [at.standing_record, bens.slot_record, bens.standing_record, realm.at.max_record] {
        let mut other = update.clone();
        other.accounts[4].pubkey = wrong;
        refuses(&world, other, &[&ann.actor], V::WrongRecord.code());
    }
    let foreign = Pubkey::new_from_array([99; 32]);
    world.write_governance(foreign, realm_bytes(&world.network.mint, Some(&realm.authority.address())));
    let elsewhere = RegistrarAddresses::derive(foreign, world.network.network, world.network.mint);
    let key = realm.authority.address();
    world.send(&[votes::create_registrar(&elsewhere, [key; 2], &Realm::terms(500))], &[&realm.authority]);
    let mut others_registrar = update.clone();
    others_registrar.accounts[1].pubkey = elsewhere.registrar;
    refuses(&world, others_registrar, &[&ann.actor], V::WrongRegistrar.code());
    let mut others_voter = update.clone();
    others_voter.accounts[2].pubkey = bens.voter;
    refuses(&world, others_voter, &[&ann.actor], V::NotTheHolder.code());
    let mut readonly = update;
    readonly.accounts[4].is_writable = false;
    assert!(world.tries(&[readonly], &[&ann.actor]).is_err());
    assert_invariants(&world);
}

// vote-max-1
#[test]
fn the_maximum_weight_follows_stake_and_is_a_part_of_the_supply_at_least() {
    let world = World::new();
    let realm = world.realm(0);
    let update = votes::update_max_voter_weight(&realm.at);
    refuses(&world, update.clone(), &[], V::NothingFinalized.code());
    let ann = world.owner("ann", 0, ALL);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    assert!(world.network().finalized_with_stake > 0);
    let maximum = || record::read_max(&world.chain.account(&realm.at.max_record).unwrap().unwrap().data).unwrap();
    world.send(std::slice::from_ref(&update), &[]);
    let supply = world.supply(&world.network.mint);
    let expected = world.network().largest_stake().0.max(supply.div_ceil(10));
    assert_eq!(maximum(), (expected, world.chain.slot() + 216_000));
    world.actor("rich", 1_000 * ALL);
    world.send(std::slice::from_ref(&update), &[]);
    assert_eq!(maximum().0, world.supply(&world.network.mint).div_ceil(10));
    let mut wrong = update;
    wrong.accounts[2].pubkey = ann.actor.tokens;
    refuses(&world, wrong, &[], E::WrongMint.code());
    assert_invariants(&world);
}
