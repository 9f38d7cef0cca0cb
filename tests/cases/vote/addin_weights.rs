//! What positions weigh: voices, and the inertia of what grows.
//!
//! Kind: stake that weighs before it has waited, after it has gone, twice, or less because a stranger wished
//! it. Looked for in fresh stake, exits, slashes to zero, jails, subsets, repetitions and strangers' updates.

use super::refuses;
use crate::*;
use work_token_sdk::{
    math::Amount,
    votes::{self, Voter, VoterAddresses, VotesError as V},
};
use work_token_tests::{Realm, WAIT};

const ALL: u64 = 40_000 * TOKEN;

fn counted(world: &World, at: &VoterAddresses, position: [Pubkey; 2]) -> (u64, u64) {
    let voter = Voter::decode(&world.chain.account(&at.voter).unwrap().unwrap().data).unwrap();
    let entry = voter.entries().iter().find(|entry| entry.position == position[0]).expect("it is listed");
    (entry.inertia.counts, entry.inertia.waiting)
}

/// An owner with its voter, a delegator that does not vote itself and one that does, all heard and ripe.
fn ripe(standing_slots: u32) -> (World, Realm, Owner, VoterAddresses, Holder, VoterAddresses) {
    let world = World::new();
    let realm = world.realm(standing_slots);
    let ann = world.owner("ann", 0, ALL);
    world.holder("dora", &ann, ALL);
    let eric = world.holder("eric", &ann, ALL);
    world.next_epoch();
    world.vote_directly(&eric);
    let anns = world.voter(&realm, &ann.actor, &[ann.own_voice()]);
    let erics = world.voter(&realm, &eric.actor, &[eric.voice_of()]);
    world.pass(WAIT);
    (world, realm, ann, anns, eric, erics)
}

// vote-voice-1, vote-inertia-1
#[test]
fn an_owner_weighs_with_those_who_are_not_direct_and_a_direct_holder_weighs_itself_once_they_have_waited() {
    let (world, realm, ann, anns, eric, erics) = ripe(0);
    assert_eq!(world.weigh_voter(&realm, &anns, &ann.actor, &[ann.own_voice()]), 2 * ALL);
    assert_eq!(world.weigh_voter(&realm, &erics, &eric.actor, &[eric.voice_of()]), ALL);
    let record = world.record_of(anns.slot_record);
    assert_eq!((record.expiry_slot, record.for_what), (world.chain.slot(), Some((0, realm.on.proposal))));
    assert_invariants(&world);
}

// vote-inertia-1
#[test]
fn stake_that_comes_weighs_nothing_until_it_has_waited_and_what_leaves_is_gone_at_once() {
    let (world, realm, ann, anns, ..) = ripe(0);
    world.stake_self(&ann, ALL);
    world.next_epoch();
    assert_eq!(world.weigh_voter(&realm, &anns, &ann.actor, &[ann.own_voice()]), 2 * ALL);
    assert_eq!(counted(&world, &anns, ann.own_voice()), (2 * ALL, ALL));
    world.pass(WAIT - 1);
    assert_eq!(world.weigh_voter(&realm, &anns, &ann.actor, &[ann.own_voice()]), 2 * ALL);
    world.pass(1);
    assert_eq!(world.weigh_voter(&realm, &anns, &ann.actor, &[ann.own_voice()]), 3 * ALL);
    world.request(&ann, ALL);
    assert_eq!(world.weigh_voter(&realm, &anns, &ann.actor, &[ann.own_voice()]), 2 * ALL);
    assert_invariants(&world);
}

// vote-inertia-1
#[test]
fn stake_that_fills_up_what_was_slashed_waits_like_any_that_comes() {
    let (world, realm, ann, _, eric, erics) = ripe(0);
    let weigh = || world.weigh_voter(&realm, &erics, &eric.actor, &[eric.voice_of()]);
    assert_eq!(weigh(), ALL);
    world.edit_provider(&ann, |provider| {
        let half = Amount(provider.delegated.tokens / 2);
        provider.slash(PoolKind::Delegated, half);
    });
    world.give(eric.actor.tokens, ALL / 2);
    world.delegate(&eric, ALL / 2);
    world.next_epoch();
    assert_eq!(weigh(), ALL / 2, "though no more than ever is there, and nobody looked between");
    assert_eq!(counted(&world, &erics, eric.voice_of()), (ALL, ALL), "in shares, of which a token buys two");
    world.pass(WAIT);
    assert_eq!(weigh(), ALL);
}

