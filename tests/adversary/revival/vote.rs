//! Voters, records and positions that come back, in one transaction or at an address that lives on.

use {
    super::transfer,
    crate::{
        cases::vote::{REALM, both, d1s, first},
        world::*,
    },
    solana_sdk::account::ReadableAccount,
    work_token_sdk::{
        Instruction, Pubkey, WorkTokenError as E, ix,
        state::Delegation,
        votes::{self, Voter as Stored, VoterAddresses, VotesError as V},
    },
    work_token_tests::WAIT,
};

fn voting() -> World {
    let mut world = World::new();
    world.voting();
    world
}

/// What closes the first delegator's voter and makes it again, with a position.
fn anew(world: &World, at: &VoterAddresses) -> [Instruction; 3] {
    let create = votes::create_voter(at, world.rentier);
    [votes::close_voter(at, world.rentier), create, votes::add_position(at, first(world))]
}

fn stands(world: &World, at: &VoterAddresses, positions: &[[Pubkey; 2]]) -> u64 {
    world.must(&[votes::update_standing_weight(at, true, positions)]);
    weight_of(world, &at.standing_record)
}

// vote-voter-2, vote-inertia-1
#[test]
fn a_voter_closed_and_made_again_in_one_transaction_waits_again_and_its_record_stands_no_more() {
    let world = voting();
    let at = d1s(&world);
    let before = stands(&world, &at, &both(&world));
    assert!(before > 0);
    world.must(&anew(&world, &at));
    assert_eq!((weight_of(&world, &at.standing_record), weight_of(&world, &at.slot_record)), (0, 0));
    let state: Stored = world.read(&at.voter);
    assert_eq!((state.count, state.entries()[0].inertia.counts), (1, 0));
    assert_eq!(stands(&world, &at, &[first(&world)]), 0);
    // What was listed before is not any more.
    let update = votes::update_standing_weight(&at, true, &both(&world));
    world.chain.refused(&[update], V::PositionsOutOfOrder);
    world.net.advance(WAIT - 1);
    assert_eq!(stands(&world, &at, &[first(&world)]), 0);
    world.net.advance(1);
    let again = stands(&world, &at, &[first(&world)]);
    assert!(again > 0 && again < before);
}

// vote-voter-2
#[test]
fn what_was_closed_cannot_be_revived_within_the_transaction() {
    let world = voting();
    let (at, d1) = (d1s(&world), world.d1.key);
    let close = votes::close_voter(&at, world.rentier);
    let update = votes::update_standing_weight(&at, true, &[first(&world)]);
    for key in [at.voter, at.standing_record, at.slot_record] {
        let revive = transfer(&d1, &key, 10_000_000);
        for after in [&update, &close, &votes::remove_position(&at, first(&world)[0])] {
            world.chain.refused(&[close.clone(), revive.clone(), after.clone()], E::WrongAccountOwner);
        }
        // Neither is anything of it left where lamports lie, nor do they block a new one.
        let start = world.chain.snapshot();
        world.must(&[close.clone(), revive.clone()]);
        assert!(world.state()[&key].data().is_empty() && *world.state()[&key].owner() == ix::SYSTEM_PROGRAM);
        world.must(&[votes::create_voter(&at, world.rentier)]);
        assert_eq!(world.read::<Stored>(&at.voter).count, 0);
        world.chain.restore(&start);
    }
}

// vote-inertia-1
#[test]
fn a_position_removed_and_added_in_one_transaction_waits_again() {
    let world = voting();
    let (at, [position, _]) = (d1s(&world), first(&world));
    let whole = stands(&world, &at, &both(&world));
    world.must(&[votes::remove_position(&at, position), votes::add_position(&at, first(&world))]);
    assert_eq!(stands(&world, &at, &[first(&world)]), 0);
    let rest = stands(&world, &at, &both(&world));
    assert!(rest > 0 && rest < whole);
    let twice = votes::add_position(&at, first(&world));
    world.chain.refused(&[twice], V::PositionListed);
}

// vote-voice-1, vote-inertia-1
#[test]
fn shares_that_are_given_between_two_updates_of_one_transaction_weigh_once() {
    let world = voting();
    let (giver, taker) = (world.p1.position(world.d1.key), world.p1.position(world.d2.key));
    let [from, to] = [&world.d1, &world.d2].map(|who| world.voter(REALM, who));
    let whole = stands(&world, &from, &[voice_of(&giver)]) + stands(&world, &to, &[voice_of(&taker)]);
    let shares = world.read::<Delegation>(&giver.delegation).shares;
    let input = ix::TransferShares { shares, min_value: 0, max_open_claims: 0 };
    world.must(&[
        votes::update_standing_weight(&from, true, &[voice_of(&giver)]),
        ix::transfer_shares(&giver, world.d2.key, input),
        votes::update_standing_weight(&to, true, &[voice_of(&taker)]),
    ]);
    let sum = weight_of(&world, &from.standing_record) + weight_of(&world, &to.standing_record);
    assert_eq!(sum, whole);
    assert_eq!(stands(&world, &from, &[voice_of(&giver)]), 0);
}

// vote-update-2
#[test]
fn an_update_by_a_stranger_while_stake_is_away_takes_nothing_from_what_counts() {
    let world = voting();
    let at = d1s(&world);
    let before = stands(&world, &at, &both(&world));
    let position = world.p1.position(world.d1.key);
    let (leave, number) = world.net.request_ix(&position, 1_000 * TOKEN);
    let update = votes::update_standing_weight(&at, false, &both(&world));
    // Each alone: what the holder signs of a transaction it signs of all.
    for instruction in [leave, update.clone(), ix::cancel_unbonding(&position, number), update] {
        world.must(&[instruction]);
    }
    assert_eq!(weight_of(&world, &at.standing_record), before, "the record stands");
    // What comes back as a lot need not wait, once it is active.
    let counts = world.read::<Stored>(&at.voter).entries().iter().map(|entry| entry.inertia.counts).sum::<u64>();
    assert_eq!(counts, before);
}
