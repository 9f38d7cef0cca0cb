//! The add-in's: realms, voters, weights.

use {
    super::{Provoke, with, with_args},
    crate::{
        cases::vote::{REALM, both, d1s, first},
        world::*,
    },
    work_token_localnet::{governance_bytes, realm_bytes},
    work_token_sdk::{
        Instruction, Pubkey, ix,
        state::Network,
        votes::{self, MAX_ENTRIES, RegistrarTerms, Voter, VotesError as V},
    },
    work_token_tests::{LONGEST, write_governance},
};

pub const CODES: &[(V, Provoke)] = &[
    // Realms.
    (V::NotARealm, |world| joins(world, |realm| realm_bytes(&realm.at.mint, None))),
    (V::NotARealm, |world| joins(world, |realm| governance_bytes(&realm.at.realm, LONGEST, 0))),
    (V::NotARealm, |world| {
        world.voting();
        let realm = world.realm(REALM);
        world.chain.net.with_svm(|svm| {
            let account = svm.get_account(&realm.at.realm).expect("the realm exists");
            let account = solana_sdk::account::Account { owner: votes::ID, ..account };
            svm.set_account(realm.at.realm, account).expect("any account can be written");
        });
        votes::set_registrar(&realm.at, realm.authority, &terms())
    }),
    (V::NotTheRealmAuthority, |world| {
        world.voting();
        votes::set_registrar(&world.realm(REALM).at, world.realm("realm 2 of A").authority, &terms())
    }),
    (V::NotTheRealmAuthority, |world| joins(world, |realm| realm_bytes(&realm.at.mint, Some(&realm.at.network)))),
    (V::WrongRealm, |world| {
        world.voting();
        with(votes::set_registrar(&world.realm(REALM).at, world.realm(REALM).authority, &terms()), 1, other(world))
    }),
    (V::WrongRealm, |world| {
        world.voting();
        let realm = world.realm(REALM);
        write_governance(&world.net, realm.on.governance, governance_bytes(&other(world), LONGEST, 0));
        votes::update_vote_weight(&d1s(world), true, &[first(world)], realm.on)
    }),
    (V::NotTheCommunityMint, |world| joins(world, |realm| realm_bytes(&realm.at.network, Some(&realm.authority)))),
    (V::StakeHasNoVoice, |world| {
        let join = joins(world, |realm| realm_bytes(&realm.at.mint, Some(&realm.authority)));
        world.change::<Network>(&world.a.at.network, |network| network.params.longest_vote_secs = 0);
        join
    }),
    (V::RealmVoteOutOfBounds, |world| sets(world, RegistrarTerms { longest_vote_secs: 0, ..terms() })),
    (V::RealmVoteOutOfBounds, |world| {
        let longest = world.network().params.longest_vote_secs;
        sets(world, RegistrarTerms { longest_vote_secs: longest + 1, ..terms() })
    }),
    (V::StandingOutOfBounds, |world| {
        let standing_slots = votes::limits::MAX_STANDING_SLOTS + 1;
        sets(world, RegistrarTerms { standing_slots, ..terms() })
    }),
    (V::LeastMaximumOutOfBounds, |world| sets(world, RegistrarTerms { least_max_ppm: 99_999, ..terms() })),
    (V::LeastMaximumOutOfBounds, |world| sets(world, RegistrarTerms { least_max_ppm: 1_000_001, ..terms() })),
    (V::NothingFinalized, |world| {
        world.voting();
        votes::update_max_voter_weight(&world.realm("realm 1 of D").at)
    }),
    // Voters.
    (V::WrongRegistrar, |world| {
        world.voting();
        let add = votes::add_position(&d1s(world), first(world));
        with(add, 1, world.realm("realm 2 of A").at.registrar)
    }),
    (V::WrongRegistrar, |world| with(votes_on_first(world), 1, world.realm("realm 2 of A").at.registrar)),
    (V::NotTheHolder, |world| {
        world.voting();
        with(votes::remove_position(&d1s(world), first(world)[0]), 0, world.attacker.key)
    }),
    (V::NotTheHolder, |world| {
        world.voting();
        with(votes::close_voter(&d1s(world), world.rentier), 0, world.attacker.key)
    }),
    (V::NotTheHolder, |world| {
        world.voting();
        votes::add_position(&d1s(world), voice_of(&world.p1.position(world.d2.key)))
    }),
    (V::NotTheHolder, |world| with(votes_on_first(world), 0, world.attacker.key)),
    (V::TooManyPositions, |world| {
        world.voting();
        let at = world.voter(REALM, &world.attacker);
        world.change::<Voter>(&at.voter, |voter| {
            voter.count = MAX_ENTRIES as u8;
            let numbered = voter.entries.iter_mut().zip(1..);
            numbered.for_each(|(entry, number)| entry.position = Pubkey::new_from_array([number; 32]));
        });
        let position = world.p1.position(world.attacker.key);
        world.must(&[delegate(&position, world.attacker.tokens, 500 * TOKEN)]);
        world.must(&[ix::set_direct(&position, world.attacker.key, true)]);
        votes::add_position(&at, voice_of(&position))
    }),
    (V::PositionListed, |world| {
        world.voting();
        votes::add_position(&d1s(world), first(world))
    }),
    (V::PositionNotListed, |world| {
        world.voting();
        votes::remove_position(&d1s(world), world.p1.own_position)
    }),
    (V::NoVoiceOfItsOwn, |world| {
        world.voting();
        let at = world.voter(REALM, &world.d3);
        world.must(&[votes::create_voter(&at, world.rentier)]);
        votes::add_position(&at, voice_of(&world.p1.position(world.d3.key)))
    }),
    // Weights.
    (V::PositionsMissing, |world| {
        world.voting();
        votes::update_vote_weight(&d1s(world), false, &[first(world)], world.realm(REALM).on)
    }),
    (V::PositionsMissing, |world| {
        world.voting();
        votes::update_standing_weight(&d1s(world), false, &[])
    }),
    (V::PositionsOutOfOrder, |world| {
        world.voting();
        let mut update = votes::update_standing_weight(&d1s(world), true, &both(world));
        update.accounts[5..].rotate_left(2);
        update
    }),
    (V::PositionsOutOfOrder, |world| {
        world.voting();
        votes::update_standing_weight(&d1s(world), true, &[first(world); 2])
    }),
    (V::PositionsOutOfOrder, |world| {
        let mut update = votes_on_first(world);
        update.accounts.pop();
        update
    }),
    (V::WrongRecord, |world| with(votes_on_first(world), 4, d1s(world).standing_record)),
    (V::WrongRecord, |world| {
        world.voting();
        with(votes::update_max_voter_weight(&world.realm(REALM).at), 3, d1s(world).slot_record)
    }),
    (V::WrongRecord, |world| {
        world.voting();
        with(votes::close_voter(&d1s(world), world.rentier), 2, world.voter(REALM, &world.o1).slot_record)
    }),
    (V::UnknownAction, |world| {
        let update = votes_on_first(world);
        let args: Vec<u8> = [1, votes::record::ACTIONS].into_iter().chain([0; 32]).collect();
        with_args(update, &args)
    }),
    (V::StandingRecordsOff, |world| {
        world.voting();
        let realm = world.realm(REALM);
        let off = RegistrarTerms { standing_slots: 0, ..terms() };
        world.must(&[votes::set_registrar(&realm.at, realm.authority, &off)]);
        votes::update_standing_weight(&d1s(world), true, &[first(world)])
    }),
    (V::NotAProposal, |world| {
        let mut update = votes_on_first(world);
        update.accounts.truncate(6);
        update
    }),
    (V::NotAProposal, |world| with(votes_on_first(world), 5, world.realm("realm 2 of A").on.proposal)),
    (V::NotAProposal, |world| with(votes_on_first(world), 6, world.realm("realm 2 of A").on.governance)),
];

/// Another realm of the same network.
fn other(world: &World) -> Pubkey {
    world.realm("realm 2 of A").at.realm
}

/// A realm is joined that was written anew.
fn joins(world: &mut World, bytes: impl Fn(&Realm) -> Vec<u8>) -> Instruction {
    world.voting();
    let realm = world.realm("realm 3 of A");
    write_governance(&world.net, realm.at.realm, bytes(&realm));
    votes::create_registrar(&realm.at, [realm.authority, world.rentier], &terms())
}

/// A realm's terms are set.
fn sets(world: &mut World, terms: RegistrarTerms) -> Instruction {
    world.voting();
    let realm = world.realm(REALM);
    votes::set_registrar(&realm.at, realm.authority, &terms)
}

/// The first delegator weighs one position for a vote.
fn votes_on_first(world: &mut World) -> Instruction {
    world.voting();
    votes::update_vote_weight(&d1s(world), true, &[first(world)], world.realm(REALM).on)
}
