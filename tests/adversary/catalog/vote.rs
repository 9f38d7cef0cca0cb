//! What an attacker can name of votes. Nothing of it exists in the world before a case of the add-in, but
//! what he writes by a program of his own.

use {
    super::Named,
    crate::{
        chain::Chain,
        world::{BARE, JOINED, World},
    },
    solana_sdk::{account::Account, pubkey::Pubkey},
    work_token_localnet::{governance_bytes, proposal_bytes, realm_bytes},
    work_token_sdk::votes::{self, Registrar, Voter, VoterAddresses, record},
    work_token_tests::{GOVERNANCE_PROGRAM, LONGEST},
};

/// A program of the attacker.
const ATTACKERS: Pubkey = Pubkey::new_from_array([66; 32]);

pub fn of_votes(world: &World) -> Vec<Named> {
    let mut all = Vec::new();
    let mut add = |name: String, key: Pubkey| all.push(Named { name, key });
    realms(world, &mut add);
    voters(world, &mut add);
    positions(world, &mut add);
    written(world, &mut add);
    add("the add-in".into(), votes::ID);
    add("the realms' program".into(), GOVERNANCE_PROGRAM);
    all
}

fn realms(world: &World, add: &mut impl FnMut(String, Pubkey)) {
    for name in JOINED.into_iter().chain(BARE) {
        let realm = world.realm(name);
        add(name.into(), realm.at.realm);
        add(format!("the authority of {name}"), realm.authority);
        add(format!("registrar of {name}"), realm.at.registrar);
        add(format!("greatest weight of {name}"), realm.at.max_record);
        add(format!("governance of {name}"), realm.on.governance);
        add(format!("proposal of {name}"), realm.on.proposal);
    }
}

fn voters(world: &World, add: &mut impl FnMut(String, Pubkey)) {
    let mut with_records = |name: &str, at: &VoterAddresses| {
        add(format!("voter {name}"), at.voter);
        add(format!("slot's record of {name}"), at.slot_record);
        add(format!("standing record of {name}"), at.standing_record);
    };
    for voter in world.voters() {
        with_records(&voter.name, &voter.at);
    }
    // Who is none yet.
    for realm in JOINED.into_iter().take(3) {
        with_records(&format!("D3 of {realm}"), &world.voter(realm, &world.d3));
    }
}

fn positions(world: &World, add: &mut impl FnMut(String, Pubkey)) {
    let World { q1, r1, d1, .. } = world;
    let (d, s1) = (world.d(), world.s1());
    add("network D".into(), d.at.network);
    add("the admin of D".into(), d.admin);
    for (name, provider) in [("Q1 of B", q1), ("R1 of C", r1), ("S1 of D", &s1)] {
        add(format!("own position at {name}"), provider.own_position);
    }
    add("provider S1 of D".into(), s1.provider);
    add("D1 at S1 of D".into(), s1.position(d1.key).delegation);
    add("delegator D3".into(), world.d3.key);
}

/// Accounts of the right form that the right program does not own, and of the wrong form that it does.
fn written(world: &World, add: &mut impl FnMut(String, Pubkey)) {
    let (mint, attacker, realm) = (world.a.at.mint, world.attacker.key, world.realm("realm 1 of A"));
    let own = Chain::address("the attacker's realm");
    for (name, owner, data) in [
        ("the attacker's realm", ATTACKERS, realm_bytes(&mint, Some(&attacker))),
        ("the attacker's governance", ATTACKERS, governance_bytes(&realm.at.realm, 1, 1)),
        ("the attacker's proposal", ATTACKERS, proposal_bytes(&realm.on.governance)),
        ("a governance of the attacker's realm", GOVERNANCE_PROGRAM, governance_bytes(&own, 1, 1)),
        ("another governance of realm 1 of A", GOVERNANCE_PROGRAM, governance_bytes(&realm.at.realm, LONGEST, 0)),
        ("another proposal of realm 1 of A", GOVERNANCE_PROGRAM, proposal_bytes(&realm.on.governance)),
        ("a realm without an authority", GOVERNANCE_PROGRAM, realm_bytes(&mint, None)),
        ("a realm of which the attacker is the authority", GOVERNANCE_PROGRAM, realm_bytes(&mint, Some(&attacker))),
        ("a registrar's zeros", votes::ID, vec![0; Registrar::SIZE]),
        ("a voter's zeros", votes::ID, vec![0; Voter::SIZE]),
        ("a record's zeros", votes::ID, vec![0; record::VOTER_WEIGHT_SIZE]),
    ] {
        let key = Chain::address(name);
        let account = Account { lamports: 100_000_000, data, owner, executable: false, rent_epoch: u64::MAX };
        world.chain.net.with_svm(|svm| svm.set_account(key, account)).expect("any account can be written");
        add(name.into(), key);
    }
}