// vote-update-1
#[test]
fn a_holder_signs_for_any_of_its_positions_and_without_it_all_are_asked_for_in_order() {
    let world = World::new();
    let realm = world.realm(0);
    let eva = world.actor("eva", 3 * ALL);
    let mut held = Vec::new();
    for name in ["ann", "ben", "carl"] {
        let owner = world.owner(name, 0, ALL);
        let holder = Holder { actor: eva.clone(), at: owner.at.position(eva.address()) };
        world.delegate(&holder, ALL);
        world.set_direct(&holder, true);
        held.push(holder.voice_of());
    }
    held.sort();
    world.next_epoch();
    let at = world.voter(&realm, &eva, &held);
    world.pass(SILENCE);
    assert_eq!(world.weigh_voter(&realm, &at, &eva, &held), 3 * ALL);
    assert_eq!(world.weigh_voter(&realm, &at, &eva, &held[1..]), 2 * ALL);
    assert_eq!(world.weigh_voter(&realm, &at, &eva, &[held[0], held[2]]), 2 * ALL);
    assert_eq!(world.weigh_voter(&realm, &at, &eva, &[]), 0);

    let stranger = |positions: &[[Pubkey; 2]]| votes::update_vote_weight(&at, false, positions, realm.on);
    for part in [&held[..2], &held[1..], &[]] {
        refuses(&world, stranger(part), &[], V::PositionsMissing.code());
    }
    world.send(&[stranger(&held)], &[]);
    assert_eq!(world.record_of(at.slot_record).weight, 3 * ALL);

    let swapped = |is_signed| {
        let mut update = votes::update_vote_weight(&at, is_signed, &held, realm.on);
        update.accounts[7..11].rotate_left(2);
        update
    };
    refuses(&world, swapped(true), &[&eva], V::PositionsOutOfOrder.code());
    refuses(&world, swapped(false), &[], V::PositionsMissing.code());
    let twice = votes::update_vote_weight(&at, true, &[held[0], held[0]], realm.on);
    refuses(&world, twice, &[&eva], V::PositionsOutOfOrder.code());
    let mut half = votes::update_vote_weight(&at, true, &held, realm.on);
    half.accounts.pop();
    refuses(&world, half, &[&eva], V::PositionsOutOfOrder.code());
    let mixed = [[held[0][0], held[1][1]]];
    refuses(&world, votes::update_vote_weight(&at, true, &mixed, realm.on), &[&eva], E::WrongProvider.code());
    assert_invariants(&world);
}

// vote-update-2
#[test]
fn a_stranger_ripens_what_waits_and_never_lowers_what_counts() {
    let (world, realm, ann, anns, ..) = ripe(0);
    let update = votes::update_vote_weight(&anns, false, &[ann.own_voice()], realm.on);
    world.send(std::slice::from_ref(&update), &[]);
    assert_eq!(counted(&world, &anns, ann.own_voice()), (2 * ALL, 0));
    let ticket = world.request(&ann, ALL / 2);
    world.send(std::slice::from_ref(&update), &[]);
    assert_eq!(counted(&world, &anns, ann.own_voice()), (2 * ALL, 0), "what is noted stays");
    assert_eq!(world.record_of(anns.slot_record).weight, 3 * ALL / 2, "what weighs is what is there");
    world.cancel(&ann, ticket);
    assert_eq!(world.weigh_voter(&realm, &anns, &ann.actor, &[ann.own_voice()]), 2 * ALL);
    assert_invariants(&world);
}

/// Somebody else than the holder updates its voter, of one position.
fn looked_at(world: &World, realm: &Realm, at: &VoterAddresses, position: [Pubkey; 2]) -> (u64, u64) {
    world.send(&[votes::update_vote_weight(at, false, &[position], realm.on)], &[]);
    counted(world, at, position)
}

/// Eric, whose stake counted, has left with all of it; what it was.
fn left() -> (World, Realm, Holder, VoterAddresses) {
    let (world, realm, _, _, eric, erics) = ripe(0);
    assert_eq!(looked_at(&world, &realm, &erics, eric.voice_of()), (ALL, 0));
    let ticket = world.request_all(&eric);
    world.pass(35 * DAY);
    assert_eq!(world.withdraw(&eric, ticket), ALL);
    (world, realm, eric, erics)
}

/// It comes back with as much stake; what it weighs as soon as that is active.
fn back(world: &World, realm: &Realm, eric: &Holder, erics: &VoterAddresses) -> u64 {
    world.delegate(eric, ALL);
    world.next_epoch();
    world.weigh_voter(realm, erics, &eric.actor, &[eric.voice_of()])
}

// vote-update-2, vote-inertia-1
#[test]
fn stake_that_left_for_two_looks_a_wait_apart_waits_again_when_it_comes_back() {
    let (world, realm, eric, erics) = left();
    let look = || looked_at(&world, &realm, &erics, eric.voice_of());
    assert_eq!(look(), (ALL, 0));
    world.pass(WAIT - 1);
    assert_eq!(look(), (ALL, 0), "a second less than a wait");
    world.pass(1);
    assert_eq!(look(), (0, 0));
    assert_eq!(back(&world, &realm, &eric, &erics), 0);
    assert_eq!(counted(&world, &erics, eric.voice_of()), (0, ALL));
    world.pass(WAIT - 1);
    assert_eq!(world.weigh_voter(&realm, &erics, &eric.actor, &[eric.voice_of()]), 0);
    world.pass(1);
    assert_eq!(world.weigh_voter(&realm, &erics, &eric.actor, &[eric.voice_of()]), ALL);
    assert_invariants(&world);
}

// vote-update-2
#[test]
fn one_look_takes_nothing_away_and_one_that_finds_all_forgets_what_was_low() {
    let (world, realm, eric, erics) = left();
    let look = || looked_at(&world, &realm, &erics, eric.voice_of());
    assert_eq!(look(), (ALL, 0));
    world.pass(35 * DAY);
    assert_eq!(back(&world, &realm, &eric, &erics), ALL, "one look is one moment");

    let ticket = world.request_all(&eric);
    assert_eq!(look(), (ALL, 0));
    world.cancel(&eric, ticket);
    world.next_epoch();
    assert_eq!(look(), (ALL, 0));
    world.request_all(&eric);
    world.pass(WAIT);
    assert_eq!(look(), (ALL, 0), "the first look at which it is gone again");
    world.pass(WAIT);
    assert_eq!(look(), (0, 0));
    assert_invariants(&world);
}

// vote-update-2, vote-voice-1
#[test]
fn a_position_that_stays_without_a_voice_of_its_own_counts_no_more_after_two_looks() {
    let (world, realm, _, _, eric, erics) = ripe(0);
    let look = || looked_at(&world, &realm, &erics, eric.voice_of());
    world.set_direct(&eric, false);
    assert_eq!(look(), (ALL, 0));
    world.pass(SILENCE);
    assert_eq!(look(), (ALL, 0), "what returns is silent, and there");
    world.set_direct(&eric, false);
    assert_eq!(look(), (ALL, 0));
    world.pass(WAIT);
    assert_eq!(look(), (0, 0));
    assert_invariants(&world);
}

// vote-voice-1
#[test]
fn a_jailed_providers_owner_is_silent_and_its_direct_holders_are_not_and_nothing_waits_anew() {
    let (world, realm, ann, anns, eric, erics) = ripe(0);
    world.weigh_voter(&realm, &anns, &ann.actor, &[ann.own_voice()]);
    world.weigh_voter(&realm, &erics, &eric.actor, &[eric.voice_of()]);
    for state in [ProviderState::Jailed, ProviderState::Tombstoned] {
        world.chain.edit(&ann.at.provider, |data| data[8 + 3] = state as u8);
        assert_eq!(world.weigh_voter(&realm, &anns, &ann.actor, &[ann.own_voice()]), 0);
        assert_eq!(world.weigh_voter(&realm, &erics, &eric.actor, &[eric.voice_of()]), ALL);
    }
    world.chain.edit(&ann.at.provider, |data| data[8 + 3] = ProviderState::Active as u8);
    assert_eq!(world.weigh_voter(&realm, &anns, &ann.actor, &[ann.own_voice()]), 2 * ALL);
}

// vote-inertia-2
#[test]
fn shares_of_another_generation_begin_to_wait_like_fresh_ones() {
    let (world, realm, _, _, eric, erics) = ripe(0);
    assert_eq!(world.weigh_voter(&realm, &erics, &eric.actor, &[eric.voice_of()]), ALL);
    // The pool is slashed to zero, and the position belongs to the next generation.
    world.chain.edit(&erics.voter, |data| {
        let entry = 8 + std::mem::offset_of!(Voter, entries) + 32;
        data[entry..entry + 4].copy_from_slice(&7u32.to_le_bytes());
    });
    let before = world.chain.snapshot();
    assert_eq!(looked_at(&world, &realm, &erics, eric.voice_of()), (0, ALL), "what counted cannot come back");
    world.chain.restore(&before);
    assert_eq!(world.weigh_voter(&realm, &erics, &eric.actor, &[eric.voice_of()]), 0);
    assert_eq!(counted(&world, &erics, eric.voice_of()), (0, ALL));
    world.pass(WAIT);
    assert_eq!(world.weigh_voter(&realm, &erics, &eric.actor, &[eric.voice_of()]), ALL);
}

// vote-voice-1
#[test]
fn a_position_that_returns_or_is_closed_or_passed_to_another_weighs_nothing() {
    let (world, realm, ann, anns, eric, erics) = ripe(0);
    world.set_direct(&eric, false);
    assert_eq!(world.weigh_voter(&realm, &erics, &eric.actor, &[eric.voice_of()]), 0);
    let gone = eric.at.delegation;
    world.chain.set_account(
        gone,
        work_token_sdk::transport::RawAccount { lamports: 0, owner: Pubkey::default(), data: Vec::new() },
    );
    world.send(&[votes::update_vote_weight(&erics, false, &[eric.voice_of()], realm.on)], &[]);
    assert_eq!(world.record_of(erics.slot_record).weight, 0);
    let new_owner = world.actor("ben", 0).address();
    world.chain.edit(&ann.at.own_position, |data| {
        let at = 8 + std::mem::offset_of!(work_token_sdk::state::Delegation, delegator);
        data[at..at + 32].copy_from_slice(new_owner.as_ref());
    });
    assert_eq!(world.weigh_voter(&realm, &anns, &ann.actor, &[ann.own_voice()]), 0);
}

/// Compute units of an update in a transaction with nothing else: with the first position, and with one more.
/// Both are direct, in pools that were slashed and are above the leverage, touched in this epoch.
#[test]
fn an_update_keeps_its_budget_in_the_dearest_state() {
    let world = World::new();
    let realm = world.realm(1_000);
    let eva = world.actor("eva", 100 * ALL);
    let held: Vec<_> = ["ann", "ben"].into_iter().map(|name| directly_behind(&world, name, &eva)).collect();
    let at = world.voter(&realm, &eva, &held);
    world.pass(WAIT);
    for position in &held {
        let touch = ix::touch_provider(&world.network.network, position[1]);
        world.send(&[touch], &[]);
    }
    let units = |update| world.send(&[update], &[&eva]).compute_units;
    let measure = |positions: &[[Pubkey; 2]]| {
        let vote = units(votes::update_vote_weight(&at, true, positions, realm.on));
        let comment = units(votes::update_voter_weight(&at, true, positions, (1, realm.on.proposal)));
        [vote, comment, units(votes::update_standing_weight(&at, true, positions))]
    };
    let further = |one: [u64; 3], two: [u64; 3]| one.iter().zip(two).map(|(one, two)| two - one).max();
    let (one, two) = (measure(&held[..1]), measure(&held));
    println!("vote, comment, standing: {one:?} with one position, {two:?} with two");
    assert!(one.iter().all(|units| *units <= 3_000) && further(one, two) <= Some(800));

    // Shares that have just come from another holder are weighed apart.
    for [position, _] in &held {
        world.chain.edit(position, |data| {
            let voice = 8 + std::mem::offset_of!(work_token_sdk::state::Delegation, voice);
            data[voice + 8..voice + 16].copy_from_slice(&1_000u64.to_le_bytes());
            data[voice + 16..voice + 24].copy_from_slice(&i64::MAX.to_le_bytes());
        });
    }
    let (one, two) = (measure(&held[..1]), measure(&held));
    println!("the same with shares that arrive: {one:?}, {two:?}");
    assert!(one.iter().all(|units| *units <= 3_000) && further(one, two) <= Some(800));
}

/// A holder's direct position behind a new provider, in the dearest state.
fn directly_behind(world: &World, name: &str, who: &Actor) -> [Pubkey; 2] {
    let owner = world.owner(name, 0, ALL);
    let holder = Holder { actor: who.clone(), at: owner.at.position(who.address()) };
    world.delegate(&holder, 40 * ALL);
    world.next_epoch();
    world.vote_directly(&holder);
    world.edit_provider(&owner, |provider| provider.delegated.tokens -= 7 * TOKEN + 1);
    holder.voice_of()
}
